package layout_test

import (
	"regexp"
	"strings"
	"testing"

	"heshu/schemas/layout"
)

func TestEveryColumnIsNamedTypedAndExplainedInBothLanguages(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^[a-z][a-z_]*$`)
	tables := map[string]bool{}
	for _, table := range layout.Tables() {
		if tables[table.Name] || !name.MatchString(table.Name) || table.Zh == "" || table.En == "" || table.Group == 0 {
			t.Errorf("table %+v", table)
		}
		tables[table.Name] = true
		columns := map[string]bool{}
		for _, c := range table.Columns {
			if columns[c.Name] || !name.MatchString(c.Name) || c.Zh == "" || c.En == "" || c.Type.String() == "" {
				t.Errorf("column %s.%+v", table.Name, c)
			}
			columns[c.Name] = true
		}
	}
}

func TestProvenanceIsNeverNull(t *testing.T) {
	t.Parallel()
	table, ok := layout.Find("observation")
	if !ok {
		t.Fatal("no table observation")
	}
	must := map[string]bool{"obs_id": true, "document_id": true, "source": true, "locator": true, "quote": true, "number": true, "rule": true, "recorded_at": true, "run_id": true}
	for _, c := range table.Columns {
		if must[c.Name] && c.Null {
			t.Errorf("%s may be null", c.Name)
		}
		delete(must, c.Name)
	}
	if len(must) > 0 {
		t.Errorf("missing columns %v", must)
	}
}

func TestHandoverLeavesOutWhatTheLoaderSets(t *testing.T) {
	t.Parallel()
	table, _ := layout.Find("observation")
	names := strings.Join(layout.Names(table.HandoverColumns()), " ")
	for _, c := range []string{"run_id", "recorded_at", "superseded_at", "version"} {
		if strings.Contains(" "+names+" ", " "+c+" ") {
			t.Errorf("hand-over holds %s", c)
		}
	}
	if strings.Contains(layout.Markdown(), "loaded_task") || !strings.Contains(layout.Markdown(), "### observation") {
		t.Error("the page lists private tables, or leaves out published ones")
	}
}
