package read

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"heshu/extractors/workbook/sheet"
)

// Rows and columns of the large workbooks: 2,000,000 cells, half whole numbers, a tenth texts, the others with decimals.
const (
	bigRows    = 100_000
	bigColumns = 20
)

// bigValue is what stands in the large workbooks at a place: a text or a number.
func bigValue(row, column int) (string, float64) {
	switch {
	case column%10 == 0:
		return fmt.Sprintf("第%d村", row%5000), 0
	case column%2 == 0:
		return "", float64(row*column+column) / 100
	}
	return "", float64(row*31 + column)
}

// bigXLSX returns a workbook of rows × 20 written by excelize.
func bigXLSX(tb testing.TB, rows int) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 4})
	if err != nil {
		tb.Fatal(err)
	}
	row := make([]any, bigColumns)
	for r := range rows {
		for c := range row {
			if t, v := bigValue(r, c); t != "" {
				row[c] = t
			} else if c%2 == 0 {
				row[c] = excelize.Cell{StyleID: style, Value: v}
			} else {
				row[c] = v
			}
		}
		if err := w.SetRow(fmt.Sprintf("A%d", r+1), row); err != nil {
			tb.Fatal(err)
		}
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

// bigXLS returns a workbook of two sheets of 50,000 × 20: a sheet of that format ends at row 65,536.
func bigXLS() []byte {
	w := newXLS()
	for range 2 {
		s := w.sheet(fmt.Sprintf("Sheet%d", len(w.sheets)+1))
		for r := range bigRows / 2 {
			for c := range bigColumns {
				if t, v := bigValue(r, c); t != "" {
					s.text(r, c, 0, t)
				} else if c%2 == 0 {
					s.number(r, c, 1, v)
				} else {
					s.number(r, c, 0, v)
				}
			}
		}
	}
	return w.file()
}

func countCells(b *sheet.Book) int {
	n := 0
	for _, s := range b.Sheets {
		for _, r := range s.Rows {
			for _, c := range r {
				if c.Kind != sheet.Empty {
					n++
				}
			}
		}
	}
	return n
}

// peakHeap samples the heap while f runs and returns the most that was seen beyond what was there before, in bytes.
func peakHeap(f func()) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	var stop atomic.Bool
	done := make(chan uint64)
	go func() {
		peak := before
		for !stop.Load() {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			time.Sleep(5 * time.Millisecond)
		}
		done <- peak - before
	}()
	f()
	stop.Store(true)
	return <-done
}

func benchmarkOpen(b *testing.B, file []byte, cells int) {
	open := func() {
		book, _, err := Open(file, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if n := countCells(book); n != cells {
			b.Fatalf("%d cells, want %d", n, cells)
		}
	}
	peak := peakHeap(open)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		open()
	}
	b.ReportMetric(float64(cells)*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
	b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
}

func BenchmarkOpenXLSX(b *testing.B) {
	benchmarkOpen(b, bigXLSX(b, bigRows), bigRows*bigColumns)
}

func BenchmarkOpenXLS(b *testing.B) {
	benchmarkOpen(b, bigXLS(), bigRows*bigColumns)
}

// BenchmarkExcelizeRows is what the others are held against: the bare walk over the rows, formatted and raw.
func BenchmarkExcelizeRows(b *testing.B) {
	file := bigXLSX(b, bigRows)
	for _, raw := range []bool{false, true} {
		b.Run(fmt.Sprintf("raw=%v", raw), func(b *testing.B) {
			b.SetBytes(int64(len(file)))
			for b.Loop() {
				excelizeRows(b, file, raw)
			}
			b.ReportMetric(bigRows*bigColumns*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
		})
	}
}

func excelizeRows(tb testing.TB, file []byte, raw bool) {
	f, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: raw})
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.Rows(name)
		if err != nil {
			tb.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil && err != io.EOF {
				tb.Fatal(err)
			}
		}
		rows.Close()
	}
}

// BenchmarkSmall reads one small form, as an office sends them by the hundred.
func BenchmarkSmall(b *testing.B) {
	xlsx := bigXLSX(b, 20)
	w := newXLS()
	s := w.sheet("表1")
	for r := range 20 {
		for c := range bigColumns {
			if t, v := bigValue(r, c); t != "" {
				s.text(r, c, 0, t)
			} else {
				s.number(r, c, 0, v)
			}
		}
	}
	xls := w.file()
	open := func(file []byte) func(*testing.B) {
		return func(b *testing.B) {
			for b.Loop() {
				if _, _, err := Open(file, Options{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
		}
	}
	b.Run("xlsx", open(xlsx))
	b.Run("xls", open(xls))
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			excelizeRows(b, xlsx, false)
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
	})
}
