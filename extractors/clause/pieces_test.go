package clause_test

import (
	"strings"
	"testing"

	"heshu/extractors/clause"
	"heshu/schemas"
	"heshu/schemas/quantity"
	"heshu/schemas/region"
)

// TestLongTextsAreReadInPieces repeats a line until the text is longer than a piece: each repetition gives the same figures, each
// quote stands at its locator, and no number is lost or counted twice where the text is cut; a line without end is cut at its marks.
func TestLongTextsAreReadInPieces(t *testing.T) {
	t.Parallel()
	words, err := clause.NewLexicon(region.Load())
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"。\n", "，"} {
		line := "汝南县投入3万元、帮扶120户" + end
		text := strings.Repeat(line, 140_000/len([]rune(line)))
		r := words.Extract(clause.Input{Text: text})
		if want := quantity.CountTokens([]rune(text)); r.Numbers != want {
			t.Errorf("%q: %d numbers, want %d", end, r.Numbers, want)
		}
		numbers, at := 0, schemas.RuneOffset(-1)
		runes := []rune(text)
		for _, f := range r.Figures {
			numbers += f.Numbers
			s := f.Locator.(schemas.TextSpan)
			if s.Start <= at || string(runes[s.Start:s.End]) != f.Quote {
				t.Fatalf("%q: figure %q at %v after %d", end, f.Quote, s, at)
			}
			at = s.Start
			if len(f.Clause.Places) > 16 {
				t.Fatalf("%q: %d places", end, len(f.Clause.Places))
			}
		}
		for _, e := range r.Exclusions {
			numbers += e.Numbers
		}
		if numbers != r.Numbers || len(r.Figures) != 2*strings.Count(text, "汝南县") {
			t.Errorf("%q: %d figures and exclusions of %d numbers, %d figures", end, numbers, r.Numbers, len(r.Figures))
		}
	}
}
