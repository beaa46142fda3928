package main

import (
	"path/filepath"
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
