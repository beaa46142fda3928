package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"heshu/pipeline/report"
)

// formats of data on standard output.
var formats = []string{"table", "json", "jsonl", "csv"}

// records is data to print: named columns, and rows of JSON-able values.
type records struct {
	columns []string
	heads   []string // what a table calls the columns, nil: by their names
	rows    [][]any
}

// headed is records with columns of these names and Chinese names: people read tables in their language, programs get the same names in any.
func (a *app) headed(columns [][2]string) *records {
	r := &records{}
	for _, c := range columns {
		r.columns = append(r.columns, c[0])
		if a.lang != string(report.En) {
			r.heads = append(r.heads, c[1])
		}
	}
	return r
}

func (r *records) add(values ...any) { r.rows = append(r.rows, values) }

// print writes the records in one of the formats.
func (r *records) print(w io.Writer, format string) error {
	switch format {
	case "table":
		return r.table(w)
	case "csv":
		return r.csv(w)
	case "json", "jsonl":
		return r.json(w, format == "jsonl")
	}
	return usage("--format %q: want one of %s", format, strings.Join(formats, ", "))
}

func (r *records) json(w io.Writer, lines bool) error {
	var b strings.Builder
	for i, row := range r.rows {
		switch {
		case !lines && i == 0:
			b.WriteString("[\n")
		case !lines:
			b.WriteString(",\n")
		}
		b.WriteByte('{')
		for j, v := range row {
			if j > 0 {
				b.WriteByte(',')
			}
			name, err := json.Marshal(r.columns[j])
			if err != nil {
				return err
			}
			value, err := json.Marshal(v)
			if err != nil {
				return fmt.Errorf("print %s: %w", r.columns[j], err)
			}
			b.Write(name)
			b.WriteByte(':')
			b.Write(value)
		}
		b.WriteByte('}')
		if lines {
			b.WriteByte('\n')
		}
	}
	if !lines && len(r.rows) == 0 {
		b.WriteString("[")
	}
	if !lines {
		b.WriteString("\n]\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *records) csv(w io.Writer) error {
	c := csv.NewWriter(w)
	if err := c.Write(r.columns); err != nil {
		return err
	}
	for _, row := range r.rows {
		if err := c.Write(r.cells(row)); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// table aligns columns by display width: a Chinese character takes two places.
func (r *records) table(w io.Writer) error {
	width := make([]int, len(r.columns))
	all := [][]string{r.columns}
	if r.heads != nil {
		all[0] = r.heads
	}
	for _, row := range r.rows {
		all = append(all, r.cells(row))
	}
	for _, row := range all {
		for j, s := range row {
			width[j] = max(width[j], runewidth.StringWidth(s))
		}
	}
	var b strings.Builder
	for _, row := range all {
		var line strings.Builder
		for j, s := range row {
			if j > 0 {
				line.WriteString("  ")
			}
			line.WriteString(s)
			line.WriteString(strings.Repeat(" ", width[j]-runewidth.StringWidth(s)))
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *records) cells(row []any) []string {
	cells := make([]string, len(row))
	for i, v := range row {
		switch v := v.(type) {
		case nil:
		case string:
			cells[i] = strings.Map(func(c rune) rune {
				if c == '\n' || c == '\r' || c == '\t' {
					return ' '
				}
				return c
			}, v)
		case []string:
			cells[i] = strings.Join(v, "; ")
		default:
			cells[i] = fmt.Sprint(v)
		}
	}
	return cells
}
