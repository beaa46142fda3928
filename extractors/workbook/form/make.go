// Package form owns the making of workbooks: blank reporting forms, and copies of filled ones with their problems marked.
package form

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"heshu/extractors/workbook"
	"heshu/schemas"
	"heshu/schemas/forms"
	"heshu/schemas/region"
)

// Options say for whom and for when a form is made.
type Options struct {
	Region  schemas.RegionCode // whose counties the drop-downs offer; "" leaves the column free
	Period  schemas.Period     // the reporting period; zero leaves it to be filled in
	Regions *region.Table      // nil: the built-in table
	Rows    int                // rows to fill in; 0: as many as the form's kind asks for
}

// MaxRows is the most rows that a form is made with.
const MaxRows = 10_000

// sheetName is the name of the sheet that is filled in.
const sheetName = "填报"

// maker is a form being made.
type maker struct {
	f      *excelize.File
	form   *forms.Form
	o      Options
	cols   []col
	places []region.Region
	name   string // of the region, "" without one
	styles styles
	head   int // rows of column headings
	first  int // first row to fill in, from 1
	last   int
}

// col is one column of the sheet: a label, or a field of a year.
type col struct {
	label *forms.Label
	field *forms.Field
	group string
}

// Make returns the blank workbook of a form: headings, drop-downs, checks on entry, protected headings, a hidden identity.
func Make(f *forms.Form, o Options) ([]byte, error) {
	m := &maker{f: excelize.NewFile(), form: f, o: o}
	defer m.f.Close()
	if m.o.Regions == nil {
		m.o.Regions = region.Load()
	}
	if err := m.setUp(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{m.title, m.headings, m.rows, m.validation, m.notes, m.layout, m.identity, m.protect} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("make form %s: %w", f.ID, err)
		}
	}
	var b bytes.Buffer
	if err := m.f.Write(&b); err != nil {
		return nil, fmt.Errorf("make form %s: write: %w", f.ID, err)
	}
	return b.Bytes(), nil
}

// setUp lays out columns and rows.
func (m *maker) setUp() error {
	if m.o.Region != "" {
		r, ok := m.o.Regions.Region(m.o.Region, m.o.Period.End)
		if !ok {
			return fmt.Errorf("make form %s: no region %s", m.form.ID, m.o.Region)
		}
		m.name = r.Name
		if m.places = m.o.Regions.Children(m.o.Region, m.o.Period.End); len(m.places) == 0 {
			m.places = []region.Region{r} // a county reports for itself
		}
	}
	for i := range m.form.Stub {
		m.cols = append(m.cols, col{label: &m.form.Stub[i]})
	}
	years := m.form.Years
	if len(years) == 0 {
		years = []int{0}
	}
	m.head = 1
	for _, y := range years {
		for i := range m.form.Fields {
			c := col{field: &m.form.Fields[i], group: m.form.Fields[i].Group}
			if y > 0 {
				c.group = fmt.Sprintf("%d年", y)
			}
			if c.group != "" {
				m.head = 2
			}
			m.cols = append(m.cols, c)
		}
	}
	m.first = 2 + m.head + 1 + 1 // title, note, headings, code row
	n := m.o.Rows
	switch {
	case len(m.form.RowLabels) > 0:
		n = len(m.form.RowLabels)
	case n > 0:
	case m.form.Rows == "regions":
		n = max(len(m.places), 12)
	default:
		n = 60
	}
	m.last = m.first + n - 1
	if err := m.f.SetSheetName("Sheet1", sheetName); err != nil {
		return err
	}
	return m.makeStyles()
}

func cell(column, row int) string {
	s, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		panic("form: column or row out of range: " + err.Error()) // the layout is ours
	}
	return s
}

func (m *maker) set(column, row int, value string) error {
	return m.f.SetCellStr(sheetName, cell(column, row), value)
}

func (m *maker) merge(c0, r0, c1, r1 int) error {
	if c0 == c1 && r0 == r1 {
		return nil
	}
	return m.f.MergeCell(sheetName, cell(c0, r0), cell(c1, r1))
}

func (m *maker) style(c0, r0, c1, r1, style int) error {
	return m.f.SetCellStyle(sheetName, cell(c0, r0), cell(c1, r1), style)
}

// title writes the form's name, and the line with who reports and for when.
func (m *maker) title() error {
	n := len(m.cols)
	half := max(n/2, 1)
	period := "填报时期：" + Words(m.o.Period)
	reporter := "填报单位："
	if m.name != "" {
		reporter += m.name + "总工会"
	}
	for _, err := range []error{
		m.set(1, 1, m.name+m.form.Name), m.merge(1, 1, n, 1), m.style(1, 1, n, 1, m.styles.title),
		m.set(1, 2, reporter), m.merge(1, 2, half, 2), m.set(half+1, 2, period), m.merge(half+1, 2, n, 2), m.style(1, 2, n, 2, m.styles.note),
		m.f.SetRowHeight(sheetName, 1, 30), m.f.SetRowHeight(sheetName, 2, 20),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// Words writes a period as a form's 填报时期 line does: 2018年7月.
func Words(p schemas.Period) string {
	y, m := p.End.Year(), int(p.End.Month())
	switch p.Kind {
	case 0:
		return ""
	case schemas.Year:
		return fmt.Sprintf("%d年", y)
	case schemas.Quarter:
		return fmt.Sprintf("%d年第%d季度", y, (m-1)/3+1)
	case schemas.Half:
		return fmt.Sprintf("%d年%s半年", y, map[bool]string{true: "上", false: "下"}[m <= 6])
	case schemas.Month:
		return fmt.Sprintf("%d年%d月", y, m)
	}
	return fmt.Sprintf("%d年%d月%d日", y, m, p.End.Day())
}

// headings writes groups, headings and the code row.
func (m *maker) headings() error {
	const top = 3
	letters := []string{"甲", "乙", "丙", "丁", "戊"}
	number := 0
	for i, c := range m.cols {
		x := i + 1
		text, code := "", ""
		if c.label != nil {
			text, code = c.label.Label, letters[min(i, len(letters)-1)]
		} else {
			number++
			text, code = c.field.Heading(), fmt.Sprint(number)
		}
		row := top + m.head - 1
		if c.group == "" && m.head == 2 {
			row = top
			if err := m.merge(x, top, x, top+1); err != nil {
				return err
			}
		}
		if err := m.set(x, row, text); err != nil {
			return err
		}
		if err := m.set(x, top+m.head, code); err != nil {
			return err
		}
	}
	for i := 0; i < len(m.cols); {
		j := i
		for j < len(m.cols) && m.cols[j].group == m.cols[i].group {
			j++
		}
		if g := m.cols[i].group; g != "" {
			if err := m.set(i+1, top, g); err != nil {
				return err
			}
			if err := m.merge(i+1, top, j, top); err != nil {
				return err
			}
		}
		i = j
	}
	if err := m.style(1, top, len(m.cols), top+m.head-1, m.styles.head); err != nil {
		return err
	}
	return m.style(1, top+m.head, len(m.cols), top+m.head, m.styles.code)
}

// rows prints the labels that the form gives and unlocks the rest.
func (m *maker) rows() error {
	for i, c := range m.cols {
		style := m.styles.text
		if c.field != nil {
			style = m.styles.byKind[c.field.Kind]
		} else if len(m.form.RowLabels) > 0 {
			style = m.styles.fixed
		}
		if err := m.style(i+1, m.first, i+1, m.last, style); err != nil {
			return err
		}
	}
	for i, label := range m.form.RowLabels {
		if err := m.set(1, m.first+i, label); err != nil {
			return err
		}
	}
	return nil
}

// identity writes the hidden sheet that says which form this is, and the list of counties.
func (m *maker) identity() error {
	const s = workbook.IdentitySheet
	if _, err := m.f.NewSheet(s); err != nil {
		return err
	}
	for i, kv := range [][2]string{{"form", m.form.ID}, {"version", fmt.Sprint(m.form.Version)}, {"region", string(m.o.Region)}, {"period", Words(m.o.Period)}} {
		for k, v := range kv {
			if err := m.f.SetCellStr(s, cell(k+1, i+1), v); err != nil {
				return err
			}
		}
	}
	for i, p := range m.places {
		if err := m.f.SetCellStr(s, cell(4, i+1), p.Name); err != nil {
			return err
		}
	}
	return m.f.SetSheetVisible(s, false, true)
}
