package main

import (
	"errors"
	"os"
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

// TestANightTakesUpWhatAKilledOneLeft goes back to the warehouse of the night before, as if a night had been killed after it had read: the next
// one brings in what that one read, and ends as it would have.
func TestANightTakesUpWhatAKilledOneLeft(t *testing.T) {
	t.Parallel()
	o := bignight.Options{Seed: 5, Edition: 1, Workbooks: 20, Pages: 80, Changed: 80}
	dir, saved := t.TempDir(), t.TempDir()
	out := filepath.Join(dir, "out")
	nightThen := func(copies ...string) pipeline.Outcome {
		if err := bignight.Write(dir, o); err != nil {
			t.Fatal(err)
		}
		done := runNight(t, dir, 2)
		for _, name := range []string{"build", "releases"} {
			for i := 0; i < len(copies); i += 2 {
				to := filepath.Join(copies[i+1], name)
				if err := errors.Join(os.RemoveAll(to), os.CopyFS(to, os.DirFS(filepath.Join(copies[i], name)))); err != nil {
					t.Fatal(err)
				}
			}
		}
		return done
	}
	nightThen(out, saved)
	o.Edition = 2
	killed := nightThen(saved, out)
	if again := nightThen(); !again.Changed || again.Release.Content != killed.Release.Content || again.Release.File == killed.Release.File {
		t.Errorf("after a killed night there is %s %s, want another file of content %s", again.Release.File, again.Release.Content, killed.Release.Content)
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
