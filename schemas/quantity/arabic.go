package quantity

import "heshu/schemas"

// maxDigits is the longest run of digits that is read as a number; a longer one is an identifier.
const maxDigits = 30

// literal is an Arabic number as printed: 1,286.5 or 18 760.
type literal struct {
	end      int
	v        amount
	decimals int
	digits   int  // before the point
	grouped  bool // thousands separators were there
	tooLong  bool
}

// arabic reads the digits at i: thousands separators, a decimal point.
func arabic(t []rune, i int) (literal, bool) {
	var l literal
	if t[i] == '.' {
		if i+1 >= len(t) || glyphOf(t[i+1]).kind != kDigit {
			return l, false
		}
		l.end = i
	} else {
		l.end = runEnd(t, i)
		l.digits = l.end - i
		if l.digits == 0 {
			return l, false
		}
		if l.digits <= 3 {
			l.group(t)
		}
	}
	l.point(t)
	l.read(t, i)
	return l, true
}

// runEnd returns the end of the run of digits at i.
func runEnd(t []rune, i int) int {
	for i < len(t) && glyphOf(t[i]).kind == kDigit {
		i++
	}
	return i
}

// group extends the literal over ",286" and " 760": three digits each, one kind of separator.
func (l *literal) group(t []rune) {
	if l.end >= len(t) {
		return
	}
	sep, end := t[l.end], l.end
	if sep != ',' && sep != '，' && !isSpace(sep) {
		return
	}
	for end < len(t) && t[end] == sep {
		e := runEnd(t, end+1)
		if e-end-1 != 3 {
			break
		}
		end = e
	}
	if end == l.end || end-l.end > 40 {
		return
	}
	if isSpace(sep) && !measured(t, end) { // 1 905户; two columns of a table have no unit
		return
	}
	if sep == '，' && end < len(t) && t[end] == sep {
		return
	}
	l.digits += (end - l.end) / 4 * 3
	l.end, l.grouped = end, true
}

// measured reports whether a unit or scale word follows at i, perhaps behind a space.
func measured(t []rune, i int) bool {
	if i < len(t) && isSpace(t[i]) {
		i++
	}
	if i >= len(t) {
		return false
	}
	if g := glyphOf(t[i]); g.kind == kBig || t[i] == '余' || t[i] == '多' {
		return true
	}
	_, n := matchUnit(t, i)
	return n > 0
}

// point extends the literal over a decimal point and its digits; 1.2.3 is none.
func (l *literal) point(t []rune) {
	if l.end+1 >= len(t) || t[l.end] != '.' && t[l.end] != '．' {
		return
	}
	e := runEnd(t, l.end+1)
	if e == l.end+1 || e+1 < len(t) && t[e] == '.' && glyphOf(t[e+1]).kind == kDigit {
		return
	}
	l.decimals = e - l.end - 1
	l.end = e
}

func (l *literal) read(t []rune, i int) {
	if l.digits+l.decimals > maxDigits {
		l.tooLong = true
		return
	}
	b := make([]byte, 0, maxDigits+2)
	for _, r := range t[i:l.end] {
		if g := glyphOf(r); g.kind == kDigit {
			b = append(b, '0'+byte(g.n))
		}
	}
	l.v = digitsAmount(b).shift(int32(-l.decimals))
}

// digitsAmount reads ASCII digits.
func digitsAmount(b []byte) amount {
	for len(b) > 1 && b[0] == '0' {
		b = b[1:]
	}
	if len(b) > 18 {
		d, err := schemas.ParseDecimal(string(b))
		if err != nil {
			return amount{}
		}
		return amount{d: d}
	}
	var c int64
	for _, x := range b {
		c = c*10 + int64(x-'0')
	}
	return whole(c)
}
