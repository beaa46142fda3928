package xmlscan

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// readStart reads <name a="b" …> or <name …/>.
func (s *Scanner) readStart() (Kind, error) {
	if s.started && len(s.marks) == 0 {
		return 0, fmt.Errorf("%w: a second root element", ErrSyntax)
	}
	n, err := s.tagLength()
	if err != nil {
		return 0, err
	}
	tag := s.buf[s.pos+1 : s.pos+n]
	s.pos += n + 1
	if len(tag) > 0 && tag[len(tag)-1] == '/' {
		s.pending = true
		tag = tag[:len(tag)-1]
	}
	i := 0
	for i < len(tag) && !space(tag[i]) {
		i++
	}
	full := tag[:i]
	if len(full) == 0 || bytes.IndexByte(full, '<') >= 0 {
		return 0, fmt.Errorf("%w: element without a name", ErrSyntax)
	}
	if len(s.marks) >= maxDepth {
		return 0, ErrLimit
	}
	s.started = true
	s.marks = append(s.marks, len(s.open))
	s.open = append(s.open, full...)
	s.name = local(full)
	return Start, s.readAttrs(tag[i:])
}

// tagLength returns the offset of the '>' that ends the tag, which is not one inside of quotes.
func (s *Scanner) tagLength() (int, error) {
	for from := 1; ; {
		i, err := s.find('>', from)
		if err != nil {
			return 0, err
		}
		tag := s.buf[s.pos : s.pos+i]
		quote := byte(0)
		for j := bytes.IndexAny(tag, `"'`); j >= 0 && j < len(tag); {
			quote = tag[j]
			k := bytes.IndexByte(tag[j+1:], quote)
			if k < 0 {
				break
			}
			quote = 0
			j += k + 2
			for j < len(tag) && tag[j] != '"' && tag[j] != '\'' {
				j++
			}
		}
		if quote == 0 {
			return i, nil
		}
		from = i + 1
	}
}

func (s *Scanner) readAttrs(b []byte) error {
	s.attrs = s.attrs[:0]
	for {
		i := 0
		for i < len(b) && space(b[i]) {
			i++
		}
		if b = b[i:]; len(b) == 0 {
			return nil
		}
		eq := bytes.IndexByte(b, '=')
		if eq <= 0 {
			return fmt.Errorf("%w: attribute without a value in <%.40s>", ErrSyntax, s.name)
		}
		name := bytes.TrimRight(b[:eq], " \t\r\n")
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			return fmt.Errorf("%w: attribute %.40s without quotes", ErrSyntax, name)
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return fmt.Errorf("%w: attribute %.40s without an end", ErrSyntax, name)
		}
		s.attrs = append(s.attrs, Attr{local(name), b[1 : 1+end]})
		b = b[end+2:]
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// local returns a name without its prefix.
func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// unescape resolves entities into scratch.
func (s *Scanner) unescape(raw []byte) ([]byte, error) {
	out, ok := appendUnescaped(s.scratch[:0], raw)
	s.scratch = out
	if !ok {
		return nil, fmt.Errorf("%w: unknown entity in %.40q", ErrSyntax, raw)
	}
	return out, nil
}

// Unescape resolves the five entities of XML and character references; what is none stays as it is.
func Unescape(raw []byte) []byte {
	if bytes.IndexByte(raw, '&') < 0 {
		return raw
	}
	out, _ := appendUnescaped(nil, raw)
	return out
}

var entities = map[string]byte{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// appendUnescaped reports whether all entities were known; the others it copies.
func appendUnescaped(dst, raw []byte) ([]byte, bool) {
	ok := true
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(dst, raw...), ok
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i:]
		j := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if j < 0 {
			dst, raw, ok = append(dst, '&'), raw[1:], false
			continue
		}
		if c, known := entities[string(raw[1:j])]; known {
			dst = append(dst, c)
		} else if r, known := reference(raw[1:j]); known {
			dst = utf8.AppendRune(dst, r)
		} else {
			dst, ok = append(dst, raw[:j+1]...), false
		}
		raw = raw[j+1:]
	}
}

// reference reads #20013 or #x4E2D.
func reference(b []byte) (rune, bool) {
	if len(b) < 2 || b[0] != '#' {
		return 0, false
	}
	b = b[1:]
	base := rune(10)
	if b[0] == 'x' || b[0] == 'X' {
		base, b = 16, b[1:]
	}
	r := rune(0)
	for _, c := range b {
		d := rune(99)
		switch {
		case c >= '0' && c <= '9':
			d = rune(c - '0')
		case c >= 'a' && c <= 'f':
			d = rune(c-'a') + 10
		case c >= 'A' && c <= 'F':
			d = rune(c-'A') + 10
		}
		if d >= base {
			return 0, false
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(b) > 0
}
