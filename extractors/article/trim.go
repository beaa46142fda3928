package article

import (
	"strings"
)

// trim drops headline, lines about the article and what stands before them from the kept lines; it returns the rest.
func (s *scan) trim(title string, at int, a *about) []int {
	for i := 0; i < at; i++ {
		if s.keep[i] {
			s.drop(i, "navigation")
		}
		if i >= at-4 && s.lines[i].hidden == "" && s.meta(i) {
			a.learn(s.lines[i].text)
		}
	}
	if at >= 0 {
		s.drop(at, "") // it is the article's, as its headline
	}
	first := max(s.firstKept(), at+1)
	for i := max(at+1, 0); i < len(s.lines) && i <= first+1; i++ {
		l := &s.lines[i]
		if l.hidden != "" {
			continue
		}
		switch {
		case s.meta(i):
			a.learn(l.text)
			if s.keep[i] {
				s.drop(i, "meta")
			}
		case at >= 0 && !s.keep[i] && i < first:
			a.learn(l.text)
		case s.keep[i] && i < first && (l.text == title || chrome(l.text)):
			s.drop(i, "meta")
		}
	}
	s.trimTail(a)
	var kept []int
	for i, k := range s.keep {
		if k {
			kept = append(kept, i)
		}
	}
	return kept
}

func (s *scan) drop(i int, name string) { s.keep[i], s.names[i] = false, name }

// trimTail drops editors' lines and headings that nothing follows, and learns from the lines below the text.
func (s *scan) trimTail(a *about) {
	last := -1
	for i := range s.lines {
		l := &s.lines[i]
		if s.keep[i] && l.runes <= 40 && (labelled(l.text, editorLabels) != "" || chrome(l.text)) {
			a.learn(l.text)
			s.drop(i, "meta")
		}
		if s.keep[i] && l.run {
			last = i
		}
		if a.editor == "" && !s.keep[i] && s.names[i] != "related" && l.hidden == "" && l.link*2 <= l.runes {
			a.editor = labelled(l.text, editorLabels[:3])
		}
	}
	if last < 0 {
		return
	}
	for i := len(s.lines) - 1; i > last; i-- {
		if !s.keep[i] {
			continue
		}
		if p := (piece{text: s.lines[i].text, tag: s.lines[i].tag, lead: s.lines[i].bold}); kindOf(&p) != Heading {
			break
		}
		s.drop(i, "related")
	}
	for i := last + 1; i < len(s.lines) && i <= last+14; i++ {
		l := &s.lines[i]
		if s.keep[i] && l.runes <= 60 && strings.IndexFunc(l.text, isColon) >= 0 && s.meta(i) {
			a.learn(l.text)
			s.drop(i, "meta")
		}
		if !s.keep[i] && l.hidden == "" && l.link*2 <= l.runes && l.runes <= 80 && !strings.Contains(l.text, "今天") {
			var below about
			below.learn(l.text)
			if a.date.IsZero() && below.labelled {
				a.date, a.labelled = below.date, true
			}
			if a.source == "" {
				a.source = below.source
			}
		}
	}
}

func isColon(r rune) bool { return r == '：' || r == ':' }
