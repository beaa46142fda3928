package article

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"heshu/schemas"
)

// compose makes articles and furniture of the lines.
func (p *Page) compose(s *scan, doc schemas.Document) {
	first := s.firstKept()
	var a about
	var title string
	at := -1
	if p.HTML {
		title, at = s.headline(first)
	} else {
		title, at = s.textHeadline()
	}
	kept := s.trim(title, at, &a)
	pinyin := 0
	for _, i := range kept {
		pinyin += readings(s.lines[i].text)
	}
	clean := func(t string) string {
		if pinyin > 0 {
			return unpinyin(t, pinyin >= 3)
		}
		return t
	}
	art := Article{Title: clean(title), Source: a.source, Editor: a.editor}
	art.Published = s.published(&a, doc, kept)
	art.Publisher = s.publisher(&a, doc)
	b := builder{art: &art}
	if art.Title != "" {
		b.add(Title, art.Title, 0)
	}
	for n := 0; n < len(kept); n++ {
		l := s.lines[kept[n]]
		text := l.text
		for l.soft && n+1 < len(kept) && kept[n+1] == kept[n]+1 && midSentence(text) && !s.lines[kept[n+1]].indent {
			n++
			l = s.lines[kept[n]]
			text += l.text
		}
		b.add(kindOf(&l), clean(text), 0)
	}
	b.finish()
	if art.Body != "" {
		p.Articles = append(p.Articles, art)
	}
	for i, name := range s.names {
		if !s.keep[i] && name != "" {
			p.left(name, s.lines[i].text)
		}
	}
}

func (p *Page) left(name, text string) {
	if n := len(p.Furniture); n > 0 && p.Furniture[n-1].Name == name {
		p.Furniture[n-1].Text += "\n" + text
		p.Furniture[n-1].Numbers += CountNumbers(text)
		return
	}
	p.Furniture = append(p.Furniture, Furniture{name, text, CountNumbers(text)})
}

func kindOf(l *line) BlockKind {
	switch l.tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return Heading
	case atom.Figcaption, atom.Caption:
		return Caption
	case atom.Tr:
		if l.table > 0 {
			return TableRow
		}
	}
	if l.bold >= l.runes-1 && l.runes <= 40 {
		return Heading
	}
	return Paragraph
}

// midSentence reports a text that a line break has cut: long, and without an end.
func midSentence(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return utf8.RuneCountInString(text) >= 24 && !strings.ContainsRune("。！？!?…：:；;”』」）)》】.", r)
}

func (s *scan) firstKept() int {
	for i, k := range s.keep {
		if k && sentence(&s.lines[i]) {
			return i
		}
	}
	return 0
}

// trim drops headline, lines about the article and what stands before them from the kept lines; it returns the rest.
func (s *scan) trim(title string, at int, a *about) []int {
	drop := func(i int, name string) {
		s.keep[i], s.names[i] = false, name
	}
	if at >= 0 {
		for i := 0; i < at; i++ {
			if s.keep[i] {
				drop(i, "navigation")
			}
		}
		drop(at, "")
	}
	first := max(s.firstKept(), at+1)
	for i := max(at, 0); i < len(s.lines); i++ {
		l := &s.lines[i]
		if i == at || l.hidden != "" {
			continue
		}
		near := i <= first+1
		if near && (metaLine(l.text) || !s.keep[i] && i < first) {
			a.learn(l.text)
			if s.keep[i] {
				drop(i, "meta")
			}
			continue
		}
		if s.keep[i] && i < first && (l.text == title || chrome(l.text)) {
			drop(i, "meta")
		}
	}
	for i := range s.lines {
		l := &s.lines[i]
		if s.keep[i] && l.runes <= 40 && (labelled(l.text, editorLabels) != "" || chrome(l.text)) {
			a.learn(l.text)
			drop(i, "meta")
		}
		if !s.keep[i] && a.editor == "" && s.names[i] != "related" {
			a.editor = labelled(l.text, editorLabels[:3])
		}
	}
	var kept []int
	for i, k := range s.keep {
		if k {
			kept = append(kept, i)
		}
	}
	return kept
}

// textHeadline finds the headline of a saved text: the last short line before a line about the article, else the last
// short line before the running text.
func (s *scan) textHeadline() (string, int) {
	first := s.firstKept()
	best := -1
	for i := 0; i < first; i++ {
		l := &s.lines[i]
		if !s.keep[i] || l.runes < 6 || l.runes > 60 || metaLine(l.text) {
			continue
		}
		if best < 0 || !metaLine(s.lines[min(best+1, len(s.lines)-1)].text) {
			best = i
		}
	}
	if best < 0 {
		return "", -1
	}
	return s.lines[best].text, best
}

// published finds the day of publication: what intake said, metas, the lines at the headline, the address, the last lines.
func (s *scan) published(a *about, doc schemas.Document, kept []int) schemas.Date {
	if !doc.Published.IsZero() {
		return doc.Published
	}
	for _, k := range []string{"pubdate", "publishdate", "article:published_time", "og:published_time", "og:release_date", "datepublished", "weibo:article:create_at", "publish_time", "publishtime", "apub:time", "bytedance:published_time", "dc.date", "dcterms.created"} {
		if d, _, _ := findDate(s.metas[k]); !d.IsZero() {
			return d
		}
	}
	if !a.date.IsZero() {
		return a.date
	}
	for _, l := range append(s.links, doc.Name) {
		if d, _, _ := findDate(l); !d.IsZero() {
			return d
		}
	}
	for n := len(kept) - 1; n >= 0 && n >= len(kept)-3; n-- {
		if l := s.lines[kept[n]]; l.runes <= 24 {
			if d, _, _ := findDate(l.text); !d.IsZero() {
				return d
			}
		}
	}
	return schemas.Date{}
}

func (s *scan) publisher(a *about, doc schemas.Document) string {
	for _, v := range []string{doc.Source, s.metas["og:site_name"], s.metas["sitename"], siteName(s.title), a.source} {
		if v != "" {
			return v
		}
	}
	return ""
}

// builder puts blocks into an article's text.
type builder struct {
	art   *Article
	text  strings.Builder
	runes int
	body  int // byte offset of the body in the text
}

func (b *builder) add(kind BlockKind, text string, lead int) {
	if b.runes > 0 {
		b.text.WriteByte('\n')
		b.runes++
	}
	n := utf8.RuneCountInString(text)
	start := schemas.RuneOffset(b.runes)
	b.art.Blocks = append(b.art.Blocks, Block{Kind: kind, Span: schemas.TextSpan{Start: start, End: start + schemas.RuneOffset(n)},
		Lead: schemas.TextSpan{Start: start, End: start + schemas.RuneOffset(lead)}})
	b.text.WriteString(text)
	b.runes += n
	if kind == Title {
		b.body = b.text.Len()
	}
}

func (b *builder) finish() {
	b.art.Text = b.text.String()
	b.art.Body = strings.TrimPrefix(b.art.Text[b.body:], "\n")
}

// CountNumbers counts the numeric tokens of a text: runs of digits, with separators inside, and runs of Chinese numerals.
func CountNumbers(text string) int {
	n := 0
	in := false
	for _, r := range text {
		d := r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("〇零一二三四五六七八九十百千万亿萬億", r)
		if d && !in {
			n++
		}
		in = d || in && (r == '.' || r == ',')
	}
	return n
}
