package workbook

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// isUnit reports whether the words are a unit and nothing else: 万元, 元/亩, 元每人每月, %.
func isUnit(s string) bool {
	s = squash(s)
	s = strings.Trim(s, "()（）[]【】")
	if s == "" || utf8.RuneCountInString(s) > 12 {
		return false
	}
	if unitWord(s) {
		return true
	}
	for _, sep := range []string{"/", "每"} {
		if a, b, ok := strings.Cut(s, sep); ok {
			a, b = strings.Trim(a, "()"), strings.Trim(b, "()")
			if a != "" && b != "" && (unitWord(a) || a == "¥") && perWord(b) {
				return true
			}
		}
	}
	return false
}

// perWord reports whether the words may stand below the line of a unit: 亩, 人月, 年, 户.
func perWord(s string) bool {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '每' || r == '·' || r == '.' }) {
		switch part {
		case "年", "月", "日", "天", "小时", "季", "季度", "人月", "人年", "户年", "村", "次", "学期", "斤", "平米":
			continue
		}
		if !unitWord(part) {
			return false
		}
	}
	return true
}

// footnotes are marks behind a heading or a number that send the reader to a note.
const footnotes = "①②③④⑤⑥⑦⑧⑨⑩*＊※"

// unitAtEnd returns the unit at the end of a heading: 2016年（元）, 占总支出额比%, 亩产量/斤, 种植成本/(元/亩).
func unitAtEnd(s string) string {
	t := strings.TrimRight(s, " 　:："+footnotes)
	if t == "" {
		return ""
	}
	last, n := utf8.DecodeLastRuneInString(t)
	switch last {
	case ')', '）', ']', '】':
		open := strings.LastIndexAny(t[:len(t)-n], "(（[【")
		if open < 0 {
			return ""
		}
		_, w := utf8.DecodeRuneInString(t[open:])
		if inner := strings.TrimSpace(t[open+w : len(t)-n]); isUnit(inner) {
			return inner
		}
		return ""
	case '%', '％', '‰':
		if len(t) > n {
			return t[len(t)-n:]
		}
		return ""
	}
	if i := strings.LastIndexAny(t, "/／"); i > 0 {
		_, w := utf8.DecodeRuneInString(t[i:])
		if inner := strings.TrimSpace(t[i+w:]); isUnit(inner) {
			return inner
		}
	}
	if i := strings.LastIndexAny(t, ",，;；:："); i > 0 { // 就业人数，人
		_, w := utf8.DecodeRuneInString(t[i:])
		if inner := strings.TrimSpace(t[i+w:]); isUnit(inner) {
			return inner
		}
	}
	return ""
}

// shareWords mark a column of percentages where a unit note names several units.
var shareWords = []string{"比重", "比例", "率", "占", "增长", "增速", "增幅", "增减%", "%", "％", "百分", "指数", "同比", "环比"}

func saysShare(heading string) bool {
	for _, w := range shareWords {
		if strings.Contains(heading, w) {
			return true
		}
	}
	return false
}

var (
	moneyWords = []string{"金额", "资金", "收入", "支出", "产值", "投资", "工资", "额", "费", "价", "款", "元", "自筹", "拨付", "分红", "利润", "薪酬"}
	areaWords  = []string{"面积", "耕地", "林地"}
)

// unitKinds says which units a heading's words go with, for notes that name several: 单位：人、万元.
var unitKinds = []struct{ words, units []string }{
	{[]string{"户"}, []string{"户"}},
	{[]string{"人数", "人口", "人员", "职工", "劳动力", "党员", "男", "女", "人次"}, []string{"人", "人次"}},
	{moneyWords, []string{"元"}},
	{areaWords, []string{"亩", "公顷", "平方米", "平方公里"}},
	{[]string{"产量"}, []string{"吨", "公斤", "千克"}},
	{[]string{"单产"}, []string{"公斤", "千克", "吨"}},
	{[]string{"场次", "活动", "讲座"}, []string{"场", "场次", "期"}},
	{[]string{"个数", "项目", "单位数", "基地", "村数"}, []string{"个"}},
}

// pickUnit chooses among the units of one note the one that the heading's words ask for, those at its end before those in front
// (贫困户人数 asks for 人); the first where nothing tells, none where the heading's last level counts something else (个数 of 户、万元).
func pickUnit(noteValue, heading, leaf string) string {
	units := strings.FieldsFunc(noteValue, func(r rune) bool { return strings.ContainsRune("、,，;； ", r) })
	if len(units) <= 1 {
		return strings.Join(units, "")
	}
	share := saysShare(heading)
	best, bestAt := "", 0
	for _, u := range units {
		if strings.ContainsAny(u, "%％‰") {
			if share {
				return u
			}
			continue
		}
		if at := askedAt(u, heading); at > bestAt || at == bestAt && at > 0 && len(u) > len(best) {
			best, bestAt = u, at
		}
	}
	if best != "" {
		return best
	}
	if endsWithAny(leaf, counts) || equalsAny(leaf, counts) {
		return ""
	}
	for _, u := range units {
		if !strings.ContainsAny(u, "%％‰") {
			return u
		}
	}
	return units[0]
}

// askedAt returns where the last word of a heading that goes with a unit ends, 0 if there is none.
func askedAt(unit, heading string) int {
	last := func(w string) int {
		if i := strings.LastIndex(heading, w); i >= 0 {
			return i + len(w)
		}
		return 0
	}
	at := last(strings.TrimLeft(unit, "十百千万亿"))
	for _, k := range unitKinds {
		if slices.ContainsFunc(k.units, func(w string) bool { return strings.HasSuffix(unit, w) }) {
			for _, w := range k.words {
				at = max(at, last(w))
			}
		}
	}
	return at
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
