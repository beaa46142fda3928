package report

import (
	"strings"

	"heshu/schemas"
)

// diagnosisNames are the codes of diagnoses (docs/rules.md) in words.
var diagnosisNames = map[string][2]string{
	"unit_slip":                {"像是单位错位", "looks like a unit slip"},
	"decimal_point":            {"像是多写或少写一位、小数点错位", "looks like a digit or the decimal point too many or too few"},
	"households_for_people":    {"像是把户数填成了人数", "looks like households where people were asked"},
	"this_year_for_cumulative": {"像是把本年数填成了累计数", "looks like this year's number instead of the count so far"},
	"last_period_again":        {"像是重复报送了上期数", "looks like the figure of the period before, sent again"},
	"digits_transposed":        {"像是相邻两位数字颠倒", "looks like two digits in each other's place"},
	"row_shifted":              {"像是错行（填了相邻一行的数）", "looks like the row above or below"},
	"summed_twice":             {"像是小计与合计重复相加", "looks like a total summed twice"},
	"counted_twice":            {"像是某单位重复计算", "looks like one part counted twice"},
	"left_out":                 {"像是漏计某单位", "looks like one part left out"},
	"entity_for_region":        {"像是把一个单位的数当作全地区的数", "looks like one unit's figure taken for the region's"},
	"rounded":                  {"像是取整后未加“约、余”等字", "looks like a number rounded without saying so"},
	"one_digit":                {"只差一位数字，像是录入错误", "differs in one digit: looks like a typing error"},
}

// DiagnosisText words a diagnosis: what it looks like, and the arithmetic as it is.
func DiagnosisText(s string, lang Lang) string {
	code, arithmetic, ok := strings.Cut(s, ": ")
	names, known := diagnosisNames[code]
	if !ok || !known {
		return s
	}
	return pick(lang, names[0]+"："+arithmetic, names[1]+": "+arithmetic)
}

// OutcomeName is an outcome's name for people.
func OutcomeName(o schemas.Outcome, lang Lang) string {
	zh := map[schemas.Outcome]string{schemas.Agree: "一致", schemas.Rounding: "修约差", schemas.Consistent: "措辞相容", schemas.Open: "待处理",
		schemas.Explained: "已说明", schemas.CannotVerify: "无法核实", schemas.Contradicted: "与措辞矛盾"}
	return pick(lang, zh[o], o.String())
}

// basisWords are the phrases of a tolerance's basis in Chinese.
var basisWords = strings.NewReplacer("half a unit of each last printed digit", "各末位数字的半个单位", "wording allows ", "措辞允许 ", "the office grants more: ", "本单位另允许：",
	"median of the steps before", "以往各期增幅的中位数", "their median absolute deviation", "绝对中位差", "the numerator is not said: ", "未给出分子：", " of ", " 的 ", " is ", " 为 ", ", by its wording ", "，按措辞为 ",
	"reached by ", "截至 ", "exact", "精确", " to ", " 至 ")

// BasisText words where a tolerance comes from.
func BasisText(s string, lang Lang) string { return pick(lang, basisWords.Replace(s), s) }

// BecauseText says why a finding stands otherwise in another release.
func BecauseText(because string, lang Lang) string {
	switch because {
	case "rules":
		return pick(lang, "规则不同，数据相同", "other rules, the same figures")
	case "document":
		return pick(lang, "材料不同", "another document")
	case "reading":
		return pick(lang, "同一材料，读法不同", "the same document, read otherwise")
	}
	return pick(lang, "数据不同", "other figures")
}

// ActionName is what became of a figure or finding between two releases: A, R and D in words.
func ActionName(action string, lang Lang) string {
	zh := map[string]string{"A": "新增", "R": "改变", "D": "消失"}
	en := map[string]string{"A": "added", "R": "changed", "D": "gone"}
	return pick(lang, zh[action], en[action])
}
