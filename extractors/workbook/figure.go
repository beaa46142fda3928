package workbook

import (
	"strconv"
	"strings"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/quantity"
)

// figure yields the figure of a cell, or says why the number is none.
func (rd *reader) figure(at schemas.Cell, r, c int, k class, x *sheet.Cell) {
	row := rd.facts(r, rd.cols[c].group)
	if rd.keyed {
		row = rd.keyedFacts(r, c)
	}
	col := &rd.byCol[c]
	if row.class == "code" || row.class == "phone" && isPhone(x.Text) {
		rd.sink.exclude(at, x.Text, row.class)
		return
	}
	if s := strings.TrimSpace(x.Raw); len(s) >= significant && allDigits(s) {
		rd.sink.exclude(at, x.Text, "code")
		return
	}
	path, total := row.path, row.total
	if !rd.keyed && (len(path) == 0 || rd.cols[c].role == roleLabel || rd.cols[c].role == roleText) {
		if e := rd.left(r, c); e.Text != "" {
			path, total = []string{e.Text}, isTotal(e.Text)
		}
	}
	if len(path) == 0 && len(col.path) == 0 {
		rd.sink.doubt(at, schemas.IssueNumber, 0, 1, "the number "+strconv.Quote(x.Text)+" stands under no heading")
		return
	}
	q, cellUnit, ok := readCell(k, x)
	if !ok {
		rd.sink.doubt(at, schemas.IssueNumber, 0, 1, strconv.Quote(x.Text)+" cannot be read as a number")
		return
	}
	around := &rd.sides[rd.cols[c].group]
	g := &schemas.Grid{Title: around.title, RowPath: path, ColumnPath: col.path, IsTotal: total || col.total, Places: row.places, Raw: x.Raw}
	f := schemas.Figure{Part: rd.sink.part, Locator: at, Quote: x.Text, Number: x.Text, Numbers: 1, Quantity: q, Grid: g}
	if col.field != nil {
		g.Form, g.Field = rd.form.ID, col.field.ID
	}
	if len(col.place) > 0 {
		n := len(row.places) - len(around.places)
		g.Places = append(append(append([]schemas.Evidence(nil), row.places[:n]...), col.place...), around.places...)
	}
	g.Times = col.times
	if len(row.times) > 0 {
		g.Times = append(append(append([]schemas.Evidence(nil), col.times[:len(col.times)-len(around.times)]...), row.times...), around.times...)
	}
	g.Units = unitsOf(cellUnit, at, row, col)
	if len(g.Units) > 0 {
		f.Unit = g.Units[0]
	}
	if len(path) == len(row.path) {
		f.Label = rd.label(row.counted, col, around)
	} else {
		f.Label = rd.label(countedRow(path), col, around)
	}
	rd.flags(&f, r, c, k, x)
	if k == number && cellUnit == "" {
		rd.scaleFigure(&f, r, c, row)
	}
	rd.sink.Figure(f)
}

// scaleFigure says of a share without a sign of its own how it is written, or that this cannot be told.
func (rd *reader) scaleFigure(f *schemas.Figure, r, c int, row *rowFacts) {
	percent := strings.ContainsAny(f.Unit.Text, "%％")
	if f.Unit.Text != "" && !percent {
		return
	}
	switch rd.scaleOf(r, c, row, percent) {
	case scaleParts:
		f.Grid.PartOfOne = true
		if percent {
			f.Flags = append(f.Flags, "inconsistent")
		}
	case scaleUnsure:
		f.Flags = append(f.Flags, "scale_unsure")
		if !rd.unsure[rd.cols[c].leaf] {
			rd.unsure[rd.cols[c].leaf] = true
			rd.sink.doubt(f.Locator.(schemas.Cell), schemas.IssueScale, 0, 0, strconv.Quote(f.Quote)+" may be a part of one or per cent: it was read as per cent")
		}
	}
}

// unitsOf lists the unit words that govern a cell, nearest first.
func unitsOf(cell string, at schemas.Cell, row *rowFacts, col *columnFacts) []schemas.Evidence {
	if cell == "" && len(row.units) == 0 {
		return col.units
	}
	if row.strong && col.money && !isMoney(row.units[0].Text) {
		row = &rowFacts{} // 袋 in the unit column, 金额 over this one
		if cell == "" {
			return col.units
		}
	}
	var out []schemas.Evidence
	if cell != "" {
		out = append(out, schemas.Evidence{Text: cell, Locator: at})
	}
	if row.strong && !(col.share && !strings.ContainsAny(row.units[0].Text, "%％")) {
		return append(append(out, row.units...), col.units...)
	}
	n := 0
	if len(col.units) > 0 && col.headed { // the headings' unit, then the label's, then the notes'
		n = 1
	}
	if col.share && n == 0 {
		return append(out, col.units...)
	}
	return append(append(append(out, col.units[:n]...), row.units...), col.units[n:]...)
}

// isMoney reports whether a unit is one of money.
func isMoney(unit string) bool {
	unit, _, _ = strings.Cut(unit, "/") // 元/500克
	u, ok := quantity.LookupUnit(unit)
	return ok && u.Code == "CNY"
}

// readCell returns a cell's number as written and the unit that stands in the cell itself.
func readCell(k class, x *sheet.Cell) (schemas.Quantity, string, bool) {
	shown := squash(x.Text)
	if k == written {
		return readQuantity(shown)
	}
	var v schemas.Decimal
	var err error
	percent := strings.HasSuffix(shown, "%")
	if x.Kind == sheet.Number {
		v, err = readRaw(x.Raw)
		if percent {
			v = v.Mul(schemas.NewDecimal(100, 0))
		}
	} else {
		digits, _, ok := plain(shown)
		if !ok {
			return schemas.Quantity{}, "", false
		}
		v, err = schemas.ParseDecimal(digits)
	}
	if err != nil {
		return schemas.Quantity{}, "", false
	}
	q := schemas.Quantity{Value: v, Low: v, High: v, Qualifier: schemas.Exact, Decimals: decimalsOf(shown)}
	unit := ""
	if x.Kind == sheet.Number && !percent && shown != "" && shown[len(shown)-1] >= 0x80 {
		unit, q.Unit = formatUnit(shown, v)
	}
	switch {
	case percent:
		unit = "%"
		q.Unit = unit
	case strings.ContainsAny(shown, "¥￥"):
		unit = "¥"
		q.Unit = unit
	}
	return q, unit, true
}

// formatUnit reads the unit that a number's format shows behind it, as written and as the stored value has it: 3.5万元 of 3.5 is in
// 万元, of 35000 in 元.
func formatUnit(shown string, v schemas.Decimal) (written, stored string) {
	end := strings.LastIndexAny(shown, "0123456789") + 1
	unit := strings.Trim(shown[end:], "()（） ")
	digits, _, ok := plain(shown[:end])
	if !ok || !isUnit(unit) {
		return "", ""
	}
	printed, err := schemas.ParseDecimal(digits)
	if err != nil {
		return "", ""
	}
	stored = unit
	if !v.Round(int32(decimalsOf(digits))).Equal(printed) {
		stored = strings.TrimLeft(unit, "十百千万亿")
	}
	return unit, stored
}

func (rd *reader) flags(f *schemas.Figure, r, c int, k class, x *sheet.Cell) {
	s := rd.v.s
	if s.Hidden || s.HiddenRows[r] || s.HiddenCols[c] {
		f.Flags = append(f.Flags, "hidden")
	}
	if len(s.Formulas) > 0 {
		if formula, ok := s.Formulas[[2]int{r, c}]; ok {
			f.Grid.Formula = formula
			f.Flags = append(f.Flags, "formula")
		}
	}
	if x.Kind == sheet.Text && rd.v.book.Format != "csv" {
		f.Flags = append(f.Flags, "text_number")
	}
	if f.Unit.Text != "" && f.Unit.Locator != f.Locator && f.Quantity.Unit == "" {
		f.Flags = append(f.Flags, "unit_from_note")
	}
}

// generic are headings that name no thing counted.
var generic = []string{"数量", "金额", "指标值", "数值", "合计", "总计", "小计", "本期", "本年", "上年", "本月", "累计", "本期数", "上期数", "期末数", "期初数", "年初数", "年末数", "期末余额", "期初余额", "实际", "预算",
	"项目", "全年", "value", "Value", "目标值", "完成值", "本年累计", "上年同期", "1-本月"}

// countedIn joins the headings that say what is counted.
func (rd *reader) countedIn(path []schemas.Evidence) string {
	var out []string
	for _, e := range path {
		if b := bare(e.Text); b != "" && !equalsAny(b, generic) && !onlyTime(b) {
			out = append(out, e.Text)
		}
	}
	return strings.Join(out, " / ")
}

// relativeTimes are headings that stand for a time beside another one.
var relativeTimes = []string{"上年同期", "去年同期", "同期", "同期数", "上年同期数", "上年同期累计", "去年", "累计", "本年累计", "累计数", "1-本月"}

// onlyTime reports whether a squashed heading is a time and no more: 2016年, 1-2月, 上年同期, 2012.
func onlyTime(s string) bool {
	if isYear(s) {
		return true
	}
	t := strings.Trim(s, "0123456789一二三四五六七八九十年月季度日第上下半至到-—~、全本末底初")
	return t == "" && s != "" || equalsAny(s, relativeTimes)
}

// countedRow returns the innermost row label if it may say what is counted: no place, no total, no time.
func countedRow(path []string) string {
	n := len(path)
	if n == 0 || looksPlace(path[n-1]) || isTotal(path[n-1]) || onlyTime(squash(path[n-1])) {
		return ""
	}
	return path[n-1]
}

// label says what a figure counts, from the row or the column, and from the title where both are places and times.
func (rd *reader) label(leaf string, col *columnFacts, around *side) string {
	if rd.placeRows {
		leaf = ""
	}
	switch {
	case leaf != "" && col.words != "":
		return leaf + " / " + col.words
	case leaf != "":
		return leaf
	case col.words != "":
		return col.words
	}
	if s := around.set.subject(rd.v); s.Text != "" {
		return s.Text
	}
	if around.title == "" {
		return rd.set.document.Text
	}
	return around.title
}

// placeHeads are headings of columns of places or of those who report.
var placeHeads = []string{"地区", "市州", "市县", "县区", "区县", "县市", "县市区", "区(县)", "县(市、区)", "县(市,区)", "城市", "省份", "省市", "省", "市", "县", "乡镇", "镇名称", "村名称", "村", "村名", "单位", "单位名称", "单位详细名称",
	"企业名称", "填报单位", "报送单位", "地区名称", "name", "行政区", "行政区划", "市别", "各市州"}

func (rd *reader) rowsArePlaces() bool {
	for i := range rd.groups {
		if equalsAny(rd.groups[i].stubHead, placeHeads) {
			return true
		}
	}
	return false
}

// looksPlace reports whether a label ends like the name of a place.
func looksPlace(s string) bool {
	q := squash(s)
	for _, end := range []string{"省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "村", "街道"} {
		if strings.HasSuffix(q, end) && len(q) <= 36 && len(q) > len(end) {
			return true
		}
	}
	return false
}
