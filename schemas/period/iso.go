package period

// iso reads dates in figures: 2018-08-31, 2018/8/31, 2018.8.31, 2018-08; in forms and names also 2018.07, 201807 and 20180731.
func (p parser) iso(i int) (point, int, bool) {
	a, j, ok := p.number(i)
	if !ok || a.chinese {
		return point{}, i, false
	}
	if a.width == 8 || a.width == 6 {
		return p.packed(a, j)
	}
	if a.width != 4 || a.n < 1800 || a.n >= 2200 {
		return point{}, i, false
	}
	sep := p.at(j)
	if sep != '-' && sep != '/' && sep != '.' && (sep != ' ' || !p.terse) {
		return point{}, i, false
	}
	m, k, ok := p.figure(j+1, 12)
	if !ok {
		return point{}, i, false
	}
	pt := point{year: field{absolute, a.n}, month: field{absolute, m.n}, unit: month}
	if p.at(k) == sep {
		if d, end, ok := p.figure(k+1, 31); ok {
			pt.unit, pt.day = day, field{absolute, d.n}
			end, _ = p.has(end, "日")
			return pt, end, true
		}
	}
	if !p.closesMonth(sep, m, k) {
		return point{}, i, false
	}
	return pt, k, true
}

// figure reads one or two digits that end there and are at most top.
func (p parser) figure(i, top int) (numeral, int, bool) {
	if !isDigit(p.at(i)) {
		return numeral{}, i, false
	}
	n, j := int(p.at(i)-'0'), i+1
	if isDigit(p.at(j)) {
		n, j = n*10+int(p.at(j)-'0'), j+1
	}
	return numeral{n: n, width: j - i}, j, n >= 1 && n <= top && !isDigit(p.at(j))
}

// closesMonth tells 2018-08 and 2018.07 from a range, a decimal or a code.
func (p parser) closesMonth(sep rune, m numeral, k int) bool {
	switch p.at(k) {
	case '-', '/', '.':
		return p.terse && (p.at(k) == '-' || !isDigit(p.at(k+1))) // 2016-04.xls
	case '年', '月', '日', '%', '~':
		return false
	}
	return p.terse || sep == '-' && m.width == 2 && p.at(k) != '号'
}

// packed reads 20180731 and 201807 of forms and names.
func (p parser) packed(a numeral, j int) (point, int, bool) {
	if !p.terse {
		return point{}, j, false
	}
	n, d := a.n, 0
	if a.width == 8 {
		n, d = a.n/100, a.n%100
	}
	y, m := n/100, n%100
	if y < 1900 || y >= 2200 || m < 1 || m > 12 || a.width == 8 && (d < 1 || d > 31) {
		return point{}, j, false
	}
	pt := point{year: field{absolute, y}, month: field{absolute, m}, unit: month}
	if d > 0 {
		pt.unit, pt.day = day, field{absolute, d}
	}
	return pt, j, true
}
