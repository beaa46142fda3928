package normalize_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/schemas"
)

// TestArticles reads small articles, each written for one rule of discourse, against what the specification of the
// observation says of their figures. A case is a sentence, the document's source and day, its text, and a line for each
// figure: number | indicator | unit | measure | region | period | entity | extras (per=, b= breakdown, a= action); ? is
// not judged.
func TestArticles(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "articles", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	r := newReader(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, want := parseCase(t, string(b))
			_, got := r.read(t, doc)
			if len(got) != len(want) {
				for _, o := range got {
					t.Log(o.Number, o.Label)
				}
				t.Fatalf("%d figures, want %d", len(got), len(want))
			}
			for i := range want {
				compareCase(t, want[i], &got[i])
			}
		})
	}
}

// parseCase cuts a case into its document and its expected lines.
func parseCase(t *testing.T, s string) (schemas.Document, []string) {
	t.Helper()
	part := strings.Split(s, "\n---\n")
	if len(part) != 3 {
		t.Fatalf("%d parts, want 3", len(part))
	}
	doc := schemas.NewDocument("case.txt", []byte(part[1]+"\n"))
	for line := range strings.Lines(part[0]) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch value = strings.TrimSpace(value); {
		case key == "source":
			doc.Source = value
		case key == "published" && value != "":
			d, err := schemas.ParseDate(value)
			if err != nil {
				t.Fatal(err)
			}
			doc.Published = d
		}
	}
	return doc, strings.Split(strings.TrimSpace(part[2]), "\n")
}

// compareCase holds one figure against its line.
func compareCase(t *testing.T, want string, o *schemas.Observation) {
	t.Helper()
	f := strings.Split(want, "|")
	got := []string{o.Number, string(o.Indicator), string(o.Unit), o.Measure.String(), string(o.Region), o.Period.Start.String() + ".." + o.Period.End.String(), o.Entity}
	for i, g := range got {
		w := strings.TrimSpace(f[i])
		if i == 6 && w != "" && w != "?" && strings.HasSuffix(g, w) {
			continue // a name with its owner or place
		}
		if w != "?" && w != g {
			t.Errorf("%s: %s is %q, want %q", got[0], caseFields[i], g, w)
		}
	}
	if scope := schemas.ScopeRegion; got[6] == "" && o.Scope != scope {
		t.Errorf("%s: scope is %s", got[0], o.Scope)
	}
	for _, extra := range strings.Fields(f[7]) {
		key, w, _ := strings.Cut(extra, "=")
		if g := map[string]string{"per": o.Per, "b": o.Breakdown, "a": o.Action}[key]; g != w {
			t.Errorf("%s: %s is %q, want %q", got[0], key, g, w)
		}
	}
}

var caseFields = []string{"number", "indicator", "unit", "measure", "region", "period", "entity"}
