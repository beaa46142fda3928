package audit

import (
	"fmt"
	"strings"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// message fills in a rule's texts.
func (a *auditor) message(r rules.Rule, c comparison, f schemas.Finding) (zh, en string) {
	unit := schemas.Unit(c.key.unit)
	indicator := a.Indicators[c.key.indicator]
	zhNumber, enNumber := standing(c.number)
	missingZh, missingEn := "", ""
	if len(c.missing) > 0 {
		missingZh = fmt.Sprintf("；无法核实：缺 %d 个单位（%s）", len(c.missing), strings.Join(c.missing, "、"))
		missingEn = fmt.Sprintf("; cannot verify: %d missing (%s)", len(c.missing), strings.Join(c.missing, ", "))
		if n := len(c.inputs) - 1 + len(c.missing); n > len(c.missing) {
			missingZh = fmt.Sprintf("；无法核实：%d 个单位缺 %d 个（%s）", n, len(c.missing), strings.Join(c.missing, "、"))
			missingEn = fmt.Sprintf("; cannot verify: %d of %d missing (%s)", len(c.missing), n, strings.Join(c.missing, ", "))
		}
	}
	t := texts{f: &f, region: a.Regions.Name(c.key.region, c.key.period.End), unit: c.unit, source: c.source, breakdown: c.key.breakdown}
	zhPeriod, enPeriod := periodWords(c.key.period)
	t.indicator, t.measured, t.number, t.missing, t.period = indicator.Label, unit.Zh, zhNumber, missingZh, zhPeriod
	zh = t.fill(r.Zh)
	t.indicator, t.measured, t.number, t.missing, t.period = indicator.LabelEn, " "+unit.En, enNumber, missingEn, enPeriod
	return zh, t.fill(r.En)
}

// texts is what a rule's texts are filled with.
type texts struct {
	f                                                                             *schemas.Finding
	region, period, unit, source, breakdown, indicator, measured, number, missing string
}

// fill puts the words in the place of their names in braces; a name that is none stays.
func (t *texts) fill(text string) string {
	var b strings.Builder
	b.Grow(2 * len(text))
	for {
		i := strings.IndexByte(text, '{')
		j := strings.IndexByte(text, '}')
		if i < 0 || j < i {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		if !t.word(&b, text[i+1:j]) {
			b.WriteString(text[i : j+1])
		}
		text = text[j+1:]
	}
}

// word prints what a name stands for, false for an unknown name.
func (t *texts) word(b *strings.Builder, name string) bool {
	switch name {
	case "left":
		t.amount(b, t.f.Left)
	case "right":
		t.amount(b, t.f.Right)
	case "imbalance":
		t.amount(b, t.f.Imbalance)
	case "tolerance":
		t.amount(b, t.f.Tolerance)
	case "missing":
		b.WriteString(t.missing)
	case "indicator":
		b.WriteString(t.indicator)
		if t.breakdown != "" {
			b.WriteString("（" + t.breakdown + "）")
		}
	case "region":
		b.WriteString(t.region)
	case "period":
		b.WriteString(t.period)
	case "unit":
		b.WriteString(t.unit)
	case "number":
		b.WriteString(t.number)
	case "source":
		b.WriteString(t.source)
	default:
		return false
	}
	return true
}

func (t *texts) amount(b *strings.Builder, d schemas.Decimal) {
	if !d.IsSet() {
		b.WriteByte('?')
		return
	}
	b.WriteString(d.String())
	b.WriteString(t.measured)
}

// periodWords says a period in a sentence.
func periodWords(p schemas.Period) (zh, en string) {
	if p.Kind == schemas.AsOf {
		return "截至" + p.End.String(), "as of " + p.End.String()
	}
	s := PeriodText(p)
	return s, s
}

// PeriodText prints a period shortly: 2018-07, 2018, 至2018-07-31 as "≤2018-07-31".
func PeriodText(p schemas.Period) string {
	switch p.Kind {
	case schemas.AsOf:
		return "≤" + p.End.String()
	case schemas.Year:
		return p.End.String()[:4]
	case schemas.Month:
		return p.End.String()[:7]
	case schemas.Day:
		return p.End.String()
	}
	if p.End.IsZero() {
		return "?"
	}
	return p.Start.String() + "…" + p.End.String()
}

// standing turns the codes of a return's standing into words; other texts stay as they are.
func standing(code string) (zh, en string) {
	what, rest, _ := strings.Cut(code, ":")
	due, came, _ := strings.Cut(rest, ":")
	switch what {
	case "due-unknown":
		return "截止日期未知（工作日历未覆盖）", "the due date is unknown (outside the working-day calendar)"
	case "not-due":
		return "未到截止日期", "not due yet"
	case "missing":
		return "应于 " + due + " 前报送，尚未收到", "was due on " + due + ", has not come"
	case "date-unknown":
		return "已收到，报送日期未知（应于 " + due + " 前报送）", "has come, on an unknown day (was due on " + due + ")"
	case "late":
		return "应于 " + due + " 前报送，" + came + " 收到，逾期", "was due on " + due + ", came late on " + came
	case "in-time":
		return "按时报送（" + came + "）", "came in time (" + came + ")"
	}
	return code, code
}
