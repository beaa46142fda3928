package article

import (
	"sort"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"heshu/schemas/hanzi"
)

// newsOpeners open the first paragraph of a newspaper's article.
var newsOpeners = []string{"本报讯", "本報訊", "本报综合消息", "本报综合讯", "本报消息", "本报电", "新华社", "中新社"}

// opensNews reports the first paragraph of an article.
func opensNews(t string) bool {
	if hasPrefix(t, newsOpeners) {
		return true
	}
	head := prefix(t, 14) // 本报10月16日讯, 郑州11月3日电
	return strings.HasPrefix(head, "本报") && strings.Contains(head, "讯")
}

// several reports whether the kept lines are a newspaper page of several articles. Headlines that stand right above the
// text, all of them before the first body, then belong to it.
func (s *scan) several() bool {
	opened, heads := 0, 0
	for i := range s.lines {
		l := &s.lines[i]
		if !s.keep[i] {
			continue
		}
		if opensNews(l.text) {
			opened++
		} else if headlike(l.text) {
			heads++
		}
	}
	if opened < 2 {
		return false
	}
	above := s.headsAbove()
	if heads+len(above) < opened {
		return false
	}
	for _, i := range above {
		s.keep[i], s.names[i] = true, ""
	}
	return true
}

// headsAbove returns the headings that stand, one upon the other, right above the kept lines.
func (s *scan) headsAbove() (list []int) {
	for i := s.firstKept() - 1; i >= 0; i-- {
		switch l := &s.lines[i]; {
		case l.hidden != "" || s.keep[i]:
		case headTag(l.tag) && headlike(l.text) && !pageLabel(l.text):
			list = append(list, i)
		default:
			return list
		}
	}
	return list
}

func headTag(t atom.Atom) bool {
	switch t {
	case atom.H1, atom.H2, atom.H3, atom.H4:
		return true
	}
	return false
}

// headlike reports a text that can be a headline.
func headlike(t string) bool {
	n := utf8.RuneCountInString(t)
	return n >= 4 && n <= 45 && !ended(strings.TrimRight(t, "！？!?”》")) && !strings.ContainsAny(t, "。；，,") && !byline(t) && !caption(t) && !numbered(t) && !datePrefix(t)
}

// group is an article in the making.
type group struct {
	heads []string
	body  []piece
	order []int // index of the piece that began each body block
}

// split puts the pieces of a newspaper page into articles.
func split(ps []piece) []group {
	prev := stitch(ps, true)
	goesOn := make([]bool, len(ps))
	for _, b := range prev {
		if b >= 0 {
			goesOn[b] = true
		}
	}
	groupOf := make([]int, len(ps))
	blockOf := make([]int, len(ps))
	var gs []group
	var run []string // headlines that wait for their body
	heads := map[string]int{}
	current := -1
	for i := range ps {
		p := ps[i]
		if b := prev[i]; b >= 0 {
			current = groupOf[b]
			groupOf[i], blockOf[i] = current, blockOf[b]
			g := &gs[current]
			g.body[blockOf[i]].text += p.text
			continue
		}
		if !goesOn[i] && headOf(ps, prev, i) {
			if _, twice := heads[p.text]; !twice {
				run = append(run, p.text)
				heads[p.text] = i
			}
			groupOf[i] = -1
			continue
		}
		if len(run) > 0 || current < 0 || opensNews(p.text) {
			gs = append(gs, group{heads: run})
			run, current = nil, len(gs)-1
		}
		g := &gs[current]
		groupOf[i], blockOf[i] = current, len(g.body)
		g.body = append(g.body, p)
		g.order = append(g.order, i)
	}
	if len(run) > 0 && len(gs) > 0 {
		last := &gs[len(gs)-1]
		for _, h := range run {
			last.body = append(last.body, piece{text: h, kind: Paragraph})
		}
	}
	adopt(gs)
	sort.SliceStable(gs, func(a, b int) bool { return gs[a].at(heads) < gs[b].at(heads) })
	return gs
}

// at is where the group stands on the page: at its first headline, else at its first piece.
func (g *group) at(heads map[string]int) int {
	if len(g.heads) > 0 {
		return heads[g.heads[0]]
	}
	return g.order[0]
}

// headOf reports a piece that is a headline: it looks like one, and a body, a byline or another headline follows.
func headOf(ps []piece, prev []int, i int) bool {
	if ps[i].kind == Byline || ps[i].kind == TableRow || ps[i].kind == Caption || !headlike(ps[i].text) {
		return false
	}
	for k := i + 1; k < len(ps); k++ {
		p := &ps[k]
		switch {
		case prev[k] >= 0:
			return false
		case opensNews(p.text) || p.kind == Byline || p.kind == Caption || strings.HasPrefix(p.text, "——"):
			return true
		case headlike(p.text):
			continue
		case k+1 < len(ps) && ps[k+1].kind == Caption:
			return true
		}
		return k == i+1 && ps[i].tag != p.tag && ps[i].kind == Heading && !numbered(ps[i].text)
	}
	return false
}

// adopt gives bodies that no headline precedes the headline that fits them best, out of runs that hold more than one.
func adopt(gs []group) {
	if len(gs) > 100 {
		return // no page of a newspaper
	}
	for o := range gs {
		if len(gs[o].heads) > 0 || len(gs[o].body) == 0 {
			continue
		}
		body := pairSet(hanzi.Simplify(gs[o].body[0].text))
		bestG, bestH, best := -1, -1, 0
		for g := range gs {
			if g == o || len(gs[g].heads) < 2 {
				continue
			}
			own := pairSet(hanzi.Simplify(gs[g].body[0].text))
			for h, head := range gs[g].heads {
				if strings.HasPrefix(head, "——") {
					continue
				}
				if fit := overlap(head, body) - overlap(head, own); fit > best {
					bestG, bestH, best = g, h, fit
				}
			}
		}
		if bestG < 0 || best < 150 {
			continue
		}
		from := &gs[bestG]
		gs[o].heads = []string{from.heads[bestH]}
		from.heads = append(append([]string{}, from.heads[:bestH]...), from.heads[bestH+1:]...)
	}
}

// overlap is the share of a headline's pairs that a body holds, in thousandths.
func overlap(head string, body map[pair]int) int {
	hit, all := 0, 0
	pairs(hanzi.Simplify(head), func(p pair) {
		all++
		if body[p] > 0 {
			hit++
		}
	})
	return hit * 1000 / max(all, 1)
}
