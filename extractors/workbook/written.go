package workbook

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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

// readQuantity reads a squashed text that is one quantity as a whole, and the words of its unit with their scale word.
func readQuantity(s string) (schemas.Quantity, string, bool) {
	s = comparators.Replace(s)
	if isUnit(s) {
		return schemas.Quantity{}, "", false // 万户: a unit whose scale word reads as a number
	}
	for _, sign := range []string{"≥", ">"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return bounded(rest, schemas.AtLeast)
		}
	}
	for _, sign := range []string{"≤", "<"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return bounded(rest, schemas.AtMost)
		}
	}
	if rest, ok := strings.CutPrefix(s, "≈"); ok {
		q, unit, ok := readQuantity(rest)
		q.Qualifier, q.Low, q.High = schemas.Approx, schemas.Decimal{}, schemas.Decimal{}
		return q, unit, ok
	}
	n, unit, ok := parse(s)
	if !ok {
		if q, unit, ok := remarked(s); ok {
			return q, unit, true
		}
		if q, unit, ok := moved(s); ok {
			return q, unit, true
		}
		if q, unit, ok := related(s); ok {
			return q, unit, true
		}
		return counted(s)
	}
	if !strings.ContainsAny(s, "0123456789") && n.Unit.Word == "" {
		return schemas.Quantity{}, "", false
	}
	if n.Unit.Kind == "time" || n.Unit.Kind == "age" {
		return schemas.Quantity{}, "", false
	}
	return n.Quantity, unit, true
}

// remarkRunes is how long a remark behind a number is at most.
const remarkRunes = 8

// partWords begin remarks that name a part of the number before them.
var partWords = []string{"其中", "含", "包括", "不含", "另"}

// remarked reads a number with a mark or a remark in brackets behind it: 46.0*, 51.2(预计), 12(人), 25(其中6万元为灾情因素). One with
// digits that names no part, 7(28), is no remark.
func remarked(s string) (schemas.Quantity, string, bool) {
	body, remark := strings.TrimRight(s, "#"+footnotes), ""
	if strings.HasSuffix(body, ")") {
		if i := strings.LastIndexByte(body, '('); i > 0 {
			body, remark = body[:i], body[i+1:len(body)-1]
		}
	}
	digits, percent, ok := plain(body)
	long := strings.ContainsAny(remark, "0123456789") || utf8.RuneCountInString(remark) > remarkRunes
	if !ok || body == s || isYear(digits) || long && !startsWithAny(remark, partWords) {
		return schemas.Quantity{}, "", false
	}
	v, err := schemas.ParseDecimal(digits)
	q := schemas.Quantity{Value: v, Low: v, High: v, Qualifier: schemas.Exact, Decimals: decimalsOf(digits)}
	if containsAny(remark, []string{"预计", "约", "估", "初步"}) {
		q.Qualifier, q.Low, q.High = schemas.Approx, schemas.Decimal{}, schemas.Decimal{}
	}
	unit := ""
	switch {
	case percent:
		unit = "%"
	case isUnit(remark):
		unit = remark
	}
	q.Unit = unit
	return q, unit, err == nil
}

func startsWithAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// moves are the words and signs before a number that say whether it is more or less than before.
var moves = []struct {
	words []string
	down  bool
}{
	{[]string{"↑", "增长", "增加", "上升", "提高", "上涨"}, false},
	{[]string{"↓", "下降", "减少", "降低", "下跌", "回落"}, true},
}

// moved reads a number behind a word for rise or fall: ↑3.2%, 下降2.1个百分点.
func moved(s string) (schemas.Quantity, string, bool) {
	for _, m := range moves {
		for _, w := range m.words {
			rest, ok := strings.CutPrefix(s, w)
			if !ok || rest == "" || rest[0] < '0' || rest[0] > '9' {
				continue
			}
			q, unit, ok := readQuantity(rest)
			if m.down {
				q.Value, q.Low, q.High = q.Value.Neg(), q.High.Neg(), q.Low.Neg()
			}
			return q, unit, ok
		}
	}
	return schemas.Quantity{}, "", false
}

// related reads a number with a unit of a relation: 2000元/户, 190元每人每月.
func related(s string) (schemas.Quantity, string, bool) {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.' || s[end] == ',') {
		end++
	}
	digits, _, ok := plain(s[:end])
	if !ok || !strings.ContainsAny(s[end:], "/每") || !isUnit(s[end:]) {
		return schemas.Quantity{}, "", false
	}
	v, err := schemas.ParseDecimal(digits)
	return schemas.Quantity{Value: v, Low: v, High: v, Qualifier: schemas.Exact, Decimals: decimalsOf(digits), Unit: s[end:]}, s[end:], err == nil
}

// counted reads a number in front of a measure word and the noun that it counts: 3个乡镇, 12个村.
func counted(s string) (schemas.Quantity, string, bool) {
	i := strings.Index(s, "个")
	if i <= 0 || !strings.ContainsAny(s[:i], "0123456789") {
		return schemas.Quantity{}, "", false
	}
	_, known := quantity.NounUnit(s[i+len("个"):])
	u, unit := quantity.LookupUnit(s[i:])
	n, _, ok := parse(s[:i])
	if !ok || n.Unit.Word != "" || !known && !unit {
		return schemas.Quantity{}, "", false
	}
	if !unit || u.Code == "" {
		return n.Quantity, "个", true
	}
	n.Quantity.Unit = s[i:]
	return n.Quantity, s[i:], true
}

// parse asks the grammar of written numbers.
func parse(s string) (n quantity.Number, unit string, ok bool) {
	folded := hanzi.Fold([]rune(s)).Runes
	n, ok = quantity.Parse(string(folded))
	if !ok || !n.Class.Figure() {
		return n, "", false
	}
	unit = n.Quantity.Unit
	if n.UnitStart < n.UnitEnd && n.UnitEnd <= len(folded) {
		unit = string(folded[n.UnitStart:n.UnitEnd])
	}
	return n, unit, true
}

// bounded reads the number behind a comparator: ≥190元每人每月 is at least 190 of 元每人每月.
func bounded(s string, q schemas.Qualifier) (schemas.Quantity, string, bool) {
	n, unit, ok := parse(s)
	x := n.Quantity
	if !ok {
		end := 0
		for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.' || s[end] == ',') {
			end++
		}
		digits, _, isNumber := plain(s[:end])
		v, err := schemas.ParseDecimal(digits)
		if !isNumber || err != nil {
			return x, "", false
		}
		unit = strings.Trim(s[end:], "（）()")
		x = schemas.Quantity{Value: v, Unit: unit}
	}
	x.Qualifier, x.Low, x.High = q, schemas.Decimal{}, schemas.Decimal{}
	if q == schemas.AtLeast {
		x.Low = x.Value
	} else {
		x.High = x.Value
	}
	return x, unit, true
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
