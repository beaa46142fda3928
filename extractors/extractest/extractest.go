// Package extractest owns the contract of an extractor, as a suite of tests.
package extractest

import (
	"bytes"
	"reflect"
	"testing"

	"heshu/schemas"
)

// Extract is the extractor under test.
type Extract func(schemas.Document) (schemas.Extraction, error)

// Conforms checks the contract over documents that the extractor reads:
//
//   - the same bytes give the same extraction, and the document's bytes are left as they were;
//   - every figure has a quote, a number and a part, and the text at its locator is its quote;
//   - per part, numbers seen are those of figures, issues and exclusions: nothing is lost;
//   - a document cut off anywhere gives an error or an extraction that keeps all this, never a panic.
func Conforms(t *testing.T, extract Extract, docs ...schemas.Document) {
	t.Helper()
	for _, doc := range docs {
		t.Run(doc.Name, func(t *testing.T) {
			t.Parallel()
			kept := bytes.Clone(doc.Bytes)
			first, err := extract(doc)
			if err != nil {
				t.Fatal(err)
			}
			Whole(t, first)
			if again, err := extract(doc); err != nil || !reflect.DeepEqual(first, again) {
				t.Errorf("read twice: not the same extraction (second error: %v)", err)
			}
			if !bytes.Equal(kept, doc.Bytes) {
				t.Error("the document's bytes were changed")
			}
			for part := 1; part < 8; part++ {
				cut := schemas.NewDocument(doc.Name, doc.Bytes[:len(doc.Bytes)*part/8])
				if x, err := extract(cut); err == nil {
					Whole(t, x)
				}
			}
		})
	}
}

// Whole checks one extraction: evidence resolves, and every number is accounted for.
func Whole(t *testing.T, x schemas.Extraction) {
	t.Helper()
	parts := map[int]schemas.Part{}
	left := map[int]int{}
	for _, p := range x.Parts {
		parts[p.Index] = p
		left[p.Index] = p.Numbers
	}
	for _, f := range x.Figures {
		part, ok := parts[f.Part]
		if !ok || f.Quote == "" || f.Number == "" || f.Numbers < 1 {
			t.Errorf("figure without its evidence: %+v", f)
		}
		left[f.Part] -= f.Numbers
		switch at := f.Locator.(type) {
		case schemas.TextSpan:
			if got, ok := at.In([]rune(part.Text)); !ok || got != f.Quote {
				t.Errorf("at %v stands %q, the quote is %q", at, got, f.Quote)
			}
		case schemas.Cell:
			if at.Sheet != part.Sheet || at.Row < 1 || at.Column < 1 {
				t.Errorf("figure of sheet %q at %v", part.Sheet, at)
			}
		default:
			t.Errorf("figure %q has no locator", f.Number)
		}
	}
	for _, e := range x.Exclusions {
		if e.Class == "" {
			t.Errorf("exclusion without a name: %+v", e)
		}
		left[e.Part] -= e.Numbers
	}
	for _, i := range x.Issues {
		left[i.Part] -= i.Numbers
	}
	for _, p := range x.Parts {
		if left[p.Index] != 0 {
			t.Errorf("part %d: %d of %d numbers are not accounted for", p.Index, left[p.Index], p.Numbers)
		}
	}
}
