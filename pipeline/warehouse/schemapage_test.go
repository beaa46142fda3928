package warehouse_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"heshu/pipeline/warehouse"
)

var update = flag.Bool("update", false, "rewrite what is generated")

func TestTheSchemaPageIsTheOneOfThisProgram(t *testing.T) {
	t.Parallel()
	path := filepath.Join("..", "..", "docs", "schema.md")
	if *update {
		if err := os.WriteFile(path, []byte(warehouse.SchemaMarkdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(b) != warehouse.SchemaMarkdown() {
		t.Error("docs/schema.md is not what the program generates; run go test ./pipeline/warehouse -run TheSchemaPage -update")
	}
}
