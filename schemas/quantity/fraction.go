package quantity

import "heshu/schemas"

var (
	percentUnit  = mustUnit("%")
	permilleUnit = mustUnit("‰")
	fractionUnit = mustUnit("分之")
	pieceUnit    = pieces()
)

// pieces returns the classifier 块, which the table holds beside the 块 of money.
func pieces() *Unit {
	for i := range units {
		if units[i].Word == "块" && units[i].Noun {
			return &units[i].Unit
		}
	}
	panic("quantity: no classifier 块")
}

func mustUnit(w string) *Unit {
	u, n := matchUnit([]rune(w), 0)
	if n != len([]rune(w)) {
		panic("quantity: no unit " + w)
	}
	return u
}

// fraction reads what makes the numeral a denominator or a whole part: 百分之五, 三分之二, 1/3, 负一又二分之一, 1 4/3.
func (s *scanner) fraction(v *val) bool {
	i := v.coreEnd
	if i >= len(s.t) {
		return false
	}
	switch s.t[i] {
	case '分':
		return hasRunes(s.t, i, []rune("分之")) && s.numerator(v, v.lo, amount{}, i+2)
	case '又':
		if i+1 >= len(s.t) || !glyphOf(s.t[i+1]).numeral() {
			return false
		}
		d, ok := readNumeral(s.t, i+1)
		if ok && d.end < len(s.t) && s.t[d.end] == '/' {
			return s.slash(v, d.lo, v.lo, i+1, d.end)
		}
		return ok && hasRunes(s.t, d.end, []rune("分之")) && s.numerator(v, d.lo, v.lo, d.end+2)
	case '/', '／':
		return s.slash(v, v.lo, amount{}, v.start, i)
	case ' ':
		if e := runEnd(s.t, i+1); e > i+1 && e-i < 4 && v.n.digits > 0 && v.n.digits < 4 && v.decimals == 0 && e < len(s.t) && s.t[e] == '/' {
			d, _ := arabic(s.t, i+1)
			return s.slash(v, d.v, v.lo, i+1, e)
		}
	}
	return false
}

// numerator reads the number behind 分之 and sets v to base + numerator/denominator.
func (s *scanner) numerator(v *val, denominator, base amount, i int) bool {
	neg := i < len(s.t) && s.t[i] == '负'
	if neg {
		i++
	}
	if i >= len(s.t) || !glyphOf(s.t[i]).numeral() && glyphOf(s.t[i]).kind != kFew {
		return false
	}
	n, ok := readNumeral(s.t, i)
	if !ok || n.tooLong || denominator.zero() {
		return false
	}
	if neg {
		n.lo, n.hi = n.lo.neg(), n.hi.neg()
	}
	hundred := v.n.bare && v.n.glyphs == 1 && base.zero() && denominator.cmp(whole(100)) == 0
	thousand := v.n.bare && v.n.glyphs == 1 && base.zero() && denominator.cmp(whole(1000)) == 0
	v.core(n.end)
	v.n.end, v.n.bare, v.n.arabic, v.n.digits, v.n.mult = n.end, false, n.arabic, 0, 0
	v.decimals, v.mult, v.bounds, v.n.pair = n.decimals, 0, n.bounds, n.pair
	if n.more {
		v.q = schemas.AtLeast
	}
	if hundred || thousand {
		v.lo, v.hi, v.unit, v.class = n.lo, n.hi, percentUnit, Percent
		if thousand {
			v.unit = permilleUnit
		}
		s.latinScale(v)
		return true
	}
	v.unit, v.class = fractionUnit, Fraction
	v.lo, v.hi = divide(base, n.lo, denominator), divide(base, n.hi, denominator)
	return true
}

// divide returns base + a/b.
func divide(base, a, b amount) amount {
	return amount{d: base.decimal().Add(a.decimal().Quo(b.decimal()))}
}

// core moves the end of the numeral, and of all that hangs on it.
func (v *val) core(end int) { v.coreEnd, v.end, v.us, v.ue = end, end, end, end }

// slash reads a/b from the sign on; a date 2018/8/31 and a model 4/5G are none.
func (s *scanner) slash(v *val, a, base amount, start, i int) bool {
	if i+1 >= len(s.t) || !glyphOf(s.t[i+1]).numeral() || start > 0 && s.t[start-1] == '/' {
		return false
	}
	n, ok := readNumeral(s.t, i+1)
	if !ok || n.lo.zero() || n.bounds || n.tooLong || v.n.digits > 4 || n.digits > 4 {
		return false
	}
	if n.end < len(s.t) && (s.t[n.end] == '/' || glyphOf(s.t[n.end]).kind == kLetter) {
		return false
	}
	v.core(n.end)
	v.unit, v.class, v.decimals, v.mult = fractionUnit, Fraction, 0, 0
	v.lo = divide(base, a, n.lo)
	v.hi = v.lo
	return true
}

// oneHalf reads 一半 where a qualifier or 占 makes a share of it: 超过一半, 一半以上. Elsewhere it is a word.
func (s *scanner) oneHalf(v *val) bool {
	if v.n.glyphs != 1 || s.t[v.start] != '一' || v.coreEnd >= len(s.t) || s.t[v.coreEnd] != '半' {
		return false
	}
	_, _, before := hintBefore(s.t, v.start, s.last, false)
	if _, _, behind := hintAfter(s.t, v.coreEnd+1); !before && !behind && (v.start == s.last || s.t[v.start-1] != '占') {
		return false
	}
	v.core(v.coreEnd + 1)
	v.lo, v.unit, v.class = amount{c: 5, e: -1}, fractionUnit, Fraction
	v.hi = v.lo
	return true
}
