package period

import (
	"regexp"
	"strings"

	"heshu/schemas"
)

// exclusion is a family of cases that news of this kind does not use or reads otherwise, with its reason.
type exclusion struct {
	reason string
	text   *regexp.Regexp
	suites string // "" for all, else those whose names hold one of the words
}

const count1 = `[0-9一二三四五六七八九十两]+个?半?`

// exclusions are tried in order on the words of a span.
var exclusions = []exclusion{
	{"clock times: a figure's period has days", regexp.MustCompile(`点|分|秒|钟|:|pm|[0-9]p|早|晚|夜|午|凌晨|小时|白天|刻|[0-9]时|全天|晏昼`), ""},
	{"lunar calendar, solar terms, reigns", regexp.MustCompile(`农历|阴历|正月|腊月|闰|廿|大年|除夕|大寒|小寒|芒种|初[一二三四五六七八九十0-9]|[八8]月十五|雍正|康熙|神龙`), ""},
	{"seasons, by astronomers' dates", regexp.MustCompile(`春天|春季|夏季|冬天|秋天`), ""},
	{"festivals of other countries, faiths and of trade", regexp.MustCompile(`(感恩|母亲|父亲|情人|元宵|女生|万圣|复活|圣.*|受难|开斋|宰牲|古尔邦|肉孜|尔代|登霄|阿舒拉|克哈特普迦|排灯|侯丽|五彩|胡里|诵经|转经|篝火|圣法|丰收|收获|新果实|忏悔|圣母|植树|巴特|卫塞|威瑟|庆日|老板|四旬|献殿|马加比|大斋|难近母|逾越|住棚|七七|夫幼特|周日|庞格尔|濯足|体|圣纪)节|圣|圣诞|伊斯兰|犹太|穆斯林|灰日|受难|法令|主日|周六$|禁食|以色列|全球|大斋期|树木|黑色|三一五|消费者|回归纪念日|新春|正时|火曜日`), ""},
	{"National Day of Taiwan", regexp.MustCompile(`国庆`), "ZH_TW"},
	{"Cantonese, colloquial and narrative words", regexp.MustCompile(`宜家|寻日|今个|今礼拜|晏|仨|这一礼拜|此时`), ""},
	{"windows of so many units before or after now: each system counts them otherwise", regexp.MustCompile(`^(后面?|下|未来|接下来|上|前|过)的?` + count1 + `(天|周|月|年|星期|礼拜)|` + count1 + `[多]?(天|周|日|月|年|星期|礼拜)半?(后|之后|以后|内)|^第` + count1 + `(天起|年)|明天的|明后|今明后|天后天|^下一个`), ""},
	{"so long ago as a day or a window, not as the year, month or week", regexp.MustCompile(count1 + `(年|月|天|日|星期|礼拜)之?前`), "duckling recognizers"},
	{"half units, counted in a way of its own", regexp.MustCompile(`年半前|半以来|半年之|半月[以前后]`), "jionlp"},
	{"近七天 as the coming ones", regexp.MustCompile(`近七天`), "minlp"},
	{"a weekday of this or next week as the next one of its name", regexp.MustCompile(`下(礼拜|周)三|这(礼拜|周)一`), "duckling"},
	{"ordinal weeks and days of a unit", regexp.MustCompile(`第[一二三四五2]+个?[周星]|第二天|第31天|第十天|最后`), ""},
	{"fuzzy spans by convention (年底 is November on, 月底 from the 25th)", regexp.MustCompile(`年初|年末|年底|季度末|月初|月底|月中|[几多]年|上半月|最近|周末|伊始|大半`), ""},
	{"arithmetic on dates", regexp.MustCompile(`的今天|的昨天|月以前|号的|号前的|前一天`), ""},
	{"notations not in use here", regexp.MustCompile(`^[0-9]{1,2}/[0-9]{1,2}(/[0-9]{2,4})?$|^[0-9]{1,2}[.][0-9]{1,2}([.][0-9])?$|版|=|^09-01$`), ""},
	{"poetic and juridical durations", regexp.MustCompile(`载春秋|三夜|5晚|以上|交易日|两日|90日|又|万`), ""},
	{"a range that leaves its last unit out", regexp.MustCompile(`1995-1997年|之间|^2018年以前`), "recognizers"},
}

var hasYear = regexp.MustCompile(`[0-9〇零一二三四五六七八九]{2,4} ?年|今年|去年|明年|上年|这一年|本月|上月|下月|下个月|上个月|本周|上周|下周|上个|下个|[0-9]{4}|明[年天日]|后[年天日]`)

// excluded gives the reason a span is out of scope, "" if it is in.
func excluded(text string, s suiteSpan, ref schemas.Date, suite string) string {
	for _, x := range exclusions {
		if x.suites != "" && !named(x.suites, suite) {
			continue
		}
		if x.text.MatchString(text) {
			return x.reason
		}
	}
	w := s.want(suite)
	if !w.low.IsZero() && ref.Before(w.low) && !hasYear.MatchString(text) {
		return "a month, day or festival without its year as the next one; news means the last"
	}
	return ""
}

func named(words, suite string) bool {
	for _, w := range strings.Fields(words) {
		if strings.Contains(suite, w) {
			return true
		}
	}
	return false
}
