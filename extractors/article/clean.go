package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tidy cleans one line: white space runs become one space, invisible characters go, line breaks beside Chinese go.
func tidy(s string) string {
	b, _ := appendTidy(nil, s, 0)
	return strings.TrimRight(string(b), " ")
}

// appendTidy appends s to a line of n runes, cleaned; it returns the line and its runes.
func appendTidy(b []byte, s string, n int) ([]byte, int) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c > ' ' && c != 0x7f:
				b = append(b, c)
				n++
			case c == '\n' || c == '\r':
				// A line break in the source: nothing between Chinese characters, else a space.
				j := i
				for j < len(s) && (s[j] == ' ' || s[j] == '\n' || s[j] == '\r' || s[j] == '\t') {
					j++
				}
				next, _ := utf8.DecodeRuneInString(s[j:])
				if last, _ := utf8.DecodeLastRune(b); j < len(s) && !wide(last) && !wide(next) {
					b, n = appendSpace(b, n)
				}
				i = j
			case c == ' ' || c == '\t' || c == '\f' || c == '\v':
				b, n = appendSpace(b, n)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case invisible(r):
		case unicode.IsSpace(r) || r == '\u3164' || r == '\u2800':
			b, n = appendSpace(b, n)
		default:
			b = utf8.AppendRune(b, r)
			n++
		}
	}
	return b, n
}

func appendSpace(b []byte, n int) ([]byte, int) {
	if len(b) == 0 || b[len(b)-1] == ' ' {
		return b, n
	}
	return append(b, ' '), n + 1
}

// wide reports a character that Chinese sets without spaces.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFFEF || r >= 0x20000 && r <= 0x3FFFF ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}

// invisible reports characters that print nothing: zero-width, directional marks, soft hyphen, controls.
func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF, r == 0xAD, r >= 0x80 && r <= 0x9F && r != 0x85, r >= 0xFE00 && r <= 0xFE0F, r == 0x180E:
		return true
	}
	return false
}

func han(r rune) bool { return r >= 0x3400 && r <= 0x9FFF || r >= 0x20000 && r <= 0x3FFFF }
