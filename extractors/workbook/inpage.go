package workbook

import (
	"heshu/extractors/workbook/sheet"
	"heshu/schemas/forms"
)

// ReadTable cuts the figures out of a table that stands in a text, laid out as a sheet: the lines above the table, then its rows.
// Locators are cells of the sheet; title is the text's, which says what the table's own words leave out. No form is looked for.
func ReadTable(s *sheet.Sheet, title string, part int, to Visitor) {
	w := newWalk(&sheet.Book{Format: "csv", Sheets: []*sheet.Sheet{s}}, title, Config{Forms: &forms.Set{}})
	w.readSheet(s, &sink{part: part, Visitor: to})
}
