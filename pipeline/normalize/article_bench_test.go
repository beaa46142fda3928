package normalize_test

import (
	"os"
	"path/filepath"
	"testing"

	"heshu/extractors/clause"
	"heshu/pipeline/normalize"
	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/region"
)

// BenchmarkTextToObservations reads the cleaned text of a union's news into observations, on one core.
func BenchmarkTextToObservations(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(shared(b), "corpus", "00[01]_*.txt"))
	if err != nil || len(files) == 0 {
		b.Skip("no corpus")
	}
	var text []byte
	for _, f := range files {
		t, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		text = append(text, t...)
	}
	c, err := catalog.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	regions := region.Load()
	l, err := clause.NewLexicon(regions)
	if err != nil {
		b.Fatal(err)
	}
	n := normalize.New(c, regions, normalize.Config{})
	in := clause.Input{Text: string(text)}
	doc := schemas.NewDocument("bench", text)
	doc.Source, doc.Published = "驻马店日报", schemas.NewDate(2018, 8, 31)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		res := l.Extract(in)
		x := schemas.Extraction{Kind: schemas.Article, Parts: []schemas.Part{{Text: in.Text}}, Figures: res.Figures}
		if obs, _ := n.Observe(doc, x); len(obs) == 0 {
			b.Fatal("no observations")
		}
	}
	b.ReportMetric(float64(len([]rune(in.Text)))*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrunes/s")
}
