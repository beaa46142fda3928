package schemas

// Quantity is a written number as read. Scale words are applied (4.1亿 is 410000000), units are not converted.
type Quantity struct {
	Value     Decimal // unset where only bounds are said (数十, 10—20)
	Low, High Decimal // what the wording allows; unset = open
	Qualifier Qualifier
	Unit      string // the unit's word after the scale words: 元, 人次, 平方公里, %; "" if none is written with the number
	Decimals  int    // digits printed after the point: 2 in 7127.85万元
	UnitMult  int    // power of ten of the scale words, as in SDMX CL_UNIT_MULT: 4 in 7127.85万元
}

// Evidence is words that bear on a figure and where they stand.
type Evidence struct {
	Text    string
	Locator Locator // nil: from the document's name or from what intake said
}

// Figure is one number of a document in the source's own words: what is written and where, no meaning given.
type Figure struct {
	Part     int
	Locator  Locator // of Quote
	Quote    string  // the smallest span that holds number, unit and what is counted; a cell's displayed text
	Number   string  // with qualifier and unit exactly as written; a cell's displayed text
	Numbers  int     // numeric tokens it covers
	Quantity Quantity
	Unit     Evidence // the unit's words, wherever they stand (万元 in the number, the header, a 单位 note)
	Label    string   // what is counted, as written
	Clause   *Clause  // articles
	Grid     *Grid    // workbooks
	Flags    []Flag
}

// Clause is the grammar around a figure of a text. All strings are of the simplified, folded shadow of the text.
type Clause struct {
	Paragraph, Sentence, Index int    // ordinals: of the paragraph in the part, the sentence in it, the clause in that
	Text                       string // the clause
	SentenceText               string // the sentence
	Lead                       string // the heading of the section
	Opening                    string // the sentence without figures that opens the paragraph, or the one before
	Before, After              string // the clause before and behind the number
	Head                       string // the counted noun: 人口
	Modifiers                  []string
	Verb                       string     // the verb that governs it
	Subject                    string     // who does it or whose it is
	Places                     []Evidence // place words that govern it, nearest first
	Times                      []Evidence // time words that govern it, nearest first
	Earlier                    []Evidence // place words of earlier paragraphs, nearest first: a story goes on at its place
}

// Grid is where a figure of a workbook stands in its table.
type Grid struct {
	Form       string   // id of the form in schemas/forms, "" if nobody described it
	Field      string   // id of the form's field
	Title      string   // of the table
	RowPath    []string // header path of the row, outermost first
	ColumnPath []string
	IsTotal    bool       // a total or subtotal of its neighbours
	Places     []Evidence // place words that govern it, nearest first: row, header line, sheet, file name
	Times      []Evidence // period words, nearest first: header, title, 填报时期, sheet, file name
	Units      []Evidence // unit words, nearest first: cell, header, note, sheet, file name
	PartOfOne  bool       // a share written as a part of one: 0.96 of 96 %
	Raw        string     // the cell's raw value
	Formula    string
}
