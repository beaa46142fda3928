package warehouse

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"sort"
	"strings"

	"heshu/schemas/layout"
)

//go:embed views.sql
var viewsSQL string

// createTables makes the tables that are not there yet, with their comments; in is "" or the name of an attached
// database with a dot. Private tables are left out of what is published.
func createTables(ctx context.Context, db *sql.DB, in string, private bool) error {
	for _, t := range layout.Tables() {
		if t.Group == layout.Private && !private {
			continue
		}
		if err := execAll(ctx, db, tableDDL(in, t)...); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

func tableDDL(in string, t layout.Table) []string {
	var lines []string
	for _, c := range t.Columns {
		line := c.Name + " " + sqlType(c.Type)
		if !c.Null {
			line += " NOT NULL"
		}
		lines = append(lines, line)
	}
	if t.Name == "observation" {
		lines = append(lines, "CHECK (value_low IS NULL OR value_high IS NULL OR value_low <= value_high)",
			"CHECK (length(quote) > 0)", "CHECK (superseded_at IS NULL OR superseded_reason IS NOT NULL)")
	}
	list := []string{fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s%s (\n  %s\n)", in, t.Name, strings.Join(lines, ",\n  ")),
		fmt.Sprintf("COMMENT ON TABLE %s%s IS %s", in, t.Name, quote(comment(t.Zh, t.En)))}
	for _, c := range t.Columns {
		list = append(list, fmt.Sprintf("COMMENT ON COLUMN %s%s.%s IS %s", in, t.Name, c.Name, quote(comment(c.Zh, c.En))))
	}
	return list
}

func comment(zh, en string) string { return zh + " | " + en }

func sqlType(t layout.Type) string {
	switch t {
	case layout.TextList:
		return "VARCHAR[]"
	case layout.Int:
		return "INTEGER"
	case layout.BigInt:
		return "BIGINT"
	case layout.Float:
		return "DOUBLE"
	case layout.Bool:
		return "BOOLEAN"
	case layout.Decimal:
		return fmt.Sprintf("DECIMAL(%d,%d)", layout.DecimalPrecision, layout.DecimalScale)
	case layout.Day:
		return "DATE"
	case layout.Moment:
		return "TIMESTAMP"
	case layout.Blob:
		return "BLOB"
	}
	return "VARCHAR"
}

// statements cuts a SQL script at the semicolons that end a line.
func statements(script string) []string {
	var list []string
	for _, s := range strings.Split(script, ";\n") {
		if s = strings.TrimSpace(s); s != "" {
			list = append(list, s)
		}
	}
	return list
}

func mustTable(name string) layout.Table {
	t, ok := layout.Find(name)
	if !ok {
		panic("layout has no table " + name)
	}
	return t
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for k := range m {
		names = append(names, k)
	}
	sort.Strings(names)
	return names
}

// createViews makes the views and macros; they stand in the build file and in every release.
func createViews(ctx context.Context, e execer) error {
	return execAll(ctx, e, statements(viewsSQL)...)
}
