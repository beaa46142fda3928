// Package extractors owns the list of extractors and the choice of one for a document.
package extractors

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"heshu/extractors/article"
	"heshu/extractors/clause"
	"heshu/extractors/workbook"
	"heshu/extractors/workbook/read"
	"heshu/schemas"
	"heshu/schemas/forms"
	"heshu/schemas/region"
)

// Config is what the extractors have to know. The zero value reads with the stated defaults.
type Config struct {
	Password string         // of protected workbooks
	Page     article.Config // limits of pages
	Regions  *region.Table  // nil: loaded when a text needs it
	Forms    *forms.Set     // nil: the built-in ones
}

// Extractor reads one kind of documents.
type Extractor struct {
	Name    string
	Ends    []string // of the names that such documents usually have
	Is      func(schemas.Document) bool
	Extract func(schemas.Document) (schemas.Extraction, error)
}

// Error says why a document is not read, with the code of its issue.
type Error struct {
	Code schemas.IssueCode
	Err  error
}

// Error returns the reason.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// IssueCode returns the code of the issue that the document gets.
func (e *Error) IssueCode() schemas.IssueCode { return e.Code }

// List returns the extractors in the order in which they are asked. One more extractor is one more line here.
func List(c Config) []Extractor {
	return []Extractor{
		{"workbook", []string{".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv"}, workbook.Is, workbooks(c)},
		{"article", []string{".html", ".htm", ".shtml", ".mht", ".txt"}, article.Is, articles(c)},
	}
}

// Extract reads a document with the first extractor of the list that knows it. The content decides; a name that promises
// another kind of document is an issue.
func Extract(list []Extractor, doc schemas.Document) (schemas.Extraction, error) {
	if len(bytes.TrimSpace(doc.Bytes)) == 0 {
		return schemas.Extraction{}, &Error{schemas.IssueEmpty, fmt.Errorf("%d bytes, nothing to read in them", len(doc.Bytes))}
	}
	for _, e := range list {
		if !e.Is(doc) {
			continue
		}
		x, err := e.Extract(doc)
		end := strings.ToLower(path.Ext(doc.Name))
		for _, other := range list {
			if other.Name != e.Name && slices.Contains(other.Ends, end) {
				x.Issues = append(x.Issues, schemas.Issue{Part: -1, Code: schemas.IssueMisnamed, Message: fmt.Sprintf("named %q, but the content is of the kind %s and was read so", end, e.Name)})
			}
		}
		return x, err
	}
	return schemas.Extraction{}, &Error{schemas.IssueUnknownType, fmt.Errorf("neither a page, a text nor a workbook: it begins with %s", beginning(doc.Bytes))}
}

// beginning shows the first bytes of a document for people.
func beginning(b []byte) string {
	b = b[:min(len(b), 8)]
	if utf8.Valid(b) {
		return fmt.Sprintf("%q", b)
	}
	return fmt.Sprintf("bytes % x", b)
}

func workbooks(c Config) func(schemas.Document) (schemas.Extraction, error) {
	config := workbook.Config{Read: read.Options{Password: c.Password}, Forms: c.Forms}
	return func(doc schemas.Document) (schemas.Extraction, error) {
		x, err := workbook.Extract(doc, config)
		if err != nil {
			err = &Error{workbookCode(err), err}
		}
		return x, err
	}
}

// WalkWorkbook reads a workbook as the list's extractor does, and keeps nothing of it: for those of millions of cells.
func WalkWorkbook(c Config, doc schemas.Document, to workbook.Visitor) ([]schemas.Part, error) {
	parts, err := workbook.Walk(doc, workbook.Config{Read: read.Options{Password: c.Password}, Forms: c.Forms}, to)
	if err != nil {
		return nil, &Error{workbookCode(err), err}
	}
	return parts, nil
}

// workbookCode is the issue code of a workbook that cannot be read.
func workbookCode(err error) schemas.IssueCode {
	for _, c := range []struct {
		cause error
		code  schemas.IssueCode
	}{
		{read.ErrEncrypted, schemas.IssueEncrypted}, {read.ErrTruncated, schemas.IssueTruncated}, {read.ErrEmpty, schemas.IssueEmpty},
		{read.ErrNotWorkbook, schemas.IssueUnknownType}, {read.ErrUnsupported, schemas.IssueUnknownType}, {read.ErrLimit, schemas.IssueLimit},
	} {
		if errors.Is(err, c.cause) {
			return c.code
		}
	}
	return schemas.IssueUnreadable
}

// articles reads pages and saved texts: article finds the text, clause the figures in it.
func articles(c Config) func(schemas.Document) (schemas.Extraction, error) {
	lexicon := sync.OnceValues(func() (*clause.Lexicon, error) { // a fifth of a second that only texts pay
		regions := c.Regions
		if regions == nil {
			regions = region.Load()
		}
		return clause.NewLexicon(regions)
	})
	return func(doc schemas.Document) (schemas.Extraction, error) {
		x := schemas.Extraction{Kind: schemas.Article}
		page, err := article.Read(doc, c.Page)
		x.Issues = page.Issues
		var unread *article.Error
		if errors.As(err, &unread) {
			return x, &Error{unread.Code, err}
		}
		if err != nil {
			return x, err
		}
		words, err := lexicon()
		if err != nil {
			return x, err
		}
		for i, a := range page.Articles {
			part := schemas.Part{Index: i, Title: a.Title, Published: a.Published, Publisher: publisher(a, words.Regions), Text: a.Text}
			readArticle(&x, words, a, part)
		}
		for _, f := range page.Furniture {
			if f.Numbers > 0 {
				x.Exclusions = append(x.Exclusions, schemas.Exclusion{Part: -1, Text: f.Text, Class: "page_furniture:" + f.Name, Numbers: f.Numbers})
			}
		}
		return x, nil
	}
}

// readArticle adds the figures of an article's text, and of the tables in it.
func readArticle(x *schemas.Extraction, words *clause.Lexicon, a article.Article, part schemas.Part) {
	tables := readTables(a, part.Index)
	taken := tables.taken()
	text := words.Extract(clause.Input{Part: part.Index, Text: a.Text, Blocks: blocks(a), Taken: taken})
	part.Numbers = text.Numbers
	tables.account(taken, text.Taken)
	x.Parts = append(x.Parts, part)
	figures, exclusions := text.Figures, text.Exclusions
	if len(taken) > 0 {
		figures, exclusions = append(figures, tables.figures...), append(exclusions, tables.exclusions...)
		inOrder(figures, func(f *schemas.Figure) schemas.Locator { return f.Locator })
		inOrder(exclusions, func(x *schemas.Exclusion) schemas.Locator { return x.Locator })
	}
	exclusions = slices.DeleteFunc(exclusions, func(e schemas.Exclusion) bool {
		if e.Class != clause.Damaged {
			return false
		}
		x.Issues = append(x.Issues, schemas.Issue{Part: e.Part, Locator: e.Locator, Code: schemas.IssueCharset, Numbers: e.Numbers,
			Message: fmt.Sprintf("%q stands beside characters that cannot be read: what is left of the number is not taken", e.Text)})
		return true
	})
	x.Figures, x.Exclusions = joined(x.Figures, figures), joined(x.Exclusions, exclusions)
	x.Issues = append(x.Issues, tables.issues...)
}

// joined is append that keeps a list as it is where there is nothing before it: most pages hold one article.
func joined[T any](before, list []T) []T {
	if len(before) == 0 {
		return list
	}
	return append(before, list...)
}

// publisher is who speaks: the 来源 line's name where it names a place, for a portal prints what others wrote; else the site.
func publisher(a article.Article, regions *region.Table) string {
	code, ok := regions.OfPublisher(a.Source)
	if a.Publisher == "" || ok && code != region.Country {
		return a.Source
	}
	return a.Publisher
}

// blocks tells the clause reader how the text is laid out.
func blocks(a article.Article) []clause.Block {
	kinds := map[article.BlockKind]clause.BlockKind{
		article.Title: clause.Title, article.Subtitle: clause.Title, article.Heading: clause.Heading, article.Byline: clause.Note, article.TableRow: clause.Row,
	}
	list := make([]clause.Block, len(a.Blocks))
	for i, b := range a.Blocks {
		list[i] = clause.Block{Kind: kinds[b.Kind], Start: b.Span.Start, End: b.Span.End}
	}
	return list
}
