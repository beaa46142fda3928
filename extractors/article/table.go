package article

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tableRows is a data table as the page has it, before its cells get their places in the text.
type tableRows struct {
	rows   [][]Cell
	header int
	first  int // its first line
}

// dataTable collects the cells of a table that shows data; nil for a table that lays out the page.
func dataTable(n *html.Node) [][]Cell {
	var rows [][]Cell
	cells, long, total, links := 0, 0, 0, 0
	ok := eachRow(n, func(tr *html.Node) bool {
		var row []Cell
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if td.Type != html.ElementNode || td.DataAtom != atom.Td && td.DataAtom != atom.Th {
				continue
			}
			r := cellReader{}
			if !r.read(td) || r.runes > 400 {
				return false // holds a table, a form or an article
			}
			if r.runes > 60 {
				long++
			}
			if r.runes > 0 {
				cells++
			}
			total += r.runes
			links += r.links
			row = append(row, Cell{Text: strings.TrimSpace(string(r.buf)), RowSpan: span(td, "rowspan"), ColSpan: span(td, "colspan")})
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
		return true
	})
	wideRows := 0
	for _, r := range rows {
		if len(r) >= 2 {
			wideRows++
		}
	}
	if !ok || wideRows < 2 || cells < 4 || long*4 > cells || total > 40*cells || links*2 > cells {
		return nil
	}
	return rows
}

func span(td *html.Node, key string) int {
	n, err := strconv.Atoi(strings.TrimSpace(attr(td, key)))
	if err != nil || n < 1 || n > 1000 {
		return 1
	}
	return n
}

// eachRow calls f for the rows of a table, not those of tables inside; it stops when f says false.
func eachRow(n *html.Node, f func(tr *html.Node) bool) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.DataAtom {
		case atom.Tr:
			if !f(c) {
				return false
			}
		case atom.Tbody, atom.Thead, atom.Tfoot:
			if !eachRow(c, f) {
				return false
			}
		}
	}
	return true
}

// cellReader gathers the text of a cell.
type cellReader struct {
	buf          []byte
	runes, links int
}

// read appends the text below n; false if the cell holds more than text.
func (r *cellReader) read(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			r.buf, r.runes = appendTidy(r.buf, c.Data, r.runes)
		case html.ElementNode:
			switch c.DataAtom {
			case atom.Table, atom.Form, atom.Ul, atom.Select, atom.Iframe, atom.Input, atom.H1, atom.H2:
				return false
			case atom.Script, atom.Style:
				continue
			case atom.A:
				r.links++
			case atom.Br, atom.P, atom.Div, atom.Li:
				r.buf, r.runes = appendSpace(r.buf, r.runes)
			}
			if !r.read(c) {
				return false
			}
		}
	}
	return true
}

// dataTable puts the rows of a data table into the page's lines.
func (w *walker) dataTable(n *html.Node, rows [][]Cell) {
	old, oldTag := w.elem, w.tag
	w.s.elems = append(w.s.elems, elem{parent: w.elem, tag: atom.Table, hint: w.hintOf(n), first: len(w.s.lines)})
	w.elem, w.tag = len(w.s.elems)-1, atom.Table
	if words, runes := captionOf(n); runes > 0 {
		w.s.lines = append(w.s.lines, line{text: words, elem: w.elem, tag: atom.Caption, runes: runes, hidden: w.hidden})
	}
	w.s.tables = append(w.s.tables, tableRows{rows: rows, header: headerRows(rows), first: len(w.s.lines)})
	for _, row := range rows {
		var b strings.Builder
		runes := 0
		for i, c := range row {
			if i > 0 {
				b.WriteByte('\t')
				runes++
			}
			b.WriteString(c.Text)
			runes += len([]rune(c.Text))
		}
		w.s.lines = append(w.s.lines, line{text: b.String(), elem: w.elem, tag: atom.Tr, runes: runes, table: len(w.s.tables), hidden: w.hidden})
	}
	w.s.elems[w.elem].last = len(w.s.lines)
	w.elem, w.tag = old, oldTag
}

// captionOf returns the words of a table's caption: its title, a unit note.
func captionOf(n *html.Node) (string, int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == atom.Caption {
			r := cellReader{}
			r.read(c)
			words := strings.TrimSpace(string(r.buf))
			return words, utf8.RuneCountInString(words)
		}
	}
	return "", 0
}

// headerRows counts the rows at the top that hold no number.
func headerRows(rows [][]Cell) int {
	for i, row := range rows {
		for _, c := range row {
			if numeric(c.Text) {
				return i
			}
		}
	}
	return min(1, len(rows))
}

// numeric reports a cell that is a number, perhaps with a sign, separators or a percent sign.
func numeric(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits++
		case strings.ContainsRune(".,，．%％-－+ ", r):
		default:
			return false
		}
	}
	return digits > 0
}
