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
	}
	fill := func(text, indicator, unitName, number, missing string) string {
		show := func(d schemas.Decimal) string {
			if !d.IsSet() {
				return "?"
			}
			return d.String() + unitName
		}
		subject := indicator
		if c.key.breakdown != "" {
			subject += "（" + c.key.breakdown + "）"
		}
		return strings.NewReplacer("{left}", show(f.Left), "{right}", show(f.Right), "{imbalance}", show(f.Imbalance), "{tolerance}", show(f.Tolerance),
			"{missing}", missing, "{indicator}", subject, "{region}", a.Regions.Name(c.key.region, c.key.period.End),
			"{period}", PeriodText(c.key.period), "{unit}", c.unit, "{number}", number, "{source}", c.source).Replace(text)
	}
	return fill(r.Zh, indicator.Label, unit.Zh, zhNumber, missingZh), fill(r.En, indicator.LabelEn, " "+unit.En, enNumber, missingEn)
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
