package extractors

import (
	"sort"
	"strings"

	"heshu/extractors/article"
	"heshu/extractors/workbook"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/period"
)

// inPage is what the tables inside one article yield: the same reader as for workbooks reads them, and every place of the sheet
// becomes the place in the article's text.
type inPage struct {
	part       int
	figures    []schemas.Figure
	exclusions []schemas.Exclusion
	issues     []schemas.Issue
}

// readTables reads the tables of an article.
func readTables(a article.Article, part int) inPage {
	p := inPage{part: part}
	if len(a.Tables) == 0 {
		return p
	}
	text := []rune(a.Text)
	for i := range a.Tables {
		p.table(a, &a.Tables[i], text)
	}
	return p
}

// table reads one table.
func (p *inPage) table(a article.Article, t *article.Table, text []rune) {
	l := laidOut{sheet: &sheet.Sheet{}}
	times := l.above(a, t, text)
	l.rows(t)
	from := [3]int{len(p.figures), len(p.exclusions), len(p.issues)}
	workbook.ReadTable(l.sheet, strings.ReplaceAll(a.Title, "/", "／"), p.part, workbook.Visitor{
		Figure:    func(f schemas.Figure) { p.figures = append(p.figures, f) },
		Exclusion: func(x schemas.Exclusion) { p.exclusions = append(p.exclusions, x) },
		Issue:     func(x schemas.Issue) { p.issues = append(p.issues, x) },
	})
	for i := range p.figures[from[0]:] {
		f := &p.figures[from[0]+i]
		f.Locator = l.place(f.Locator)
		f.Unit.Locator = l.place(f.Unit.Locator)
		l.all(f.Grid.Places)
		l.all(f.Grid.Times)
		l.all(f.Grid.Units)
		f.Grid.Times = append(f.Grid.Times[:len(f.Grid.Times):len(f.Grid.Times)], times...)
	}
	for i := range p.exclusions[from[1]:] {
		x := &p.exclusions[from[1]+i]
		x.Locator = l.place(x.Locator)
	}
	for i := range p.issues[from[2]:] {
		x := &p.issues[from[2]+i]
		x.Locator = l.place(x.Locator)
	}
}

// laidOut is a table as a sheet, with the place in the text of each of its cells.
type laidOut struct {
	sheet *sheet.Sheet
	at    []map[int]schemas.TextSpan // by row, then by column
}

// place turns a cell's locator into the place in the text; a place in the text stays what it is.
func (l *laidOut) place(at schemas.Locator) schemas.Locator {
	c, ok := at.(schemas.Cell)
	if !ok {
		return at
	}
	if c.Row >= 1 && c.Row <= len(l.at) {
		if s, ok := l.at[c.Row-1][c.Column-1]; ok {
			return s
		}
	}
	return nil
}

func (l *laidOut) all(list []schemas.Evidence) {
	for i := range list {
		list[i].Locator = l.place(list[i].Locator)
	}
}

func (l *laidOut) row(cells map[int]sheet.Cell, at map[int]schemas.TextSpan) {
	last := -1
	for c := range cells {
		last = max(last, c)
	}
	row := make([]sheet.Cell, last+1)
	for c, x := range cells {
		row[c] = x
	}
	l.sheet.Rows = append(l.sheet.Rows, row)
	l.at = append(l.at, at)
}

// maxAbove is the longest line above a table that may be its title or its notes, in runes.
const maxAbove = 60

// above lays out the title and the notes that stand over a table, and returns the times that the lines before it say, nearest
// first: 截至2018年7月底，各县市投入情况如下.
func (l *laidOut) above(a article.Article, t *article.Table, text []rune) []schemas.Evidence {
	if len(t.Rows) == 0 || len(t.Rows[0]) == 0 {
		return nil
	}
	start := t.Rows[0][0].Span.Start
	n := sort.Search(len(a.Blocks), func(i int) bool { return a.Blocks[i].Span.Start >= start })
	var lines []article.Block
	var times []schemas.Evidence
	for i := n - 1; i >= 0 && i >= n-3; i-- {
		b := a.Blocks[i]
		words, ok := b.Span.In(text)
		if !ok || b.Kind == article.TableRow || b.Kind == article.Title {
			break
		}
		times = append(times, timesIn(text, b.Span)...)
		if b.Span.End-b.Span.Start > maxAbove || strings.ContainsAny(words, "。；") {
			break
		}
		lines = append([]article.Block{b}, lines...)
	}
	for _, b := range lines {
		words, _ := b.Span.In(text)
		l.row(map[int]sheet.Cell{0: {Kind: sheet.Text, Raw: words, Text: words}}, map[int]schemas.TextSpan{0: b.Span})
	}
	return times
}

// timesIn returns the dates that a line says, the last first.
func timesIn(text []rune, s schemas.TextSpan) []schemas.Evidence {
	shadow := hanzi.Fold(text[s.Start:s.End])
	var out []schemas.Evidence
	for _, e := range period.Scan(shadow.Runes) {
		if e.Base || e.Kind == period.Duration || e.Kind == period.Clock || e.Kind == period.Recurring || e.Kind == period.Vague {
			continue
		}
		at := shadow.Span(e.Start, e.End)
		at.Start, at.End = at.Start+s.Start, at.End+s.Start
		out = append([]schemas.Evidence{{Text: string(shadow.Runes[e.Start:e.End]), Locator: at}}, out...)
	}
	return out
}

// rows lays out the table's rows, cells that span others at their first place.
func (l *laidOut) rows(t *article.Table) {
	first := len(l.sheet.Rows)
	taken := map[[2]int]bool{} // covered by a cell from above
	for r, row := range t.Rows {
		cells, at := map[int]sheet.Cell{}, map[int]schemas.TextSpan{}
		c := 0
		for _, x := range row {
			for taken[[2]int{r, c}] {
				c++
			}
			if x.Text != "" {
				cells[c] = sheet.Cell{Kind: sheet.Text, Raw: x.Text, Text: x.Text}
				at[c] = x.Span
			}
			down := min(x.RowSpan, len(t.Rows)-r)
			if down*x.ColSpan > 1 {
				l.sheet.Merges = append(l.sheet.Merges, sheet.Range{Row0: first + r, Col0: c, Row1: first + r + down - 1, Col1: c + x.ColSpan - 1})
			}
			for i := 1; i < down; i++ {
				for j := range x.ColSpan {
					taken[[2]int{r + i, c + j}] = true
				}
			}
			c += x.ColSpan
		}
		l.row(cells, at)
	}
}

// taken lists the cells whose numbers the tables' reader accounts for, in order, each once.
func (p *inPage) taken() []schemas.TextSpan {
	var out []schemas.TextSpan
	add := func(at schemas.Locator, numbers int) {
		if s, ok := at.(schemas.TextSpan); ok && numbers > 0 {
			out = append(out, s)
		}
	}
	for _, f := range p.figures {
		add(f.Locator, f.Numbers)
	}
	for _, x := range p.exclusions {
		add(x.Locator, x.Numbers)
	}
	for _, x := range p.issues {
		add(x.Locator, x.Numbers)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	kept := out[:0]
	for _, s := range out {
		if len(kept) == 0 || s.Start >= kept[len(kept)-1].End {
			kept = append(kept, s)
		}
	}
	return kept
}

// account gives every cell its numeric tokens.
func (p *inPage) account(taken []schemas.TextSpan, tokens []int) {
	left := map[schemas.TextSpan]int{}
	for i, s := range taken {
		left[s] = tokens[i]
	}
	take := func(at schemas.Locator, numbers *int) {
		s, _ := at.(schemas.TextSpan)
		if *numbers > 0 {
			*numbers = left[s]
			delete(left, s)
		}
	}
	for i := range p.figures {
		take(p.figures[i].Locator, &p.figures[i].Numbers)
	}
	for i := range p.exclusions {
		take(p.exclusions[i].Locator, &p.exclusions[i].Numbers)
	}
	for i := range p.issues {
		take(p.issues[i].Locator, &p.issues[i].Numbers)
	}
}

// inOrder puts what was found in one article into reading order.
func inOrder[T any](list []T, locator func(*T) schemas.Locator) {
	start := func(x *T) schemas.RuneOffset {
		s, _ := locator(x).(schemas.TextSpan)
		return s.Start
	}
	sort.SliceStable(list, func(i, j int) bool { return start(&list[i]) < start(&list[j]) })
}
