package quantity

import "heshu/schemas"

// Scan finds every written number of a folded text, left to right, not overlapping. Every numeric token
// of the text lies in one of them; what only looks like a number carries the class that says so.
func Scan(text []rune) []Number {
	s := scanner{t: text}
	s.run()
	return s.out
}

// maxNumber is the length in bytes of the longest string that Parse takes for one number.
const maxNumber = 400

// Parse reads a string that is one number and nothing else: a cell, a case of a suite. Spaces are allowed between
// all its characters but two digits. Offsets are runes of the string.
func Parse(str string) (Number, bool) {
	if len(str) > maxNumber {
		return Number{}, false
	}
	in := []rune(str)
	t, at := squeeze(in)
	s := scanner{t: t, alone: true}
	s.run()
	if len(s.out) != 1 {
		return Number{}, false
	}
	n := s.out[0]
	ok := n.Start == 0 && n.End == len(t) && n.Class != Word
	for _, p := range []*int{&n.Start, &n.CoreStart, &n.UnitStart} {
		*p = at[*p]
	}
	for _, p := range []*int{&n.End, &n.CoreEnd, &n.UnitEnd} {
		*p = at[max(*p, 1)-1] + 1
	}
	n.UnitEnd = max(n.UnitEnd, n.UnitStart)
	n.Tokens = CountTokensIn(in, n.Start, n.End)
	return n, ok
}

// squeeze drops the spaces that do not stand between two digits, and says where each rune stood.
func squeeze(in []rune) (t []rune, at []int) {
	for i, r := range in {
		if isSpace(r) || r == '\n' || r == '\r' {
			if len(t) == 0 || i+1 >= len(in) || glyphOf(t[len(t)-1]).kind != kDigit || glyphOf(in[i+1]).kind != kDigit {
				continue
			}
		}
		t, at = append(t, r), append(at, i)
	}
	return t, append(at, len(in))
}

type scanner struct {
	t     []rune
	alone bool // the text is one number and nothing else
	last  int  // end of the last number
	// nameEnd is where the quotation marks close of a name that began with a number: “三个一百”.
	nameEnd int
	out     []Number
}

func (s *scanner) run() {
	for i := 0; i < len(s.t); {
		r := s.t[i]
		if r < 0 || r >= tableSize || glyphs[r].kind == 0 {
			i++
			continue
		}
		i = s.at(i, glyphs[r])
	}
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
	if lonely(s.t[i]) && (!s.alone || hasRunes(s.t, i, []rune("零下"))) && !tokenStart(s.t, i) && (i == 0 || !glyphOf(s.t[i-1]).numeral()) {
		return i + 1
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
	if s.out == nil {
		s.out = make([]Number, 0, min(len(s.t)/24+2, 4096))
	}
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
	s.prefix(&n)
	neg := s.sign(&n)
	s.prefixUnit(&n, &v)
	q := v.q
	for range 2 {
		h, start, ok := hintBefore(s.t, n.Start, s.last, v.n.bare)
		if !ok {
			break
		}
		q = join(q, h.q)
		if h.apart {
			break
		}
		n.Start = start
	}
	if h, ok := s.compared(&n); ok {
		q = join(q, h)
	}
	n.Class = s.classify(&n, &v)
	n.Quantity = v.quantity(q, neg)
	n.Quantity.Unit = n.Unit.Word
	return s.emit(n, n.End)
}

// prefix widens a number over what its words want before them: 好几百, 翻了两番.
func (s *scanner) prefix(n *Number) {
	switch {
	case s.t[n.Start] == '几' && n.Start > s.last && s.t[n.Start-1] == '好':
		n.Start--
	case n.Unit.Kind == "doubling":
		for _, w := range doublings {
			if k := n.Start - len(w); k >= s.last && hasRunes(s.t, k, w) {
				n.Start = k
				return
			}
		}
	}
}

var doublings = wordList("翻了", "翻")

// sign finds the sign before the number and widens the number over it: -3, 负3, 负的3, 零下3, 零下华氏3度.
func (s *scanner) sign(n *Number) bool {
	i := n.Start
	if i-2 >= s.last && (hasRunes(s.t, i-2, []rune("华氏")) || hasRunes(s.t, i-2, []rune("摄氏"))) {
		i -= 2
	}
	for _, w := range signs {
		if k := i - len(w); k >= s.last && hasRunes(s.t, k, w) {
			if k > 0 && w[0] == '负' && (s.t[k-1] == '减' || s.t[k-1] == '增' || s.t[k-1] == '担' || s.t[k-1] == '欠') {
				return false // 减负1000亿元
			}
			if k-2 >= s.last && (hasRunes(s.t, k-2, []rune("华氏")) || hasRunes(s.t, k-2, []rune("摄氏"))) {
				k -= 2
			}
			n.Start = k
			return true
		}
	}
	if i-1 < s.last || i != n.Start {
		return false
	}
	switch r := s.t[i-1]; r {
	case '-', '−', '－', '﹣':
		if i > 1 && (glyphOf(s.t[i-2]).kind != 0 || s.t[i-2] == r || s.last > 0 && s.last == i-1) {
			return false
		}
		n.Start = i - 1
		return true
	}
	return false
}

var signs = wordList("负的", "负", "零下")

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
		if k != l || u.Kind != "money" || k == 1 && isHan(s.t[i-1]) {
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
		if l == 1 || glyphOf(s.t[i-1]).kind == kLetter || s.alone {
			n.Start = i - l
		}
		return
	}
}

// join combines two qualifiers: 约 … 余 is at least, 约 … 不到 at most, 近 … 余 approximate.
func join(a, b schemas.Qualifier) schemas.Qualifier {
	switch {
	case a == 0 || a == schemas.Exact || a == schemas.Approx && b != 0:
		return b
	case b == 0 || a == b || b == schemas.Approx:
		return a
	case a == schemas.Range || b == schemas.Range:
		return schemas.Range
	}
	return schemas.Approx
}
