package extractors

import (
	"heshu/extractors/article"
	"heshu/extractors/workbook"
	"heshu/extractors/workbook/read"
	"heshu/schemas"
)

// Texts returns a function that says what stands at a place of a document: the characters of an article's cleaned text, a
// cell as it is displayed. No figure is looked for: it is what evidence is held against.
func Texts(c Config, doc schemas.Document) (func(part int, at schemas.Locator) (string, bool), error) {
	if workbook.Is(doc) {
		return cells(c, doc)
	}
	page, err := article.Read(doc, c.Page)
	if err != nil {
		return nil, err
	}
	texts := map[int][]rune{}
	return func(part int, at schemas.Locator) (string, bool) {
		span, ok := at.(schemas.TextSpan)
		if !ok || part < 0 || part >= len(page.Articles) {
			return "", false
		}
		if texts[part] == nil {
			texts[part] = []rune(page.Articles[part].Text)
		}
		return span.In(texts[part])
	}, nil
}

func cells(c Config, doc schemas.Document) (func(part int, at schemas.Locator) (string, bool), error) {
	book, _, err := read.Open(doc.Bytes, read.Options{Password: c.Password})
	if err != nil {
		return nil, err
	}
	return func(part int, at schemas.Locator) (string, bool) {
		cell, ok := at.(schemas.Cell)
		if !ok || part < 0 || part >= len(book.Sheets) || book.Sheets[part].Name != cell.Sheet {
			return "", false
		}
		x := book.Sheets[part].At(cell.Row-1, cell.Column-1)
		return x.Text, x.Text != ""
	}, nil
}
