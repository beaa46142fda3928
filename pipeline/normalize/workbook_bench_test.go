package normalize_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"

	"github.com/xuri/excelize/v2"

	"heshu/extractors/workbook"
	"heshu/pipeline/normalize"
	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/region"
)

// newNormalizer is one of the program's own indicators and regions.
func newNormalizer(tb testing.TB) *normalize.Normalizer {
	tb.Helper()
	c, err := catalog.Load(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return normalize.New(c, region.Load(), normalize.Config{})
}

// large returns a workbook of rows × columns numbers under two levels of headings, with a name in front of each row.
func large(tb testing.TB, rows, columns int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	head := make([]any, columns)
	head[0] = "单位名称"
	for c := 1; c < columns; c++ {
		head[c] = fmt.Sprintf("第%d项资金（万元）", c)
	}
	put := func(r int, cells []any) {
		if err := w.SetRow(fmt.Sprintf("A%d", r), cells); err != nil {
			tb.Fatal(err)
		}
	}
	put(1, []any{"2018年帮扶资金统计表"})
	put(2, head)
	cells := make([]any, columns)
	for r := range rows {
		cells[0] = fmt.Sprintf("合作社%d", r)
		for c := 1; c < columns; c++ {
			cells[c] = float64(r*columns+c) / 4
		}
		put(r+3, cells)
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// BenchmarkLargeWorkbook compares the whole way from bytes to observations with excelize's bare walk over the same rows.
func BenchmarkLargeWorkbook(b *testing.B) {
	const rows, columns = 100_000, 20
	data := large(b, rows, columns)
	b.Run("excelize-rows", func(b *testing.B) {
		b.SetBytes(rows * columns)
		for b.Loop() {
			f, err := excelize.OpenReader(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			r, err := f.Rows("Sheet1")
			if err != nil {
				b.Fatal(err)
			}
			for r.Next() {
				if _, err := r.Columns(); err != nil {
					b.Fatal(err)
				}
			}
			f.Close()
		}
	})
	n := newNormalizer(b)
	b.Run("observations", func(b *testing.B) {
		b.SetBytes(rows * columns)
		peak := uint64(0)
		for b.Loop() {
			doc := schemas.NewDocument("large.xlsx", data)
			seen := 0
			s := n.Stream(doc, func(o schemas.Observation, _ []schemas.Issue) {
				if o.Value.IsSet() {
					seen++
				}
				if seen%200_000 == 0 {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapAlloc)
				}
			})
			_, err := workbook.Walk(doc, workbook.Config{}, workbook.Visitor{Part: s.Part, Figure: s.Figure, Exclusion: func(schemas.Exclusion) {}, Issue: func(schemas.Issue) {}})
			s.Close()
			if err != nil || seen != rows*(columns-1) {
				b.Fatal(seen, err)
			}
		}
		b.ReportMetric(float64(peak)/1e6, "MB-heap")
	})
}
