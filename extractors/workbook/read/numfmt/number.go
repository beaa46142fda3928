package numfmt

import (
	"math"
	"strconv"
)

// IsDate reports whether the format shows v as a date or a time.
func (f *Format) IsDate(v float64) bool {
	s, _ := f.choose(v)
	return s != nil && s.kind == date
}

// IsGeneral reports whether the format is plain General.
func (f *Format) IsGeneral() bool {
	return len(f.sections) == 0 || len(f.sections) == 1 && (len(f.sections[0].tokens) == 0 ||
		len(f.sections[0].tokens) == 1 && f.sections[0].kind == general)
}

// choose returns the section that shows v, nil for General, and whether a minus sign goes before it.
func (f *Format) choose(v float64) (*section, bool) {
	n := len(f.sections)
	if n == 4 || n > 1 && f.sections[n-1].kind == text {
		n-- // the section for text
	}
	if n == 0 || n == 1 && f.sections[0].kind == text {
		return nil, v < 0
	}
	conditional := false
	for i := range f.sections[:n] {
		conditional = conditional || f.sections[i].compare != ""
	}
	if conditional {
		return f.chooseConditional(v, n)
	}
	switch {
	case n == 1:
		return &f.sections[0], v < 0
	case v < 0:
		return &f.sections[1], false
	case v == 0 && n > 2:
		return &f.sections[2], false
	}
	return &f.sections[0], false
}

// chooseConditional takes the first section whose condition holds; one without takes what is left.
func (f *Format) chooseConditional(v float64, n int) (*section, bool) {
	for i := range f.sections[:n] {
		s := &f.sections[i]
		ok := false
		switch s.compare {
		case "<":
			ok = v < s.limit
		case "<=":
			ok = v <= s.limit
		case ">":
			ok = v > s.limit
		case ">=":
			ok = v >= s.limit
		case "=":
			ok = v == s.limit
		case "<>":
			ok = v != s.limit
		default:
			ok = i == n-1 || i == 1 && v < 0 || i == 0 && v > 0
		}
		if ok {
			// [<0] already says that the number is negative.
			return s, v < 0 && !(s.compare != "" && s.limit <= 0 && s.compare[0] == '<' && s.compare != "<>")
		}
	}
	return nil, v < 0
}

// Append appends what the format shows for v; date1904 says from which day dates count.
func (f *Format) Append(dst []byte, v float64, date1904 bool) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return General(dst, v)
	}
	s, minus := f.choose(v)
	if s == nil || len(s.tokens) == 0 && len(f.sections) == 1 {
		return General(dst, v)
	}
	if s.kind == date {
		if out, ok := s.appendDate(dst, v, date1904); ok {
			return out
		}
		return General(dst, v)
	}
	if s.kind == number && s.exponents == 0 {
		return s.appendNumber(dst, v, minus)
	}
	if minus && s.kind != literal {
		dst = append(dst, '-')
	}
	switch s.kind {
	case number:
		return s.appendScientific(dst, v)
	case fraction:
		return s.appendFraction(dst, math.Abs(v))
	}
	for _, t := range s.tokens {
		switch t.op {
		case opGeneral:
			dst = s.appendGeneral(dst, math.Abs(v))
		case opText:
			dst = General(dst, v)
		default:
			dst = append(dst, t.literal()...)
		}
	}
	return dst
}

// AppendText appends what the format shows for a text.
func (f *Format) AppendText(dst []byte, t string) []byte {
	n := len(f.sections)
	if n == 0 || f.sections[n-1].kind != text && n < 4 {
		return append(dst, t...)
	}
	for _, k := range f.sections[n-1].tokens {
		if k.op == opText {
			dst = append(dst, t...)
		} else {
			dst = append(dst, k.literal()...)
		}
	}
	return dst
}

// PlainText reports whether the format shows every text as it is.
func (f *Format) PlainText() bool {
	n := len(f.sections)
	if n == 0 || f.sections[n-1].kind != text && n < 4 {
		return true
	}
	t := f.sections[n-1].tokens
	return len(t) == 1 && t[0].op == opText
}

func (t token) literal() string {
	switch t.op {
	case opLiteral:
		return t.text
	case opPercent:
		return "%"
	case opPoint:
		return "."
	case opSlash:
		return "/"
	case opDigit:
		return string(rune(t.char))
	}
	return ""
}

func (s *section) appendNumber(dst []byte, v float64, minus bool) []byte {
	var d decimal
	d.set(v)
	if d.n > 0 {
		d.exp += 2*s.percent - 3*s.scale
	}
	d.round(s.decimals)
	if minus && d.n > 0 {
		dst = append(dst, '-')
	}
	digit, decimals, behind := 0, 0, false
	for i := range s.tokens {
		t := &s.tokens[i]
		switch {
		case t.op == opDigit && !behind:
			dst = s.appendInteger(dst, &d, digit, t.char)
			digit++
		case t.op == opDigit:
			decimals++
			dst = appendDecimalDigit(dst, &d, decimals, t.char)
		case t.op == opPoint:
			behind = true
			if s.integers == 0 && d.integer() > 0 {
				dst = s.appendInteger(dst, &d, 0, '#')
			}
			dst = append(dst, '.')
		default:
			dst = append(dst, t.literal()...)
		}
	}
	return dst
}

// appendInteger appends the digits that fall on integer place number k of the section, all surplus ones on the first.
func (s *section) appendInteger(dst []byte, d *decimal, k int, char byte) []byte {
	n := d.integer()
	place := max(s.integers, 1) - 1 - k // how many digit places follow before the point
	from := place
	if k == 0 {
		from = max(place, n-1)
	}
	for i := from; i >= place; i-- {
		switch {
		case i < n:
			dst = append(dst, d.at(i))
		case char == '0':
			dst = append(dst, '0')
		case char == '?':
			dst = append(dst, ' ')
			continue
		default:
			continue
		}
		if s.grouped && i > 0 && i%3 == 0 {
			dst = append(dst, ',')
		}
	}
	return dst
}

// appendDecimalDigit appends digit i behind the point; trailing zeros vanish on # and are blank on ?.
func appendDecimalDigit(dst []byte, d *decimal, i int, char byte) []byte {
	if char == '0' || i <= d.n-d.exp && d.n > 0 {
		return append(dst, d.at(-i))
	}
	if char == '?' {
		return append(dst, ' ')
	}
	return dst
}

// appendScientific shows v as 0.00E+00 does.
func (s *section) appendScientific(dst []byte, v float64) []byte {
	var d decimal
	d.set(v)
	step := max(s.integers, 1)
	e := 0
	if d.n > 0 {
		e = d.exp - 1
		if step > 1 {
			e = int(math.Floor(float64(e)/float64(step))) * step
		}
		d.exp -= e
		before := d.exp
		d.round(s.decimals)
		if d.exp > before && d.exp > step {
			e += step
			d.exp -= step
		}
	}
	digit, decimals, exponent, part := 0, 0, 0, 0
	for _, t := range s.tokens {
		switch {
		case t.op == opPoint:
			part = 1
			dst = append(dst, '.')
		case t.op == opExponent:
			part = 2
			dst = append(dst, 'E')
			if e < 0 {
				dst = append(dst, '-')
			} else if t.char == '+' {
				dst = append(dst, '+')
			}
		case t.op == opDigit && part == 0:
			dst = s.appendInteger(dst, &d, digit, t.char)
			digit++
		case t.op == opDigit && part == 1:
			decimals++
			dst = appendDecimalDigit(dst, &d, decimals, t.char)
		case t.op == opDigit:
			if exponent++; exponent == s.exponents {
				x := strconv.Itoa(max(e, -e))
				for i := len(x); i < s.exponents; i++ {
					dst = append(dst, '0')
				}
				dst = append(dst, x...)
			}
		default:
			dst = append(dst, t.literal()...)
		}
	}
	return dst
}
