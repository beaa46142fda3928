package main

import (
	"path/filepath"
	"testing"

	"heshu/pipeline"
)

// TestANightWritesItsPapers: where the configuration names a folder, every changed night has its papers there.
func TestANightWritesItsPapers(t *testing.T) {
	t.Parallel()
	a := &app{quiet: true}
	cfg, err := a.config(filepath.Join("..", "..", "fixtures", "zhoukou", "heshu.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Out, cfg.Papers = t.TempDir(), t.TempDir()
	log, err := a.logger("none")
	if err != nil {
		t.Fatal(err)
	}
	j, err := a.job(cfg, log)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pipeline.Run(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"report.html", "reconciliation.xlsx", "bulletin.html", "assessment.html", filepath.Join("slips", "*.xlsx"), filepath.Join("slips", "*.html")} {
		found, err := filepath.Glob(filepath.Join(cfg.Papers, out.Release.Run, name))
		if err != nil || len(found) == 0 {
			t.Errorf("the night wrote no %s (%v)", name, err)
		}
	}
}
