package workbook

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// level is one row label that later rows may stand under.
type level struct {
	e     schemas.Evidence
	depth int     // indentation
	aside int     // indentation of the words behind 其中：, under which the other parts are written; 0 without it
	style int     // style of its number: 一、 is 1, （一） 2, 1. 3 …; 0 for none
	order int     // its number
	bare  bool    // the row holds no numbers
	wide  bool    // its cell is merged over columns of numbers: a section of the table
	hangs bool    // 其中, #: a part of the row above
	had   [8]bool // styles of numbers that its parts have had
}

// stub walks down the rows of a group and keeps what the labels of earlier rows say about later ones.
type stub struct {
	t      *table
	g      *group
	last   []schemas.Evidence // what each label column said last
	levels []level            // open levels of the innermost label column
	indent bool               // indentation tells levels
	style  bool               // numbering tells levels
	parted bool               // labels without a number are parts of the numbered one above them
}

func newStub(t *table, g *group) *stub {
	s := &stub{t: t, g: g, last: make([]schemas.Evidence, len(g.stub))}
	if len(g.stub) > 0 {
		s.indent = t.indented(g.stub[len(g.stub)-1])
		s.style = t.numbered(g.stub[len(g.stub)-1])
		s.parted = t.parted(g)
	}
	return s
}

// path returns the row's labels, outermost first.
func (s *stub) path(r int) []schemas.Evidence {
	n := len(s.g.stub)
	if n == 0 {
		return nil
	}
	if e := s.totalBefore(r); e.Text != "" {
		s.levels = nil
		return []schemas.Evidence{e}
	}
	own := make([]schemas.Evidence, n)
	first := -1
	for i, c := range s.g.stub {
		own[i] = s.label(r, c)
		if own[i].Text != "" && first < 0 {
			first = i
		}
	}
	if first < 0 {
		if s.g.unit >= 0 && s.t.v.at(r, s.g.unit) == text { // 台 and 千瓦 of the same label
			return s.join(s.last[:n-1], s.under(s.last[n-1]))
		}
		return nil
	}
	for i := 0; i < first; i++ {
		own[i] = s.last[i]
	}
	copy(s.last, own)
	if isTotal(own[first].Text) {
		s.dropCounts(r, own[first+1:], s.g.stub[first+1:])
	}
	inner := own[n-1]
	if inner.Text == "" {
		s.levels = nil
		return s.join(own[:n-1], nil)
	}
	if _, ok := s.t.v.merge(r, s.g.stub[n-1]); ok && n > 1 && first == n-1 {
		s.levels = nil
	}
	if first < n-1 && n > 1 { // a new outer label closes the levels within the one before
		s.levels = nil
	}
	return s.join(own[:n-1], s.open(r, inner))
}

// dropCounts takes from the labels behind a total's word what is counted: 合计 | 3人.
func (s *stub) dropCounts(r int, labels []schemas.Evidence, columns []int) {
	for i, c := range columns {
		if s.t.v.at(r, c) == written {
			labels[i] = schemas.Evidence{}
		}
	}
}

// totalBefore returns the word of a total that stands in the column of serial numbers, left of the labels.
func (s *stub) totalBefore(r int) schemas.Evidence {
	for c := s.g.first; c < s.g.stub[0]; c++ {
		if s.t.cols[c].role == roleSequence && s.t.v.at(r, c) == text && isTotal(s.t.v.words(r, c)) {
			return s.t.v.evidence(r, c)
		}
	}
	return schemas.Evidence{}
}

// label returns what label column c says in row r, through merged ranges.
func (s *stub) label(r, c int) schemas.Evidence {
	hr, hc := s.t.v.home(r, c)
	switch s.t.v.at(hr, hc) {
	case empty, filler, failed, boolean:
		return schemas.Evidence{}
	case number:
		if s.t.keyed {
			return schemas.Evidence{} // a value among the labels
		}
	}
	if hr < s.t.first && !s.t.merged(hr, hc) {
		return schemas.Evidence{}
	}
	w := s.t.v.words(hr, hc)
	if hr == r && hc == c {
		if j := s.split(r, c, w); j != "" {
			w = j
		}
	}
	return schemas.Evidence{Text: w, Locator: s.t.v.locator(hr, hc)}
}

func (t *table) merged(r, c int) bool {
	_, ok := t.v.merge(r, c)
	return ok
}

// split puts together a total that is written one character a row: 合 over 计.
func (s *stub) split(r, c int, w string) string {
	if utf8.RuneCountInString(w) != 1 {
		return ""
	}
	for _, pair := range []string{s.t.v.words(r-1, c) + w, w + s.t.v.words(r+1, c)} {
		if equalsAny(pair, []string{"合计", "总计", "小计", "共计"}) {
			return pair
		}
	}
	return ""
}

func (s *stub) join(outer, inner []schemas.Evidence) []schemas.Evidence {
	out := make([]schemas.Evidence, 0, len(outer)+len(inner))
	for _, list := range [2][]schemas.Evidence{outer, inner} {
		for _, e := range list {
			if e.Text != "" && (len(out) == 0 || out[len(out)-1] != e) {
				out = append(out, e)
			}
		}
	}
	return out
}

// under returns the open levels with e as the innermost.
func (s *stub) under(e schemas.Evidence) []schemas.Evidence {
	var out []schemas.Evidence
	for _, l := range s.levels {
		if l.e != e {
			out = append(out, l.e)
		}
	}
	return append(out, e)
}

// open closes the levels that the new label ends and returns its path within the innermost label column.
func (s *stub) open(r int, e schemas.Evidence) []schemas.Evidence {
	at := e.Locator.(schemas.Cell)
	l := level{e: e, depth: s.t.v.indent(at.Row-1, at.Column-1)}
	l.style, l.order = numbering(e.Text)
	l.hangs = strings.HasPrefix(e.Text, "其中") || strings.HasPrefix(e.Text, "#") || strings.HasPrefix(e.Text, "＃")
	l.hangs = l.hangs && !s.behindValue(at.Row-1, at.Column-1)
	if rest := strings.TrimLeft(strings.TrimPrefix(e.Text, "其中"), "：: "); l.hangs && rest != "" && rest != e.Text {
		l.aside = l.depth + runewidth(e.Text[:len(e.Text)-len(rest)])
	}
	l.bare = s.t.rows[r].kind != rowData || !s.t.hasNumbers(r, s.g)
	_, last := s.t.v.span(at.Row-1, at.Column-1)
	l.wide = l.bare && last > s.g.stub[len(s.g.stub)-1] && last < len(s.t.cols)
	if stem := totalStem(e.Text); stem != "" { // 流动资产合计 belongs to 流动资产：, however deep it is written
		for i := range s.levels {
			if strings.HasPrefix(unnumbered(s.levels[i].e.Text), stem) {
				s.levels = s.levels[:i+1]
				break
			}
		}
	}
	for len(s.levels) > 0 && !s.holds(s.levels[len(s.levels)-1], l) {
		s.levels = s.levels[:len(s.levels)-1]
	}
	if n := len(s.levels); n > 0 {
		s.levels[n-1].had[l.style] = true
	}
	s.levels = append(s.levels, l)
	out := make([]schemas.Evidence, len(s.levels))
	for i, x := range s.levels {
		out[i] = x.e
	}
	return out
}

// behindValue reports whether a label of a form of labels and values stands behind a value in its row: the label above it has nothing
// to do with it.
func (s *stub) behindValue(r, c int) bool {
	for i := 0; i < c && s.t.keyed; i++ {
		if s.t.v.at(r, i).numeric() {
			return true
		}
	}
	return false
}

// holds reports whether the level above has the label below as a part of it.
func (s *stub) holds(above, l level) bool {
	switch {
	case isTotal(above.e.Text) && !above.bare:
		return l.hangs && totalStem(above.e.Text) != "" // 收入合计 其中：会费
	case above.hangs && l.hangs:
		return s.indent && l.depth > above.depth
	case above.aside > 0 && l.depth >= above.aside-1 && l.depth <= above.aside+1:
		return false // 省级 below the 国家级 of 其中：国家级
	case l.hangs && (!s.indent || l.depth >= above.depth):
		return true
	case l.style != 0 && above.style != 0 && above.style != l.style && (s.style || s.indent && l.depth == above.depth):
		return above.style < l.style
	case s.style && l.style != 0 && l.style == above.style:
		return false
	case isTotal(l.e.Text) && !above.bare:
		return false
	case above.wide && above.style == 0:
		return !l.wide && (!isTotal(l.e.Text) || strings.HasSuffix(squash(l.e.Text), "小计"))
	case s.indent:
		return l.depth > above.depth && !s.restarts(above, l)
	case strings.HasSuffix(above.e.Text, "：") || strings.HasSuffix(above.e.Text, ":"):
		return above.bare && !strings.HasSuffix(l.e.Text, "：") && !strings.HasSuffix(l.e.Text, ":")
	case above.style != 0 && (above.bare || s.parted && above.style == 1) && l.style == 0:
		return !isTotal(l.e.Text) || strings.HasSuffix(squash(l.e.Text), "小计")
	}
	return false
}

// totalStem returns what a label says that it is the total of: 流动资产 of 流动资产合计.
func totalStem(label string) string {
	q := unnumbered(label)
	for _, end := range []string{"合计", "总计", "小计"} {
		if stem, ok := strings.CutSuffix(q, end); ok {
			return stem
		}
	}
	return ""
}

// unnumbered squashes a label and drops the number before it.
func unnumbered(label string) string {
	q := squash(label)
	if style, _ := numbering(q); style > 0 {
		if i := strings.IndexAny(q, "、.．,，)）"); i > 0 {
			_, n := utf8.DecodeRuneInString(q[i:])
			q = q[i+n:]
		}
	}
	return q
}

// runewidth is how many half-width columns a text takes: an ideograph takes two.
func runewidth(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}

// restarts reports whether the label begins a numbering anew that a part of the level above has already had:
// the second 一、 is no part of what the first was a part of.
func (s *stub) restarts(above, l level) bool {
	return l.style != 0 && l.order == 1 && above.had[l.style]
}

func (t *table) hasNumbers(r int, g *group) bool {
	for c := g.first; c <= g.last && c < len(t.cols); c++ {
		if t.cols[c].role == roleData && t.v.at(r, c) != empty {
			return true
		}
	}
	return false
}

// indented reports whether the labels' indentation is a hierarchy: even steps, and nothing shallower than the first row.
func (t *table) indented(c int) bool {
	var depths [64]int
	n, lowest, first := 0, 64, -1
	for r := t.first; r <= t.last && n < 400; r++ {
		if t.v.at(r, c) != text {
			continue
		}
		d := min(t.v.indent(r, c), 63)
		if first < 0 {
			first = d
		}
		lowest = min(lowest, d)
		depths[d]++
		n++
	}
	if n < 2 || first > lowest {
		return false
	}
	steps, last, short := 0, lowest, 0
	for d := lowest + 1; d < len(depths); d++ {
		if depths[d] == 0 {
			continue
		}
		if d-last < 2 {
			short++
		}
		last = d
		steps++
	}
	return steps > 0 && steps <= 8 && (short == 0 || short == steps && last-lowest == steps && t.numbered(c))
}

// numbered reports whether the labels' numbering is a hierarchy: a third of them carry a number, in two styles or more.
func (t *table) numbered(c int) bool {
	seen := [8]bool{}
	with, all, styles := 0, 0, 0
	for r := t.first; r <= t.last && all < 400; r++ {
		if t.v.at(r, c) != text {
			continue
		}
		all++
		if k, _ := numbering(t.v.words(r, c)); k > 0 {
			with++
			if !seen[k] {
				seen[k] = true
				styles++
			}
		}
	}
	return with*3 >= all && styles >= 2
}

const hanDigits = "一二三四五六七八九十"

// numbering returns the style of the number that begins a label, 0 if there is none, and the number: 一、 is style 1,
// （一） 2, 1. 3, (1) 4, ① 5, a. 6.
func numbering(s string) (style, order int) {
	s = strings.TrimLeft(s, " `'\"“")
	r, n := utf8.DecodeRuneInString(s)
	if r == '(' || r == '（' {
		rest := s[n:]
		end := strings.IndexAny(rest, ")）")
		if end <= 0 || end > 9 {
			return 0, 0
		}
		inner := rest[:end]
		if i := hanIndex(inner); i > 0 {
			return 2, i
		}
		if i, ok := isWhole(inner); ok {
			return 4, i
		}
		return 0, 0
	}
	if r >= '①' && r <= '⑳' {
		return 5, int(r-'①') + 1
	}
	end := strings.IndexAny(s, "、.．,，")
	if end <= 0 || end > 9 {
		return 0, 0
	}
	head := s[:end]
	if i := hanIndex(head); i > 0 {
		return 1, i
	}
	if i, ok := isWhole(head); ok && i < 200 {
		return 3, i
	}
	if len(head) == 1 && head[0] >= 'a' && head[0] <= 'z' {
		return 6, int(head[0]-'a') + 1
	}
	return 0, 0
}

func hanIndex(s string) int {
	n := 0
	for _, r := range s {
		i := strings.IndexRune(hanDigits, r)
		if i < 0 {
			return 0
		}
		n += i/3 + 1
	}
	return n
}

// totals are the words that make a label a total of its neighbours.
var totals = []string{"合计", "总计", "小计", "共计", "累计", "全省", "全市", "全县", "全区", "全国", "全州", "全年", "总数", "汇总"}

// isTotal reports whether a label says that the row or column sums its neighbours.
func isTotal(s string) bool {
	q := squash(s)
	if i := strings.IndexAny(q, "(（"); i > 0 {
		q = q[:i]
	}
	return equalsAny(q, totals) || strings.HasSuffix(q, "合计") || strings.HasSuffix(q, "总计") || strings.HasSuffix(q, "小计")
}
