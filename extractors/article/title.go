package article

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// siteSeparators part a headline from its site in <title>.
var siteSeparators = []string{"_", "|", "｜", " - ", " – ", " — ", "--", "-", "—", "－", ">", "·"}

// headline finds the headline and the line it stands in, -1 if it stands in none.
// Candidates are lines of the page that <title> or og:title holds, h1, then the metas alone.
func (s *scan) headline(first int) (string, int) {
	sources := []string{s.metas["og:title"], s.metas["articletitle"], s.metas["twitter:title"], s.title}
	best, at, score := "", -1, 0
	for i := range s.lines {
		l := &s.lines[i]
		if l.runes < 4 || l.runes > 90 || l.hidden != "" || l.link*2 > l.runes || i > first+8 && i > len(s.lines)/2 {
			continue
		}
		n := 0
		switch l.tag {
		case atom.H1:
			n = 40
		case atom.H2, atom.H3:
			n = 15
		}
		match := false
		for _, src := range sources {
			if src != "" && (squashed(src, l.text) || squashed(l.text, src) && utf8.RuneCountInString(src) >= 6) {
				match = true
			}
		}
		if match {
			n += 30 + min(l.runes, 30)
		}
		if n == 0 || n == 15 {
			continue
		}
		if i > first {
			n -= 5 * min(i-first, 6)
		}
		if n > score {
			best, at, score = l.text, i, n
		}
	}
	if at >= 0 {
		return best, at
	}
	for _, src := range sources[:3] {
		if utf8.RuneCountInString(src) >= 4 {
			return cutSite(src), -1
		}
	}
	return cutSite(s.title), -1
}

// squashed reports whether whole holds part, spaces aside.
func squashed(whole, part string) bool {
	return strings.Contains(strings.ReplaceAll(whole, " ", ""), strings.ReplaceAll(part, " ", ""))
}

// cutSite takes the site's name off a <title>.
func cutSite(title string) string {
	for _, sep := range siteSeparators {
		if i := strings.Index(title, sep); i > 0 && utf8.RuneCountInString(title[:i]) >= 6 {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

// siteName is what stands behind the last separator of <title>.
func siteName(title string) string {
	cut := -1
	for _, sep := range siteSeparators {
		if i := strings.LastIndex(title, sep); i > 0 {
			cut = max(cut, i+len(sep))
		}
	}
	if cut < 0 {
		return ""
	}
	name := strings.TrimSpace(title[cut:])
	if n := utf8.RuneCountInString(name); n < 2 || n > 20 {
		return ""
	}
	return name
}
