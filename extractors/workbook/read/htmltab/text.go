package htmltab

import (
	"bytes"

	"golang.org/x/net/html"
)

// text gathers the text of a cell or line as a browser shows it: white space runs become one space, <br> a line end.
// No-break spaces stay: they indent.
type text struct{ b []byte }

func (t *text) add(raw []byte) {
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = []byte(html.UnescapeString(string(raw)))
	}
	for _, c := range raw {
		if c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' {
			if n := len(t.b); n > 0 && t.b[n-1] != ' ' && t.b[n-1] != '\n' {
				t.b = append(t.b, ' ')
			}
			continue
		}
		t.b = append(t.b, c)
	}
}

// newline ends a line, unless there is none yet.
func (t *text) newline() {
	t.b = bytes.TrimRight(t.b, " ")
	if n := len(t.b); n > 0 && t.b[n-1] != '\n' {
		t.b = append(t.b, '\n')
	}
}

// take returns the text and starts a new one. A cell of no-break spaces only is empty.
func (t *text) take() []byte {
	out := bytes.ToValidUTF8(bytes.Trim(t.b, " \n"), []byte("\uFFFD"))
	t.b = nil
	if len(bytes.TrimSpace(bytes.ReplaceAll(out, []byte("\u00A0"), nil))) == 0 {
		return nil
	}
	return out
}
