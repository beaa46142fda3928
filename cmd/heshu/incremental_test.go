package main

import (
	"path/filepath"
	"strings"
	"testing"

	bignight "heshu/fixtures/night"
	"heshu/pipeline"
)

// TestANightFindsWhatAFullPassFinds lives through generated nights, the large night in small with all kinds of files, each with some documents
// changed, at one job and at eight. The releases must be the same, another one every night, and working everything out anew must find nothing
// to publish: findings, reprints and best values included.
func TestANightFindsWhatAFullPassFinds(t *testing.T) {
	t.Parallel()
	o := bignight.Options{Seed: 3, Workbooks: 40, Pages: 120, Changed: 60}
	dirs := []string{t.TempDir(), t.TempDir()}
	before := ""
	for o.Edition = 1; o.Edition <= 2; o.Edition++ {
		var content []string
		for i, jobs := range []int{1, 8} {
			if err := bignight.Write(dirs[i], o); err != nil {
				t.Fatal(err)
			}
			out := runNight(t, dirs[i], jobs)
			if !out.Changed || out.Release.Content == before {
				t.Fatalf("edition %d changes nothing", o.Edition)
			}
			content = append(content, out.Release.Content)
		}
		if content[0] != content[1] {
			t.Errorf("edition %d: content %s at one job, %s at eight", o.Edition, content[0], content[1])
		}
		before = content[0]
		if out := fullNight(t, dirs[o.Edition%2]); out.Changed {
			t.Errorf("edition %d: worked out anew it is %s, not %s", o.Edition, out.Release.Content, content[o.Edition%2])
		}
	}
}

// fullNight runs a generated night that works everything out anew.
func fullNight(t *testing.T, dir string) pipeline.Outcome {
	t.Helper()
	a := &app{stdout: &strings.Builder{}, stderr: &strings.Builder{}, quiet: true}
	cfg, err := a.config(filepath.Join(dir, "heshu.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	return nightOf(t, cfg, func(c *pipeline.Config) { c.Full = true })
}
