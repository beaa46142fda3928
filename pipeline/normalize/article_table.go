package normalize

import "heshu/schemas"

// articleTable reads the figures of the tables in one article: as a workbook's, with the article's publisher and day around them.
type articleTable struct {
	*gridPage
	part int
}

func (n *Normalizer) openTable(doc schemas.Document, x schemas.Extraction, page *articlePage) *articleTable {
	if doc.Published.IsZero() {
		doc.Published = page.published
	}
	if doc.Source == "" {
		doc.Source = page.part.Publisher
	}
	doc.Region = page.topic
	if doc.Period.Kind == 0 && !doc.Published.IsZero() {
		doc.Period = schemas.Period{Kind: schemas.AsOf, End: doc.Published}
	}
	return &articleTable{n.openGrid(doc, x), page.part.Index}
}
