// Package delimited owns the reading of .csv and .tsv files.
package delimited

import (
	"strings"

	"heshu/extractors/workbook/read/charset"
	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// Name is the sheet in locators, "None!C7": such a file has one table and no sheets.
const Name = "None"

// Read fills w from the bytes of a text file.
func Read(b []byte, w *grid.Workbook) error {
	text, name, bad := charset.Decode(b, "")
	g := w.New(Name)
	if bad > 0 {
		w.Issue(0, Name, -1, 0, schemas.IssueCharset, "%d characters are no text in %s", bad, name)
	}
	text, separator := declared(text)
	if separator == 0 {
		separator = Separator(text)
	}
	r := records{text: text, separator: separator}
	var err error
	for row := 0; err == nil && r.pos < len(r.text); row++ {
		err = r.record(func(column int, field string, quoted bool) error {
			return put(g, row, column, field, quoted, w.Formats.General())
		})
	}
	if r.open {
		w.Issue(0, Name, -1, 0, schemas.IssueTruncated, "a quoted field has no end")
	}
	if err != nil {
		w.Issue(0, Name, -1, 0, schemas.IssueLimit, "read in part only: %v", err)
	}
	w.AddSheet(g)
	return nil
}

// declared takes off the line sep=; that spreadsheet programs write on top.
func declared(text string) (string, byte) {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.TrimSuffix(line, "\r")
	if len(line) == 5 && strings.EqualFold(line[:4], "sep=") {
		return rest, line[4]
	}
	return text, 0
}

// put stores a field: a number where it is written as a spreadsheet would read one, else text.
func put(g *grid.Builder, row, column int, field string, quoted bool, f grid.Style) error {
	if field == "" {
		return nil
	}
	t, err := g.String([]byte(field))
	if err != nil {
		return err
	}
	if raw, ok := Number(t); ok && !quoted {
		return g.Set(row, column, sheet.Cell{Kind: sheet.Number, Raw: raw, Text: t})
	}
	return g.Text(row, column, t, f)
}

// Number returns the plain decimal that a field says: 12, -3.50, 1,234.5. Leading zeros (001) make a code, not a number.
func Number(t string) (string, bool) {
	t = strings.TrimSpace(t)
	s := strings.TrimPrefix(strings.TrimPrefix(t, "-"), "+")
	whole, decimals, point := strings.Cut(s, ".")
	if len(whole) > 30 || len(decimals) > 30 || whole == "" && decimals == "" || point && !allDigits(decimals) {
		return "", false
	}
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for i, p := range groups {
			if i > 0 && len(p) != 3 || i == 0 && (p == "" || len(p) > 3) {
				return "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	if !allDigits(whole) || len(whole) > 1 && whole[0] == '0' {
		return "", false
	}
	if whole == "" {
		whole = "0"
	}
	out := whole
	if decimals = strings.TrimRight(decimals, "0"); decimals != "" {
		out += "." + decimals
	}
	if t[0] == '-' && out != "0" {
		out = "-" + out
	}
	return out, true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Separator finds what parts the fields: of , tab ; | the one that stands on most lines, the same number of times.
func Separator(text string) byte {
	text = text[:min(len(text), 64<<10)]
	best, bestScore := byte(','), 0
	for _, c := range []byte(",\t;|") {
		if s := score(text, c); s > bestScore {
			best, bestScore = c, s
		}
	}
	return best
}

// score is the number of separators on lines that hold as many as the line before or after them.
func score(text string, c byte) int {
	total, last, line := 0, -1, 0
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case quoted:
		case text[i] == c:
			line++
		case text[i] == '\n':
			total += line
			if line == last {
				total += 4 * line
			}
			last, line = line, 0
		}
	}
	return total + line
}

// LooksTabular reports whether a text without any mark of another format can be taken for such a file: it has separators.
func LooksTabular(b []byte) bool {
	text, _, bad := charset.Decode(b[:min(len(b), 64<<10)], "")
	if bad > 2+len(text)/50 {
		return false
	}
	control := 0
	for _, c := range []byte(text) {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7F {
			control++
		}
	}
	return control <= len(text)/100 && score(text, Separator(text)) > 0
}
