package quantity

import (
	"regexp"
	"strings"
)

// exemption is a kind of case that is no measure of this grammar: suites whose name begins with suite, texts that match.
type exemption struct {
	suite, text, why string
}

// exemptions are rules, not lists of failures: each holds for the kind of case, whether we would read it or not.
var exemptions = []exemption{
	// The specification says otherwise.
	{"recognizers_zh", `几|幾`, "specification: 十几 is 11 to 19; upstream lets it begin at 10"},
	{"issue_reports", `几|幾`, "specification: 十几 is 11 to 19; upstream lets it begin at 10"},
	{"jionlp_money_parse", `几|数`, "specification: 几十 is 20 to 99, 数十 too; upstream says 10 to 100"},
	{"jionlp_money_parse", `[多余]`, "specification: 多 is open above; upstream closes it at the next power of ten"},
	{"jionlp_money_parse", `^八到九百`, "八到九百亿 is 800 to 900 亿 here, 8 to 900 upstream"},
	{"minlp_zh", `^倒数`, "an ordinal from the end is no negative number"},
	{"duckling_zh_numeral", `[對对]$`, "a pair is a unit here, as in Recognizers"},
	{"recognizers_zh_percent", `^十折$`, "ten tenths are a share like any other"},
	{"minlp_zh", `英里|海里|尺|光年`, "upstream's conversion factor has fewer digits"},
	{"minlp_zh", `\dM$`, "M is a million, as in Duckling and Recognizers"},
	{"chinese2digits", `^拾$|兆`, "a lone 拾 is ten as in cn2an, 兆 is 10^12 as in Recognizers and WeText"},
	{"chinese2digits", `四百分之16`, "16/400; upstream reads 4 and 16/100"},
	{"recognizers_zh_number", `五台山`, "a mountain's name"},
	// Folding and cleaning are other packages'.
	{"recognizers_zh", `\d, \d{3},`, "folding joins the groups: 1, 234, 567 is one number here"},
	{"recognizers_zh", `\$20，300`, "can be read as 20300"},
	{"recognizers_zh", `^\d \d `, "digits apart are two numbers"},
	{"issue_reports", `[（(]亿[）)]\d`, "the unit stands in a header: the cell reader's"},
	// Another task.
	{"", `\^|[0-9０-９][eE][+－-]?[0-9０-９]`, "powers and exponents: no report is written so"},
	{"duckling_zh", `份一|分一`, "dialect"},
	{"duckling_zh_quantity", `^米`, "no numeral stands before the unit"},
	{"chinese2digits", `万三|千四五`, "brokers' slang for three in ten thousand"},
	{"minlp_zh", `[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]`, "Roman numerals number headings"},
	{"recognizers_zh_unit", `日本銭`, "sen have been out of use since 1953"},
	// Artefacts of the suites.
	{"recognizers_zh_unit", `\d - \d+天大`, "upstream drops the first end of the range"},
	{"itn_wetext", `元,二十`, "artefact of aligning input and output: one span over two numbers"},
}

// notApplicable says why a case of a suite is no measure of this grammar, "" if it is one.
func notApplicable(suite string, c *suiteCase) string {
	if c.Kind == "datetime" || c.Kind == "region" {
		return "time and places are other grammars"
	}
	if strings.HasPrefix(c.Note, "the number model leaves") {
		return "an amount of money that upstream finds with another model"
	}
	for _, s := range c.Spans {
		if s.Value == nil && s.Low == nil && s.High == nil && suite == "recognizers_zh_unit" {
			return "a bare currency or unit word, no number"
		}
	}
	for _, e := range exemptions {
		if strings.HasPrefix(suite, e.suite) && regexp.MustCompile(e.text).MatchString(c.Text) {
			return e.why
		}
	}
	return ""
}
