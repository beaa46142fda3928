package warehouse

import (
	"regexp"
	"strings"

	"heshu/schemas/layout"
)

var (
	viewComment  = regexp.MustCompile(`(?s)^COMMENT ON (VIEW|MACRO TABLE|MACRO) (\w+) IS '(.*)'$`)
	macroHeading = regexp.MustCompile(`^CREATE OR REPLACE MACRO (\w+)(\([^)]*\)) AS`)
)

// SchemaMarkdown is docs/schema.md: every table, view and macro of a release with its explanation.
func SchemaMarkdown() string {
	var b strings.Builder
	b.WriteString("# Tables, views and macros of a release\n\nGenerated from the program; the same words stand in the file itself\n" +
		"(`SELECT table_name, comment FROM duckdb_tables()`, `duckdb_columns()`, `duckdb_views()`).\n\n" +
		"Start with the views `cross_region`, `best_value` and `observation_current`.\n\n## Views and macros · 视图与宏\n\n| name | 说明 | meaning |\n| --- | --- | --- |\n")
	arguments := map[string]string{}
	for _, q := range statements(viewsSQL) {
		if m := macroHeading.FindStringSubmatch(q); m != nil {
			arguments[m[1]] = strings.ReplaceAll(m[2], "the_", "")
		}
		if m := viewComment.FindStringSubmatch(q); m != nil {
			zh, en, _ := strings.Cut(strings.ReplaceAll(m[3], "''", "'"), " | ")
			b.WriteString("| `" + m[2] + arguments[m[2]] + "` | " + zh + " | " + en + " |\n")
		}
	}
	b.WriteString("\n" + layout.Markdown())
	return strings.TrimRight(b.String(), "\n") + "\n"
}
