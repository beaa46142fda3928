package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/pipeline"
	"heshu/schemas"
)

// pageBytes are documents read at once by the benchmarks below.
func pageBytes(b *testing.B, patterns ...string) (docs []schemas.Document, size int64) {
	b.Helper()
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				b.Fatal(err)
			}
			docs = append(docs, schemas.NewDocument(filepath.Base(f), raw))
			size += int64(len(raw))
		}
	}
	if len(docs) == 0 {
		b.Skipf("no pages in %q", patterns)
	}
	return docs, size
}

func benchReader(b *testing.B) pipeline.Reader {
	b.Helper()
	reader, err := newReader(readerOptions{})
	if err != nil {
		b.Fatal(err)
	}
	reader.Read(schemas.NewDocument("", []byte("某市总工会帮扶职工30人。"))) // loads the dictionary
	return reader
}

// BenchmarkPageToObservations reads whole pages, from their bytes to observations, on one core: the pages of the fixtures and,
// beside the repository, those of ../shared.
func BenchmarkPageToObservations(b *testing.B) {
	for _, set := range []struct {
		name     string
		patterns []string
	}{
		{"fixtures", []string{"../../fixtures/zhoukou/pages/*"}},
		{"news", []string{"../../../shared/pages/raw/*.html"}},
	} {
		b.Run(set.name, func(b *testing.B) {
			docs, size := pageBytes(b, set.patterns...)
			reader := benchReader(b)
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, d := range docs {
					if r := reader.Read(d); r.Err != nil {
						b.Fatal(d.Name, r.Err)
					}
				}
			}
		})
	}
}

// BenchmarkLongTexts shows linear cost of the whole way: a text ten times as long takes at most twelve times as long, so that
// the time of a rune stays what it is from row to row of a family.
func BenchmarkLongTexts(b *testing.B) {
	reader := benchReader(b)
	for _, family := range []struct{ name, unit string }{
		{"paragraphs", "目前，全市工会共建产业扶贫项目117个，投入资金4000多万元，带动贫困户1.2万户。\n"},
		{"one line", "目前，全市工会共建产业扶贫项目117个，投入资金4000多万元，带动贫困户1.2万户。"},
		{"no full stop", "汝南县工会投入资金30万元，"},
		{"no mark", "汝南县工会投入资金30万元帮助贫困户12户"},
		{"places", "汝南县、"},
		{"brackets", "（(“"},
		{"digits", "1234567890"},
		{"numerals", "三十万"},
		{"dates", "2018年6月，"},
	} {
		for _, n := range []int{50_000, 500_000, 5_000_000} {
			b.Run(fmt.Sprintf("%s/%d", family.name, n), func(b *testing.B) {
				doc := schemas.NewDocument("long.txt", []byte("某市总工会帮扶职工\n"+strings.Repeat(family.unit, n/len(family.unit))))
				b.SetBytes(int64(len(doc.Bytes)))
				for b.Loop() {
					if r := reader.Read(doc); r.Err != nil {
						b.Fatal(r.Err)
					}
				}
			})
		}
	}
}
