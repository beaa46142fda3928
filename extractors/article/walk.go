package article

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// scan is a page taken apart in one walk: lines of text in reading order, and the elements that hold them.
type scan struct {
	lines    []line
	elems    []elem
	tables   []tableRows
	metas    map[string]string // meta name or property, lower case → content; the first one wins
	title    string            // <title>
	jsonld   []string
	script   []string
	links    []string // canonical and og:url
	sources  []titleSource
	manyBold bool
	keep     []bool   // per line: belongs to an article
	names    []string // per line left out: why
}

// line is a run of text between two breaks of the layout.
type line struct {
	text   string
	elem   int // the innermost block element
	tag    atom.Atom
	runes  int
	link   int // runes inside links
	bold   int // runes in bold at the start of the line
	table  int // 1-based number of the data table it is a row of; 0 = none
	indent bool
	center bool
	soft   bool // ended by a single <br>: the next line is of the same block
	hidden string
	about  int8 // of metaLine: 0 not asked, 1 no, 2 yes
	foot   bool // holds words of footers and legal lines
	run    bool // is running text
}

// elem is a block element.
type elem struct {
	parent      int
	tag         atom.Atom
	hint        hint
	first, last int  // lines[first:last]
	title       bool // its name says that it holds a headline
	center      bool
}

// walker carries the state of the walk.
type walker struct {
	s       *scan
	buf     []byte
	link    int // runes of the current line inside links
	inLink  int
	inBold  int
	bold    int
	nobold  bool
	elem    int
	tag     atom.Atom
	hidden  string
	runes   int
	classes map[string]hint
	indent  bool
}

// parseHTML walks the page once. deep: tags beyond the depth were dropped.
func parseHTML(text string, depth int) (s *scan, deep bool) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		deep = true
		if doc, err = goquery.NewDocumentFromReader(strings.NewReader(flatten(text, depth))); err != nil {
			return parseText(stripTags(text)), true
		}
	}
	s = &scan{metas: map[string]string{}}
	w := &walker{s: s, classes: map[string]hint{}}
	s.elems = append(s.elems, elem{parent: -1})
	w.children(doc.Nodes[0])
	w.flush(false)
	s.elems[0].last = len(s.lines)
	return s, deep
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
	case html.ElementNode:
		w.element(n)
	case html.DocumentNode:
		w.children(n)
	}
}

func (w *walker) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Script:
		w.script(n)
		return
	case atom.Style, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Embed, atom.Noscript, atom.Noframes, atom.Video, atom.Audio, atom.Canvas, atom.Math:
		return
	case atom.Meta:
		w.meta(n)
		return
	case atom.Link:
		if attr(n, "rel") == "canonical" {
			w.s.links = append(w.s.links, attr(n, "href"))
		}
		return
	case atom.Title:
		if w.s.title == "" && n.FirstChild != nil {
			w.s.title = tidy(n.FirstChild.Data)
		}
		return
	case atom.Br:
		w.flush(true)
		return
	case atom.Hr:
		w.flush(false)
		return
	case atom.Table:
		w.flush(false)
		if rows := dataTable(n); rows != nil {
			w.dataTable(n, rows)
			return
		}
	case atom.Select, atom.Option, atom.Button, atom.Textarea, atom.Input, atom.Label:
		if n.DataAtom != atom.Label {
			w.under("form", n)
			return
		}
	}
	if isHidden(n) {
		w.under("hidden", n)
		return
	}
	if !isBlock(n) {
		w.inline(n)
		return
	}
	w.block(n)
}

// under walks an element whose text can be no article's.
func (w *walker) under(why string, n *html.Node) {
	w.flush(true)
	old := w.hidden
	if old == "" {
		w.hidden = why
	}
	w.block(n)
	w.hidden = old
}

func (w *walker) inline(n *html.Node) {
	switch n.DataAtom {
	case atom.A:
		w.inLink++
		w.children(n)
		w.inLink--
	case atom.B, atom.Strong:
		w.inBold++
		w.children(n)
		w.inBold--
	case atom.Rt, atom.Rp: // ruby: the reading above a character
	default:
		bold := strings.Contains(attr(n, "style"), "bold")
		if bold {
			w.inBold++
		}
		w.children(n)
		if bold {
			w.inBold--
		}
	}
}

func (w *walker) block(n *html.Node) {
	w.flush(false)
	oldElem, oldTag := w.elem, w.tag
	e := elem{parent: w.elem, tag: n.DataAtom, hint: w.hintOf(n), first: len(w.s.lines)}
	e.title, e.center = titled(n), centered(n)
	w.s.elems = append(w.s.elems, e)
	w.elem, w.tag = len(w.s.elems)-1, n.DataAtom
	w.children(n)
	w.flush(false)
	w.s.elems[w.elem].last = len(w.s.lines)
	w.elem, w.tag = oldElem, oldTag
}

// text appends a text node to the current line.
func (w *walker) text(data string) {
	if len(w.buf) == 0 {
		trimmed := strings.TrimLeft(data, " \t\r\n")
		if trimmed == "" {
			return
		}
		w.indent = strings.HasPrefix(trimmed, "\u3000\u3000") || strings.HasPrefix(trimmed, "\u00a0\u00a0")
	}
	before := w.runes
	w.buf, w.runes = appendTidy(w.buf, data, w.runes)
	n := w.runes - before
	if w.inLink > 0 {
		w.link += n
	}
	if w.inBold > 0 && !w.nobold {
		w.bold += n
	} else if n > 0 {
		w.nobold = true
	}
}

// flush ends the current line; soft: by a <br>, not by the end of a block.
func (w *walker) flush(soft bool) {
	if len(w.buf) > 0 {
		text := strings.TrimRight(string(w.buf), " ")
		w.buf = w.buf[:0]
		if text != "" {
			w.s.lines = append(w.s.lines, line{text: text, elem: w.elem, tag: w.tag, runes: w.runes, link: w.link, bold: w.bold,
				indent: w.indent, center: w.s.elems[w.elem].center, soft: soft, hidden: w.hidden})
		}
	} else if n := len(w.s.lines); n > 0 {
		w.s.lines[n-1].soft = false // an empty line or a block's end
	}
	w.runes, w.link, w.bold, w.nobold, w.indent = 0, 0, 0, false, false
}

func (w *walker) meta(n *html.Node) {
	name := attr(n, "name")
	for _, k := range []string{"property", "itemprop"} {
		if name == "" {
			name = attr(n, k)
		}
	}
	name = strings.ToLower(strings.TrimSpace(name))
	content := tidy(attr(n, "content"))
	if name == "" || content == "" {
		return
	}
	if _, ok := w.s.metas[name]; !ok {
		w.s.metas[name] = content
	}
	if name == "og:url" {
		w.s.links = append(w.s.links, content)
	}
}

func (w *walker) script(n *html.Node) {
	if n.FirstChild == nil {
		return
	}
	if strings.Contains(attr(n, "type"), "ld+json") {
		w.s.jsonld = append(w.s.jsonld, n.FirstChild.Data)
		return
	}
	w.s.script = append(w.s.script, n.FirstChild.Data)
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// isHidden reports display:none. visibility:hidden is not: scripts show such text later (js_content).
func isHidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article: // until a script shows them
		return false
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			return true
		case "style":
			v := n.Attr[i].Val
			if j := strings.Index(v, "display"); j >= 0 {
				v = strings.TrimLeft(v[j+len("display"):], ": ")
				return strings.HasPrefix(v, "none")
			}
		}
	}
	return false
}

// titled reports an element named as one that holds a headline.
func titled(n *html.Node) bool {
	for i := range n.Attr {
		if k := n.Attr[i].Key; k == "class" || k == "id" {
			v := strings.ToLower(n.Attr[i].Val)
			if strings.Contains(v, "title") || strings.Contains(v, "headline") || strings.Contains(v, "biaoti") {
				return true
			}
		}
	}
	return false
}

func centered(n *html.Node) bool {
	if n.DataAtom == atom.Center {
		return true
	}
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "align":
			return strings.EqualFold(n.Attr[i].Val, "center")
		case "style":
			v := strings.ToLower(n.Attr[i].Val)
			if j := strings.Index(v, "text-align"); j >= 0 {
				return strings.HasPrefix(strings.TrimLeft(v[j+len("text-align"):], ": "), "center")
			}
		}
	}
	return false
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.B, atom.Strong, atom.I, atom.Em, atom.U, atom.Span, atom.Font, atom.Small, atom.Big, atom.Sup, atom.Sub,
		atom.S, atom.Strike, atom.Del, atom.Ins, atom.Code, atom.Mark, atom.Abbr, atom.Cite, atom.Q, atom.Label, atom.Img,
		atom.Ruby, atom.Rb, atom.Rt, atom.Rp, atom.Time, atom.Tt, atom.Var, atom.Kbd, atom.Bdi, atom.Bdo, atom.Wbr, atom.Nobr, atom.Map, atom.Area, atom.Data, atom.Picture, atom.Source:
		return false
	case 0: // custom elements: Word's <o:p>, <st1:chsdate>, <u1:p>
		return !strings.Contains(n.Data, ":")
	}
	return true
}

// flatten drops tags beyond a depth, so that the parser accepts the rest. It keeps the text.
func flatten(text string, depth int) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	open := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			if isVoid(string(name)) {
				b.Write(raw)
			} else if open++; open <= depth/2 {
				b.Write(raw)
			}
		case html.EndTagToken:
			if open <= depth/2 {
				b.Write(z.Raw())
			}
			open = max(open-1, 0)
		default:
			b.Write(z.Raw())
		}
	}
}

func isVoid(name string) bool {
	switch name {
	case "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "param", "source", "wbr", "p", "li", "option":
		return true
	}
	return false
}

// stripTags leaves only the text, a line a tag.
func stripTags(text string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		default:
			b.WriteByte('\n')
		}
	}
}
