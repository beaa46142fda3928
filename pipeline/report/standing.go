package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"heshu/schemas"
)

// State is how a unit stands with one return.
type State uint8

// The states; the zero value is unset.
const (
	NotDue   State = iota + 1 // 未到期: nothing came, nothing is due yet
	Missing                   // 未报: nothing came, and it is due
	Unknown                   // 期限不明: nothing came, and the calendar does not know when it is due
	Received                  // 待说明: it came, and something in it has to be explained
	Returned                  // 退回更正: it came, and something in it has to be corrected, or it cannot be read
	Accepted                  // 已接受: it came, and nothing in it waits for the unit
)

var stateNames = [...][3]string{{"", "", ""}, {"not_due", "未到期", "not due"}, {"missing", "未报", "missing"}, {"unknown", "期限不明", "due date unknown"},
	{"received", "待说明", "to be explained"}, {"returned", "退回更正", "returned for correction"}, {"accepted", "已接受", "accepted"}}

// String is the state's code.
func (s State) String() string { return stateNames[min(int(s), len(stateNames)-1)][0] }

// MarshalText prints the state's code.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// In is the state's name for people.
func (s State) In(lang Lang) string {
	names := stateNames[min(int(s), len(stateNames)-1)]
	return pick(lang, names[1], names[2])
}

// Standing is how one unit stands with one return.
type Standing struct {
	Unit     string             `json:"unit"`
	Region   schemas.RegionCode `json:"region_code"`
	Form     string             `json:"form"`
	FormName string             `json:"form_name"`
	Period   string             `json:"period"` // 2018-07, 2018-Q3, 2018
	State    State              `json:"state"`
	Due      *schemas.Date      `json:"due"`      // nil: the calendar does not know
	Received *schemas.Date      `json:"received"` // the first that came
	Latest   *schemas.Date      `json:"latest"`   // the last that came: a correction
	DateFrom string             `json:"date_from,omitempty"`
	Late     *int               `json:"late_workdays"` // working days after the due day, of what came first, or until today; nil: unknown
	Document string             `json:"document"`
	Notes    []string           `json:"notes"` // what has to be corrected or explained, in Chinese
	Today    schemas.Date       `json:"today"`
}

// Overdue reports whether the return should be there and is not.
func (s Standing) Overdue() bool { return s.State == Missing }

// PeriodZh writes 2018-07 as 2018年7月, 2018-Q3 as 2018年第三季度, 2018 as 2018年度.
func PeriodZh(p string) string {
	year, rest, ok := strings.Cut(p, "-")
	switch {
	case !ok:
		return year + "年度"
	case strings.HasPrefix(rest, "Q"):
		return year + "年第" + map[string]string{"Q1": "一", "Q2": "二", "Q3": "三", "Q4": "四"}[rest] + "季度"
	}
	return year + "年" + strings.TrimPrefix(rest, "0") + "月"
}

func dayZh(d schemas.Date) string {
	return fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day())
}

// Reminder is a text to the unit, ready to be pasted; "" where nothing is asked of it.
func (s Standing) Reminder() string {
	form := s.FormName
	if form == "" {
		form = "报表"
	}
	what := fmt.Sprintf("%s《%s》", PeriodZh(s.Period), strings.Trim(form, "《》"))
	var b strings.Builder
	switch s.State {
	case Missing:
		fmt.Fprintf(&b, "%s：\n贵单位%s应于%s前报送，截至%s尚未收到", s.Unit, what, dayZh(*s.Due), dayZh(s.Today))
		if s.Late != nil && *s.Late > 0 {
			fmt.Fprintf(&b, "，已逾期%d个工作日", *s.Late)
		}
		b.WriteString("。请尽快报送；如已报送，请告知报送日期和文件名，以便查找。")
	case Returned, Received:
		ask := "经审核，下列内容须更正后重新报送"
		if s.State == Received {
			ask = "经审核，下列内容请予核实并说明"
		}
		came := ""
		if s.Latest != nil {
			came = "已于" + dayZh(*s.Latest) + "收到。"
		}
		fmt.Fprintf(&b, "%s：\n贵单位%s%s%s：", s.Unit, what, came, ask)
		for i, n := range s.Notes {
			fmt.Fprintf(&b, "\n%d. %s", i+1, n)
		}
	default:
		return ""
	}
	b.WriteString("\n")
	return b.String()
}

// standingColumns are the columns of the table, in Chinese and English.
var standingColumns = [][2]string{{"单位", "unit"}, {"地区", "region"}, {"报表", "form"}, {"时期", "period"}, {"状态", "state"}, {"应报日期", "due"}, {"收到日期", "received"},
	{"逾期工作日", "late (working days)"}, {"最近一次", "latest"}, {"文件", "document"}, {"说明", "notes"}}

// StandingTable lays standings out as a table of texts; a late of -1 working day is a day early.
func StandingTable(list []Standing, lang Lang) (columns []string, rows [][]string) {
	for _, c := range standingColumns {
		columns = append(columns, pick(lang, c[0], c[1]))
	}
	day := func(d *schemas.Date) string {
		if d == nil {
			return ""
		}
		return d.String()
	}
	for _, s := range list {
		late := ""
		switch {
		case s.Late != nil && *s.Late > 0:
			late = fmt.Sprint(*s.Late)
		case s.Late == nil && s.State != NotDue:
			late = pick(lang, "不明", "unknown")
		}
		due := day(s.Due)
		if due == "" {
			due = pick(lang, "不明", "unknown")
		}
		rows = append(rows, []string{s.Unit, string(s.Region), s.FormName, s.Period, s.State.In(lang), due, day(s.Received), late, day(s.Latest), s.Document, strings.Join(s.Notes, "；")})
	}
	return columns, rows
}

// StandingXLSX writes the table as a workbook, with the reminders on a second sheet and what else is asked, when and what, on a third.
func StandingXLSX(w io.Writer, list []Standing, duties [][2]string, lang Lang) error {
	f := excelize.NewFile()
	defer f.Close()
	table, texts := pick(lang, "报送情况", "returns"), pick(lang, "催报", "reminders")
	if err := f.SetSheetName("Sheet1", table); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	columns, rows := StandingTable(list, lang)
	if err := writeRows(f, table, append([][]string{columns}, rows...), []float64{24, 9, 32, 10, 12, 12, 12, 12, 12, 32, 60}); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if _, err := f.NewSheet(texts); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	letters := [][]string{{columns[0], pick(lang, "文本", "text")}}
	for _, s := range list {
		if text := s.Reminder(); text != "" {
			letters = append(letters, []string{s.Unit, text})
		}
	}
	if err := writeRows(f, texts, letters, []float64{24, 100}); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	other := pick(lang, "日程", "duties")
	if _, err := f.NewSheet(other); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	lines := [][]string{{pick(lang, "时间", "when"), pick(lang, "内容", "what")}}
	for _, d := range duties {
		lines = append(lines, d[:])
	}
	if err := writeRows(f, other, lines, []float64{26, 60}); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	if err := f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// writeRows writes texts as texts: nothing a unit wrote becomes a formula.
func writeRows(f *excelize.File, sheet string, rows [][]string, widths []float64) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	wrap, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	for i, row := range rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			style := wrap
			if i == 0 {
				style = bold
			}
			if err := f.SetCellStr(sheet, cell, text); err != nil {
				return err
			}
			if err := f.SetCellStyle(sheet, cell, cell, style); err != nil {
				return err
			}
		}
	}
	for j, width := range widths {
		name, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(sheet, name, name, width); err != nil {
			return err
		}
	}
	return f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
