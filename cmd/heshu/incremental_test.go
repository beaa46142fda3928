package main

import (
	"path/filepath"
	"strings"
	"testing"

	bignight "heshu/fixtures/night"
	"heshu/pipeline"
)

// TestANightFindsWhatAFullPassFinds lives through generated nights, the large night in small with all kinds of files, each with some documents
// changed, at one job and at eight. The releases must be the same, another one every night; working everything out anew must find nothing
// to publish, findings, reprints and best values included; and made in one night from all that came in, the last must be the same.
func TestANightFindsWhatAFullPassFinds(t *testing.T) {
	t.Parallel()
	o := bignight.Options{Seed: 3, Workbooks: 40, Pages: 120, Changed: 60}
	dirs := []string{t.TempDir(), t.TempDir()}
	before, last := "", pipeline.Outcome{}
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
			content, last = append(content, out.Release.Content), out
		}
		if content[0] != content[1] {
			t.Errorf("edition %d: content %s at one job, %s at eight", o.Edition, content[0], content[1])
		}
		before = content[0]
		if out := fullNight(t, dirs[o.Edition%2]); out.Changed {
			t.Errorf("edition %d: worked out anew it is %s, not %s", o.Edition, out.Release.Content, content[o.Edition%2])
		}
	}
	job, err := jobOf(configOf(t, dirs[1]))
	if err != nil {
		t.Fatal(err)
	}
	again, err := pipeline.Rebuild(t.Context(), job, last.Release, t.TempDir())
	if err != nil || again.Content != last.Release.Content {
		t.Errorf("made anew in one night it is %s, %v, not %s", again.Content, err, last.Release.Content)
	}
}

// configOf reads a generated night's configuration.
func configOf(tb testing.TB, dir string) pipeline.Config {
	tb.Helper()
	a := &app{stdout: &strings.Builder{}, stderr: &strings.Builder{}, quiet: true}
	cfg, err := a.config(filepath.Join(dir, "heshu.yaml"), nil)
	if err != nil {
		tb.Fatal(err)
	}
	return cfg
}

// fullNight runs a generated night that works everything out anew.
func fullNight(t *testing.T, dir string) pipeline.Outcome {
	t.Helper()
	return nightOf(t, configOf(t, dir), func(c *pipeline.Config) { c.Full = true })
}
