package article

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// tableRow records where the cells of a table's row stand in the text; start is the row's first rune.
func (b *builder) tableRow(s *scan, p *piece, start int) {
	if b.table != p.table {
		b.table = p.table
		t := Table{Header: s.tables[p.table-1].header}
		b.titleTable(&t)
		b.art.Tables = append(b.art.Tables, t)
	}
	t := &b.art.Tables[len(b.art.Tables)-1]
	row := make([]Cell, len(p.cells))
	for i, c := range p.cells {
		n := utf8.RuneCountInString(c.Text)
		c.Span = schemas.TextSpan{Start: schemas.RuneOffset(start), End: schemas.RuneOffset(start + n)}
		row[i] = c
		start += n + 1
		if t.Unit == "" && !numeric(c.Text) {
			t.Unit, t.UnitAt = unitNote(c.Text, c.Span.Start)
		}
	}
	t.Rows = append(t.Rows, row)
}

// titleTable looks for a table's title and unit note in the two blocks above it.
func (b *builder) titleTable(t *Table) {
	text := b.text.String()
	for n := len(b.art.Blocks) - 1; n >= 0 && n >= len(b.art.Blocks)-2; n-- {
		blk := b.art.Blocks[n]
		i := strings.LastIndexByte(text, '\n')
		above := text[i+1:]
		if utf8.RuneCountInString(above) > 60 || blk.Kind == TableRow || strings.ContainsAny(above, "。；") {
			return
		}
		if t.Unit == "" {
			t.Unit, t.UnitAt = unitNote(above, blk.Span.Start)
		}
		if rest := above; t.Unit == "" || !strings.HasPrefix(strings.TrimLeft(rest, "（( "), "单位") && !strings.HasPrefix(strings.TrimLeft(rest, "（( "), "單位") {
			t.Title = above
			return
		}
		text = text[:max(i, 0)]
	}
}

// unitNote reads 亿元 out of 单位：亿元 or （单位:户、人）; at is the offset of text.
func unitNote(text string, at schemas.RuneOffset) (string, schemas.TextSpan) {
	for _, label := range []string{"单位", "單位", "计量单位"} {
		i := strings.Index(text, label)
		if i < 0 {
			continue
		}
		v := strings.TrimLeft(text[i+len(label):], " ")
		if !strings.HasPrefix(v, "：") && !strings.HasPrefix(v, ":") {
			continue
		}
		v = strings.TrimLeft(v, "：: ")
		from := len(text) - len(v)
		if j := strings.IndexAny(v, "）)；;。　\t"); j >= 0 {
			v = v[:j]
		}
		if v = strings.TrimSpace(v); v != "" && utf8.RuneCountInString(v) <= 16 {
			start := at + schemas.RuneOffset(utf8.RuneCountInString(text[:from]))
			return v, schemas.TextSpan{Start: start, End: start + schemas.RuneOffset(utf8.RuneCountInString(v))}
		}
	}
	return "", schemas.TextSpan{}
}
