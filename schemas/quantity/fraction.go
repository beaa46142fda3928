package quantity

import "heshu/schemas"

var (
	percentUnit  = mustUnit("%")
	permilleUnit = mustUnit("‰")
	fractionUnit = mustUnit("分之")
)

func mustUnit(w string) *Unit {
	u, n := matchUnit([]rune(w), 0)
	if n != len([]rune(w)) {
		panic("quantity: no unit " + w)
	}
	return u
}

// fraction reads what makes the numeral the denominator: 百分之五, 三分之二; or both: 1/3, 负一又二分之一.
func (s *scanner) fraction(v *val) bool {
	i := s.looseSpace(v.coreEnd)
	if i >= len(s.t) {
		return false
	}
	switch s.t[i] {
	case '分':
		j := s.looseSpace(i + 1)
		if j < len(s.t) && s.t[j] == '之' {
			return s.numerator(v, s.looseSpace(j+1), amount{})
		}
	case '又':
		d, ok := readNumeral(s.t, s.looseSpace(i+1), s.loose)
		if !ok {
			return false
		}
		k := s.looseSpace(d.end)
		if k+1 >= len(s.t) || s.t[k] != '分' {
			return false
		}
		j := s.looseSpace(k + 1)
		if j >= len(s.t) || s.t[j] != '之' {
			return false
		}
		base := v.lo
		v.lo = d.lo
		if s.numerator(v, s.looseSpace(j+1), base) {
			return true
		}
		v.lo = base
	case '/', '／':
		return s.slash(v, i)
	}
	return false
}

func (s *scanner) looseSpace(i int) int {
	if s.loose {
		return s.space(i)
	}
	return i
}

// numerator reads the number behind 分之.
func (s *scanner) numerator(v *val, i int, base amount) bool {
	if i >= len(s.t) {
		return false
	}
	neg := s.t[i] == '负'
	if neg {
		i++
	}
	n, ok := readNumeral(s.t, i, s.loose)
	if !ok || n.tooLong || v.lo.zero() {
		return false
	}
	if neg {
		n.lo = n.lo.neg()
	}
	v.coreEnd, v.end, v.us, v.ue = n.end, n.end, n.end, n.end
	bare := v.n.glyphs == 1 && v.n.bare
	w := v.n
	v.n.end, v.decimals, v.mult = n.end, n.decimals, 0
	v.n.bare = false
	if n.more {
		v.q = schemas.AtLeast
	}
	if bare && base.zero() && (w.lo.c == 1 && w.lo.e == 2 || w.lo.cmp(whole(100)) == 0) {
		v.set(n, percentUnit, Percent)
		s.latinScale(v)
		return true
	}
	if bare && base.zero() && w.lo.cmp(whole(1000)) == 0 {
		v.set(n, permilleUnit, Percent)
		return true
	}
	v.unit, v.class = fractionUnit, Fraction
	q := n.lo.decimal().Quo(v.lo.decimal())
	if !base.zero() {
		q = base.decimal().Add(q)
	}
	v.exact, v.bounds = q, false
	if n.bounds {
		v.bounds = true
		v.hi = amount{d: n.hi.decimal().Quo(v.lo.decimal())}
		v.lo = amount{d: q}
		v.exact = schemas.Decimal{}
	}
	return true
}

func (v *val) set(n numeral, u *Unit, c Class) {
	v.lo, v.hi, v.bounds, v.unit, v.class = n.lo, n.hi, n.bounds, u, c
	v.n.arabic, v.n.digits = n.arabic, 0
}

// slash reads 1/3; a date 2018/8/31 and a model 4/5G are none.
func (s *scanner) slash(v *val, i int) bool {
	j := s.looseSpace(i + 1)
	if j >= len(s.t) || glyphOf(s.t[j]).kind != kDigit && !s.loose {
		return false
	}
	n, ok := readNumeral(s.t, j, s.loose)
	if !ok || n.lo.zero() || n.bounds || n.end < len(s.t) && (s.t[n.end] == '/' || glyphOf(s.t[n.end]).kind == kLetter) {
		return false
	}
	if v.start > 0 && s.t[v.start-1] == '/' || v.n.digits > 4 || n.digits > 4 {
		return false
	}
	v.exact = v.lo.decimal().Quo(n.lo.decimal())
	v.unit, v.class, v.coreEnd, v.end, v.us, v.ue = fractionUnit, Fraction, n.end, n.end, n.end, n.end
	v.decimals = 0
	return true
}
