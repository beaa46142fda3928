package article

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"heshu/schemas/hanzi"
)

// siteSeparators part a headline from its column and site in <title>.
var siteSeparators = []string{"_", "|", "｜", " - ", " – ", " — ", "--", "—", "－", ">", "-", "·"}

// headline finds the headline and the line it stands in, -1 if it stands in none. Lines down to the first running text
// compete: by their tag and name, by what <title> and og:title hold, by the line about the article below them, by the
// words they share with the text.
func (s *scan) headline(first int) (string, int) {
	sources := s.titleSources()
	best, at, score := "", -1, 19 // what a headline must weigh
	if len(s.elems) > 1 {
		score = 24 // a page has tags to tell it by
	}
	s.manyBold = s.boldLines() >= 3
	scores := make([]int, min(len(s.lines), first+9))
	top := 0
	for i := range scores {
		scores[i] = s.headScore(i, first, sources)
		top = max(top, scores[i])
	}
	var body map[pair]int
	for i, n := range scores {
		l := &s.lines[i]
		if n > 5 && n < 60 && n >= top-12 {
			if body == nil {
				body = s.bodyPairs(first)
			}
			if overlap(l.text, body) >= 500 {
				n += 12
			}
		}
		if n > score && !(l.text == best && l.tag != atom.H1) {
			best, at, score = l.text, i, n
		}
	}
	if at >= 0 {
		return best, at
	}
	if t := s.reprintTitle(); t != "" {
		return t, -1
	}
	for _, src := range sources {
		if t := cutSite(src.text); utf8.RuneCountInString(t) >= 4 {
			return t, -1
		}
	}
	return cutSite(s.title), -1
}

// boldLines counts the lines of the main text that are all bold: headings of sections, if there are several.
func (s *scan) boldLines() int {
	n := 0
	for i := range s.lines {
		if l := &s.lines[i]; s.keep[i] && l.bold > 0 && l.bold >= l.runes-1 && l.runes <= 40 && !numbered(l.text) {
			n++
		}
	}
	return n
}

// titleSource is one of the page's own words for its headline.
type titleSource struct {
	text, tight, site string // as it is, without spaces, the site's name in it
	runes             int
}

// titleSources are the page's own words for its headline, those of metas first.
func (s *scan) titleSources() []titleSource {
	if s.sources != nil {
		return s.sources
	}
	out := []titleSource{}
	for _, t := range []string{s.metas["og:title"], s.metas["articletitle"], s.metas["twitter:title"], s.title} {
		if t != "" && !pageLabel(t) {
			site, _ := siteName(t)
			tight := strings.ReplaceAll(t, " ", "")
			out = append(out, titleSource{t, tight, site, utf8.RuneCountInString(t)})
		}
	}
	s.sources = out
	return out
}

// pageLabel reports the name of a newspaper's page: 安庆日报数字报-第A3版：工会视窗.
func pageLabel(t string) bool {
	i := strings.Index(t, "第")
	j := strings.Index(t, "版")
	return i >= 0 && j > i && j-i <= 12 || strings.Contains(t, "数字报") || strings.Contains(t, "电子报") || strings.Contains(t, "电子版")
}

// headScore weighs line i as a headline; 0 or less: it cannot be one.
func (s *scan) headScore(i, first int, sources []titleSource) int {
	l := &s.lines[i]
	if l.runes < 2 || l.runes > 90 || l.hidden != "" || l.table > 0 || pageLabel(l.text) || l.foot || s.meta(i) || chrome(l.text) || numbered(l.text) {
		return 0
	}
	n := 0
	switch l.tag {
	case atom.H1:
		n = 40
	case atom.H2, atom.H3:
		n = 15
	}
	if l.link*2 > l.runes {
		n -= 30
	}
	match := 0
	tight := strings.ReplaceAll(l.text, " ", "")
	for _, src := range sources {
		if src.text == l.text && l.runes >= 4 {
			match = max(match, 40+min(l.runes, 30))
		} else if l.runes >= 4 && l.text != src.site && strings.Contains(src.tight, tight) || src.runes >= 6 && strings.Contains(tight, src.tight) {
			match = max(match, 25+min(l.runes, 30))
		}
	}
	n += match
	if l.runes < 4 && l.tag != atom.H1 && !l.center || match == 0 && l.runes > 60 {
		return 0
	}
	if l.bold >= l.runes-1 && !s.manyBold {
		n += 8
	}
	if l.center {
		n += 8
		if i == 0 {
			n += 10
		}
	}
	if i > first {
		return n - 5*min(i-first, 6) - 10
	}
	if s.elems[l.elem].title {
		n += 15
	}
	if r, _ := utf8.DecodeLastRuneInString(l.text); strings.ContainsRune("。；;：:，,、", r) || byline(l.text) {
		n -= 25
	}
	n += s.lead(i, first)
	return n
}

// lead weighs where a line stands: above a line about the article, or with nothing between it and the text.
func (s *scan) lead(i, first int) int {
	for k := i + 1; k <= i+3 && k <= first && k < len(s.lines); k++ {
		if s.meta(k) {
			return 25 - 3*(k-i)
		}
		if s.lines[k].link*2 > s.lines[k].runes || chrome(s.lines[k].text) {
			continue
		}
		break
	}
	if i == first-1 || i == first {
		return 8
	}
	return max(0, 6-(first-i))
}

// bodyPairs are the pairs of characters of the first running text.
func (s *scan) bodyPairs(first int) map[pair]int {
	m := map[pair]int{}
	runes := 0
	for i := first; i < len(s.lines) && runes < 2000; i++ {
		if s.keep[i] && s.lines[i].run {
			pairs(hanzi.Simplify(s.lines[i].text), func(p pair) { m[p]++ })
			runes += s.lines[i].runes
		}
	}
	return m
}

// reprintTitle reads the headline out of 转载请注明: 某网 » 标题, where a saved text has it nowhere else.
func (s *scan) reprintTitle() string {
	for i := len(s.lines) - 1; i >= 0; i-- {
		t := s.lines[i].text
		if !strings.HasPrefix(t, "转载请注明") && !strings.HasPrefix(t, "轉載請注明") && !strings.HasPrefix(t, "轉載請註明") {
			continue
		}
		for _, sep := range []string{" ? ", " » ", " › ", " > ", "：《", "? "} {
			if _, title, ok := strings.Cut(t, sep); ok && utf8.RuneCountInString(title) >= 6 {
				return strings.TrimRight(strings.TrimSpace(title), "》")
			}
		}
	}
	return ""
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

// organs are endings of names of sites, papers, offices and unions.
var organs = []string{"网", "網", "网站", "報", "报", "社", "会", "會", "局", "政府", "台", "臺", "院", "厅", "办", "委", "部", "在线", "新闻", "新聞", "频道", "日报", "大学", "中心", "公司", "集团", "门户", "时报", "周刊", "杂志"}

// siteName is the site's name in <title>: the last part that ends as names of publishers do; sure is false for a last part
// that may be a column's name.
func siteName(title string) (name string, sure bool) {
	parts := titleParts(title)
	for i := len(parts) - 1; i >= 0; i-- {
		for _, o := range organs {
			if n := utf8.RuneCountInString(parts[i]); strings.HasSuffix(parts[i], o) && n >= 3 && n <= 16 && (i > 0 || len(parts) > 1) {
				return parts[i], true
			}
		}
	}
	if n := len(parts); n > 1 {
		if k := utf8.RuneCountInString(parts[n-1]); k >= 2 && k <= 16 {
			return parts[n-1], false
		}
	}
	return "", false
}

// titleParts cuts a <title> at its separators.
func titleParts(title string) []string {
	for _, sep := range siteSeparators {
		title = strings.ReplaceAll(title, sep, "\x00")
	}
	var parts []string
	for p := range strings.SplitSeq(title, "\x00") {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, p)
		}
	}
	return parts
}
