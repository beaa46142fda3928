package form

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"heshu/extractors/workbook"
	"heshu/schemas/forms"
)

type styles struct {
	title, note, head, code, fixed, text int
	byKind                               map[forms.Kind]int
}

func (m *maker) makeStyles() error {
	border := func(color string) []excelize.Border {
		var out []excelize.Border
		for _, side := range []string{"left", "top", "right", "bottom"} {
			out = append(out, excelize.Border{Type: side, Color: color, Style: 1})
		}
		return out
	}
	song := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: "宋体", Size: size, Bold: bold}
	}
	center := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	open := &excelize.Protection{Locked: false}
	whole, decimal := "0", "0.00"
	var err error
	make := func(s *excelize.Style) int {
		id, e := m.f.NewStyle(s)
		if e != nil {
			err = e
		}
		return id
	}
	m.styles = styles{
		title: make(&excelize.Style{Font: song(16, true), Alignment: center}),
		note:  make(&excelize.Style{Font: song(10, false), Alignment: &excelize.Alignment{Vertical: "center"}}),
		head:  make(&excelize.Style{Font: song(10, true), Alignment: center, Border: border("808080"), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}}}),
		code:  make(&excelize.Style{Font: song(9, false), Alignment: center, Border: border("808080")}),
		fixed: make(&excelize.Style{Font: song(10, false), Alignment: center, Border: border("808080")}),
		text:  make(&excelize.Style{Font: song(10, false), Border: border("808080"), Protection: open, CustomNumFmt: ptr("@")}),
	}
	m.styles.byKind = map[forms.Kind]int{
		forms.Count:   make(&excelize.Style{Font: song(10, false), Border: border("808080"), Protection: open, CustomNumFmt: &whole}),
		forms.Amount:  make(&excelize.Style{Font: song(10, false), Border: border("808080"), Protection: open, CustomNumFmt: &decimal}),
		forms.Percent: make(&excelize.Style{Font: song(10, false), Border: border("808080"), Protection: open, CustomNumFmt: &decimal}),
		forms.Text:    m.styles.text,
	}
	return err
}

func ptr(s string) *string { return &s }

// maxLength is how many runes a text field takes.
const maxLength = 100

// validation puts the checks on entry: counties from a list, whole numbers and amounts within bounds.
func (m *maker) validation() error {
	for i, c := range m.cols {
		v := excelize.NewDataValidation(true)
		v.SetSqref(cell(i+1, m.first) + ":" + cell(i+1, m.last))
		var err error
		switch {
		case c.label != nil && c.label.Role == "region" && len(m.places) > 0:
			v.SetSqrefDropList(fmt.Sprintf("%s!$D$1:$D$%d", workbook.IdentitySheet, len(m.places)))
			v.SetError(excelize.DataValidationErrorStyleStop, "县（市、区）", "请从下拉列表中选择"+m.name+"的县（市、区）。")
			v.SetInput("县（市、区）", "从下拉列表中选择。")
		case c.label != nil || c.field.Kind == forms.Text:
			err = v.SetRange(0, maxLength, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween)
			v.SetError(excelize.DataValidationErrorStyleStop, "文字过长", fmt.Sprintf("不超过%d个字。", maxLength))
		case c.field.Kind == forms.Count:
			err = v.SetRange(0, limit(c.field), excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
			v.SetError(excelize.DataValidationErrorStyleStop, c.field.Label, fmt.Sprintf("应为0至%d的整数，单位：%s。", limit(c.field), c.field.Unit))
			v.SetInput(c.field.Label, "填整数，单位："+c.field.Unit+"。没有填0，不清楚留空。")
		default:
			err = v.SetRange(0, limit(c.field), excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
			v.SetError(excelize.DataValidationErrorStyleStop, c.field.Label, fmt.Sprintf("应为0至%d的数，单位：%s。", limit(c.field), c.field.Unit))
			v.SetInput(c.field.Label, "填数字，单位："+c.field.Unit+"。没有填0，不清楚留空。")
		}
		if err != nil {
			return err
		}
		if err := m.f.AddDataValidation(sheetName, v); err != nil {
			return err
		}
	}
	return nil
}

func limit(f *forms.Field) int {
	switch {
	case f.Kind == forms.Percent:
		return 100
	case f.Max > 0:
		return int(f.Max)
	}
	return 1_000_000_000
}

// notes writes how to fill the form in, and the line to sign.
func (m *maker) notes() error {
	n := len(m.cols)
	how := "说明：每格只填一个数字，不写单位；没有填0，不清楚留空。"
	if m.form.Cumulative {
		how += "各项为自行动开展以来至填报时期末的累计数。"
	}
	for i, text := range []string{how, "单位负责人：          填表人：          联系电话：          报出日期：    年  月  日"} {
		r := m.last + 1 + i
		if err := m.set(1, r, text); err != nil {
			return err
		}
		if err := m.merge(1, r, n, r); err != nil {
			return err
		}
		if err := m.style(1, r, n, r, m.styles.note); err != nil {
			return err
		}
	}
	return nil
}

// layout sets widths, frozen panes and how the sheet prints.
func (m *maker) layout() error {
	for i, c := range m.cols {
		width := 11.0
		if c.label != nil || c.field.Kind == forms.Text {
			width = 16
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := m.f.SetColWidth(sheetName, name, name, width); err != nil {
			return err
		}
	}
	stub := len(m.form.Stub)
	if err := m.f.SetRowHeight(sheetName, 2+m.head, 42); err != nil {
		return err
	}
	panes := &excelize.Panes{Freeze: true, XSplit: stub, YSplit: m.first - 1, TopLeftCell: cell(stub+1, m.first), ActivePane: "bottomRight"}
	if err := m.f.SetPanes(sheetName, panes); err != nil {
		return err
	}
	return m.print(stub)
}

// pageColumns are how many columns of values one can read on a page of A4.
const pageColumns = 15

// print sets up pages of A4 across, as many beside each other as the columns need, with headings and row labels on each.
func (m *maker) print(stub int) error {
	landscape, a4, across, down, yes, height := "landscape", 9, (len(m.cols)-stub+pageColumns-1)/pageColumns, 0, true, 20.0
	if err := m.f.SetPageLayout(sheetName, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &across, FitToHeight: &down}); err != nil {
		return err
	}
	if err := m.f.SetSheetProps(sheetName, &excelize.SheetPropsOptions{FitToPage: &yes, DefaultRowHeight: &height, CustomHeight: &yes}); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(stub)
	if err != nil {
		return err
	}
	if err := m.f.SetHeaderFooter(sheetName, &excelize.HeaderFooterOptions{OddFooter: "&C第&P页 共&N页"}); err != nil {
		return err
	}
	return m.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheetName, RefersTo: fmt.Sprintf("%s!$A:$%s,%s!$1:$%d", sheetName, last, sheetName, m.first-1)})
}

// protect locks all but the cells to fill in; without a password, so that an office can unlock it.
func (m *maker) protect() error {
	return m.f.ProtectSheet(sheetName, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true, InsertRows: true})
}
