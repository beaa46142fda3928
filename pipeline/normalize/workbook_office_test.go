package normalize_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"heshu/extractors/workbook"
	"heshu/pipeline/normalize"
	"heshu/schemas"
)

// TestOfficeForms reads workbooks drawn as offices make them, from bytes to observations, and compares what a careful reader noted of
// chosen cells; a line "# n" says how many observations there are in all. The drawings and the notation: testdata/office/README.
func TestOfficeForms(t *testing.T) {
	t.Parallel()
	n := newNormalizer(t)
	files, err := filepath.Glob(filepath.Join("testdata", "office", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no drawings: %v", err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range strings.Split(string(data), "\n=== ")[1:] {
			name, body, _ := strings.Cut(one, "\n")
			rule, file, _ := strings.Cut(name, " @ ")
			t.Run(filepath.Base(path)+"/"+rule, func(t *testing.T) {
				sheets, notes, _ := strings.Cut(body, "\n---\n")
				check(t, n, schemas.NewDocument(file, book(t, file, sheets)), strings.Split(strings.TrimSpace(notes), "\n"))
			})
		}
	}
}

func check(t *testing.T, n *normalize.Normalizer, doc schemas.Document, notes []string) {
	t.Helper()
	x, err := workbook.Extract(doc, workbook.Config{})
	if err != nil {
		t.Fatal(err)
	}
	all, _ := n.Observe(doc, x)
	said := map[string]string{}
	for i := range all {
		said[all[i].Locator.String()] = noted(&all[i])
	}
	for _, i := range x.Issues {
		if i.Code == schemas.IssueMissing && i.Locator != nil {
			said[i.Locator.String()] = "missing " + i.Missing.String()
		}
	}
	first := x.Parts[0].Sheet
	for _, note := range notes {
		if count, ok := strings.CutPrefix(note, "# "); ok {
			if got := strconv.Itoa(len(all)); got != count {
				t.Errorf("%s observations, want %s", got, count)
			}
			continue
		}
		at, want, _ := strings.Cut(note, " ")
		if !strings.Contains(at, "!") {
			at = first + "!" + at
		}
		if got := said[at]; !agrees(got, want) {
			t.Errorf("%s\n got %s\nwant %s", at, got, want)
		}
	}
	if t.Failed() {
		for i := range all {
			t.Log(all[i].Locator, noted(&all[i]))
		}
	}
}

// agrees compares field by field; "_" stands for anything.
func agrees(got, want string) bool {
	g, w := strings.Split(got, "; "), strings.Split(want, "; ")
	if len(g) < len(w) {
		return false
	}
	for i := range w {
		if w[i] != "_" && w[i] != g[i] {
			return false
		}
	}
	return true
}

// noted writes an observation as the drawings' notes do.
func noted(o *schemas.Observation) string {
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	value := o.Value.String()
	if !o.Value.IsSet() {
		value = o.Low.String() + "~" + o.High.String()
	}
	measure := o.Measure.String()
	if o.Per != "" {
		measure += "/" + o.Per
	}
	place := string(o.Region)
	if o.Entity != "" {
		place += " " + o.Entity
	}
	flags := make([]string, len(o.Flags))
	for i := range o.Flags {
		flags[i] = string(o.Flags[i])
	}
	return strings.Join([]string{value + " " + string(o.Unit), dash(o.RowLabel), dash(o.ColumnLabel), measure, dash(place), when(o.Period), strings.Join(flags, " ")}, "; ")
}

func when(p schemas.Period) string {
	switch p.Kind {
	case 0:
		return "-"
	case schemas.AsOf:
		return "~" + p.End.String()
	case schemas.Year:
		return p.End.String()[:4]
	case schemas.Month:
		return p.End.String()[:7]
	}
	return p.Start.String() + "~" + p.End.String()
}

// book makes the workbook that the lines draw: of the kind that the file's name asks for.
func book(t *testing.T, file, drawing string) []byte {
	t.Helper()
	if strings.HasSuffix(file, ".csv") { // as it is, in the office's encoding
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(drawing))
		must(t, err)
		return b
	}
	f := excelize.NewFile()
	defer f.Close()
	name, row, formats := "Sheet1", 0, map[string]int{}
	used := false
	for _, line := range strings.Split(drawing, "\n") {
		if s, ok := strings.CutPrefix(line, "== "); ok {
			if !used {
				must(t, f.SetSheetName(name, s))
			} else if _, err := f.NewSheet(s); err != nil {
				t.Fatal(err)
			}
			name, row, used = s, 0, true
			continue
		}
		if columns, ok := strings.CutPrefix(line, "~~"); ok {
			must(t, f.SetColVisible(name, columns, false))
			continue
		}
		row++
		if rest, ok := strings.CutPrefix(line, "~"); ok {
			line = rest
			must(t, f.SetRowVisible(name, row, false))
		}
		for i, w := range strings.Split(line, "|") {
			draw(t, f, name, i+1, row, strings.Trim(w, " "), formats)
		}
		used = true
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

// draw writes one cell: < and ^ merge it with the one left or above, 'x is a text, 0.25{0%} a number in a format.
func draw(t *testing.T, f *excelize.File, name string, c, r int, w string, formats map[string]int) {
	t.Helper()
	at, err := excelize.CoordinatesToCellName(c, r)
	must(t, err)
	switch {
	case w == "":
		return
	case strings.HasPrefix(w, ">"):
		words := strings.TrimLeft(w, ">")
		style, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left", Indent: len(w) - len(words)}})
		must(t, err)
		must(t, f.SetCellStyle(name, at, at, style))
		must(t, f.SetCellStr(name, at, words))
		return
	case w == "<" || w == "^":
		home, _ := excelize.CoordinatesToCellName(c-1, r)
		if w == "^" {
			home, _ = excelize.CoordinatesToCellName(c, r-1)
		}
		ms, err := f.GetMergeCells(name)
		must(t, err)
		for _, m := range ms {
			if inRange(m.GetStartAxis(), m.GetEndAxis(), home) {
				home = m.GetStartAxis()
			}
		}
		must(t, f.MergeCell(name, home, at))
		return
	}
	if formula, ok := strings.CutPrefix(w, "="); ok {
		must(t, f.SetCellFormula(name, at, formula))
		return
	}
	value, format, formatted := strings.Cut(w, "{")
	if formatted {
		format = strings.TrimSuffix(format, "}")
		if _, ok := formats[format]; !ok {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			must(t, err)
			formats[format] = id
		}
		must(t, f.SetCellStyle(name, at, at, formats[format]))
		w = value
	}
	if x, err := strconv.ParseFloat(w, 64); err == nil {
		must(t, f.SetCellFloat(name, at, x, -1, 64))
		return
	}
	must(t, f.SetCellStr(name, at, strings.ReplaceAll(strings.TrimPrefix(w, "'"), `\n`, "\n")))
}

func inRange(first, last, at string) bool {
	c0, r0, _ := excelize.CellNameToCoordinates(first)
	c1, r1, _ := excelize.CellNameToCoordinates(last)
	c, r, _ := excelize.CellNameToCoordinates(at)
	return c0 <= c && c <= c1 && r0 <= r && r <= r1
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fmt.Errorf("drawing: %w", err))
	}
}
