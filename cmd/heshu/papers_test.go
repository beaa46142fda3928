package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"heshu/pipeline"
)

// TestANightWritesItsPapers: where the configuration names a folder, every changed night has its papers there.
func TestANightWritesItsPapers(t *testing.T) {
	t.Parallel()
	papers := t.TempDir()
	out := nightOf(t, zhoukou(t), func(c *pipeline.Config) { c.Out, c.Papers = t.TempDir(), papers })
	for _, name := range []string{"report.html", "reconciliation.xlsx", "bulletin.html", "assessment.html", filepath.Join("slips", "*.xlsx"), filepath.Join("slips", "*.html")} {
		found, err := filepath.Glob(filepath.Join(papers, out.Release.Run, name))
		if err != nil || len(found) == 0 {
			t.Errorf("the night wrote no %s (%v)", name, err)
		}
	}
}

// TestARunKilledWhileItTellsIsMadeGood leaves what a run leaves that is killed while it writes its page or its papers: the next one
// finds nothing new and writes them nevertheless.
func TestARunKilledWhileItTellsIsMadeGood(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	change := func(c *pipeline.Config) { c.Out, c.Papers = filepath.Join(dir, "out"), filepath.Join(dir, "papers") }
	first := nightOf(t, zhoukou(t), change)
	reports, papers := filepath.Join(dir, "out", "reports"), filepath.Join(dir, "papers", first.Release.Run)
	page := filepath.Join(reports, "heshu-"+first.Release.Run)
	whole := list(t, dir)
	endings := []string{"html", "txt", "json"} // in this order
	for done := range endings {
		for _, end := range endings[done:] {
			if err := os.Remove(page + "." + end); err != nil {
				t.Fatal(err)
			}
		}
		writeText(t, page+"."+endings[done]+".tmp", "half", 0o644)
		if err := os.Rename(papers, filepath.Join(dir, "papers", "papers.tmp")); err != nil {
			t.Fatal(err)
		}
		if again := nightOf(t, zhoukou(t), change); again.Changed {
			t.Error("the second run made a release")
		}
		if left := list(t, dir); !slices.Equal(left, whole) {
			t.Errorf("killed before its %s: there is %v, want %v", endings[done], left, whole)
		}
	}
	writeText(t, filepath.Join(reports, "heshu-gone.html.tmp"), "half", 0o644) // its release is gone
	nightOf(t, zhoukou(t), change)
	if left := list(t, dir); !slices.Equal(left, whole) {
		t.Errorf("there is %v, want %v", left, whole)
	}
}

// list names the reports and papers below a folder.
func list(t *testing.T, dir string) (names []string) {
	t.Helper()
	for _, name := range []string{"out/reports/*", "papers/*", "papers/*/*", "papers/*/*/*"} {
		found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	return names
}
