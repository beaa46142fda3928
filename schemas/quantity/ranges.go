package quantity

import "heshu/schemas"

// connectors join the two ends of a range.
var connectors = [][]rune{[]rune("——"), []rune("--"), []rune("—"), []rune("–"), []rune("-"), []rune("~"), []rune("～"), []rune("〜"), []rune("―"), []rune("─"),
	[]rune("至"), []rune("到"), []rune("－"), []rune("−"), []rune("∼")}

// connector returns the end of a range sign at i, 0 for none.
func connector(t []rune, i int) int {
	for _, c := range connectors {
		if hasRunes(t, i, c) {
			return i + len(c)
		}
	}
	return 0
}

// extendRange reads the second end of a range: 3000—5000元, 3000元至5000元, 3-5万.
func (s *scanner) extendRange(a *val) {
	i := s.space(a.end)
	if i >= len(s.t) || a.q != 0 || a.class == Fraction {
		return
	}
	if hasRunes(s.t, i, []rune("(含)")) {
		i += 3
	}
	e := connector(s.t, i)
	if e == 0 {
		return
	}
	j := s.space(e)
	if j >= len(s.t) || !glyphOf(s.t[j]).numeral() {
		return
	}
	if _, _, ok := s.word(j); ok {
		return
	}
	b, ok := s.single(j)
	if !ok || b.bounds && !b.n.pair || b.class == Fraction || a.n.tooLong || b.n.tooLong {
		return
	}
	if !s.rangeUnits(a, &b) {
		return
	}
	lo := a.lo
	if a.mult == 0 && b.mult > 0 && !a.n.bare && a.lo.cmp(b.n.mantissa) < 0 && !scaled(a) {
		lo = lo.shift(int32(b.mult))
	} else if a.n.han && b.n.han && a.n.glyphs == 1 && b.n.glyphs == 2 && !a.n.bare {
		lo = s.inherit(a, &b)
	}
	if lo.cmp(b.hi) >= 0 {
		return
	}
	a.lo, a.hi, a.bounds, a.class = lo, b.hi, true, Range
	a.decimals, a.mult = max(a.decimals, b.decimals), b.mult
	a.coreEnd, a.end, a.us, a.ue, a.q = b.coreEnd, b.end, b.us, b.ue, b.q
	if b.unit != nil {
		a.unit = b.unit
	}
}

func scaled(a *val) bool { return a.n.han && a.n.glyphs > 1 && a.n.lo.c%1000 == 0 }

// inherit gives a lone first digit the scale of the second: 两到三千.
func (s *scanner) inherit(a, b *val) amount {
	first, scale := glyphOf(s.t[b.n.start]), glyphOf(s.t[b.n.end-1])
	if first.kind == kHan && scale.kind == kSmall && a.lo.cmp(whole(int64(first.n))) < 0 {
		return a.lo.shift(int32(scale.n))
	}
	return a.lo
}

// rangeUnits reports whether the units of two numbers let them be the ends of one range.
func (s *scanner) rangeUnits(a, b *val) bool {
	if a.unit == nil {
		return true
	}
	return b.unit != nil && a.unit.Code == b.unit.Code && (a.unit.Word == b.unit.Word || a.unit.Kind == "money") && a.q == schemas.Qualifier(0)
}
