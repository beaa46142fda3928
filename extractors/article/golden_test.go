package article

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/schemas"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden shows what is read of every page in testdata; read the diff of a new golden file before committing it.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, ".golden") || f == filepath.Join("testdata", "fuzz") {
			continue
		}
		t.Run(filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			page, err := Read(schemas.NewDocument(f, b), Config{})
			if err != nil {
				t.Fatal(err)
			}
			got := show(t, page)
			golden := f + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs from its golden file (-want +got):\n%s", f, diff(string(want), got))
			}
		})
	}
}

// show prints a page for people.
func show(t *testing.T, p Page) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "charset %s\n", p.Charset)
	for _, i := range p.Issues {
		fmt.Fprintf(&b, "issue %d %s: %s\n", i.Part, i.Code, i.Message)
	}
	for n, a := range p.Articles {
		day := ""
		if !a.Published.IsZero() {
			day = a.Published.String()
		}
		fmt.Fprintf(&b, "\narticle %d: %s / %s\n  published %s, publisher %s, source %s, editor %s\n", n, a.Title, a.Subtitle, day, a.Publisher, a.Source, a.Editor)
		text := []rune(a.Text)
		for _, blk := range a.Blocks {
			line, ok := blk.Span.In(text)
			if !ok {
				t.Errorf("block %v lies outside its text", blk.Span)
			}
			lead, _ := blk.Lead.In(text)
			if lead != "" && lead != line {
				lead = " {" + lead + "}"
			} else {
				lead = ""
			}
			fmt.Fprintf(&b, "  %s%s %s\n", blk.Kind, lead, line)
		}
		for _, tab := range a.Tables {
			fmt.Fprintf(&b, "  table %q unit %q, %d header rows\n", tab.Title, tab.Unit, tab.Header)
			if unit, _ := tab.UnitAt.In(text); unit != tab.Unit {
				t.Errorf("unit %q stands at %v as %q", tab.Unit, tab.UnitAt, unit)
			}
			for _, row := range tab.Rows {
				for _, c := range row {
					if at, _ := c.Span.In(text); at != c.Text {
						t.Errorf("cell %q stands at %v as %q", c.Text, c.Span, at)
					}
				}
			}
		}
	}
	b.WriteString("\n")
	for _, f := range p.Furniture {
		fmt.Fprintf(&b, "furniture %s, %d numbers: %q\n", f.Name, f.Numbers, f.Text)
	}
	return b.String()
}

// diff lists the lines that only one of two texts has.
func diff(want, got string) string {
	var b strings.Builder
	count := map[string]int{}
	for _, l := range strings.Split(got, "\n") {
		count[l]++
	}
	for _, l := range strings.Split(want, "\n") {
		if count[l]--; count[l] < 0 {
			fmt.Fprintf(&b, "-%s\n", l)
		}
	}
	for _, l := range strings.Split(want, "\n") {
		count[l] = max(count[l], 0)
	}
	for _, l := range strings.Split(got, "\n") {
		if count[l]--; count[l] >= 0 {
			fmt.Fprintf(&b, "+%s\n", l)
		}
	}
	return b.String()
}
