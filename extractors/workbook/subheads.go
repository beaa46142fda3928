package workbook

import (
	"slices"
	"strings"
)

// dividesHeads reports whether a row without labels divides the headings above it by numbers: 2019 2020 below 户数 and again below
// 人数. They are years over numbers that are none, or the same rising numbers below each heading.
func dividesHeads(v *view, rows []row, r int) bool {
	above := r - 1
	for above >= 0 && rows[above].kind == rowEmpty {
		above--
	}
	if above < 0 || rows[above].kind != rowText && rows[above].kind != rowTitle {
		return false
	}
	first, years := -1, true
	var parts [][]int // what stands below each heading
	head := ""
	for c, k := range v.class[r] {
		if k == empty {
			continue
		}
		s := v.squashed(r, c)
		n, whole := isWhole(s)
		if !whole && onlyTime(s) && len(s) > 4 { // 2011-2018 beside 2018
			n, whole = isWhole(yearOf(s))
			s = yearOf(s)
			k = number
		}
		if k != number || !whole {
			return false
		}
		if first < 0 {
			first = c
		}
		years = years && isYear(s)
		if w := headOver(v, above, c); len(parts) == 0 || w != head {
			parts, head = append(parts, nil), w
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], n)
	}
	if first <= 0 || !labelledBelow(v, r, first) {
		return false
	}
	same := len(parts) >= 2 && len(parts[0]) >= 2
	for _, p := range parts {
		same = same && slices.Equal(p, parts[0])
		if !stepwise(p) {
			return false
		}
	}
	return same || years && len(parts[0]) >= 2 && numbersBelow(v, r)
}

// tellsQuantities reports whether a row that stands whole below another one of texts tells numbers in words, two cells at least: 县总工会 |
// 帮扶35户128人 | 捐款2万元、大米500斤. Headings with numbers name ranges or times.
func tellsQuantities(v *view, r int, anchors []int) bool {
	n := 0
	for i, c := range anchors {
		s := v.squashed(r, c)
		digits := strings.ContainsAny(s, "0123456789")
		switch {
		case v.at(r-1, c) != text || i == 0 && digits:
			return false
		case !digits:
		case saysTime(s) || containsAny(s, []string{"以上", "以下", "及", "-", "—", "~", "至", "第", "其中"}):
			return false
		case containsAny(s, quantityUnits):
			n++
		}
	}
	return n >= 2
}

// quantityUnits are units that stand behind numbers in sentences.
var quantityUnits = []string{"户", "人", "元", "斤", "亩", "个", "次", "场", "名", "份", "家", "吨"}

// headOver returns the words of the heading that stands over a column, or left of it where headings are written once.
func headOver(v *view, r, c int) string {
	for ; c >= 0; c-- {
		if hr, hc := v.home(r, c); v.at(hr, hc) == text {
			return v.words(hr, hc)
		}
	}
	return ""
}

// stepwise reports whether numbers only rise, or only fall.
func stepwise(n []int) bool {
	rising, falling := true, true
	for i := 1; i < len(n); i++ {
		rising = rising && n[i] > n[i-1]
		falling = falling && n[i] < n[i-1]
	}
	return rising || falling
}

// labelledBelow reports whether the row below has a label left of a column where this one has none.
func labelledBelow(v *view, r, first int) bool {
	for c := range first {
		if v.at(r+1, c) == text {
			return true
		}
	}
	return false
}
