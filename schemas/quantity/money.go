package quantity

// coins reads 角 and 分 behind 元, and a last digit without its unit: 123元1角1分, 两块九毛九, 九元零九分.
func (s *scanner) coins(v *val) {
	first := s.t[v.ue-1]
	power, ok := coinPower(first)
	if !ok {
		s.moneyTail(v)
		return
	}
	exp := power
	total, p := v.lo, v.ue
	for range 2 {
		c, ok := s.coin(p, first, exp)
		if !ok {
			break
		}
		total, p, exp = total.add(c.worth.shift(-power)), c.end, c.exp
		v.decimals = max(v.decimals, int(-exp))
	}
	if p == v.ue {
		s.moneyTail(v)
		return
	}
	v.lo, v.hi, v.end = total, total, p
	if v.end < len(s.t) && containsRune("钱整正", s.t[v.end]) {
		v.end++
	}
	v.ue = v.end
}

// coin is one place of an amount below 元: a digit with 角 or 分, or the last digit without.
type coin struct {
	worth amount // in 元
	end   int
	exp   int32 // power of ten of its place
}

func (s *scanner) coin(p int, first rune, exp int32) (coin, bool) {
	if p < len(s.t) && s.t[p] == '零' {
		p++
	}
	if p >= len(s.t) {
		return coin{}, false
	}
	g := glyphOf(s.t[p])
	if g.kind != kDigit && g.kind != kHan || p+1 < len(s.t) && glyphOf(s.t[p+1]).numeral() {
		return coin{}, false
	}
	digit := whole(int64(g.n))
	next := rune(0)
	if p+1 < len(s.t) {
		next = s.t[p+1]
	}
	switch {
	case next == '角' || next == '毛':
		return coin{digit.shift(-1), p + 2, -1}, exp > -1
	case next == '分':
		return coin{digit.shift(-2), p + 2, -2}, exp > -2
	case (exp < 0 || first != '元' && first != '圆') && (next == 0 || !isHan(next) || next == '钱'):
		return coin{digit.shift(exp - 1), p + 1, exp - 1}, exp > -2
	}
	return coin{}, false
}

// coinPower returns the power of ten of the last rune of a money unit that smaller coins may follow.
func coinPower(r rune) (int32, bool) {
	switch r {
	case '元', '块', '圆', '圓', '镑', '刀', '蚊':
		return 0, true
	case '角', '毛':
		return -1, true
	}
	return 0, false
}

// moneyTail takes 钱, 整, or a currency behind 元.
func (s *scanner) moneyTail(v *val) {
	if v.end < len(s.t) && (s.t[v.end] == '钱' || s.t[v.end] == '整') {
		v.end, v.ue = v.end+1, v.end+1
		return
	}
	if u, k := matchUnit(s.t, v.end); k > 1 && u.Kind == "money" {
		v.end, v.ue = v.end+k, v.end+k
		if u.Code != "CNY" {
			v.unit = u
		}
	}
}
