package article

import (
	"sort"
	"strings"
	"unicode/utf8"

	"heshu/schemas/hanzi"
)

// A newspaper page breaks paragraphs where its columns end and sets other articles in between. stitch finds, for every
// paragraph that stops in mid-sentence, the piece that goes on with it.

// How much evidence makes two pieces one paragraph: on a newspaper page, and on a page of one article, where only
// neighbours are joined, because there a lost full stop is likelier than a column's end.
const (
	enoughOnPaper = 4
	enoughNear    = 6
)

// link says that piece next goes on with piece before.
type link struct{ before, next, score int }

// stitch returns for every piece the one that it continues, -1 for none. paper: other articles may stand between.
func stitch(ps []piece, paper bool) []int {
	enough, reach := enoughNear, 1
	if paper {
		enough, reach = enoughOnPaper, 40
	}
	prev := make([]int, len(ps))
	var broken []int
	indented := 0
	for i := range ps {
		prev[i] = -1
		if ps[i].indent {
			indented++
		}
		if i+1 < len(ps) && (ps[i].kind == Paragraph || ps[i].kind == Heading) && cut(ps[i].text) && (paper || goesOn(&ps[i+1])) {
			broken = append(broken, i)
		}
	}
	if len(broken) == 0 || len(broken) > 400 {
		return prev
	}
	text := make([]string, len(ps))
	for i := range ps {
		text[i] = hanzi.Simplify(ps[i].text)
	}
	j := joiner{text: text, seen: pairSet(text...), pieces: ps, indented: indented*2 > len(ps)}
	var links []link
	for _, b := range broken {
		gap := 0
		for c := b + 1; c < len(ps) && gap < reach; c++ {
			if ps[c].kind != Paragraph && ps[c].kind != Caption || paper && headlike(ps[c].text) {
				continue
			}
			if s := j.score(b, c, gap); s >= enough {
				links = append(links, link{b, c, s})
			}
			gap++
		}
	}
	sort.SliceStable(links, func(a, b int) bool { return links[a].score > links[b].score })
	assign(links, prev)
	return prev
}

// assign gives every piece one continuation at most, best evidence first; where that leaves a broken piece without one,
// the holder of its continuation moves to another if both together gain.
func assign(links []link, prev []int) {
	held := map[int]link{} // by before
	take := func(l link) {
		prev[l.next], held[l.before] = l.before, l
	}
	for _, l := range links {
		if _, ok := held[l.before]; prev[l.next] < 0 && !ok {
			take(l)
		}
	}
	for _, l := range links {
		if _, ok := held[l.before]; ok || prev[l.next] < 0 {
			continue
		}
		rival := held[prev[l.next]]
		for _, other := range links {
			if other.before == rival.before && prev[other.next] < 0 && l.score+other.score > rival.score {
				take(other)
				take(l)
				break
			}
		}
	}
}

// goesOn reports a piece that can be the rest of the one above it, on a page of one article.
func goesOn(p *piece) bool {
	return p.kind == Paragraph && !p.indent && !opensBlock(p.text)
}

// joiner weighs the evidence that one piece goes on with another.
type joiner struct {
	text []string
	seen map[pair]int // pairs of characters of the page

	pieces   []piece
	indented bool // most paragraphs of the page are: one that is not goes on with another
}

func (j *joiner) score(b, c, gap int) int {
	before, next := j.text[b], j.text[c]
	x, _ := utf8.DecodeLastRuneInString(before)
	y, _ := utf8.DecodeRuneInString(next)
	if hasPrefix(next, []string{"本报讯", "本报记者", "新华社"}) || numbered(next) {
		return 0
	}
	s := -min(gap, 6) / 2
	if j.indented && j.pieces[c].indent {
		s -= 6
	} else if j.indented {
		s += 2
	}
	switch p := (pair{x, y}); {
	case strings.ContainsRune("，、；。：！？,;:)）”》", y):
		s += 6
	case words()[p]:
		s += 5
		if j.seen[p] > 0 {
			s++
		}
	case j.seen[p] > 0:
		s += 4
	}
	if strings.ContainsRune("的和与及了在对为是将把被向以或从，、,", x) {
		s += 2
	}
	if digit(x) && (digit(y) || strings.ContainsRune("万亿余多元人名个户%％年月日", y)) {
		s += 3
	}
	if digit(y) && !digit(x) && hasSuffix(before, amountEnds) {
		s += 5
	}
	open, close := unbalanced(before), unopened(next)
	switch {
	case open != 0 && close == open:
		s += 6
	case open != 0 || close != 0:
		s -= 3
	}
	if tail := fragment(before); tail <= 2 {
		s += 2 // …劳模、新 | 金鹏…
	}
	if gap == 0 {
		s += 2
	}
	if n := opening(next); n <= 2 {
		s += 4 // 务。 上。会议还
	} else if !ended(next) && !strings.ContainsAny(next, "，。；、") {
		s -= 4
	}
	if opensBlock(next) || datePrefix(next) {
		s -= 4
	}
	return s + min(j.shared(before, next), 3)
}

// amountEnds end a piece whose number stands in the next column: 投入帮扶资金 | 543万元.
var amountEnds = []string{"资金", "投资", "投入", "收入", "产值", "金额", "总额", "面积", "人数", "共", "达", "约", "近", "超", "逾", "共计", "累计", "为", "至", "到", "有", "了", "突破"}

func digit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// datePrefix reports 10月14日 at the start.
func datePrefix(t string) bool {
	r := []rune(prefix(t, 3))
	return len(r) == 3 && digit(r[0]) && (r[1] == '月' || digit(r[1]) && r[2] == '月')
}

// opening counts the runes before the first mark that ends something.
func opening(t string) int {
	n := 0
	for _, r := range t {
		if strings.ContainsRune("。，；！？,;”）)", r) {
			return n
		}
		n++
	}
	return n
}

// fragment counts the runes behind the last mark.
func fragment(t string) int {
	i := strings.LastIndexAny(t, "，、；。：,;“（")
	if i < 0 {
		return utf8.RuneCountInString(t)
	}
	_, size := utf8.DecodeRuneInString(t[i:])
	return utf8.RuneCountInString(t[i+size:])
}

// shared counts rare words of the page that both pieces hold, three of them being one point.
func (j *joiner) shared(a, b string) int {
	in := map[pair]bool{}
	pairs(a, func(p pair) {
		if j.seen[p] <= 6 {
			in[p] = true
		}
	})
	n := 0
	pairs(b, func(p pair) {
		if in[p] {
			n++
			delete(in, p)
		}
	})
	return n / 3
}

const openMarks, closeMarks = "“‘（(《「『【", "”’）)》」』】"

// kindOfMark pairs a mark with its counterpart: 1 for both “ and ”.
func kindOfMark(r rune, marks string) int {
	if i := strings.IndexRune(marks, r); i >= 0 {
		return utf8.RuneCountInString(marks[:i]) + 1
	}
	return 0
}

// unbalanced returns the kind of the innermost mark that t opens and does not close, 0 for none.
func unbalanced(t string) int {
	var stack []int
	for _, r := range t {
		if k := kindOfMark(r, openMarks); k > 0 {
			stack = append(stack, k)
		} else if k := kindOfMark(r, closeMarks); k > 0 && len(stack) > 0 {
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) == 0 {
		return 0
	}
	return stack[len(stack)-1]
}

// unopened returns the kind of the first mark that t closes without having opened it, 0 for none.
func unopened(t string) int {
	depth := 0
	for _, r := range t {
		if kindOfMark(r, openMarks) > 0 {
			depth++
		} else if k := kindOfMark(r, closeMarks); k > 0 {
			if depth == 0 {
				return k
			}
			depth--
		}
	}
	return 0
}
