package export

import (
	"context"
	"fmt"
	"sort"

	"github.com/xuri/excelize/v2"

	"heshu/schemas"
)

// panelCell is one value of a panel.
type panelCell struct {
	indicator, label, code, region, period             string
	end                                                schemas.Date
	value                                              any
	unit, source, document, locator, number, qualifier string
	agree                                              bool
	candidates                                         int64
}

const panelSQL = `SELECT indicator, indicator_zh, region_code, region, period_name(period_kind, period_start, period_end) AS period, period_end,
	value, unit_zh, source, document, locator, number, qualifier, agree, candidates
	FROM cross_region WHERE measure = 'total' AND breakdown IS NULL AND action IS NULL AND per IS NULL AND period_end IS NOT NULL
	ORDER BY indicator, region_code, period_end, period, unit_zh`

// xlsx writes the panel: a sheet an indicator with regions down and periods across, and a sheet that says where every
// value came from. A value that other sources contradict is red.
func (e *exporter) xlsx(ctx context.Context) error {
	var cells []panelCell
	err := e.each(ctx, panelSQL, func(v []any) error {
		c := panelCell{indicator: str(v[0]), label: str(v[1]), code: str(v[2]), region: str(v[3]), period: str(v[4]), value: v[6], unit: str(v[7]), source: str(v[8]),
			document: str(v[9]), locator: str(v[10]), number: str(v[11]), qualifier: str(v[12])}
		c.end, _ = v[5].(schemas.Date)
		c.agree, _ = v[13].(bool)
		c.candidates, _ = v[14].(int64)
		cells = append(cells, c)
		return nil
	})
	if err != nil {
		return err
	}
	f := excelize.NewFile()
	defer f.Close()
	b := book{file: f, sheets: map[string]bool{}}
	if err := b.write(cells, e.options); err != nil {
		return err
	}
	out, err := e.create("panel.xlsx")
	if err != nil {
		return err
	}
	defer out.file.Close()
	if err := f.Write(out); err != nil {
		return err
	}
	_, err = e.done(out, int64(len(cells)))
	return err
}

func str(v any) string {
	s, _ := v.(string)
	return s
}

// book writes the sheets of a panel.
type book struct {
	file              *excelize.File
	head, number, red int
	sheets            map[string]bool
}

func (b *book) write(cells []panelCell, o Options) error {
	var err error
	if b.head, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7EEF5"}}}); err != nil {
		return err
	}
	format := "#,##0.##########"
	if b.number, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return err
	}
	if b.red, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format, Font: &excelize.Font{Color: "B00020"}}); err != nil {
		return err
	}
	const fixed = "2000-01-01T00:00:00Z" // the same release gives the same file
	if err := b.file.SetDocProps(&excelize.DocProperties{Creator: "heshu", Title: o.Release, Created: fixed, Modified: fixed}); err != nil {
		return err
	}
	if err := b.cover(cells, o); err != nil {
		return err
	}
	for start := 0; start < len(cells); {
		end := start
		for end < len(cells) && cells[end].indicator == cells[start].indicator {
			end++
		}
		if err := b.panel(cells[start:end]); err != nil {
			return fmt.Errorf("sheet %s: %w", cells[start].indicator, err)
		}
		start = end
	}
	return b.details(cells)
}

func (b *book) cover(cells []panelCell, o Options) error {
	const sheet = "说明"
	if err := b.file.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	lines := [][]any{{"核数 指标 × 地区"}, {"发布", o.Release}, {"内容 SHA-256", o.Content}, {"每个指标一张表；红色 = 不同来源的数字不一致；空 = 没有数，不是 0"}, {"“明细”给出每个数的原文与位置"}, {}, {"指标", "表", "数"}}
	count := map[string]int{}
	var order []panelCell
	for _, c := range cells {
		if count[c.indicator]++; count[c.indicator] == 1 {
			order = append(order, c)
		}
	}
	for _, c := range order {
		lines = append(lines, []any{c.label, c.indicator, count[c.indicator]})
	}
	for i, l := range lines {
		if err := b.file.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &l); err != nil {
			return err
		}
	}
	return b.file.SetColWidth(sheet, "A", "B", 32)
}

// panel writes the sheet of one indicator.
func (b *book) panel(cells []panelCell) error {
	sheet := b.sheetName(cells[0].indicator)
	if _, err := b.file.NewSheet(sheet); err != nil {
		return err
	}
	type period struct {
		end  schemas.Date
		name string
	}
	columns, rows := map[period]int{}, map[string]int{}
	var periods []period
	for _, c := range cells {
		p := period{c.end, c.period}
		if _, ok := columns[p]; !ok {
			columns[p] = 0
			periods = append(periods, p)
		}
	}
	sort.Slice(periods, func(i, j int) bool {
		if d := periods[i].end.Compare(periods[j].end); d != 0 {
			return d < 0
		}
		return periods[i].name < periods[j].name
	})
	w := sheetWriter{file: b.file, sheet: sheet}
	w.set(1, 1, cells[0].label+"（"+cells[0].unit+"）", b.head)
	w.set(2, 1, "代码", b.head)
	w.set(2, 2, "地区", b.head)
	for i, p := range periods {
		columns[p] = i + 3
		w.set(2, i+3, p.name, b.head)
	}
	for _, c := range cells {
		row, ok := rows[c.code]
		if !ok {
			row = len(rows) + 3
			rows[c.code] = row
			w.set(row, 1, c.code, 0)
			w.set(row, 2, c.region, 0)
		}
		style := b.number
		if !c.agree {
			style = b.red
		}
		w.set(row, columns[period{c.end, c.period}], cellValue(c), style)
	}
	return w.err
}

// details writes one line for every value: its words and its place.
func (b *book) details(cells []panelCell) error {
	const sheet = "明细"
	if _, err := b.file.NewSheet(sheet); err != nil {
		return err
	}
	w := sheetWriter{file: b.file, sheet: sheet}
	for i, h := range []string{"指标代码", "指标", "地区代码", "地区", "时期", "数值", "单位", "原文", "限定", "来源", "文件", "位置", "候选数", "一致"} {
		w.set(1, i+1, h, b.head)
	}
	for i, c := range cells {
		for j, v := range []any{c.indicator, c.label, c.code, c.region, c.period, cellValue(c), c.unit, c.number, c.qualifier, c.source, c.document, c.locator, c.candidates, c.agree} {
			w.set(i+2, j+1, v, 0)
		}
	}
	return w.err
}

// cellValue is a number that a spreadsheet can reckon with, as text where it would lose digits; bounds only as the words.
func cellValue(c panelCell) any {
	d, ok := c.value.(schemas.Decimal)
	if !ok {
		return c.number
	}
	if digits(d) > 15 {
		return d.String()
	}
	return d.Float()
}

func digits(d schemas.Decimal) int {
	n := 0
	for _, r := range d.String() {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

// sheetWriter sets cells and keeps the first error.
type sheetWriter struct {
	file  *excelize.File
	sheet string
	err   error
}

func (w *sheetWriter) set(row, column int, v any, style int) {
	if w.err != nil {
		return
	}
	name := schemas.ColumnName(column) + fmt.Sprint(row)
	if w.err = w.file.SetCellValue(w.sheet, name, v); w.err == nil && style != 0 {
		w.err = w.file.SetCellStyle(w.sheet, name, name, style)
	}
}

// sheetName is a code that fits Excel's 31 characters and is not taken.
func (b *book) sheetName(code string) string {
	name := code
	for n := 2; len(name) > 31 || b.sheets[name]; n++ {
		end := fmt.Sprintf("~%d", n)
		name = code[:min(len(code), 31-len(end))] + end
	}
	b.sheets[name] = true
	return name
}
