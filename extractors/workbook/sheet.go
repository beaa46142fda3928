package workbook

import (
	"fmt"
	"strings"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/forms"
	"heshu/schemas/period"
)

// walk is one workbook being read.
type walk struct {
	book     *sheet.Book
	document string
	forms    *forms.Set
	identity Identity
	front    cover
	tables   func(*reader) // nil, or told of every table that has been read
}

// readSheet yields the figures, exclusions and issues of one sheet.
func (w *walk) readSheet(s *sheet.Sheet, k *sink) schemas.Part {
	part := schemas.Part{Index: k.part, Sheet: s.Name}
	if s.Name == IdentitySheet {
		return part
	}
	v := newView(w.book, s)
	rows := readRows(v)
	part.Numbers = v.numbers()
	if s.Pictures > 0 && part.Numbers == 0 {
		k.Issue(schemas.Issue{Part: k.part, Code: schemas.IssuePicture, Message: fmt.Sprintf("sheet %q holds a picture and no number: a table may be in it", s.Name)})
	}
	blocks := segment(v, rows)
	heads := headings(v, rows, blocks)
	switch {
	case len(blocks) > 0:
		w.front.closed = true
	case !w.front.closed:
		w.front.read(v, rows)
	}
	sender(&part, rows)
	if k.Part != nil {
		k.Part(part)
	}
	next := 0
	for i := range blocks {
		for ; next < blocks[i].first; next++ {
			outside(v, rows, next, k)
		}
		set := around(v, rows, blocks, i, w.document, &w.front)
		t := newTable(v, rows, &blocks[i])
		t.lend(&set)
		rd := newReader(t, set, heads[i], k)
		rd.recognise(w.forms, &w.identity)
		if i == 0 {
			rd.unknownForm()
		}
		if part.Title == "" {
			part.Title = rd.title
		}
		for ; next <= blocks[i].last; next++ {
			switch rows[next].kind {
			case rowCode, rowHead, rowNote:
				outside(v, rows, next, k)
			default:
				rd.row(next)
			}
		}
		if w.tables != nil {
			w.tables(rd)
		}
	}
	for ; next < len(rows); next++ {
		outside(v, rows, next, k)
	}
	withoutValue(v, k)
	return part
}

// sender tells who sent a sheet and when, if its notes say so.
func sender(part *schemas.Part, rows []row) {
	for r := range rows {
		for _, n := range rows[r].notes {
			switch {
			case n.kind == noteReporter && part.Publisher == "":
				part.Publisher = n.value
			case n.kind == noteSent && part.Published.IsZero():
				if day, ok := period.Parse(n.value, schemas.Date{}); ok && day.Kind == schemas.Day {
					part.Published = day.End
				}
			}
		}
	}
}

// outside names the numbers of a row that holds no figures.
func outside(v *view, rows []row, r int, k *sink) {
	for c, cl := range v.class[r] {
		if !cl.numeric() {
			continue
		}
		class := "code"
		switch {
		case cl == written:
			class = "label"
		case cl == date || isYear(v.squashed(r, c)):
			class = "date"
		case rows[r].kind == rowHead:
			class = "ordinal"
		}
		k.exclude(v.locator(r, c), v.s.Rows[r][c].Text, class)
	}
}

// headings returns the heading of each block that has to go before its columns' own, so that stacked tables are told apart.
func headings(v *view, rows []row, blocks []block) []schemas.Evidence {
	out := make([]schemas.Evidence, len(blocks))
	distinct := map[string]bool{}
	for i := range blocks {
		n := len(blocks[i].titles)
		switch {
		case n > 0:
			out[i] = titleOf(v, rows, blocks[i].titles[n-1])
			if i > 0 && continued(out[i].Text) && (blocks[i].continues || isContinuation(out[i].Text)) {
				out[i] = out[i-1]
			}
		case i > 0 && blocks[i].continues:
			out[i] = out[i-1]
		}
		if out[i].Text != "" {
			distinct[squash(out[i].Text)] = true
		}
	}
	if len(distinct) < 2 {
		clear(out)
	}
	return out
}

// continued reports whether a heading says that a table goes on: 5-3 续表1.
func continued(s string) bool { return strings.Contains(s, "续") }

// isContinuation reports whether a heading says that a table goes on and no more: 续表一, （续1）, 续上表.
func isContinuation(s string) bool {
	return strings.Trim(squash(s), "续上接表0123456789一二三四五六七八九十()（）-.") == ""
}

// withoutValue reports the formulas whose results were not saved.
func withoutValue(v *view, k *sink) {
	n := 0
	var first schemas.Cell
	for at := range v.s.Formulas {
		if v.at(at[0], at[1]) == empty {
			n++
			if c := v.locator(at[0], at[1]); first.Row == 0 || c.Row < first.Row || c.Row == first.Row && c.Column < first.Column {
				first = c
			}
		}
	}
	if n > 0 {
		k.doubt(first, schemas.IssueFormulaNoValue, schemas.Unreadable, 0, fmt.Sprintf("%d formulas of sheet %q have no saved result", n, v.s.Name))
	}
}
