package article

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"heshu/schemas"
)

var pred = flag.String("pred", "", "write what was read of ../shared/pages to this file, one page a line")

// shared returns a folder of ../shared, looked for from here upwards; the test is skipped without it.
func shared(t testing.TB, folder string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		p := filepath.Join(dir, "shared", folder)
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	t.Skipf("no ../shared/%s here", folder)
	return ""
}

type pageLine struct {
	File     string        `json:"file"`
	Articles []articleLine `json:"articles"`
}

type articleLine struct {
	Title     string       `json:"title"`
	Published schemas.Date `json:"published"`
	Publisher string       `json:"publisher"`
	Region    string       `json:"region_code"`
	Body      string       `json:"body"`
}

func TestPagesAreRead(t *testing.T) {
	t.Parallel()
	root := shared(t, "pages")
	var out []byte
	for _, pattern := range []string{"raw/*", "composed/*.html"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			page, err := Read(schemas.NewDocument("", b), Config{})
			if err != nil {
				t.Errorf("%s: %v", f, err)
			}
			line := pageLine{File: filepath.Base(f)}
			for _, a := range page.Articles {
				line.Articles = append(line.Articles, articleLine{a.Title, a.Published, a.Publisher, "", a.Body})
			}
			j, err := json.Marshal(line)
			if err != nil {
				t.Fatal(err)
			}
			out = append(append(out, j...), '\n')
		}
	}
	if *pred != "" {
		if err := os.WriteFile(*pred, out, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
