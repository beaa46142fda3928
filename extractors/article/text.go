package article

import (
	"strings"
	"unicode/utf8"
)

// parseText takes a saved text apart: every line is a line of the layout.
func parseText(text string) *scan {
	s := &scan{metas: map[string]string{}, elems: []elem{{parent: -1}}}
	for raw := range strings.Lines(text) {
		t := tidy(strings.TrimRight(raw, "\r\n"))
		if t == "" {
			continue
		}
		indent := strings.HasPrefix(raw, "\u3000\u3000") || strings.HasPrefix(raw, "  ")
		s.lines = append(s.lines, line{text: t, runes: utf8.RuneCountInString(t), indent: indent})
	}
	s.elems[0].last = len(s.lines)
	return s
}

// pickText decides which lines of a saved text are main text: from the first to the last line of running text, up to a
// line that opens related links, with the short lines in between.
func (s *scan) pickText() {
	s.keep = make([]bool, len(s.lines))
	s.names = make([]string, len(s.lines))
	s.mark()
	good := 0
	for i := range s.lines {
		if s.lines[i].run {
			good += s.lines[i].runes
		}
	}
	seen, cut := 0, false
	for i := range s.lines {
		l := &s.lines[i]
		switch {
		case cut:
			s.names[i] = "related"
		case seen*5 > good && s.tail(i):
			cut = true
			s.names[i] = "related"
		case l.foot:
			s.names[i] = "footer"
		case chrome(l.text):
			s.names[i] = "navigation"
		default:
			s.keep[i] = true
			if l.run {
				seen += l.runes
			}
		}
	}
}
