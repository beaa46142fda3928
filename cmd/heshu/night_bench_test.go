package main

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	bignight "heshu/fixtures/night"
	"heshu/pipeline"
)

// size is the generated night's: small by default, HESHU_WORKBOOKS and HESHU_PAGES for the large one.
func size(tb testing.TB) bignight.Options {
	tb.Helper()
	number := func(name string, standard int) int {
		if s := os.Getenv(name); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil {
				tb.Fatal(err)
			}
			return n
		}
		return standard
	}
	return bignight.Options{Seed: 1, Workbooks: number("HESHU_WORKBOOKS", 40), Pages: number("HESHU_PAGES", 200), Edition: 1, Changed: 10}
}

// runNight runs a generated night.
func runNight(tb testing.TB, dir string, jobs int) pipeline.Outcome {
	tb.Helper()
	cfg := configOf(tb, dir)
	cfg.Jobs = jobs
	j, err := jobOf(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	out, err := pipeline.Run(tb.Context(), j)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// BenchmarkNight measures a first night, and second nights in which one document of a hundred is another.
func BenchmarkNight(b *testing.B) {
	o := size(b)
	b.Run("first", func(b *testing.B) {
		dir := b.TempDir()
		if err := bignight.Write(dir, o); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			runNight(b, dir, 0)
			b.StopTimer()
			if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
		b.ReportMetric(float64(b.N*(o.Workbooks+o.Pages))/b.Elapsed().Seconds(), "documents/s")
	})
	b.Run("second", func(b *testing.B) {
		dir := b.TempDir()
		if err := bignight.Write(dir, o); err != nil {
			b.Fatal(err)
		}
		runNight(b, dir, 0)
		for b.Loop() {
			b.StopTimer()
			o.Edition++
			if err := bignight.Write(dir, o); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			runNight(b, dir, 0)
		}
	})
}
