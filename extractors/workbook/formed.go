package workbook

import (
	"strings"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/forms"
)

// IdentitySheet is the hidden sheet in which a form that heshu made says which one it is: a key and a value a row.
const IdentitySheet = "_heshu"

// Identity is what a form that heshu made says of itself.
type Identity struct {
	Form, Version, Region, Period string // period as words: 2018年7月
	at                            map[string]schemas.Cell
}

// identityOf reads the hidden identity of a workbook; the zero value where there is none.
func identityOf(book *sheet.Book) Identity {
	id := Identity{at: map[string]schemas.Cell{}}
	for _, s := range book.Sheets {
		if s.Name != IdentitySheet {
			continue
		}
		for r := range s.Rows {
			key, value := strings.TrimSpace(s.At(r, 0).Text), strings.TrimSpace(s.At(r, 1).Text)
			switch key {
			case "form":
				id.Form = value
			case "version":
				id.Version = value
			case "region":
				id.Region = value
			case "period":
				id.Period = value
			}
			id.at[key] = schemas.Cell{Sheet: s.Name, Row: r + 1, Column: 2}
		}
	}
	return id
}

// tell gives the identity's region and period to the sheets as what the cover says.
func (id *Identity) tell(c *cover) {
	if id.Region != "" {
		c.places = append(c.places, schemas.Evidence{Text: id.Region, Locator: id.at["region"]})
	}
	if id.Period != "" {
		c.times = append(c.times, schemas.Evidence{Text: id.Period, Locator: id.at["period"]})
	}
}

// recognise finds the form that the table is, and the field of each of its columns.
func (rd *reader) recognise(set *forms.Set, id *Identity) {
	if rd.keyed {
		return
	}
	var columns [][]string
	for c := range rd.cols {
		if rd.isField(c) {
			columns = append(columns, textsOf(rd.cols[c].path))
		}
	}
	if f, ok := set.Get(id.Form); ok && id.Form != "" {
		rd.form = f
	} else {
		rd.form = set.Match(rd.allTitles(), columns)
	}
	if rd.form == nil {
		return
	}
	known := 0
	for c := range rd.cols {
		if !rd.isField(c) {
			continue
		}
		if i := rd.form.ByHeading(textsOf(rd.cols[c].path)); i >= 0 {
			rd.byCol[c].field = &rd.form.Fields[i]
			known++
		}
	}
	if known == 0 {
		rd.form = nil
	}
}

// isField reports whether a column may hold a form's values: it has a heading and is no row label.
func (rd *reader) isField(c int) bool {
	switch rd.cols[c].role {
	case roleData, roleText:
		return len(rd.cols[c].path) > 0
	}
	return false
}

func textsOf(path []schemas.Evidence) []string {
	out := make([]string, len(path))
	for i, e := range path {
		out[i] = e.Text
	}
	return out
}

// allTitles joins everything that may name the form.
func (rd *reader) allTitles() string {
	s := rd.title
	for _, e := range rd.set.titles {
		s += " " + e.Text
	}
	return s + " " + rd.set.sheet.Text + " " + rd.set.document.Text
}

// returnWords make a sheet look like a return to somebody; programmeWords, like one of the programme's.
var (
	returnWords    = []string{"汇总表", "月报表", "季报表", "分解表", "统计表", "进度表", "调查表", "报表"}
	programmeWords = []string{"工会", "劳模", "扶贫", "脱贫", "帮扶", "攻坚"}
)

// unknownForm says that a table looks like a return of the programme that nobody has described.
func (rd *reader) unknownForm() {
	title := rd.allTitles()
	if rd.form != nil || !rd.filled || !containsAny(title, returnWords) || !containsAny(title, programmeWords) {
		return
	}
	rd.sink.Issue(schemas.Issue{Part: rd.sink.part, Code: schemas.IssueUnknownForm, Message: "the sheet looks like a return that no form describes; it was read by its headings"})
}
