package article

import (
	"fmt"
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
	common := Article{Source: a.source, Editor: a.editor, Published: s.published(&a, doc, kept, several), Publisher: s.publisher(&a, doc, kept)}
	groups := []group{{heads: []string{title}}}
	if several {
		groups = split(ps)
	} else {
		groups[0].body = joined(ps, stitch(ps, false))
	}
	for _, g := range groups {
		if len(g.body) > 0 {
			p.Articles = append(p.Articles, s.article(g, common))
		}
	}
	for i, art := range p.Articles {
		if gaps, lost := digitsLost(art.Text); lost {
			p.Issues = append(p.Issues, schemas.Issue{Part: i, Code: schemas.IssueDigitsLost, Message: fmt.Sprintf("%d units stand without a number: the page has lost its digits", gaps)})
		}
	}
	p.furnish(s)
}

// furnish names the lines that belong to no article, runs of the same name together.
func (p *Page) furnish(s *scan) {
	var run strings.Builder
	for i := 0; i < len(s.lines); {
		name := s.names[i]
		if s.keep[i] || name == "" {
			i++
			continue
		}
		run.Reset()
		for ; i < len(s.lines) && (s.names[i] == name && !s.keep[i]); i++ {
			if run.Len() > 0 {
				run.WriteByte('\n')
			}
			run.WriteString(s.lines[i].text)
		}
		text := run.String()
		p.Furniture = append(p.Furniture, Furniture{name, text, CountNumbers(text)})
	}
}

// joined puts pieces that continue another one behind it.
func joined(ps []piece, prev []int) []piece {
	var out []piece
	at := make([]int, len(ps))
	for i, p := range ps {
		if b := prev[i]; b >= 0 {
			at[i] = at[b]
			out[at[i]].text += p.text
			continue
		}
		at[i] = len(out)
		out = append(out, p)
	}
	return out
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
			art.Title = h
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
		if !body && kind != Byline && kind != Caption && kind != TableRow && headlike(p.text) && len(g.body) > 1 && !firstHeading(g.body, p.text) {
			kind = Subtitle
			if art.Subtitle == "" {
				art.Subtitle = p.text
			}
		}
		if p.table > 0 {
			b.tableRow(s, &p, b.runes+min(b.runes, 1))
		}
		b.add(kind, p.text, p.lead)
	}
	b.finish()
	return art
}

// firstHeading tells a line above the body that is the first of its headings: 产业扶贫：让产业旺起来, with 就业扶贫：… further down.
func firstHeading(body []piece, text string) bool {
	if !named(text) {
		return false
	}
	for _, p := range body {
		if p.text != text && headlike(p.text) && named(p.text) {
			return true
		}
	}
	return false
}

// named tells a heading that begins with a short name and a colon.
func named(text string) bool {
	i := strings.Index(text, "：")
	return i > 0 && utf8.RuneCountInString(text[:i]) <= 8 && len(text) > i+len("：")
}

func (s *scan) firstKept() int {
	for i, k := range s.keep {
		if k && s.lines[i].run {
			return i
		}
	}
	return 0
}

// builder puts blocks into an article's text.
type builder struct {
	art   *Article
	text  strings.Builder
	runes int
	body  int // byte offset of the body in the text
	table int // the data table whose rows are being added
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
