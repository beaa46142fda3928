package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"heshu/schemas"
	"heshu/schemas/layout"
)

// csvTables are what goes out for people with a spreadsheet: the comparison first, then what it rests on.
var csvTables = []struct{ name, sql, zh, en string }{
	{"cross_region", `SELECT * FROM cross_region ORDER BY ALL`, "指标 × 地区", "indicator by region, with where each value came from"},
	{"observation", `SELECT * EXCLUDE (run_id, recorded_at) FROM observation_current ORDER BY indicator, region_code, period_end, document_id, ordinal`, "现行观测值", "current observations with their evidence"},
	{"document", `SELECT * EXCLUDE (run_id, recorded_at, code_version) FROM document ORDER BY name, document_id`, "文件", "documents"},
	{"issue", `SELECT * EXCLUDE (run_id, recorded_at) FROM issue ORDER BY document_id, ordinal`, "问题", "places that need a look"},
	{"finding", `SELECT * EXCLUDE (run_id, recorded_at) FROM finding_current ORDER BY finding_id`, "核查结果", "current findings"},
	{"revision", `SELECT * EXCLUDE (run_id, recorded_at) FROM revision ORDER BY ALL`, "修订", "revisions"},
	{"indicator", `SELECT * FROM indicator ORDER BY indicator`, "指标", "indicators"},
}

const bom = "\uFEFF"

// resource is one table of a Frictionless data package.
type resource struct {
	Name        string  `json:"name"`
	Path        string  `json:"path"`
	Profile     string  `json:"profile"`
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Format      string  `json:"format"`
	Mediatype   string  `json:"mediatype"`
	Encoding    string  `json:"encoding"`
	Bytes       int64   `json:"bytes"`
	Hash        string  `json:"hash"`
	Schema      tschema `json:"schema"`
}

type tschema struct {
	Fields        []field  `json:"fields"`
	MissingValues []string `json:"missingValues"`
}

type field struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
}

// csv writes the tables and describes them.
func (e *exporter) csv(ctx context.Context) error {
	var list []resource
	for _, t := range csvTables {
		r, err := e.csvTable(ctx, t.name, t.sql)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		r.Title, r.Description = t.zh, t.en
		list = append(list, r)
	}
	b, err := json.MarshalIndent(struct {
		Profile     string     `json:"profile"`
		Name        string     `json:"name"`
		Title       string     `json:"title"`
		Description string     `json:"description"`
		Version     string     `json:"version"`
		Resources   []resource `json:"resources"`
	}{"tabular-data-package", "heshu", "核数", "Exported from " + e.options.Release + ", content " + e.options.Content +
		". A text that begins like a formula has an apostrophe before it.", e.options.Release, list}, "", "  ")
	if err != nil {
		return err
	}
	_, err = e.write("csv/datapackage.json", append(b, '\n'), 0)
	return err
}

func (e *exporter) csvTable(ctx context.Context, name, sql string) (resource, error) {
	out, err := e.create("csv/" + name + ".csv")
	if err != nil {
		return resource{}, err
	}
	defer out.file.Close()
	if _, err := out.WriteString(bom); err != nil {
		return resource{}, err
	}
	rows, err := e.query(ctx, sql)
	if err != nil {
		return resource{}, err
	}
	defer rows.Close()
	if err := writeRecord(out, rows.Columns()); err != nil {
		return resource{}, err
	}
	types, n := make([]string, len(rows.Columns())), int64(0)
	for rows.Next() {
		v, err := rows.Values()
		if err != nil {
			return resource{}, err
		}
		record := make([]string, len(v))
		for i, x := range v {
			record[i] = printed(x)
			if k := kind(x); k != "" && types[i] == "" {
				types[i] = k
			}
		}
		if err := writeRecord(out, record); err != nil {
			return resource{}, err
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return resource{}, err
	}
	fields := describe(name, rows.Columns(), types)
	if err := e.comments(ctx, name, fields); err != nil {
		return resource{}, err
	}
	f, err := e.done(out, n)
	return resource{Name: name, Path: name + ".csv", Profile: "tabular-data-resource", Format: "csv", Mediatype: "text/csv", Encoding: "utf-8",
		Bytes: f.Bytes, Hash: "sha256:" + f.SHA256, Schema: tschema{fields, []string{""}}}, err
}

// writeRecord writes one line of CSV. It ends as RFC 4180 and Excel want it; line ends within a text stay as they are.
func writeRecord(out io.Writer, fields []string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(fields); err != nil {
		return err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1)
	b.WriteString("\r\n")
	_, err := b.WriteTo(out)
	return err
}

// describe gives every column its type, from the layout where it stands there, else from the values.
func describe(table string, names, seen []string) []field {
	known := map[string]layout.Column{}
	for _, t := range layout.Tables() {
		for _, c := range t.Columns {
			if _, ok := known[c.Name]; !ok || t.Name == table || t.Name == "observation" && table == "cross_region" {
				known[c.Name] = c
			}
		}
	}
	fields := make([]field, len(names))
	for i, n := range names {
		c, ok := known[n]
		fields[i] = field{Name: n, Type: seen[i]}
		if ok {
			fields[i].Title, fields[i].Description = c.Zh, c.En
			fields[i].Type = map[layout.Type]string{layout.Int: "integer", layout.BigInt: "integer", layout.Float: "number", layout.Decimal: "number",
				layout.Bool: "boolean", layout.Day: "date", layout.Moment: "datetime"}[c.Type]
		}
		if fields[i].Type == "" {
			fields[i].Type = "string"
		}
	}
	return fields
}

// comments adds what the release itself says of a view's columns.
func (e *exporter) comments(ctx context.Context, view string, fields []field) error {
	said := map[string]string{}
	err := e.each(ctx, `SELECT column_name, comment FROM duckdb_columns() WHERE table_name IN ('`+view+`', '`+view+`_current') AND comment IS NOT NULL`, func(v []any) error {
		said[fmt.Sprint(v[0])] = fmt.Sprint(v[1])
		return nil
	})
	for i, f := range fields {
		if f.Title == "" {
			fields[i].Title, fields[i].Description, _ = strings.Cut(said[f.Name], " | ")
		}
	}
	return err
}

func kind(v any) string {
	switch v.(type) {
	case nil:
		return ""
	case bool:
		return "boolean"
	case int64:
		return "integer"
	case float64, schemas.Decimal:
		return "number"
	case schemas.Date:
		return "date"
	case time.Time:
		return "datetime"
	}
	return "string"
}

// printed is a value as text: exact numbers, ISO dates, lists joined with "; ". A text that a spreadsheet would run as
// a formula gets an apostrophe: it comes from pages of strangers.
func printed(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		if x != "" && strings.ContainsRune("=+-@\t\r", rune(x[0])) {
			return "'" + x
		}
		return x
	case time.Time:
		return x.UTC().Format("2006-01-02T15:04:05Z")
	case []any:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = printed(e)
		}
		return strings.Join(parts, "; ")
	}
	return fmt.Sprint(v)
}
