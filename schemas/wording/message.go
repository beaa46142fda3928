package wording

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// message is one message of the code in both languages.
type message struct {
	En string `yaml:"en"`
	Zh string `yaml:"zh"`

	pieces []string // what stands around the details; one more than there are details
	verbs  []byte   // of the details: d, s, q, v
	fixed  int      // bytes of pieces
}

// compile cuts the English at its verbs.
func (m *message) compile() {
	rest := m.En
	for {
		i := strings.IndexByte(rest, '%')
		if i < 0 || i+1 >= len(rest) {
			m.pieces, m.fixed = append(m.pieces, rest), m.fixed+len(rest)
			return
		}
		m.pieces, m.verbs, m.fixed = append(m.pieces, rest[:i]), append(m.verbs, rest[i+1]), m.fixed+i
		rest = rest[i+2:]
	}
}

// match returns the details of a text that is this message.
func (m *message) match(text string) (values []string, ok bool) {
	if text, ok = strings.CutPrefix(text, m.pieces[0]); !ok {
		return nil, false
	}
	for i, verb := range m.verbs {
		after := m.pieces[i+1]
		n := extent(verb, text, after)
		if n < 0 || !strings.HasPrefix(text[n:], after) {
			return nil, false
		}
		value := text[:n]
		if verb == 'q' {
			value, _ = strconv.Unquote(value) // extent found it quoted
		}
		values, text = append(values, value), text[n+len(after):]
	}
	return values, text == ""
}

// extent is how many bytes of a text are a detail that is followed by certain words, -1 for none.
func extent(verb byte, text, after string) int {
	switch {
	case verb == 'q':
		quoted, err := strconv.QuotedPrefix(text)
		if err != nil {
			return -1
		}
		return len(quoted)
	case verb == 'd':
		n := len(text) - len(strings.TrimLeft(text, "0123456789"))
		if n == 0 {
			return -1
		}
		return n
	case after == "":
		return len(text)
	}
	return strings.Index(text, after)
}

// unsaid are the signs that are left where a detail is told in no words.
var unsaid = strings.NewReplacer("（）", "", "「」", "")

// fill puts the details into the Chinese.
func (m *message) fill(t *table, values []string) string {
	pairs := make([]string, 0, 2*len(values))
	for i, v := range values {
		if m.verbs[i] == 'v' {
			if v, _ = t.chinese(v); v != "" && v[0] < utf8.RuneSelf {
				v = " " + v // a space between Chinese and Latin letters
			}
		}
		pairs = append(pairs, "{"+strconv.Itoa(i+1)+"}", v)
	}
	return unsaid.Replace(strings.NewReplacer(pairs...).Replace(m.Zh))
}
