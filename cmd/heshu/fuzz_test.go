package main

import (
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"heshu/pipeline"
	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/quantity"
)

// testReader reads whole documents as the program does; the dictionary is loaded by the first.
func testReader(t testing.TB) pipeline.Reader {
	t.Helper()
	r, err := newReader(readerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func fixturePages(f *testing.F) [][]byte {
	f.Helper()
	files, err := filepath.Glob("../../fixtures/zhoukou/pages/*")
	if err != nil || len(files) == 0 {
		f.Fatalf("no fixtures: %v", err)
	}
	var list [][]byte
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		list = append(list, b)
	}
	return list
}

// FuzzPage: whatever the bytes of a page, no panic, every word at its place, every number accounted for.
func FuzzPage(f *testing.F) {
	reader := testReader(f)
	for _, b := range fixturePages(f) {
		f.Add(b)
	}
	f.Add([]byte("<table><caption>单位：万元<tr><td rowspan=9>县<td colspan=3>2017年<tr><td>\t<td>投入资金<tr><td>3<td>4,5<td>—<td>6户</table>"))
	f.Fuzz(func(t *testing.T, b []byte) { checkReading(t, reader.Read(schemas.NewDocument("f.html", b))) })
}

// FuzzText is FuzzPage for a text that stands in no page.
func FuzzText(f *testing.F) {
	reader := testReader(f)
	for _, b := range fixturePages(f) {
		if x := reader.Read(schemas.NewDocument("f.html", b)); len(x.Extraction.Parts) > 0 {
			f.Add(x.Extraction.Parts[0].Text)
		}
	}
	for _, s := range []string{"其中国家级61人，省级413人，占37%", "由2005年的5:1降到2018年的3.5:1，户均增收1200余元", "汝南县、平舆县分别为73.76万户292.32万人", "幫扶貧困戶4893戶、14128人", "5 : 1 （二）3　000 元"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkReading(t, reader.Read(schemas.NewDocument("f.txt", []byte(s)))) })
}

// checkReading tests what holds of every reading.
func checkReading(t *testing.T, r pipeline.Reading) {
	t.Helper()
	for _, i := range r.Issues {
		if i.Code == schemas.IssueInternal {
			t.Fatal(i.Message)
		}
	}
	if r.Err != nil || r.Extraction.Kind != schemas.Article {
		return
	}
	texts := map[int][]rune{}
	for _, p := range r.Extraction.Parts {
		texts[p.Index] = []rune(p.Text)
		if want := quantity.CountTokens(hanzi.Fold(texts[p.Index]).Runes); p.Numbers != want {
			t.Errorf("part %d: %d numbers, the text holds %d", p.Index, p.Numbers, want)
		}
	}
	for i := range r.Observations {
		checkPlaces(t, &r.Observations[i], texts[r.Observations[i].Article])
	}
	for _, x := range r.Extraction.Exclusions {
		if s, ok := x.Locator.(schemas.TextSpan); ok {
			if words, in := s.In(texts[x.Part]); !in || words != x.Text {
				t.Errorf("exclusion %q at %v, where %q stands", x.Text, s, words)
			}
		}
	}
	for _, a := range r.Balance() {
		if !a.Balanced() {
			t.Errorf("not balanced: %+v", a)
		}
	}
}

// checkPlaces tests that an observation's words stand at the places it names.
func checkPlaces(t *testing.T, o *schemas.Observation, text []rune) {
	t.Helper()
	for _, at := range []struct {
		what  string
		place schemas.Locator
		words string
	}{{"quote", o.Locator, o.Quote}, {"unit", o.UnitFrom, o.UnitWritten}, {"region", o.RegionFrom, ""}, {"period", o.PeriodFrom, ""}} {
		s, ok := at.place.(schemas.TextSpan)
		if !ok {
			continue
		}
		words, in := s.In(text)
		if !in || words == "" || at.words != "" && at.what == "quote" && words != at.words {
			t.Errorf("%s %q at %v, where %q stands", at.what, at.words, s, words)
		}
	}
	if !utf8.ValidString(o.Quote) || o.Number == "" {
		t.Errorf("quote %q, number %q", o.Quote, o.Number)
	}
}
