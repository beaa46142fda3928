package workbook

import (
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/forms"
)

// Table hands on what ReadTable finds, in reading order.
type Table struct {
	Figure    func(schemas.Figure)
	Exclusion func(schemas.Exclusion)
	Issue     func(schemas.Issue)
}

// ReadTable cuts the figures out of a table that stands in a text, laid out as a sheet: the lines above the table, then its rows.
// Locators are cells of the sheet; title is the text's, which says what the table's own words leave out. No form is looked for.
func ReadTable(s *sheet.Sheet, title string, part int, out Table) {
	w := newWalk(&sheet.Book{Format: "csv", Sheets: []*sheet.Sheet{s}}, title, Config{Forms: &forms.Set{}})
	w.readSheet(s, &sink{part: part, figure: out.Figure, exclusion: out.Exclusion, issue: out.Issue})
}
