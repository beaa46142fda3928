package workbook

import (
	"slices"
	"strings"
)

// rowKind is what a row is before it is known which table it belongs to.
type rowKind uint8

const (
	rowEmpty rowKind = iota
	rowNote          // notes only: 单位：人
	rowTitle         // one text
	rowText          // two texts or more, no number
	rowCode          // 甲 乙 1 2 3; 汇总代码 01 02
	rowUnit          // 计算单位 个 户 人
	rowHead          // years or ordinals as headings: 季度 1 2 3 4
	rowData          // holds a number or a filler
)

// row is what segmenting needs to know of a row.
type row struct {
	kind    rowKind
	anchors []int // columns of the texts, one for a merged range; kept for rows without numbers
	notes   []note
}

// readRows classifies every row of the sheet.
func readRows(v *view) []row {
	rows := make([]row, len(v.class))
	for r := range rows {
		rows[r] = readRow(v, r)
	}
	for r := range rows {
		switch k := rows[r].kind; {
		case k != rowData && k != rowText && k != rowTitle:
		case k != rowTitle && isCodeRow(v, r, rows):
			rows[r] = row{kind: rowCode, anchors: textAnchors(v, r), notes: rows[r].notes}
		case k == rowData && (isHeadRow(v, r) || isYearHead(v, r) || dividesHeads(v, rows, r)), (k == rowTitle || k == rowText) && isDateHead(v, r):
			rows[r] = row{kind: rowHead, anchors: textAnchors(v, r), notes: rows[r].notes}
		case k == rowText && isUnitRow(v, r, rows[r].anchors):
			rows[r].kind = rowUnit
		case k == rowText && r > 0 && rows[r-1].kind == rowText && tellsQuantities(v, r, rows[r].anchors):
			rows[r].kind = rowData
		}
	}
	return rows
}

func readRow(v *view, r int) row {
	var numbers, fillers, texts, quantities int
	for c, k := range v.class[r] {
		switch k {
		case number, failed, boolean:
			numbers++
		case written:
			quantities++
		case filler:
			fillers++
		case text:
			if _, home := v.home(r, c); home == c {
				texts++
			}
		}
	}
	if numbers > 0 || quantities > 0 && (texts < 5 || texts < 4*quantities) {
		return row{kind: rowData} // else a row of headings with some like 501-1000元
	}
	var out row
	out.notes = rowNotes(v, r, &out.anchors)
	if len(out.notes) > 0 {
		dates := dateNotes(v, r)
		for _, n := range dates {
			out.anchors = slices.DeleteFunc(out.anchors, func(c int) bool { return c == n.c })
		}
		out.notes = append(out.notes, dates...)
	} else if pairs := pairNotes(v, r, out.anchors); len(pairs) > 0 {
		out.notes, out.anchors = pairs, nil
	}
	switch {
	case fillers > 0 && fillers >= len(out.anchors):
		out.kind = rowData
	case len(out.anchors) >= 2:
		out.kind = rowText
	case len(out.anchors) == 1:
		out.kind = rowTitle
	case len(out.notes) > 0:
		out.kind = rowNote
	}
	return out
}

// rowNotes reads the notes of a row; anchors, where asked for, takes the columns of its other texts.
func rowNotes(v *view, r int, anchors *[]int) []note {
	var notes []note
	for c, k := range v.class[r] {
		if k != text {
			continue
		}
		if hr, hc := v.home(r, c); hr != r || hc != c {
			continue
		}
		ns := readNotes(v.words(r, c))
		for i := range ns {
			ns[i].r, ns[i].c = r, c
		}
		notes = append(notes, ns...)
		if len(ns) == 0 && anchors != nil {
			*anchors = append(*anchors, c)
		}
	}
	return notes
}

// dateNotes reads the times that stand beside other notes without a key: 填报单位：… | 2018年7月 | 单位：万元.
func dateNotes(v *view, r int) []note {
	var out []note
	for c, k := range v.class[r] {
		if w := v.words(r, c); k == date && strings.ContainsAny(w, "年-/") || k == text && onlyTime(squash(w)) && strings.Contains(w, "年") {
			out = append(out, note{kind: notePeriod, value: w, r: r, c: c})
		}
	}
	return out
}

func textAnchors(v *view, r int) []int {
	var out []int
	rowNotes(v, r, &out)
	return out
}

// stems are the signs of a code row's label columns.
var stems = map[string]bool{"甲": true, "乙": true, "丙": true, "丁": true, "戊": true, "己": true, "庚": true, "辛": true, "—": true, "－": true, "-": true, "--": true, "——": true, "─": true, "A": true, "B": true, "C": true, "D": true}

// codeLabels are the words that begin a code row.
var codeLabels = []string{"汇总代码", "代码", "栏次", "列次", "编码", "行次", "序号", "栏目代码", "指标代码", "编号"}

// isCodeRow reports whether a row numbers the columns instead of filling them.
func isCodeRow(v *view, r int, rows []row) bool {
	var ints, stemsSeen, other, dashes int
	last, rising, step1 := -1, true, true
	label := ""
	for c, k := range v.class[r] {
		if k == empty {
			continue
		}
		s := v.squashed(r, c)
		if s == label { // 栏次 once more, of the table on the right
			last = -1
			continue
		}
		if n, ok := columnNumber(s); ok {
			if last >= 0 {
				rising = rising && n > last
				step1 = step1 && n == last+1
			}
			last = n
			ints++
			continue
		}
		switch {
		case stems[s], stems[strings.Trim(s, "()")]:
			stemsSeen++
			last = -1 // two tables side by side count each for itself
			if k == filler {
				dashes++
			}
		case label == "" && ints == 0 && k == text:
			label = s
			other++
		default:
			other++
		}
	}
	if ints == 0 || !rising && ints > 1 && stemsSeen == 0 {
		return false
	}
	for _, w := range codeLabels {
		if strings.Trim(label, "（）()") == w && other == 1 {
			return true
		}
	}
	switch {
	case other == 0 && stemsSeen > dashes && (rising || ints == 1):
		return true // 甲 乙 1, but not what somebody called 甲 has: 甲 90 85
	case other == 0 && ints >= 2 && step1 && firstWhole(v, r) == 1 && headAbove(rows, r):
		return true // 1 2 3 below the heading, no letters
	case other == 1 && dashes >= 1 && rising && ints >= 3 && headAbove(rows, r):
		return true // a row whose code column says "--"
	}
	return false
}

// columnNumber reads the number of a column, and how it is made from others: 3, (3), 3=1+2, (3)=(1)+(2).
func columnNumber(s string) (n int, ok bool) {
	if s == "" || s[0] != '(' && (s[0] < '0' || s[0] > '9') {
		return 0, false
	}
	left, right, made := strings.Cut(s, "=")
	if made && (right == "" || strings.Trim(right, "0123456789()+-×x*÷/%") != "") {
		return 0, false
	}
	if made || strings.HasPrefix(left, "(") && strings.HasSuffix(left, ")") {
		left = strings.Trim(left, "()")
	}
	return isWhole(left)
}

func firstWhole(v *view, r int) int {
	for c, k := range v.class[r] {
		if k == empty {
			continue
		}
		if n, ok := columnNumber(v.squashed(r, c)); ok {
			return n
		}
	}
	return -1
}

// headAbove reports whether the nearest row above that holds anything could be a heading.
func headAbove(rows []row, r int) bool {
	for i := r - 1; i >= 0 && i >= r-3; i-- {
		switch rows[i].kind {
		case rowText, rowUnit, rowHead:
			return true
		case rowData:
			return false
		}
	}
	return false
}

// ordinals are the words that make the bare numbers beside them headings.
var ordinals = []string{"季度", "月份", "月", "周", "旬", "年份", "年度", "年", "年代", "批次", "届"}

// isHeadRow reports whether a row's numbers are headings: years, or 1 to 4 behind 季度.
func isHeadRow(v *view, r int) bool {
	years, whole, others, texts := 0, 0, 0, 0
	last, step1, rising, falling := -1, true, true, true
	first, firstAt := "", -1
	for c, k := range v.class[r] {
		if k == empty {
			continue
		}
		s := v.squashed(r, c)
		if k == text {
			if firstAt < 0 && texts+years+whole+others == 0 {
				first, firstAt = s, c
			}
			texts++
			continue
		}
		n, ok := isWhole(s)
		switch {
		case ok && isYear(s):
			years++
		case ok:
			whole++
		default:
			others++
			continue
		}
		if last >= 0 {
			step1 = step1 && n == last+1
			rising = rising && n > last
			falling = falling && n < last
		}
		last = n
	}
	switch {
	case others > 0:
		return false
	case years >= 2 && whole == 0 && (rising || falling):
		return true
	case whole >= 2 && years == 0 && step1 && firstWhole(v, r) == 1 && whole <= 31:
		for _, w := range ordinals {
			if first == w || strings.HasSuffix(first, w) && len(first) <= 15 {
				return true
			}
		}
	}
	return false
}

// stubHeads are headings of the column that names the rows.
var stubHeads = []string{"指标", "项目", "类别", "科目", "名称", "指标名称", "项目名称", "序号", "内容", "类型", "分类", "区域"}

// isYearHead reports whether a row that begins with the heading of a label column names years over numbers, some as numbers:
// 县区 2016 2017年 18年.
func isYearHead(v *view, r int) bool {
	first, years, numbers := "", 0, 0
	for c, k := range v.class[r] {
		if k == empty {
			continue
		}
		s := v.squashed(r, c)
		switch {
		case first == "":
			if first = s; k != text || !equalsAny(s, stubHeads) && !equalsAny(s, placeHeads) {
				return false
			}
		case k == number && isYear(s):
			numbers++
			years++
		case k == text:
			if onlyTime(s) {
				years++
			}
		default:
			return false
		}
	}
	return numbers > 0 && (years >= 2 || years == numbers) && numbersBelow(v, r)
}

// isDateHead reports whether a row of texts has dates over columns of numbers: the months of a table, typed as dates.
func isDateHead(v *view, r int) bool {
	for c, k := range v.class[r] {
		if k == date && v.at(r+1, c) == number {
			return numbersBelow(v, r)
		}
	}
	return false
}

// numbersBelow reports whether the row below holds numbers, none of them a year, wherever the row holds years or dates.
func numbersBelow(v *view, r int) bool {
	for c, k := range v.class[r] {
		if (k == number || k == date) && (v.at(r+1, c) != number && v.at(r+1, c) != filler && v.at(r+1, c) != empty || v.at(r+1, c) == number && isYear(v.squashed(r+1, c))) {
			return false
		}
	}
	return true
}

// isUnitRow reports whether a row gives the columns' units: 计算单位 个 户 人, or (千公顷) (吨) (公斤).
func isUnitRow(v *view, r int, anchors []int) bool {
	units, others := 0, 0
	label := squash(v.words(r, anchors[0]))
	labelled := label == "计算单位" || label == "计量单位" || label == "单位" || label == "计算单位名称" || label == "计量单位名称"
	for i, c := range anchors {
		s := squash(v.words(r, c))
		switch {
		case isUnit(s):
			units++
		case i == 0 && labelled || stems[s]:
		default:
			others++
		}
	}
	return labelled && units > 0 || units >= 2 && others <= 1 && units >= 3*others
}
