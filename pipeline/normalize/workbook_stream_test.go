package normalize_test

import (
	"path/filepath"
	"reflect"
	"testing"

	"heshu/extractors/workbook"
	"heshu/schemas"
)

// TestAStreamGivesWhatIsGivenAtOnce reads workbooks both ways: those of the fixtures, the real ones beside the repository where they
// are, and one with more rows than a stream holds back.
func TestAStreamGivesWhatIsGivenAtOnce(t *testing.T) {
	t.Parallel()
	n := newNormalizer(t)
	files, err := filepath.Glob(filepath.Join("..", "..", "fixtures", "*", "submissions", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	if real, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "sheets", "zh", "*")); err == nil {
		files = append(files, real...)
	}
	docs := []schemas.Document{schemas.NewDocument("large.xlsx", large(t, 3000, 5))}
	for _, path := range files {
		docs = append(docs, schemas.NewDocument(filepath.Base(path), mustRead(t, path)))
	}
	for _, doc := range docs {
		x, err := workbook.Extract(doc, workbook.Config{})
		if err != nil {
			t.Fatalf("%s: %v", doc.Name, err)
		}
		want, wantIssues := n.Observe(doc, x)
		var got []schemas.Observation
		var issues []schemas.Issue
		s := n.Stream(doc, func(o schemas.Observation, i []schemas.Issue) {
			got, issues = append(got, o), append(issues, i...)
		})
		none := func(schemas.Exclusion) {}
		if _, err := workbook.Walk(doc, workbook.Config{}, workbook.Visitor{Part: s.Part, Figure: s.Figure, Exclusion: none, Issue: func(schemas.Issue) {}}); err != nil {
			t.Fatalf("%s: %v", doc.Name, err)
		}
		s.Close()
		if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) || len(issues) != len(wantIssues) {
			t.Errorf("%s: a stream gives %d observations and %d issues, at once it is %d and %d, or they differ", doc.Name, len(got), len(issues), len(want), len(wantIssues))
		}
	}
}
