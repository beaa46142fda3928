package article

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// piece is a block of text on its way into an article.
type piece struct {
	text   string
	kind   BlockKind
	lead   int // runes in bold at the start
	table  int // 1-based number of its data table
	cells  []Cell
	indent bool
	tag    atom.Atom
}

// pieces makes blocks of the kept lines: lines that a <br> cut in mid-sentence are joined.
func (s *scan) pieces(kept []int) []piece {
	var out []piece
	for n := 0; n < len(kept); n++ {
		l := &s.lines[kept[n]]
		p := piece{text: l.text, table: l.table, indent: l.indent, tag: l.tag}
		bold := l.bold
		for l.soft && n+1 < len(kept) && kept[n+1] == kept[n]+1 && cut(p.text) && !s.lines[kept[n+1]].indent && !opensBlock(s.lines[kept[n+1]].text) {
			n++
			l = &s.lines[kept[n]]
			p.text += l.text
		}
		p.lead = utf8.RuneCountInString(strings.TrimRight(prefix(p.text, bold), " "))
		if p.table > 0 {
			p.setRow(s.tables[p.table-1].rows[kept[n]-s.tables[p.table-1].first])
		}
		p.kind = kindOf(&p)
		if p.text != "" {
			out = append(out, p)
		}
	}
	return out
}

// setRow makes a row's text of its cells, tabs between them.
func (p *piece) setRow(row []Cell) {
	p.cells = make([]Cell, len(row))
	texts := make([]string, len(row))
	for i, c := range row {
		p.cells[i], texts[i] = c, c.Text
	}
	p.text = strings.Join(texts, "\t")
	if strings.Trim(p.text, "\t ") == "" {
		p.text = ""
	}
}

// prefix returns the first n runes.
func prefix(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

func kindOf(p *piece) BlockKind {
	n := utf8.RuneCountInString(p.text)
	switch p.tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return Heading
	case atom.Figcaption, atom.Caption:
		return Caption
	}
	switch {
	case p.table > 0:
		return TableRow
	case n <= 40 && byline(p.text):
		return Byline
	case n <= 160 && caption(p.text):
		return Caption
	case n <= 40 && !ended(p.text) && (p.lead >= n-1 || numbered(p.text) && !strings.ContainsAny(p.text, "，。；：:")):
		return Heading
	}
	return Paragraph
}

func byline(t string) bool {
	if strings.ContainsAny(t, "，。；！？,;") {
		return false
	}
	t = strings.TrimLeft(t, "□■●◆ (（[【")
	for _, w := range []string{"本报记者", "本報記者", "本网记者", "特约记者", "记者", "記者", "通讯员", "通訊員", "文/", "文／", "作者"} {
		if strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

func hasSuffix(t string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(t, w) })
}

// caption reports words under a picture: they end with who took it.
func caption(t string) bool {
	t = strings.TrimRight(t, " 。）)]】")
	for _, w := range []string{"摄", "攝", "摄影", "攝影", "供图", "供圖", "摄影报道"} {
		if strings.HasSuffix(t, w) && !strings.HasSuffix(t, "拍"+w) {
			return true
		}
	}
	return false
}

// ended reports a text that ends as sentences do.
func ended(t string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t, " "))
	return strings.ContainsRune("。！？!?…：:；;”』」）)》】]．", r)
}

// numbered reports a text that opens with the number of a section or a point: 一、 （二） 3. ①.
func numbered(t string) bool {
	r := []rune(prefix(t, 6))
	i := 0
	if i < len(r) && strings.ContainsRune("（(第", r[i]) {
		i++
	}
	from := i
	for i < len(r) && strings.ContainsRune("一二三四五六七八九十0123456789０１２３４５６７８９", r[i]) {
		i++
	}
	if i == from {
		return len(r) > 0 && r[0] >= '①' && r[0] <= '⑳'
	}
	return i < len(r) && strings.ContainsRune("、.．）)章节条", r[i]) && !(r[i] == '.' && i+1 < len(r) && r[i+1] >= '0' && r[i+1] <= '9')
}

// openers are words that open a paragraph of news, never the second half of a sentence.
var openers = []string{"本报讯", "本報訊", "本报综合", "本报记者", "本报通讯员", "新华社", "中新社", "据悉", "据了解", "据介绍", "据统计", "据", "今年", "去年", "目前", "会议", "會議", "截至", "此外", "同时", "同時", "近年来", "近年來",
	"近日", "日前", "记者", "为", "在", "从", "与此同时", "活动", "大会", "首先", "其次", "最后", "接下来", "下一步", "图为", "图片", "——", "“", "「", "《"}

// opensBlock reports a text that plainly begins something: a numbered point, a date, an opening of news.
func opensBlock(t string) bool {
	if numbered(t) || strings.HasPrefix(t, "●") || strings.HasPrefix(t, "■") || strings.HasPrefix(t, "◆") || strings.HasPrefix(t, "·") {
		return true
	}
	return hasPrefix(t, openers)
}

func hasPrefix(t string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(t, w) {
			return true
		}
	}
	return false
}

// cut reports a text that stops in mid-sentence: running text without an end.
func cut(t string) bool {
	if ended(t) || caption(t) {
		return false
	}
	n := utf8.RuneCountInString(t)
	return n >= 30 || n >= 12 && strings.ContainsAny(t, "，。；、,")
}
