package quantity

import "heshu/schemas"

// val is a numeral with its unit, before the words around it are read.
type val struct {
	n                   numeral
	start, coreEnd, end int
	lo, hi              amount
	bounds              bool
	q                   schemas.Qualifier // what stands inside or behind it: 多, 以上
	unit                *Unit
	us, ue              int
	class               Class
	decimals, mult      int
}

// quantity gives the value the bounds that its qualifier allows.
func (v *val) quantity(q schemas.Qualifier, neg bool) schemas.Quantity {
	out := schemas.Quantity{Decimals: v.decimals, UnitMult: v.mult, Qualifier: q}
	if v.n.tooLong {
		return out
	}
	lo := v.lo.decimal()
	switch {
	case v.bounds:
		out.Qualifier = schemas.Range
		out.Low, out.High = lo, v.hi.decimal()
	case q == schemas.Approx:
		out.Value = lo
	case q == schemas.AtLeast:
		out.Value, out.Low = lo, lo
	case q == schemas.AtMost:
		out.Value, out.High = lo, lo
	default:
		out.Qualifier = schemas.Exact
		out.Value, out.Low, out.High = lo, lo, lo
	}
	if neg {
		out.Value, out.Low, out.High = out.Value.Neg(), out.High.Neg(), out.Low.Neg()
	}
	return out
}

// value reads the number that begins at i: numeral, unit, trailing qualifier, second end of a range.
func (s *scanner) value(i int) (val, bool) {
	v, ok := s.single(i)
	if !ok {
		return v, false
	}
	if !v.bounds {
		s.extendRange(&v)
	}
	if v.q == 0 || v.q == schemas.Exact || v.bounds {
		if h, end, ok := hintAfter(s.t, v.end); ok && s.hintFits(&v, h, end) {
			v.q, v.end = join(v.q, h.q), end
		}
	} else if h, end, ok := hintAfter(s.t, v.end); ok && len(h.word) > 1 {
		v.q, v.end = join(v.q, h.q), end
	}
	return v, true
}

// hintFits keeps 内 and 余 apart from the words they begin: 3年内 is fine, 5名内科医生 is not.
func (s *scanner) hintFits(v *val, h hint, end int) bool {
	switch h.word[0] {
	case '内':
		return len(h.word) > 1 || v.unit != nil && v.unit.Kind == "time"
	case '余', '多':
		return len(h.word) > 1 || v.n.scaleWord() || v.n.arabic && v.unit == nil || v.unit != nil && (v.unit.Kind == "times" || v.unit.Kind == "percent")
	}
	return true
}

// scaleWord reports whether the numeral ends with a round number that 余 can follow.
func (n *numeral) scaleWord() bool { return n.mult > 0 || n.han && n.lo.round() }

// single reads one numeral with its unit.
func (s *scanner) single(i int) (val, bool) {
	n, ok := readNumeral(s.t, i)
	if !ok {
		return val{}, false
	}
	v := val{n: n, start: i, coreEnd: n.end, end: n.end, lo: n.lo, hi: n.hi, bounds: n.bounds, us: n.end, ue: n.end, decimals: n.decimals, mult: n.mult}
	if n.more {
		v.q = schemas.AtLeast
	}
	if n.about {
		v.q = schemas.Approx
	}
	if s.fraction(&v) || s.oneHalf(&v) {
		return v, true
	}
	s.latinScale(&v)
	s.attachUnit(&v)
	if n.bare && v.unit == nil && v.q == 0 && !s.bareStands(&v) {
		return v, false
	}
	return v, true
}

// bareStands reports whether a number that begins with a scale word may stand without a unit: 超百万, 上千, 百余.
func (s *scanner) bareStands(v *val) bool {
	if s.alone || v.n.glyphs > 1 && v.n.end-v.n.start > 1 && (v.n.mult > 4 || v.n.arabic) {
		return true
	}
	if h, _, ok := hintBefore(s.t, v.start, s.last, true); ok && h.q != 0 {
		return true
	}
	h, _, ok := hintAfter(s.t, v.end)
	return ok && h.q != 0
}

// latinScale reads k and M behind Arabic digits: 10k, 1.04M.
func (s *scanner) latinScale(v *val) {
	i := v.coreEnd
	if !v.n.arabic || i >= len(s.t) {
		return
	}
	exp := int32(0)
	switch s.t[i] {
	case 'k', 'K':
		exp = 3
	case 'M':
		exp = 6
	}
	if exp == 0 || i+1 < len(s.t) && (glyphOf(s.t[i+1]).kind == kLetter || glyphOf(s.t[i+1]).kind == kDigit) {
		return
	}
	v.lo, v.hi = v.lo.shift(exp), v.hi.shift(exp)
	v.mult += int(exp)
	v.coreEnd, v.end, v.us, v.ue = i+1, i+1, i+1, i+1
}

// attachUnit reads 多 or 余, the unit and what may hang on it.
func (s *scanner) attachUnit(v *val) {
	p := v.coreEnd
	more := false
	if p < len(s.t) && (s.t[p] == '多' || s.t[p] == '余' || s.t[p] == '来') {
		if _, k := matchUnit(s.t, s.space(p+1)); k > 0 && s.moreFits(v, s.t[p]) {
			more = true
			p++
		}
	}
	q := s.space(p)
	if q+1 < len(s.t) && s.t[q] == '个' && s.t[q+1] == '亿' { // 两个亿
		v.lo, v.hi, v.mult = v.lo.shift(8), v.hi.shift(8), v.mult+8
		p = q + 2
		v.coreEnd, v.end, v.us, v.ue = p, p, p, p
		q = s.space(p)
	}
	u, k := matchUnit(s.t, q)
	if hasRunes(s.t, q, []rune("个半")) { // 一个半小时
		if w, n := matchUnit(s.t, q+2); n > 0 && (w.Kind == "time" || w.Word == "月") {
			u, k, q = w, n, q+2
			v.lo = v.lo.add(amount{c: 5, e: -1})
			v.hi, v.decimals = v.lo, 1
		}
	}
	if k == 0 || !s.unitFits(v, u, q+k) {
		return
	}
	if u.Word == "块" && v.n.han && v.n.glyphs == 1 && q+k < len(s.t) && isHan(s.t[q+k]) && !containsRune("钱多左上以", s.t[q+k]) && !glyphOf(s.t[q+k]).numeral() {
		u = pieceUnit // 一块地, 两块牌子
	}
	if more {
		v.q = schemas.AtLeast
		if s.t[p-1] == '来' {
			v.q = schemas.Approx
		}
	}
	v.unit, v.us, v.ue, v.end = u, q, q+k, q+k
	if u.Word == "折" && v.decimals == 0 && v.lo.cmp(whole(10)) > 0 { // 八五折 is 8.5折
		v.lo, v.hi, v.decimals = v.lo.shift(-1), v.hi.shift(-1), 1
	}
	s.subunits(v)
	if b := v.us - 1; b >= v.start && b < v.coreEnd && glyphOf(s.t[b]).kind == kBig && v.n.arabic {
		v.us = b
	}
}

// moreFits keeps 多 and 余 for numbers that can have a remainder, 来 for round ones.
func (s *scanner) moreFits(v *val, r rune) bool {
	if r == '来' {
		return v.n.han && v.n.lo.round()
	}
	return v.n.arabic || v.n.scaleWord() || v.n.han
}

// unitFits reports whether the number may take a unit that could be another word: 三省, 2018省级, 三里屯, 千里马, 2018成立.
func (s *scanner) unitFits(v *val, u *Unit, end int) bool {
	bare := v.n.bare && v.n.glyphs == 1 && v.q == 0
	switch {
	case u.Kind == "place":
		return v.n.arabic && !(v.n.digits == 4 && v.decimals == 0 && year(s.t, v.start)) || !v.n.arabic && v.n.glyphs > 1 && !v.n.str
	case u.Word == "成":
		return v.lo.cmp(whole(10)) <= 0
	case u.Word == "里":
		return !bare && (end >= len(s.t) || !isHan(s.t[end]) || containsRune("长多之以左", s.t[end]))
	case bare && u.Noun: // 千面, 万方: words; 百名, 千件 are numbers
		return !containsRune("方面门样集味角步层段点代股", s.t[end-1])
	}
	return true
}

// space passes over at most two spaces, not at the end of the text.
func (s *scanner) space(i int) int {
	for k := 0; k < 3 && i < len(s.t) && isSpace(s.t[i]); k++ {
		i++
	}
	return i
}

// subunits reads what hangs on a unit: 123元1角1分, 九块九, 三斤半, 人民币 behind 元.
func (s *scanner) subunits(v *val) {
	if v.bounds {
		return
	}
	switch v.unit.Kind {
	case "money":
		s.coins(v)
	case "mass", "length", "temperature", "volume", "area", "age", "noun", "count", "percent", "time":
		s.halves(v)
	}
}

// halves reads 半 behind a unit: 三斤半, and a digit behind 米: 三米九.
func (s *scanner) halves(v *val) {
	if v.ue >= len(s.t) {
		return
	}
	if s.t[v.ue] == '半' {
		if v.unit.Kind == "noun" && v.unit.Word != "点" && (v.ue+1 < len(s.t) && isHan(s.t[v.ue+1])) || v.unit.Kind == "count" {
			return
		}
		v.lo = v.lo.add(amount{c: 5, e: -1})
		v.hi, v.end, v.decimals = v.lo, v.ue+1, 1
		return
	}
	if s.hundredths(v) {
		return
	}
	if v.unit.Kind == "noun" || v.unit.Kind == "count" || v.unit.Kind == "age" || v.unit.Kind == "area" || v.unit.Kind == "time" {
		return
	}
	g := glyphOf(s.t[v.ue])
	jin := g.kind == kDigit && v.unit.Word == "斤" && hasRunes(s.t, v.ue+1, []rune("两"))
	if g.kind != kHan && !jin || v.unit.Kind == "percent" && v.unit.Word != "成" || v.ue+1 < len(s.t) && (isHan(s.t[v.ue+1]) && s.t[v.ue+1] != '两') && !s.hinted(v.ue+1) {
		return
	}
	v.lo = v.lo.add(amount{c: int64(g.n), e: -1})
	v.hi, v.end, v.decimals = v.lo, v.ue+1, 1
	if v.end < len(s.t) && s.t[v.end] == '两' {
		v.end++
	}
}

// hundredths reads what hangs on 米 and 亩 without a unit of the table's: 1米75, 三亩二分.
func (s *scanner) hundredths(v *val) bool {
	if v.decimals > 0 {
		return false
	}
	p := v.ue
	switch g := glyphOf(s.t[p]); {
	case v.unit.Word == "米" && v.n.arabic && runEnd(s.t, p) == p+2:
		if e := p + 2; e < len(s.t) && (s.t[e] == '.' || s.t[e] == ',' || isHan(s.t[e]) && measured(s.t, e)) {
			return false
		}
		v.lo = v.lo.add(amount{c: int64(10*g.n) + int64(glyphOf(s.t[p+1]).n), e: -2})
		v.end, v.decimals = p+2, 2
	case v.unit.Word == "亩" && (g.kind == kHan || g.kind == kDigit) && p+1 < len(s.t) && s.t[p+1] == '分':
		if p+2 < len(s.t) && containsRune("之钟别", s.t[p+2]) {
			return false
		}
		v.lo = v.lo.add(amount{c: int64(g.n), e: -1})
		v.end, v.decimals = p+2, 1
	default:
		return false
	}
	v.hi = v.lo
	return true
}

// hinted reports whether a qualifier begins at i.
func (s *scanner) hinted(i int) bool {
	_, _, ok := hintAfter(s.t, i)
	return ok
}
