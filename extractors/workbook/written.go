package workbook

import (
	"strconv"
	"strings"

	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/quantity"
)

// unitWord reports whether the words are a unit of the units table, a scale word before it allowed.
func unitWord(s string) bool {
	if s == "" || strings.ContainsAny(s, "0123456789") {
		return false
	}
	_, ok := quantity.LookupUnit(s)
	return ok
}

// mayBeQuantity is a cheap test before the grammar is asked: a sign of a number near either end.
func mayBeQuantity(s string) bool {
	digits := strings.ContainsAny(s, "0123456789")
	return digits && len(s) <= 60 || len(s) <= 30 && strings.ContainsAny(s, "一二两三四五六七八九十百千万亿数几半")
}

// comparators are signs before a number that say no more than words do.
var comparators = strings.NewReplacer("≧", "≥", "≦", "≤", "﹥", ">", "﹤", "<", ">=", "≥", "<=", "≤", "=>", "≥", "=<", "≤")

// readQuantity reads a squashed text that is one quantity as a whole.
func readQuantity(s string) (quantity.Number, bool) {
	s = comparators.Replace(s)
	if isUnit(s) {
		return quantity.Number{}, false // 万户: a unit whose scale word reads as a number
	}
	switch {
	case strings.HasPrefix(s, "≥"):
		return bounded(strings.TrimPrefix(s, "≥"), schemas.AtLeast)
	case strings.HasPrefix(s, ">"):
		return bounded(strings.TrimPrefix(s, ">"), schemas.AtLeast)
	case strings.HasPrefix(s, "≤"):
		return bounded(strings.TrimPrefix(s, "≤"), schemas.AtMost)
	case strings.HasPrefix(s, "<"):
		return bounded(strings.TrimPrefix(s, "<"), schemas.AtMost)
	}
	n, ok := quantity.Parse(string(hanzi.Fold([]rune(s)).Runes))
	if !ok || !n.Class.Figure() || !strings.ContainsAny(s, "0123456789") && n.Unit.Word == "" {
		return n, false
	}
	switch n.Unit.Kind {
	case "time", "age":
		return n, false
	}
	return n, true
}

// bounded reads the number behind a comparator: ≥190元每人每月 is at least 190 of 元每人每月.
func bounded(s string, q schemas.Qualifier) (quantity.Number, bool) {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.' || s[end] == ',') {
		end++
	}
	unit := strings.Trim(s[end:], "（）()")
	n, ok := quantity.Parse(string(hanzi.Fold([]rune(s)).Runes))
	if !ok || !n.Class.Figure() {
		digits, _, plainOK := plain(s[:end])
		if !plainOK {
			return n, false
		}
		v, err := schemas.ParseDecimal(digits)
		if err != nil {
			return n, false
		}
		n = quantity.Number{Class: quantity.Cardinal, Quantity: schemas.Quantity{Value: v, Unit: unit}}
	}
	n.Quantity.Qualifier = q
	n.Quantity.Low, n.Quantity.High = schemas.Decimal{}, schemas.Decimal{}
	if q == schemas.AtLeast {
		n.Quantity.Low = n.Quantity.Value
	} else {
		n.Quantity.High = n.Quantity.Value
	}
	return n, true
}

// significant is how many digits a spreadsheet keeps of a number; what a double holds beyond them is noise.
const significant = 15

// readRaw reads a stored number: 2143.2000000000003 is 2143.2.
func readRaw(raw string) (schemas.Decimal, error) {
	digits := 0
	for i := 0; i < len(raw); i++ {
		if raw[i] >= '0' && raw[i] <= '9' {
			digits++
		}
	}
	if digits > significant {
		if f, err := strconv.ParseFloat(raw, 64); err == nil {
			raw = strconv.FormatFloat(f, 'g', significant, 64)
		}
	}
	return schemas.ParseDecimal(raw)
}

// decimalsOf returns the digits printed behind the point of the first number in a text.
func decimalsOf(s string) int {
	i := strings.IndexByte(s, '.')
	if i < 0 {
		return 0
	}
	n := 0
	for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		n++
	}
	return n
}
