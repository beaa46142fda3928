package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed" // views.sql
	"encoding/hex"
	"errors"
	"fmt"
	"sort"
	"strings"

	"heshu/schemas/layout"
)

//go:embed views.sql
var viewsSQL string

// viewsDigest is the SHA-256 of what views and macros a release gets.
func viewsDigest() string {
	sum := sha256.Sum256([]byte(viewsSQL))
	return hex.EncodeToString(sum[:])
}

// ErrLayout says that a build file has the tables of another version of the program.
var ErrLayout = errors.New("the build file was made by another version of the program: remove it and rebuild from the raw store")

// create makes the tables of an empty build file.
func create(ctx context.Context, db *sql.DB) error {
	return inTx(ctx, db, func(tx session) error {
		for _, t := range layout.Tables() {
			if err := execAll(ctx, tx, tableDDL(t)...); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		return nil
	})
}

// addPrivate makes the private tables that a build file of an older program does not have, and drops those that only that one had: all in them
// can be worked out anew.
func addPrivate(ctx context.Context, db *sql.DB) error {
	if err := execAll(ctx, db, `DROP TABLE IF EXISTS leaf`, `DROP TABLE IF EXISTS node`); err != nil {
		return err
	}
	for _, t := range layout.Tables() {
		if t.Group != layout.Private {
			continue
		}
		if err := execAll(ctx, db, strings.Replace(tableDDL(t)[0], "CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1)); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	return nil
}

// checkLayout compares the tables of a build file with those of this program.
func checkLayout(ctx context.Context, db *sql.DB) error {
	var have string
	err := db.QueryRowContext(ctx, `SELECT string_agg(table_name || '.' || column_name || ' ' || data_type, ', ' ORDER BY table_name, column_index)
		FROM duckdb_columns() WHERE NOT internal AND database_name = current_database() AND table_name NOT IN ('`+strings.Join(stored, "', '")+`') AND table_oid IN (SELECT table_oid FROM duckdb_tables())`).Scan(&have)
	if err != nil {
		return fmt.Errorf("look at tables: %w", err)
	}
	if have != signature() {
		return ErrLayout
	}
	return nil
}

// temporary makes a script's views last as long as the connection, those that are stored included.
func temporary(script []string) []string {
	var list []string
	for _, q := range script {
		if rest, ok := strings.CutPrefix(q, "CREATE OR REPLACE "); ok {
			list = append(list, "CREATE OR REPLACE TEMP "+rest)
		}
	}
	return list
}

// The views that a release holds as tables: they take too long to work out each time somebody asks. The build file has the tables, too, so
// that a night works out anew only what changed.
const (
	chosenView    = "chosen"
	reprintedView = "reprinted"
)

var stored = []string{chosenView, reprintedView}

// lasting is the script for a release, which has the stored views' tables already.
func lasting(script []string) []string {
	var list []string
	for _, q := range script {
		made := false
		for _, view := range stored {
			made = made || strings.HasPrefix(q, "CREATE OR REPLACE VIEW "+view+" AS")
			q = strings.Replace(q, "COMMENT ON VIEW "+view+" ", "COMMENT ON TABLE "+view+" ", 1)
		}
		if !made {
			list = append(list, q)
		}
	}
	return list
}

// dropStored drops the tables of the stored views in the database in use, and what an older program kept under their names.
func dropStored(ctx context.Context, tx asker) error {
	for _, view := range stored {
		var is bool
		err := tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM duckdb_views() WHERE database_name = current_database() AND view_name = ?`, view).Scan(&is)
		if err == nil {
			err = execAll(ctx, tx, `DROP `+map[bool]string{true: "VIEW", false: "TABLE"}[is]+` IF EXISTS main.`+view)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// signature is what a build file says of its own tables.
func signature() string {
	tables := layout.Tables()
	sort.Slice(tables, func(i, j int) bool { return tables[i].Name < tables[j].Name })
	var list []string
	for _, t := range tables {
		for _, c := range t.Columns {
			list = append(list, t.Name+"."+c.Name+" "+c.Type.String())
		}
	}
	return strings.Join(list, ", ")
}

func tableDDL(t layout.Table) []string {
	var lines []string
	for _, c := range t.Columns {
		line := c.Name + " " + c.Type.String()
		if !c.Null {
			line += " NOT NULL"
		}
		lines = append(lines, line)
	}
	if t.Name == "observation" {
		lines = append(lines, "CHECK (value_low IS NULL OR value_high IS NULL OR value_low <= value_high)",
			"CHECK (length(quote) > 0)", "CHECK (superseded_at IS NULL OR superseded_reason IS NOT NULL)")
	}
	list := []string{fmt.Sprintf("CREATE TABLE %s (\n  %s\n)", t.Name, strings.Join(lines, ",\n  ")),
		fmt.Sprintf("COMMENT ON TABLE %s IS %s", t.Name, quote(comment(t.Zh, t.En)))}
	for _, c := range t.Columns {
		list = append(list, fmt.Sprintf("COMMENT ON COLUMN %s.%s IS %s", t.Name, c.Name, quote(comment(c.Zh, c.En))))
	}
	return list
}

func comment(zh, en string) string { return zh + " | " + en }

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
