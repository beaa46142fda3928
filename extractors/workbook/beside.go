package workbook

import (
	"slices"
	"strings"

	"heshu/schemas"
)

// comparisons are the words of headings that set a number against another time's, or measure it by that.
var comparisons = []string{"同期", "同比", "环比", "增长", "增速", "增幅", "增减", "升降"}

// compares reports whether a heading is a comparison and names no time of its own: 上年同期, 同比增长（%）.
func compares(s string) bool {
	q := squash(s)
	return (containsAny(q, comparisons) || strings.HasPrefix(q, "上年") || strings.HasPrefix(q, "去年")) && !strings.ContainsAny(q, "月季0123456789") && !strings.Contains(q, "累计") && !strings.Contains(q, "本期")
}

// beside returns the nearest column on the left under the same upper headings that is compared with no other, -1 if there is none.
func (rd *reader) beside(c int) int {
	x := &rd.cols[c]
	if len(x.path) == 0 || x.role != roleData {
		return -1
	}
	for i := c - 1; i >= rd.groups[x.group].first; i-- {
		left := &rd.cols[i]
		switch n := len(x.path) - 1; {
		case left.role != roleData:
			return -1
		case len(left.path) != n+1 || !slices.Equal(textsOf(left.path[:n]), textsOf(x.path[:n])):
			return -1
		case !compares(left.path[n].Text):
			return i
		}
	}
	return -1
}

// compared returns the time of the column beside a comparison that names none itself: 1-9月 | 增长速度(%).
func (rd *reader) compared(beside int, path []schemas.Evidence) schemas.Evidence {
	n := len(path) - 1
	if beside < 0 || !compares(path[n].Text) {
		return schemas.Evidence{}
	}
	for _, e := range path[:n] {
		if saysTime(e.Text) {
			return schemas.Evidence{}
		}
	}
	e := rd.cols[beside].path[n]
	if !saysTime(e.Text) {
		return schemas.Evidence{}
	}
	for c := beside - 1; c >= 0 && !strings.Contains(path[n].Text, "同期"); c-- { // 2018年 | 2017年 | 增减额: the later one
		p := rd.cols[c].path
		if len(p) != n+1 || !onlyTime(bare(p[n].Text)) || yearOf(p[n].Text) == "" {
			break
		}
		if yearOf(p[n].Text) > yearOf(e.Text) {
			e = p[n]
		}
	}
	return e
}

// yearOf returns the first year of four digits in a text, "" if there is none.
func yearOf(s string) string {
	for i := 0; i+4 <= len(s); i++ {
		if isYear(s[i : i+4]) {
			return s[i : i+4]
		}
	}
	return ""
}

// placeKeys name places or those who act in a form of labels and values.
var placeKeys = []string{"所在", "地址", "住址", "县区", "乡镇", "所属县", "填报单位", "报送单位", "部门名称", "工作单位", "项目单位", "实施单位", "主管部门", "行政村"}

// keyedPlaces returns the values of a form of labels and values that say where it belongs.
func (t *table) keyedPlaces() []schemas.Evidence {
	var out []schemas.Evidence
	for r := max(t.first-3, 0); r <= t.last; r++ {
		for c, k := range t.v.class[r] {
			if k != text || !containsAny(squash(t.v.words(r, c)), placeKeys) {
				continue
			}
			_, last := t.v.span(r, c)
			if t.v.at(r, last+1) == text {
				out = append(out, t.v.evidence(r, last+1))
			}
		}
	}
	return out
}
