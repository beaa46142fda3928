package delimited

import "strings"

// records cuts a text into records and fields, forgiving what real files get wrong: quotes inside of plain fields,
// text behind a closing quote, rows of any length, a last quote without its end.
type records struct {
	text      string
	separator byte
	pos       int
	open      bool // a quoted field had no end
}

// record calls f on each field of the next record.
func (r *records) record(f func(column int, field string, quoted bool) error) error {
	for column := 0; ; column++ {
		field, quoted := r.field()
		if err := f(column, field, quoted); err != nil {
			return err
		}
		if r.pos >= len(r.text) {
			return nil
		}
		c := r.text[r.pos]
		r.pos++
		if c == '\r' && r.pos < len(r.text) && r.text[r.pos] == '\n' {
			r.pos++
		}
		if c != r.separator {
			return nil
		}
	}
}

// field reads up to the next separator or line end, which it leaves.
func (r *records) field() (string, bool) {
	if r.pos < len(r.text) && r.text[r.pos] == '"' {
		if t, ok := r.quoted(); ok {
			return t, true
		}
	}
	start := r.pos
	for r.pos < len(r.text) {
		if c := r.text[r.pos]; c == r.separator || c == '\n' || c == '\r' {
			break
		}
		r.pos++
	}
	return r.text[start:r.pos], false
}

// quoted reads a field in quotes, "" inside standing for one. A quote without an end makes a plain field.
func (r *records) quoted() (string, bool) {
	rest := r.text[r.pos+1:]
	var b strings.Builder
	for i := 0; ; {
		j := strings.IndexByte(rest[i:], '"')
		if j < 0 {
			r.open = true
			return "", false
		}
		b.WriteString(rest[i : i+j])
		i += j + 1
		if i < len(rest) && rest[i] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		end := i
		for end < len(rest) && rest[end] != r.separator && rest[end] != '\n' && rest[end] != '\r' {
			end++
		}
		b.WriteString(rest[i:end])
		r.pos += 1 + end
		return strings.ReplaceAll(b.String(), "\r\n", "\n"), true
	}
}
