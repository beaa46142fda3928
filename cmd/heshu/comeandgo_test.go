package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"heshu/pipeline"
)

// TestARebuildOfFilesThatComeAndGo lives through nights in which files change, change back, appear under other names and go. Made anew in one
// night, the release is the same: what replaces what rests on the order of receipt, not on the nights.
func TestARebuildOfFilesThatComeAndGo(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			dir, random := t.TempDir(), rand.New(rand.NewPCG(seed, 7))
			in := filepath.Join(dir, "in")
			if err := os.Mkdir(in, 0o755); err != nil {
				t.Fatal(err)
			}
			cfg := pipeline.Config{Out: filepath.Join(dir, "out"), Today: "2018-08-20", Sources: []pipeline.Source{{Path: in}}}
			var last pipeline.Outcome
			for range 6 {
				for _, name := range []string{"", "再报", "副本"} { // one return under three names: three series that may hold the same bytes
					path := filepath.Join(in, name+"太康县总工会2018年7月.csv")
					switch what := random.IntN(6); what {
					case 0:
						os.Remove(path)
					case 1, 2, 3, 4:
						text := fmt.Sprintf("周口市太康县总工会2018年7月报表\n指标,单位,本月\n培训人数,人,12%d\n实施项目,个,%d\n", what, 3+what%2)
						if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
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
