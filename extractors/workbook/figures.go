package workbook

import (
	"slices"
	"strconv"
	"strings"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/forms"
)

// sink takes what a sheet yields, in reading order.
type sink struct {
	part int
	Visitor
}

func (k *sink) exclude(at schemas.Cell, text, class string) {
	k.Exclusion(schemas.Exclusion{Part: k.part, Locator: at, Text: text, Class: class, Numbers: 1})
}

func (k *sink) doubt(at schemas.Cell, code schemas.IssueCode, missing schemas.Missing, numbers int, message string) {
	k.Issue(schemas.Issue{Part: k.part, Locator: at, Code: code, Missing: missing, Numbers: numbers, Message: message})
}

// reader yields the figures of one table.
type reader struct {
	*table
	sink      *sink
	set       setting
	title     string
	stubs     []*stub
	byCol     []columnFacts
	sides     []side          // what stands around each group
	unsure    map[string]bool // headings of shares whose scale has been called unclear
	rowFor    []rowFacts      // one a group, of the row being read
	form      *forms.Form
	placeRows bool // the rows are places or those who report, as their heading says
	filled    bool // a cell of the table holds a figure: it is no blank form
}

// columnFacts is what all figures of a column share.
type columnFacts struct {
	path   []string
	words  string // what the headings count
	units  []schemas.Evidence
	times  []schemas.Evidence
	total  bool
	headed bool               // units[0] stands in the headings
	money  bool               // an amount of money by its heading
	share  bool               // percentages: a unit column of the row does not speak for them
	place  []schemas.Evidence // headings that may be places
	field  *forms.Field       // of the form that the table is
	scale  scale              // how its shares are written
}

// rowFacts is what all figures of a row, in one group, share.
type rowFacts struct {
	done    bool
	labels  []schemas.Evidence
	path    []string
	units   []schemas.Evidence // unit column, unit in the label
	strong  bool               // the row's unit goes before the column's
	times   []schemas.Evidence
	places  []schemas.Evidence
	total   bool
	counted string // the label that says what is counted
	class   string // name of the exclusion that the label asks for: phone, code
	scale   scale  // how the row's shares are written
}

func newReader(t *table, set setting, heading schemas.Evidence, k *sink) *reader {
	rd := &reader{table: t, sink: k, set: set, byCol: make([]columnFacts, len(t.cols)), rowFor: make([]rowFacts, len(t.groups)), unsure: map[string]bool{}}
	switch {
	case heading.Text != "":
		rd.title = heading.Text
	case len(set.titles) > 0:
		rd.title = set.titles[len(set.titles)-1].Text
	}
	rd.placeRows = rd.rowsArePlaces()
	rd.sides = t.sidesOf(&rd.set, rd.title)
	for i := range t.groups {
		rd.stubs = append(rd.stubs, newStub(t, &t.groups[i]))
	}
	for c := range t.cols {
		rd.byCol[c] = rd.columnFacts(c, heading)
		rd.filled = rd.filled || t.cols[c].role == roleData && t.cols[c].count[number]+t.cols[c].count[written] > 0
	}
	return rd
}

func (rd *reader) columnFacts(c int, heading schemas.Evidence) columnFacts {
	x := &rd.cols[c]
	path := x.path
	if p := rd.groups[x.group].prefix; p.Text != "" && x.role == roleData {
		path = append([]schemas.Evidence{p}, path...)
	}
	titles := len(path) - len(x.path) // levels that name a table, not columns
	if heading.Text != "" && !rd.keyed {
		titles++
		path = append([]schemas.Evidence{heading}, path...)
	}
	var f columnFacts
	for i, e := range path {
		f.path = append(f.path, e.Text)
		f.total = f.total || i >= titles && isTotal(e.Text)
	}
	for i, e := range slices.Backward(path) {
		if saysTime(e.Text) {
			f.times = append(f.times, e)
		} else if o := rd.ordinalTime(e, &rd.groups[x.group]); o != "" && i == len(path)-1 {
			f.times = append(f.times, schemas.Evidence{Text: o, Locator: e.Locator})
		}
		if looksPlace(e.Text) || startsWithAny(squash(e.Text), wholes) {
			f.place = append(f.place, e)
		}
	}
	beside := rd.beside(c)
	if e := rd.compared(beside, x.path); e.Text != "" {
		f.times = slices.Insert(f.times, len(f.times), e)
	}
	around := &rd.sides[x.group]
	f.times = append(f.times, around.times...)
	if f.headed = x.unit.Text != ""; f.headed {
		f.units = append(f.units, x.unit)
	} else if (onlyTime(x.leaf) || equalsAny(x.leaf, differences)) && beside >= 0 && rd.cols[beside].unit.Text != "" && !saysShare(rd.cols[beside].key) {
		f.units, f.headed = append(f.units, rd.cols[beside].unit), true // 工资总额（万元） | 上年同期
	}
	if u := around.set.unitNote(rd.v, x.key, x.leaf); u.Text != "" {
		f.units = append(f.units, u)
	}
	if f.words = rd.countedIn(path); f.words == "" && beside >= 0 && onlyTime(x.leaf) && !onlyTime(rd.cols[beside].leaf) {
		f.words = rd.countedIn(rd.cols[beside].path)
	}
	f.share = saysShare(x.key)
	f.money = endsWithAny(x.leaf, []string{"金额", "单价", "总价", "价格", "货值", "货款"})
	return f
}

// differences are headings of amounts that the columns before them differ by; wholes begin headings that speak of a larger place.
var (
	differences = []string{"增减", "增减额", "增减数", "增减量", "增加额", "增长额", "差额", "变动额", "比上年增减", "比上年增减额", "增减变动"}
	wholes      = []string{"全国", "全省", "全市", "全县", "全区", "全州"}
)

// ordinalTime makes a time of a bare ordinal under a heading like 季度: 1 is 1季度, 一 is 一季度.
func (rd *reader) ordinalTime(e schemas.Evidence, g *group) string {
	s := squash(e.Text)
	if _, ok := isWhole(s); !ok && hanIndex(s) == 0 {
		return ""
	}
	switch g.stubHead {
	case "季度", "月份", "月":
		return s + strings.TrimSuffix(g.stubHead, "份")
	}
	return ""
}

// row reads one row of the table.
func (rd *reader) row(r int) {
	for i := range rd.rowFor {
		rd.rowFor[i] = rowFacts{}
	}
	cells := rd.v.s.Rows[r]
	for c, k := range rd.v.class[r] {
		if k == empty || k == text && rd.cols[c].role != roleData {
			continue
		}
		rd.cell(r, c, k, &cells[c])
	}
	for i, s := range rd.stubs { // a row without numbers may be what the next ones stand under
		if !rd.rowFor[i].done {
			s.path(r)
		}
	}
}

func (rd *reader) cell(r, c int, k class, x *sheet.Cell) {
	at := rd.v.locator(r, c)
	role := rd.cols[c].role
	switch k {
	case date:
		rd.sink.exclude(at, x.Text, "date")
		return
	case text:
		rd.noNumber(at, r, c, x)
		return
	case filler, failed, boolean:
		if role == roleData && rd.filled {
			rd.missing(at, r, c, k, x)
		}
		return
	}
	switch role {
	case roleSequence:
		rd.sink.exclude(at, x.Text, "sequence_number")
	case roleCode:
		rd.sink.exclude(at, x.Text, "code")
	case roleRank:
		rd.sink.exclude(at, x.Text, "ordinal")
	case rolePhone:
		rd.sink.exclude(at, x.Text, "phone")
	case roleYear, roleDate:
		rd.sink.exclude(at, x.Text, "date")
	case roleData:
		if class := rd.signed(r, c); class != "" {
			rd.sink.exclude(at, x.Text, class)
			return
		}
		rd.figure(at, r, c, k, x)
	default:
		rd.among(at, r, c, k, x)
	}
}

// signed names what a number is whose cell answers a note's key left of it, 联系电话： | 13800000000; "" of any other.
func (rd *reader) signed(r, c int) string {
	if c == 0 || rd.v.at(r, c-1) != text {
		return ""
	}
	hr, hc := rd.v.home(r, c-1)
	notes := readNotes(rd.v.words(hr, hc))
	switch {
	case len(notes) != 1 || notes[0].value != "" || notes[0].kind != noteOther && notes[0].kind != noteSent:
		return ""
	case containsAny(rd.v.words(hr, hc), phoneHeads):
		return "phone"
	}
	return "note"
}

// among treats a number in a column of texts: the value of a form's label, a year, or a label itself.
func (rd *reader) among(at schemas.Cell, r, c int, k class, x *sheet.Cell) {
	s := squash(x.Text)
	switch {
	case rd.valueAmongTexts(r, c):
		rd.figure(at, r, c, k, x)
	case isYear(s):
		rd.sink.exclude(at, x.Text, "date")
	case k == written && rd.facts(r, rd.cols[c].group).total: // 合计 | 3家
		rd.figure(at, r, c, k, x)
	case k == written:
		rd.sink.exclude(at, x.Text, "label")
	default:
		rd.sink.doubt(at, schemas.IssueNumber, 0, 1, "the number "+strconv.Quote(x.Text)+" stands in a column of texts")
	}
}

// valueAmongTexts reports whether a number in a column of texts is the value of the label left of it.
func (rd *reader) valueAmongTexts(r, c int) bool {
	g := &rd.groups[rd.cols[c].group]
	for i := c + 1; i <= g.last && !rd.keyed; i++ {
		if rd.cols[i].role == roleData && rd.v.at(r, i).numeric() {
			return false
		}
	}
	for i := c - 1; i >= g.first; i-- {
		if k := rd.v.at(r, i); k == text {
			return true
		} else if k != empty {
			return false
		}
	}
	return false
}

// noNumber treats a text in a column of numbers: 7(28) has digits and is no one number.
func (rd *reader) noNumber(at schemas.Cell, r, c int, x *sheet.Cell) {
	if len(x.Text) > 96 {
		return
	}
	s := squash(x.Text)
	if len(s) <= 24 && s[0] >= '0' && s[0] <= '9' && rd.v.at(r, c) == text {
		rd.sink.doubt(at, schemas.IssueNumber, 0, 0, strconv.Quote(x.Text)+" cannot be read as one number")
	}
}

// missing reports a cell that should hold a number and holds something that stands for none.
func (rd *reader) missing(at schemas.Cell, r, c int, k class, x *sheet.Cell) {
	m := schemas.Unreadable
	if k == filler {
		m = missingOf(squash(x.Text))
	}
	rd.sink.doubt(at, schemas.IssueMissing, m, 0, strconv.Quote(x.Text)+" stands where a number is expected")
}

// facts returns what the row says of the figures of a group.
func (rd *reader) facts(r, g int) *rowFacts {
	f := &rd.rowFor[g]
	if f.done {
		return f
	}
	f.done = true
	f.labels = rd.stubs[g].path(r)
	rd.understand(f, r, g)
	return f
}

// understand fills in what the labels of a row say.
func (rd *reader) understand(f *rowFacts, r, g int) {
	for i, e := range f.labels {
		f.path = append(f.path, e.Text)
		outer := i == 0 && e.Locator.(schemas.Cell).Column != f.labels[len(f.labels)-1].Locator.(schemas.Cell).Column
		f.total = f.total || (outer || i == len(f.labels)-1) && isTotal(e.Text)
	}
	for _, e := range slices.Backward(f.labels) {
		f.places = append(f.places, e)
		if saysTime(e.Text) {
			f.times = append(f.times, e)
		}
	}
	f.places = append(f.places, rd.sides[g].places...)
	f.counted = countedRow(f.path)
	rd.codePlaces(r, f)
	rd.rowYear(r, f)
	if u := rd.groups[g].unit; u >= 0 {
		hr, hc := rd.v.home(r, u)
		if k := rd.v.at(hr, hc); k == text || k == written { // 40公斤/袋
			f.units, f.strong = append(f.units, rd.v.evidence(hr, hc)), true
		}
	}
	for i, e := range slices.Backward(f.labels) {
		if u := unitAtEnd(e.Text); u != "" {
			f.units = append(f.units, schemas.Evidence{Text: u, Locator: e.Locator})
			f.strong = f.strong || strings.ContainsAny(u, "%％") && i == len(f.labels)-1
		}
	}
	if n := len(f.path); n > 0 {
		leaf := strings.TrimRight(bare(f.path[n-1]), ":")
		switch {
		case endsWithAny(leaf, []string{"电话", "手机", "手机号", "号码", "联系方式", "传真"}):
			f.class = "phone"
		case endsWithAny(leaf, []string{"代码", "编码", "编号", "证号", "账号", "帐号", "信用代码"}):
			f.class = "code"
		}
	}
}

// keyedFacts is what a form of labels and values says of one cell: the labels of other values in the row are not its own.
func (rd *reader) keyedFacts(r, c int) *rowFacts {
	g := rd.cols[c].group
	f := &rowFacts{done: true}
	for _, e := range rd.facts(r, g).labels {
		at := e.Locator.(schemas.Cell).Column
		own := at <= c
		for i := at; i < c; i++ {
			own = own && !rd.v.at(r, i).numeric()
		}
		if own {
			f.labels = append(f.labels, e)
		}
	}
	if e := rd.left(r, c); e.Text != "" && (len(f.labels) == 0 || f.labels[len(f.labels)-1] != e) {
		f.labels = append(f.labels, e)
	}
	rd.understand(f, r, g)
	return f
}

func endsWithAny(s string, ends []string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// codePlaces adds the division codes of the row: 数据处理地 429021000000.
func (rd *reader) codePlaces(r int, f *rowFacts) {
	for c := range rd.cols {
		if rd.cols[c].role == roleCode && c < len(rd.v.class[r]) && rd.v.class[r][c] == number {
			if s := rd.v.squashed(r, c); (len(s) == 6 || len(s) == 9 || len(s) == 12) && allDigits(s) && s[0] != '0' {
				f.places = append([]schemas.Evidence{{Text: s, Locator: rd.v.locator(r, c)}}, f.places...)
			}
		}
	}
}

// rowYear adds the years that stand in the row: a long table's year column.
func (rd *reader) rowYear(r int, f *rowFacts) {
	for c := range rd.cols {
		if rd.cols[c].role == roleYear && rd.v.at(r, c) != empty {
			e := rd.v.evidence(r, c)
			f.times = append([]schemas.Evidence{e}, f.times...)
			if !slices.Contains(f.path, e.Text) {
				f.path = append(f.path, e.Text)
			}
		}
	}
}

// left returns the text nearest to the left of a cell, for rows whose label columns say nothing.
func (rd *reader) left(r, c int) schemas.Evidence {
	for i := c - 1; i >= 0; i-- {
		hr, hc := rd.v.home(r, i)
		if rd.v.at(hr, hc) == text && hr >= rd.first && len(readNotes(rd.v.words(hr, hc))) == 0 && rd.cols[hc].role != roleUnit && rd.cols[hc].role != roleCode {
			return rd.v.evidence(hr, hc)
		}
	}
	return schemas.Evidence{}
}
