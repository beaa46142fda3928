package article

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// compose makes articles and furniture of the lines.
func (p *Page) compose(s *scan, doc schemas.Document) {
	var a about
	title, at := "", -1
	several := s.several()
	if !several {
		title, at = s.headline(s.firstKept())
	}
	kept := s.trim(title, at, &a)
	ps := s.pieces(kept)
	common := Article{Source: a.source, Editor: a.editor, Published: s.published(&a, doc, kept), Publisher: s.publisher(&a, doc)}
	groups := []group{{heads: []string{title}}}
	if several {
		groups = split(ps)
	} else {
		prev := stitch(ps, false)
		for i := range ps {
			if prev[i] >= 0 {
				continue
			}
			for k, at := i+1, i; k < len(ps); k++ {
				if prev[k] == at {
					ps[i].text += ps[k].text
					at = k
				}
			}
			groups[0].body = append(groups[0].body, ps[i])
		}
	}
	for _, g := range groups {
		if len(g.body) > 0 {
			p.Articles = append(p.Articles, s.article(g, common))
		}
	}
	for i, name := range s.names {
		if !s.keep[i] && name != "" {
			p.left(name, s.lines[i].text)
		}
	}
}

// article makes an article of a group's headlines and blocks.
func (s *scan) article(g group, common Article) Article {
	art := common
	b := builder{art: &art}
	for i, h := range g.heads {
		if h == "" {
			continue
		}
		if i == 0 {
			art.Title = unpinyin(h, false)
			b.add(Title, art.Title, 0)
			continue
		}
		if art.Subtitle == "" {
			art.Subtitle = h
		}
		b.add(Subtitle, h, 0)
	}
	body := false
	for _, p := range g.body {
		kind := p.kind
		body = body || kind == Paragraph && (ended(p.text) || utf8.RuneCountInString(p.text) > 40)
		if !body && kind != Byline && kind != Caption && kind != TableRow && headlike(p.text) && len(g.body) > 1 {
			kind = Subtitle
			if art.Subtitle == "" {
				art.Subtitle = p.text
			}
		}
		b.add(kind, p.text, p.lead)
	}
	b.finish()
	return art
}

func (p *Page) left(name, text string) {
	if n := len(p.Furniture); n > 0 && p.Furniture[n-1].Name == name {
		p.Furniture[n-1].Text += "\n" + text
		p.Furniture[n-1].Numbers += CountNumbers(text)
		return
	}
	p.Furniture = append(p.Furniture, Furniture{name, text, CountNumbers(text)})
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
