package workbook

import (
	"path"
	"slices"
	"strings"

	"heshu/schemas"
)

// setting is what stands around the tables of a sheet and governs their figures.
type setting struct {
	titles   []schemas.Evidence // nearest to the table first
	notes    []note
	units    []unitNote // nearest first: those of the lines around the table
	lent     []unitNote // those of an earlier sheet with the same headings
	sheet    schemas.Evidence
	document schemas.Evidence
	cover    *cover
	from     int // the first row that they may stand in
}

// baseName returns the file's name without folders and without its extension.
func baseName(name string) string {
	b := path.Base(strings.ReplaceAll(name, `\`, "/"))
	if e := path.Ext(b); e != "" && len(e) <= 5 {
		b = strings.TrimSuffix(b, e)
	}
	return b
}

// around collects the titles and notes that govern a block: those between it and the block before, then the sheet's first ones.
func around(v *view, rows []row, blocks []block, i int, document string, c *cover) setting {
	s := setting{sheet: schemas.Evidence{Text: v.s.Name}, document: schemas.Evidence{Text: baseName(document)}, cover: c}
	from := 0
	if i > 0 {
		from = blocks[i-1].last + 1
	}
	s.from = from
	add := func(from, to int) {
		for r := to - 1; r >= from; r-- {
			s.notes = append(s.notes, rows[r].notes...)
			s.units = append(s.units, unitNotes(v, rows[r].notes)...)
		}
	}
	for _, r := range slices.Backward(blocks[i].titles) {
		s.titles = append(s.titles, titleOf(v, rows, r))
	}
	add(from, blocks[i].first)
	if i > 0 {
		for _, r := range slices.Backward(blocks[0].titles) {
			s.titles = append(s.titles, titleOf(v, rows, r))
		}
		add(0, blocks[0].first)
	}
	if len(s.titles) == 0 && i == 0 {
		for r := blocks[0].first - 1; r >= 0; r-- {
			if rows[r].kind == rowTitle && !slices.Contains(blocks[0].head, r) {
				s.titles = append(s.titles, titleOf(v, rows, r))
			}
		}
	}
	return s
}

func titleOf(v *view, rows []row, r int) schemas.Evidence {
	return v.evidence(r, rows[r].anchors[0])
}

// unitInName returns the unit in a name: 经费（亿元）, 经费_单位万元.
func unitInName(s string) string {
	if i := strings.Index(s, "单位"); i >= 0 {
		rest := strings.TrimLeft(s[i+len("单位"):], "：:（( _-")
		if end := strings.IndexAny(rest, "）)_- ，,"); end > 0 {
			rest = rest[:end]
		}
		if isUnit(rest) {
			return rest
		}
	}
	for rest := s; rest != ""; {
		open := strings.IndexAny(rest, "(（[【")
		if open < 0 {
			break
		}
		rest = rest[open:]
		end := strings.IndexAny(rest, ")）]】")
		if end < 0 {
			break
		}
		if inner := strings.Trim(rest[:end], "(（[【"); isUnit(inner) {
			return inner
		}
		rest = rest[end+1:]
	}
	return unitAtEnd(s)
}

// subject returns the indicator that a line above the table names.
func (s *setting) subject(v *view) schemas.Evidence {
	for _, n := range s.notes {
		if n.kind == noteSubject {
			return schemas.Evidence{Text: n.value, Locator: v.locator(n.r, n.c)}
		}
	}
	return schemas.Evidence{}
}

// places returns the place words around the table, nearest first.
func (s *setting) places(v *view) []schemas.Evidence {
	var out []schemas.Evidence
	for _, n := range s.notes {
		if n.kind == noteReporter && n.value != "" {
			out = append(out, schemas.Evidence{Text: n.value, Locator: v.locator(n.r, n.c)})
		}
	}
	out = append(out, s.titles...)
	for _, n := range s.notes {
		if n.kind == noteMaker && n.value != "" {
			out = append(out, schemas.Evidence{Text: n.value, Locator: v.locator(n.r, n.c)})
		}
	}
	out = append(out, s.sheet)
	out = append(out, s.cover.places...)
	return append(out, s.document)
}

// times returns the time words around the table, nearest first.
func (s *setting) times(v *view) []schemas.Evidence {
	var out []schemas.Evidence
	for _, e := range s.titles {
		if saysTime(e.Text) {
			out = append(out, e)
		}
	}
	if len(out) == 0 || !saysMonth(out[0].Text) { // 2018年…统计 on the sheet 7月
		for _, e := range [...]schemas.Evidence{s.sheet, s.document} {
			if saysMonth(e.Text) && (len(out) == 0 || sameYear(out[0].Text, e.Text)) {
				out = append([]schemas.Evidence{e}, out...)
				break
			}
		}
	}
	for _, n := range s.notes {
		if (n.kind == notePeriod || n.kind == noteReporter) && saysTime(n.value) {
			out = append(out, schemas.Evidence{Text: n.value, Locator: v.locator(n.r, n.c)})
		}
	}
	if nameSaysTime(s.sheet.Text) {
		out = append(out, s.sheet)
	}
	out = append(out, s.cover.times...)
	if nameSaysTime(s.document.Text) {
		out = append(out, s.document)
	}
	return out
}

// saysMonth reports whether words name a part of a year.
func saysMonth(s string) bool {
	return strings.ContainsAny(s, "月季旬") || strings.Contains(s, "半年")
}

// sameYear reports whether a name's words may be of the year that a title names: it names the same, or none.
func sameYear(title, name string) bool {
	return strings.Contains(title, yearOf(name))
}

// nameSaysTime is saysTime of a name, where a bare year tells a time too: 2016_report.
func nameSaysTime(s string) bool {
	if saysTime(s) {
		return true
	}
	for i := 0; i+4 <= len(s); i++ {
		if isYear(s[i:i+4]) && (i == 0 || s[i-1] < '0' || s[i-1] > '9') {
			return true
		}
	}
	return false
}

// saysTime is a cheap test whether a label or a title may name a time: a year, a quarter, 本年, 上年同期.
func saysTime(s string) bool {
	if strings.ContainsAny(s, "年月季") {
		return true
	}
	q := squash(s)
	return containsAny(q, []string{"本期", "同期", "上期", "累计", "期末", "期初", "目前", "截至", "半年"}) || isYear(q) || isDay(q) || len(q) <= 16 && isDateSpan(q)
}

// isDay reports whether a squashed text is a day of the month: 3日.
func isDay(s string) bool {
	n, ok := isWhole(strings.TrimSuffix(s, "日"))
	return ok && strings.HasSuffix(s, "日") && n >= 1 && n <= 31
}

// cover is what the sheets before the first table say of the whole workbook: 填报单位, 填报时间.
type cover struct {
	places []schemas.Evidence
	times  []schemas.Evidence
	units  []unitNote
	closed bool // a sheet with a table has been read

	lent map[string][]unitNote // headings of a table → the unit notes around it, for later sheets with the same headings
}

// read takes the notes and titles of a sheet without a table that stands before the tables.
func (c *cover) read(v *view, rows []row) {
	for r := range rows {
		for _, n := range rows[r].notes {
			e := schemas.Evidence{Text: n.value, Locator: v.locator(n.r, n.c)}
			switch {
			case n.kind == noteReporter && n.value != "":
				c.places = append(c.places, e)
			case n.kind == notePeriod && saysTime(n.value):
				c.times = append(c.times, e)
			}
		}
		c.units = append(c.units, unitNotes(v, rows[r].notes)...)
		if rows[r].kind == rowTitle {
			e := titleOf(v, rows, r)
			c.places = append(c.places, e)
			if saysTime(e.Text) {
				c.times = append(c.times, e)
			}
		}
	}
}
