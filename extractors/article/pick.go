package article

import (
	"strings"

	"golang.org/x/net/html/atom"

	"heshu/schemas/hanzi"
)

// pick decides which lines of an HTML page are main text. Every line weighs for or against the elements it lies in; the
// main element is the deepest that holds nearly the greatest sum. One pass over lines, one over elements.
func (s *scan) pick() {
	s.keep = make([]bool, len(s.lines))
	s.names = make([]string, len(s.lines))
	s.mark()
	junk := s.junkElems()
	weight := s.weights(junk)
	from, to := s.ownArticle(weight)
	for i := range weight {
		if i < from || i >= to {
			weight[i] = min(weight[i], 0)
		}
	}
	e := s.elems[s.best(weight)]
	e.last = min(e.last, to)
	all, before, cut := s.goodRunes(e.first, e.last, weight), 0, false
	for i := range s.lines {
		l := &s.lines[i]
		if i < e.first || i >= e.last {
			s.names[i] = s.place(i)
			continue
		}
		cut = cut || l.hidden == "" && !junk[l.elem] && before*2 > all && s.tail(i)
		switch {
		case l.hidden != "":
			s.names[i] = l.hidden
		case cut:
			s.names[i] = "related"
		case junk[l.elem]:
			s.names[i] = s.place(i)
		case l.foot && l.runes < 120:
			s.names[i] = "footer"
		case l.link*10 > l.runes*8 && (l.tag == atom.Li || l.runes < 12):
			s.names[i] = "related"
		default:
			s.keep[i] = true
		}
		before += max(weight[i], 0)
	}
}

// ownArticle returns the lines of the page's own article where others follow it (endless scroll): each has an h1 of its
// own, in a place of its own, and text below it. The own one is the one that <title> fits best, else the first.
func (s *scan) ownArticle(weight []int) (from, to int) {
	var heads []int
	for i := range s.lines {
		l := &s.lines[i]
		if l.tag != atom.H1 || l.hidden != "" || l.runes < 6 || l.link*2 > l.runes {
			continue
		}
		if n := len(heads); n > 0 {
			last := heads[n-1]
			if s.elems[l.elem].parent == s.elems[s.lines[last].elem].parent || s.lines[last].text == l.text {
				continue // headings of sections
			}
			if s.goodRunes(last, i, weight) < 300 {
				heads = heads[:n-1]
			}
		}
		heads = append(heads, i)
	}
	if n := len(heads); n < 2 || s.goodRunes(heads[n-1], len(s.lines), weight) < 300 {
		return 0, len(s.lines)
	}
	title := map[pair]int{}
	for _, src := range s.titleSources() {
		pairs(hanzi.Simplify(src.text), func(p pair) { title[p]++ })
	}
	own, best := 0, -1
	for n, i := range heads {
		if fit := overlap(s.lines[i].text, title); fit > best {
			own, best = n, fit
		}
	}
	if own+1 < len(heads) {
		return heads[own], heads[own+1]
	}
	return heads[own], len(s.lines)
}

func (s *scan) goodRunes(from, to int, weight []int) int {
	n := 0
	for i := from; i < to; i++ {
		n += max(weight[i], 0)
	}
	return n
}

// junkElems tells which elements hold no main text by their tag or name. Where that leaves next to no text, names are
// not believed, then neither are tags, then not even that text is hidden.
func (s *scan) junkElems() []bool {
	junk := make([]bool, len(s.elems))
	for _, believe := range []hint{junkHint, junkAnyway} {
		for i := 1; i < len(s.elems); i++ {
			h := s.elems[i].hint
			junk[i] = junk[s.elems[i].parent] || h < 0 && h <= believe
		}
		all, left := 0, 0
		for i := range s.lines {
			if l := &s.lines[i]; l.hidden == "" && l.run {
				all += l.runes
				if !junk[l.elem] {
					left += l.runes
				}
			}
		}
		if left > 0 && left*6 >= all {
			return junk
		}
	}
	clear(junk)
	for i := range s.lines {
		if s.lines[i].hidden == "" && s.lines[i].run {
			return junk
		}
	}
	for i := range s.lines {
		if s.lines[i].hidden == "hidden" {
			s.lines[i].hidden = ""
		}
	}
	return junk
}

// weights gives every line its weight: runes of sentences for, links and crumbs against.
func (s *scan) weights(junk []bool) []int {
	w := make([]int, len(s.lines))
	for i := range s.lines {
		l := &s.lines[i]
		switch {
		case l.hidden != "":
			w[i] = -2
		case junk[l.elem]:
			w[i] = -l.runes/4 - 2
		case l.link*2 > l.runes:
			w[i] = -l.runes - 2
		case l.foot:
			w[i] = -l.runes
		case l.table > 0:
			w[i] = l.runes / 2
		case l.run:
			w[i] = l.runes - l.link
		default:
			w[i] = -2
		}
	}
	return w
}

// best returns the main element.
func (s *scan) best(weight []int) int {
	prefix := make([]int, len(weight)+1)
	for i, w := range weight {
		prefix[i+1] = prefix[i] + w
	}
	top, best := 0, 0
	for i := range s.elems {
		if sum := s.sum(prefix, i); sum > top {
			top, best = sum, i
		}
	}
	for i := range s.elems {
		// Deeper elements come later; a known container needs less.
		need := 85
		if s.elems[i].hint == mainHint {
			need = 50
		}
		if s.elems[i].tag == atom.P || s.elems[i].tag == atom.Table {
			continue
		}
		if sum := s.sum(prefix, i); sum > 0 && sum*100 >= top*need && s.under(i, best) {
			best = i
		}
	}
	return best
}

func (s *scan) sum(prefix []int, i int) int {
	return prefix[s.elems[i].last] - prefix[s.elems[i].first]
}

// under reports whether element i is or lies in element of.
func (s *scan) under(i, of int) bool {
	return s.elems[i].first >= s.elems[of].first && s.elems[i].last <= s.elems[of].last && i >= of
}

// place names the furniture that a line outside the main text belongs to.
func (s *scan) place(i int) string {
	l := &s.lines[i]
	if l.hidden != "" {
		return l.hidden
	}
	for e := l.elem; e > 0; e = s.elems[e].parent {
		switch s.elems[e].tag {
		case atom.Nav, atom.Header:
			return "navigation"
		case atom.Footer:
			return "footer"
		case atom.Aside:
			return "related"
		}
		if s.elems[e].hint < 0 {
			return "related"
		}
	}
	switch {
	case l.foot:
		return "footer"
	case l.link*2 > l.runes:
		return "navigation"
	}
	return "other"
}

// sentence reports whether a line reads like running text.
func sentence(l *line) bool {
	if l.runes < 8 || l.table > 0 || l.link*2 > l.runes {
		return false
	}
	if l.runes >= 40 {
		return true
	}
	n := 0
	for _, r := range l.text {
		if strings.ContainsRune("。，；！？：,;!?、", r) {
			n++
		}
	}
	return n >= 2 && l.runes >= 16 || n >= 1 && l.runes >= 20
}
