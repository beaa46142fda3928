package workbook

import (
	"bytes"
	"strings"

	"heshu/extractors/workbook/read"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/forms"
)

// Config is how workbooks are read. The zero value works.
type Config struct {
	Read  read.Options // password and limits
	Forms *forms.Set   // the forms that are known; nil: the built-in ones
}

// Is reports whether the bytes look like a workbook of a format that Extract reads; the file's name decides only for plain text.
func Is(doc schemas.Document) bool {
	b := doc.Bytes
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}):
		return true
	case len(b) > 4 && b[0] == 9 && (b[1] == 0 || b[1] == 2 || b[1] == 4 || b[1] == 8) && b[3] == 0:
		return true // a BIFF stream without a container
	}
	name := strings.ToLower(doc.Name)
	for _, ext := range []string{".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".et", ".ods"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	head := b[:min(len(b), 1024)]
	return bytes.Contains(head, []byte("urn:schemas-microsoft-com:office:spreadsheet"))
}

func newWalk(book *sheet.Book, document string, cfg Config) *walk {
	w := &walk{book: book, document: document, forms: cfg.Forms, identity: identityOf(book)}
	if w.forms == nil {
		w.forms = forms.Builtin()
	}
	w.identity.tell(&w.front)
	return w
}

// Extract reads a workbook and cuts the figures out of it. Trouble with the document is an issue of the extraction; the error is
// for bytes that cannot be read at all, without the name of the document.
func Extract(doc schemas.Document, cfg Config) (schemas.Extraction, error) {
	ex := schemas.Extraction{Kind: schemas.Workbook}
	var err error
	ex.Parts, err = Walk(doc, cfg, Visitor{
		Figure:    func(f schemas.Figure) { ex.Figures = append(ex.Figures, f) },
		Exclusion: func(e schemas.Exclusion) { ex.Exclusions = append(ex.Exclusions, e) },
		Issue:     func(i schemas.Issue) { ex.Issues = append(ex.Issues, i) },
	})
	return ex, err
}

// Visitor is told what is found, in reading order. Part, which may be nil, begins a sheet: who sent it is known by then, its title
// perhaps not yet.
type Visitor struct {
	Part      func(schemas.Part)
	Figure    func(schemas.Figure)
	Exclusion func(schemas.Exclusion)
	Issue     func(schemas.Issue)
}

// Walk is Extract that keeps nothing but the parts: for workbooks of millions of cells.
func Walk(doc schemas.Document, cfg Config, to Visitor) ([]schemas.Part, error) {
	book, issues, err := read.Open(doc.Bytes, cfg.Read)
	for _, i := range issues {
		to.Issue(i)
	}
	if err != nil {
		return nil, err
	}
	var parts []schemas.Part
	w := newWalk(book, doc.Name, cfg)
	for i, s := range book.Sheets {
		parts = append(parts, w.readSheet(s, &sink{part: i, Visitor: to}))
	}
	return parts, nil
}
