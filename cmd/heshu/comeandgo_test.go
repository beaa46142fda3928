package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bignight "heshu/fixtures/night"
	"heshu/pipeline"
)

// TestARebuildOfFilesThatComeAndGo lives through nights in which files change, change back, appear under other names and go. Made anew in one
// night, the release is the same: what replaces what rests on the order of receipt, not on the nights. A return on a form is one series under
// whatever name it comes, a table of no form is one for each name.
func TestARebuildOfFilesThatComeAndGo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		say  func(*testing.T) [][]byte
		seed uint64
	}{
		{"form.xlsx", editions, 1},
		{"table.csv", tables, 107}, // one in a night of its own under a name that another took the night after
		{"table.csv", tables, 136}, // one takes the place of two at once
		{"page.txt", pages, 403},   // two take the place of one at once
		{"page.txt", pages, 609},   // one has a successor under one of its names only
	} {
		name := c.name
		t.Run(fmt.Sprint(name, c.seed), func(t *testing.T) {
			t.Parallel()
			contents, dir, random := c.say(t), t.TempDir(), rand.New(rand.NewPCG(c.seed, 7))
			in := filepath.Join(dir, "in")
			if err := os.Mkdir(in, 0o755); err != nil {
				t.Fatal(err)
			}
			cfg := pipeline.Config{Out: filepath.Join(dir, "out"), Today: "2019-08-20", Sources: []pipeline.Source{{Path: in}}}
			var last pipeline.Outcome
			for range 8 {
				for _, prefix := range []string{"", "再报", "副本"} {
					path := filepath.Join(in, prefix+name)
					switch what := random.IntN(len(contents) + 2); {
					case what < len(contents):
						if err := os.WriteFile(path, contents[what], 0o644); err != nil {
							t.Fatal(err)
						}
					case what == len(contents):
						if err := os.RemoveAll(path); err != nil {
							t.Fatal(err)
						}
					}
				}
				last = nightOf(t, cfg, func(*pipeline.Config) {})
			}
			job, err := jobOf(cfg)
			if err != nil {
				t.Fatal(err)
			}
			again, err := pipeline.Rebuild(t.Context(), job, last.Release, filepath.Join(dir, "again"))
			if err != nil {
				t.Fatal(err)
			}
			if again.Content != last.Release.Content {
				t.Errorf("the nights' content is %s, the rebuild's %s", last.Release.Content, again.Content)
			}
		})
	}
}

// tables says the same table in several ways.
func tables(*testing.T) (list [][]byte) {
	for n := range 4 {
		list = append(list, fmt.Appendf(nil, "周口市太康县总工会2018年7月报表\n指标,单位,本月\n培训人数,人,12%d\n实施项目,个,%d\n", n, 3+n%2))
	}
	return list
}

// editions are one unit's return of a month as several nights have it.
func editions(t *testing.T) (list [][]byte) {
	var name string
	for n := range 3 {
		dir := t.TempDir()
		if err := bignight.Write(dir, bignight.Options{Seed: 5, Workbooks: 4, Pages: 1, Edition: n + 1, Changed: 1000}); err != nil {
			t.Fatal(err)
		}
		if name == "" {
			found, err := filepath.Glob(filepath.Join(dir, "submissions", "*", "*", "*.xlsx"))
			if err != nil || len(found) == 0 {
				t.Fatalf("no return in %s: %v", dir, err)
			}
			if name, err = filepath.Rel(dir, found[0]); err != nil {
				t.Fatal(err)
			}
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(list, func(other []byte) bool { return bytes.Equal(b, other) }) {
			t.Fatalf("%s says in edition %d what it said before", name, n+1)
		}
		list = append(list, b)
	}
	return list
}

// pages are a page that says another number each time.
func pages(*testing.T) [][]byte {
	var list [][]byte
	for n := range 4 {
		list = append(list, []byte(pageOfNight(n%2, n)))
	}
	return list
}
