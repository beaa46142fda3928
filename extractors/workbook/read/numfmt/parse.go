// Package numfmt owns number formats: what a spreadsheet shows for a stored number.
//
// The language is that of ECMA-376 part 1, 18.8.31; where the locale matters (14 is yyyy/m/d), it is that of Chinese Excel.
package numfmt

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Format is a number format, compiled. The zero value shows numbers as General does.
type Format struct {
	code     string
	sections []section
}

// kind is what a section of a format does with a number.
type kind uint8

const (
	general kind = iota // General, alone or amid literals
	number
	fraction
	date
	literal // no place for the number at all
	text    // @
)

// op is what one token of a section prints.
type op uint8

const (
	opLiteral op = iota
	opDigit      // 0 # ?
	opPoint
	opPercent
	opExponent // E+ or E-
	opSlash    // of a fraction
	opGeneral
	opText // @
	opDate // a date part; text holds its letters
)

type token struct {
	op   op
	char byte   // opDigit: the placeholder; opExponent: the sign; opDate: the lower-case letter, 'n' a minute, 'p' AM/PM
	text string // opLiteral, opDate
	size int    // opDate: how many letters
}

type section struct {
	tokens      []token
	kind        kind
	compare     string // of [>=100]; "" if there is no condition
	limit       float64
	grouped     bool // thousands separated
	scale       int  // trailing commas: powers of a thousand to divide by
	percent     int
	chinese     bool // month and day names in Chinese
	numerals    byte // '1' '2' '3' of [DBNum1], 0 for none
	integers    int  // digit places before the point
	decimals    int  // digit places after it
	exponents   int
	seconds     int  // digits of a second
	elapsed     byte // h m s of [h], 0 for none
	halfDay     bool // a 12-hour clock
	denominator int  // of # ?/4, 0 for a free one
}

// Compile reads a format code. It never fails: what it does not know is shown as it stands.
func Compile(code string) *Format {
	f := &Format{code: code}
	for _, s := range splitSections(code) {
		f.sections = append(f.sections, compileSection(s))
	}
	return f
}

// Code returns the format as written.
func (f *Format) Code() string { return f.code }

// splitSections cuts at the semicolons outside of quotes, brackets and escapes, into four at most.
func splitSections(code string) []string {
	var out []string
	start := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '!', '_', '*':
			_, n := utf8.DecodeRuneInString(code[i+1:])
			i += n
		case '"', '[':
			end := byte('"')
			if code[i] == '[' {
				end = ']'
			}
			if j := strings.IndexByte(code[i+1:], end); j >= 0 {
				i += 1 + j
			}
		case ';':
			out = append(out, code[start:i])
			start = i + 1
		}
	}
	out = append(out, code[start:])
	return out[:min(len(out), 4)]
}

func compileSection(code string) section {
	s := section{}
	for i := 0; i < len(code); {
		i += s.next(code[i:])
	}
	s.finish()
	return s
}

// next reads one token at the start of code and returns its length.
func (s *section) next(code string) int {
	switch c := code[0]; c {
	case '"':
		if j := strings.IndexByte(code[1:], '"'); j >= 0 {
			s.literal(code[1 : 1+j])
			return j + 2
		}
		s.literal(code[1:])
		return len(code)
	case '\\', '!': // ! escapes in Chinese Excel: 0!.0,"万"
		_, n := utf8.DecodeRuneInString(code[1:])
		s.literal(code[1 : 1+n])
		return 1 + n
	case '_', '*':
		_, n := utf8.DecodeRuneInString(code[1:])
		if c == '_' {
			s.literal(" ")
		}
		return 1 + n
	case '[':
		if j := strings.IndexByte(code, ']'); j > 0 {
			s.bracket(code[1:j])
			return j + 1
		}
	case '0', '#', '?':
		s.tokens = append(s.tokens, token{op: opDigit, char: c})
		return 1
	case '.':
		s.tokens = append(s.tokens, token{op: opPoint})
		return 1
	case ',':
		s.tokens = append(s.tokens, token{op: opLiteral, char: ','}) // settled in finish
		return 1
	case '%':
		s.tokens = append(s.tokens, token{op: opPercent})
		return 1
	case '/':
		s.tokens = append(s.tokens, token{op: opSlash})
		return 1
	case '@':
		s.tokens = append(s.tokens, token{op: opText})
		return 1
	}
	return s.word(code)
}

// word reads letters: General, an exponent, a date part; else one character as a literal.
func (s *section) word(code string) int {
	lower := lowerASCII(code[0])
	switch {
	case len(code) >= 7 && strings.EqualFold(code[:7], "general"):
		s.tokens = append(s.tokens, token{op: opGeneral})
		return 7
	case strings.HasPrefix(code, "G/通用格式"):
		s.tokens = append(s.tokens, token{op: opGeneral})
		return len("G/通用格式")
	case lower == 'e' && len(code) > 1 && (code[1] == '+' || code[1] == '-'):
		s.tokens = append(s.tokens, token{op: opExponent, char: code[1]})
		return 2
	case len(code) >= 5 && strings.EqualFold(code[:5], "am/pm"), strings.HasPrefix(code, "上午/下午"):
		n := 5
		if code[0] != 'a' && code[0] != 'A' {
			n = len("上午/下午")
		}
		s.halfDay = true
		s.tokens = append(s.tokens, token{op: opDate, char: 'p', text: code[:n], size: n})
		return n
	case len(code) >= 3 && strings.EqualFold(code[:3], "a/p"):
		s.halfDay = true
		s.tokens = append(s.tokens, token{op: opDate, char: 'p', text: code[:3], size: 3})
		return 3
	case strings.IndexByte("ymdhsge", lower) >= 0, lower == 'a' && len(code) > 2 && strings.EqualFold(code[:3], "aaa"):
		n := 1
		for n < len(code) && lowerASCII(code[n]) == lower {
			n++
		}
		s.tokens = append(s.tokens, token{op: opDate, char: lower, text: code[:n], size: n})
		return n
	}
	_, n := utf8.DecodeRuneInString(code)
	s.literal(code[:n])
	return n
}

// bracket reads a colour, condition, currency, locale, numeral system or elapsed time.
func (s *section) bracket(in string) {
	lower := strings.ToLower(in)
	switch {
	case in == "":
	case in[0] == '<' || in[0] == '>' || in[0] == '=':
		n := 1
		if len(in) > 1 && (in[1] == '=' || in[1] == '>') {
			n = 2
		}
		if v, err := strconv.ParseFloat(strings.TrimSpace(in[n:]), 64); err == nil {
			s.compare, s.limit = in[:n], v
		}
	case in[0] == '$':
		symbol, locale, _ := strings.Cut(in[1:], "-")
		s.literal(symbol)
		s.chinese = s.chinese || isChineseLocale(strings.ToLower(locale))
	case strings.HasPrefix(lower, "dbnum") && len(lower) == 6:
		s.numerals = lower[5]
	case strings.Trim(lower, "h") == "", strings.Trim(lower, "m") == "", strings.Trim(lower, "s") == "":
		s.elapsed = lower[0]
		s.tokens = append(s.tokens, token{op: opDate, char: lower[0], text: "[" + in + "]", size: len(in)})
	}
}

func isChineseLocale(l string) bool {
	l, _, _ = strings.Cut(l, ",")
	return strings.HasSuffix(l, "804") || strings.HasSuffix(l, "404") || strings.HasSuffix(l, "c04") || strings.HasPrefix(l, "zh")
}

func (s *section) literal(t string) {
	if t != "" {
		s.tokens = append(s.tokens, token{op: opLiteral, text: t})
	}
}

func lowerASCII(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
