package numfmt

import "strconv"

// finish settles what a section is and what its commas, points, slashes and m's mean.
func (s *section) finish() {
	var has [opDate + 1]bool
	for _, t := range s.tokens {
		has[t.op] = true
	}
	switch {
	case has[opDate]:
		s.kind = date
		s.finishDate()
	case has[opGeneral]:
		s.kind = general
		s.plain()
	case has[opDigit] && has[opSlash]:
		s.kind = fraction
		s.finishFraction()
	case has[opDigit]:
		s.kind = number
		s.finishNumber()
	case has[opText]:
		s.kind = text
		s.plain()
	default:
		s.kind = literal
		s.plain()
	}
	for _, t := range s.tokens {
		if t.op == opPercent {
			s.percent++
		}
	}
}

// plain turns what has no meaning in this section into literals.
func (s *section) plain() {
	for i, t := range s.tokens {
		switch {
		case t.op == opLiteral && t.char == ',':
			s.tokens[i].text = ","
		case t.op == opPoint:
			s.tokens[i] = token{op: opLiteral, text: "."}
		case t.op == opSlash:
			s.tokens[i] = token{op: opLiteral, text: "/"}
		}
	}
}

// finishNumber counts digit places; a comma between them groups, behind the last one it scales.
func (s *section) finishNumber() {
	point, exponent := false, false
	last := 0
	for i, t := range s.tokens {
		if t.op == opDigit {
			last = i
		}
	}
	out := s.tokens[:0]
	digits := 0
	for i, t := range s.tokens {
		switch {
		case t.op == opLiteral && t.char == ',':
			switch {
			case digits == 0:
				t.text = ","
				out = append(out, t)
			case i > last && !exponent:
				s.scale++
			case !point:
				s.grouped = true
			}
			continue
		case t.op == opPoint && (point || exponent):
			t = token{op: opLiteral, text: "."}
		case t.op == opPoint:
			point = true
		case t.op == opExponent:
			exponent = true
		case t.op == opDigit && exponent:
			s.exponents++
		case t.op == opDigit && point:
			s.decimals++
		case t.op == opDigit:
			s.integers++
		case t.op == opSlash:
			t = token{op: opLiteral, text: "/"}
		}
		if t.op == opDigit {
			digits++
		}
		out = append(out, t)
	}
	s.tokens = out
}

// finishDate tells minutes from months and finds the digits of seconds.
func (s *section) finishDate() {
	out := s.tokens[:0]
	before := byte(0)
	for i := 0; i < len(s.tokens); i++ {
		t := s.tokens[i]
		switch {
		case t.op == opDate:
			if t.char == 'm' && t.size <= 2 && (before == 'h' || s.nextPart(i+1) == 's') {
				t.char = 'n'
			}
			if t.char != 'p' {
				before = t.char
			}
		case t.op == opPoint && i+1 < len(s.tokens) && s.tokens[i+1].op == opDigit && s.tokens[i+1].char == '0' && before == 's':
			n := 0
			for i+1 < len(s.tokens) && s.tokens[i+1].op == opDigit {
				n++
				i++
			}
			s.seconds = max(s.seconds, min(n, 3))
			t.size = n
		case t.op == opPoint:
			t = token{op: opLiteral, text: "."}
		case t.op == opDigit:
			t = token{op: opLiteral, text: string(t.char)}
		}
		out = append(out, t)
	}
	s.tokens = out
	for i, t := range s.tokens {
		switch {
		case t.op == opLiteral && t.char == ',':
			s.tokens[i].text = ","
		case t.op == opSlash:
			s.tokens[i] = token{op: opLiteral, text: "/"}
		}
	}
}

// nextPart returns the letter of the next date part at or behind i, 0 if there is none.
func (s *section) nextPart(i int) byte {
	for ; i < len(s.tokens); i++ {
		if s.tokens[i].op == opDate {
			return s.tokens[i].char
		}
	}
	return 0
}

// finishFraction finds a fixed denominator and counts the places of a free one.
func (s *section) finishFraction() {
	slash := 0
	for i, t := range s.tokens {
		if t.op == opSlash {
			slash = i
			break
		}
	}
	digits := ""
	for _, t := range s.tokens[slash+1:] {
		switch {
		case t.op == opDigit:
			s.decimals++
			digits += string(t.char)
		case t.op == opLiteral && len(t.text) == 1 && t.text[0] >= '1' && t.text[0] <= '9':
			digits += t.text
		}
	}
	if n, err := strconv.Atoi(digits); err == nil && n > 0 {
		s.denominator = n
	}
	for i := slash - 1; i >= 0; i-- {
		if s.tokens[i].op == opDigit && i+1 < slash && s.tokens[i+1].op == opLiteral {
			s.integers = 1 // a whole part of its own: # ?/?
			break
		}
	}
}
