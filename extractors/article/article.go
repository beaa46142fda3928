// Package article owns the way from the bytes of a page or a saved text to its articles.
//
// It finds the charset, the main text among the page's furniture, headline, publication date, publisher and source,
// puts interleaved newspaper articles together again, and cleans the text so that every figure in it can be quoted.
// Everything here is pure: the same bytes give the same page.
package article

import (
	"heshu/schemas"
)

// Config states the limits of reading. A zero field means its default.
type Config struct {
	MaxBytes int64 // of a page, after decompression; default 32 MB. A larger page is not read
	MaxDepth int   // of nested tags; default 400. What lies deeper keeps its text and loses its tags
}

func (c Config) maxBytes() int64 {
	if c.MaxBytes <= 0 {
		return 32 << 20
	}
	return c.MaxBytes
}

func (c Config) maxDepth() int {
	if c.MaxDepth <= 0 || c.MaxDepth > 400 {
		return 400
	}
	return c.MaxDepth
}

// Page is what one document holds.
type Page struct {
	Charset   string // the charset the bytes were read in, IANA name, lower case
	HTML      bool   // false: a saved text
	Articles  []Article
	Issues    []schemas.Issue
	Furniture []Furniture
}

// Furniture is text of the page that belongs to no article: navigation, related links, counters, footers.
// It is named so that no number vanishes in silence.
type Furniture struct {
	Name    string // navigation, related, meta, counter, footer, hidden, other
	Text    string
	Numbers int // numeric tokens in Text, as CountNumbers counts
}

// Article is one piece of news, notice or report.
type Article struct {
	Title, Subtitle string
	Published       schemas.Date // of the page where the article has none of its own
	Publisher       string       // the site, paper or office
	Source          string       // the 来源 line's name
	Editor          string
	// Text is the cleaned text that all locators point into: headline, then the blocks, one a line.
	Text   string
	Body   string // Text without the headline
	Blocks []Block
	Tables []Table
}

// BlockKind is the part a block plays in its article.
type BlockKind uint8

// The kinds of blocks; the zero value is unset.
const (
	Title BlockKind = iota + 1
	Subtitle
	Heading // of a section: 一、基本情况, a bold line of its own, h2–h6
	Byline  // 记者 张三
	Paragraph
	Caption
	TableRow
)

// String returns the kind's name, "" if unset.
func (k BlockKind) String() string {
	names := [...]string{"", "title", "subtitle", "heading", "byline", "paragraph", "caption", "table_row"}
	if int(k) < len(names) {
		return names[k]
	}
	return "invalid"
}

// Block is one line of an article's Text.
type Block struct {
	Kind BlockKind
	Span schemas.TextSpan // without the line break
	Lead schemas.TextSpan // bold words that open a paragraph; empty span if none
}

// Table is a table inside an article. Its rows are blocks of the text too, cells apart by a tab.
type Table struct {
	Title  string // the line above it, if it is a table's title
	Unit   string // what the unit note says: 亿元 of 单位:亿元
	UnitAt schemas.TextSpan
	Header int // rows that are header
	Rows   [][]Cell
}

// Cell is one cell of a table, as printed.
type Cell struct {
	Text             string
	Span             schemas.TextSpan
	RowSpan, ColSpan int // at least 1
}

// Error says why a document cannot be read at all.
type Error struct {
	Code   schemas.IssueCode
	Reason string
}

// Error returns the reason.
func (e *Error) Error() string { return e.Reason }

// Read gives the articles of a page or a saved text. What is doubtful becomes an issue; the error, an *Error, is for
// documents of which nothing can be read.
func Read(doc schemas.Document, c Config) (Page, error) {
	raw, issues, err := unpack(doc.Bytes, c)
	if err != nil {
		return Page{Issues: issues}, err
	}
	text, charset, bad := decode(raw, doc.Charset)
	text, torn := unjoined(text)
	bad += torn
	p := Page{Charset: charset, Issues: issues}
	if bad > 0 {
		p.issue(schemas.IssueCharset, "%d places are no text in %s", bad, charset)
	}
	var s *scan
	if p.HTML = looksLikeHTML(text); p.HTML {
		var deep bool
		s, deep = parseHTML(text, c.maxDepth())
		if deep {
			p.issue(schemas.IssueLimit, "tags are nested deeper than %d; what lies deeper was read without its tags", c.maxDepth())
		}
		s.unpinyin()
		s.pick()
	} else {
		s = parseText(text)
		s.unpinyin()
		s.pickText()
	}
	p.compose(s, doc)
	if len(p.Articles) == 0 {
		p.issue(schemas.IssueEmpty, "no article text found")
	}
	return p, nil
}
