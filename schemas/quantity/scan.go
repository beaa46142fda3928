package quantity

import "heshu/schemas"

// Scan finds every written number of a folded text, left to right, not overlapping. Every numeric token
// of the text lies in one of them; what only looks like a number carries the class that says so.
func Scan(text []rune) []Number {
	s := scanner{t: text}
	for i := 0; i < len(text); {
		r := text[i]
		if r < 0 || r >= tableSize || glyphs[r].kind == 0 {
			i++
			continue
		}
		i = s.at(i, glyphs[r])
	}
	return s.out
}

// Parse reads a string that is one number and nothing else: a cell, a case of a suite.
func Parse(str string) (Number, bool) {
	t := trim([]rune(str))
	if len(t) == 0 {
		return Number{}, false
	}
	s := scanner{t: t, loose: true}
	for i := 0; i < len(t); {
		g := glyphOf(t[i])
		if g.kind == 0 {
			i++
			continue
		}
		i = s.at(i, g)
	}
	if len(s.out) != 1 {
		return Number{}, false
	}
	n := s.out[0]
	if n.Start != 0 || n.End != len(t) {
		return n, false
	}
	return n, true
}

func trim(t []rune) []rune {
	for len(t) > 0 && (isSpace(t[0]) || t[0] == '\n' || t[0] == '\r') {
		t = t[1:]
	}
	for len(t) > 0 && (isSpace(t[len(t)-1]) || t[len(t)-1] == '\n' || t[len(t)-1] == '\r') {
		t = t[:len(t)-1]
	}
	return t
}

type scanner struct {
	t     []rune
	loose bool
	last  int // end of the last number
	out   []Number
}

// at handles the rune at i, which is of some kind, and returns where to go on.
func (s *scanner) at(i int, g glyph) int {
	switch g.kind {
	case kLetter:
		return s.latin(i)
	case kCurrency:
		return i + 1
	case kOrdinal:
		return s.ordinal(i)
	case kPoint:
		if i+1 >= len(s.t) || glyphOf(s.t[i+1]).kind != kDigit || i > 0 && s.t[i-1] == '.' {
			return i + 1
		}
	case kHalf:
		return s.half(i)
	}
	if g.numeral() {
		if n, end, ok := s.word(i); ok {
			return s.emit(n, end)
		}
		if g.kind == kDigit {
			if n, end, ok := s.pattern(i); ok {
				return s.emit(n, end)
			}
		}
	}
	v, ok := s.value(i)
	if !ok {
		return s.skipRun(i, g)
	}
	return s.number(v)
}

// emit records a number and returns where to go on: behind it, and behind every token it covers.
func (s *scanner) emit(n Number, next int) int {
	n.Start = max(n.Start, s.last)
	n.CoreStart = max(n.CoreStart, n.Start)
	n.End = max(n.End, n.CoreEnd)
	n.Tokens = CountTokensIn(s.t, n.Start, n.End)
	s.out = append(s.out, n)
	s.last = n.End
	return max(next, n.End)
}

// skipRun passes over a run of numerals that is no number (百姓, 万众): a Word, if it is a token.
func (s *scanner) skipRun(i int, g glyph) int {
	if !g.numeral() {
		return i + 1
	}
	j := i + 1
	if g.kind == kDigit {
		j = runEnd(s.t, i)
	}
	if !tokenStart(s.t, i) && (i == 0 || s.last == i || !glyphOf(s.t[i-1]).numeral()) && lonely(s.t[i]) {
		return j
	}
	return s.emit(Number{Start: i, End: j, CoreStart: i, CoreEnd: j, UnitStart: j, UnitEnd: j, Class: Word}, j)
}

// number puts the qualifiers around a value, classifies it and records it.
func (s *scanner) number(v val) int {
	n := Number{Start: v.start, End: v.end, CoreStart: v.start, CoreEnd: v.coreEnd, UnitStart: v.us, UnitEnd: v.ue}
	if v.unit != nil {
		n.Unit = *v.unit
	}
	neg := s.sign(&n)
	s.prefixUnit(&n, &v)
	q := v.q
	for range 2 {
		h, start, ok := hintBefore(s.t, n.Start, s.last, v.n.bare)
		if !ok {
			break
		}
		n.Start, q = start, join(q, h.q)
	}
	n.Class = s.classify(&n, &v)
	n.Quantity = v.quantity(q, neg)
	n.Quantity.Unit = n.Unit.Word
	return s.emit(n, n.End)
}

// sign finds the sign before the number and widens the number over it.
func (s *scanner) sign(n *Number) bool {
	i := n.Start
	for i > s.last && isSpace(s.t[i-1]) && n.Start-i < 2 {
		i--
	}
	if i <= s.last {
		return false
	}
	switch r := s.t[i-1]; r {
	case '-', '−', '－', '﹣':
		if i-1 > 0 && (glyphOf(s.t[i-2]).kind != 0 || s.t[i-2] == r || i-1 == s.last && s.last > 0) || i != n.Start && !s.loose {
			return false
		}
	case '负', '負':
	case '的':
		if i-2 < s.last || s.t[i-2] != '负' {
			return false
		}
		i--
	case '下':
		if i-2 < s.last || s.t[i-2] != '零' {
			return false
		}
		i--
	default:
		return false
	}
	n.Start = i - 1
	return true
}

// prefixUnit takes a currency that stands before the number: ￥300, 人民币3.14.
func (s *scanner) prefixUnit(n *Number, v *val) {
	i := n.Start
	for i > s.last && isSpace(s.t[i-1]) && n.Start-i < 2 {
		i--
	}
	if i <= s.last {
		return
	}
	if n.Unit.Word != "" && n.Unit.Kind != "money" {
		return
	}
	for l := min(4, i-s.last); l > 0; l-- {
		u, k := matchUnit(s.t, i-l)
		if k != l || u.Kind != "money" || len(u.runes) == 1 && isHan(u.runes[0]) {
			continue
		}
		if n.Unit.Word == "" || u.Code != "CNY" {
			f := n.Unit.Factor
			n.Unit = *u
			if f.IsSet() {
				n.Unit.Factor = f
			} else {
				n.UnitStart, n.UnitEnd = i-l, i
			}
		}
		if l == 1 || glyphOf(s.t[i-1]).kind == kLetter || s.loose {
			n.Start = i - l
		}
		return
	}
}

// join combines two qualifiers: 近 … 余 is approximate, 至少 … 以上 is at least.
func join(a, b schemas.Qualifier) schemas.Qualifier {
	switch {
	case a == 0 || a == schemas.Exact:
		return b
	case b == 0 || a == b:
		return a
	case a == schemas.Range || b == schemas.Range:
		return schemas.Range
	}
	return schemas.Approx
}
