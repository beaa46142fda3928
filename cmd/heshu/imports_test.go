package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// heavy lists the dependencies that only one room may import.
var heavy = map[string][]string{
	"github.com/duckdb/duckdb-go":                  {"pipeline/warehouse"},
	"github.com/go-ego/gse":                        {"extractors/clause"},
	"github.com/PuerkitoBio/goquery":               {"extractors/article"},
	"github.com/xuri/excelize":                     {"extractors/workbook", "pipeline/report", "pipeline/export", "fixtures"},
	"github.com/richardlehane/mscfb":               {"extractors/workbook/read"},
	"github.com/apache/arrow-go":                   {"pipeline/columnar"},
	"github.com/spf13/cobra":                       {"cmd/heshu"},
	"github.com/cockroachdb/apd":                   {"schemas"},
	"github.com/rogpeppe/go-internal":              {"cmd/heshu"},
	"github.com/temoto/robotstxt":                  {"pipeline/intake/fetch"},
	"github.com/mmcdole/gofeed":                    {"pipeline/intake/fetch"},
	"golang.org/x/net/html":                        {"extractors/article", "extractors/workbook/read", "pipeline/intake/fetch"},
	"golang.org/x/text/encoding/simplifiedchinese": {"pipeline/intake", "extractors/article", "extractors/workbook/read", "fixtures"},
}

// TestImportsPointOneWay guards the direction of the packages: schemas ← extractors, schemas ← pipeline, all ← cmd.
func TestImportsPointOneWay(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "out" || name == "bin") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		files++
		for _, spec := range f.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if why := forbidden(filepath.ToSlash(rel), to, strings.HasSuffix(name, "_test.go")); why != "" {
				t.Errorf("%s imports %s: %s", path, to, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 20 {
		t.Errorf("looked at %d files only; is %s the root?", files, root)
	}
}

// forbidden says why a package may not import another, "" if it may.
func forbidden(from, to string, test bool) string {
	within := func(dir, tree string) bool { return dir == tree || strings.HasPrefix(dir, tree+"/") }
	if own, ok := strings.CutPrefix(to, "heshu/"); ok {
		switch {
		case within(own, "cmd"):
			return "nothing imports a command"
		case within(from, "schemas") && !within(own, "schemas"):
			return "schemas imports schemas only"
		case from == "schemas" && !test:
			return "the vocabulary imports the standard library and the decimal type only"
		case within(from, "extractors") && within(own, "pipeline") && !test, within(from, "pipeline") && within(own, "extractors") && !test:
			return "extractors and pipeline do not know each other"
		}
		return ""
	}
	for path, rooms := range heavy {
		if !strings.HasPrefix(to, path) || test {
			continue
		}
		for _, room := range rooms {
			if from == room || room != "schemas" && within(from, room) {
				return ""
			}
		}
		return "only " + strings.Join(rooms, ", ") + " may"
	}
	return ""
}
