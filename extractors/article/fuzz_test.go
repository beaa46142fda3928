package article

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"heshu/schemas"
)

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// FuzzRead: whatever the bytes, Read returns, and all places it gives lie in its texts.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if filepath.Ext(name) == ".html" || filepath.Ext(name) == ".txt" {
			f.Add(readFile(f, name))
		}
	}
	f.Add([]byte("<table><tr><td rowspan=9>1<td><tr><td>\t<td>单位：元<tr><td>3<td>4"))
	f.Add([]byte("\xFF\xFE<\x00p\x00>\x00\x00\xD8"))
	f.Fuzz(func(t *testing.T, b []byte) {
		page, err := Read(schemas.NewDocument("f", b), Config{MaxBytes: 1 << 20})
		if err != nil {
			return
		}
		for _, a := range page.Articles {
			checkArticle(t, a)
		}
		for _, x := range page.Furniture {
			if x.Name == "" || x.Text == "" || x.Numbers != CountNumbers(x.Text) {
				t.Errorf("furniture %+v", x)
			}
		}
	})
}

// checkArticle tests what holds of every article: the blocks are the lines of the text, in order, and cells stand where they say.
func checkArticle(t *testing.T, a Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) || strings.ContainsAny(a.Text, "\x00\r") {
		t.Errorf("text is no clean UTF-8: %q", a.Text)
	}
	if !strings.HasSuffix(a.Text, a.Body) || a.Body == "" {
		t.Errorf("body %q does not end text %q", a.Body, a.Text)
	}
	text := []rune(a.Text)
	var lines []string
	for _, b := range a.Blocks {
		s, ok := b.Span.In(text)
		if !ok || b.Kind == 0 || b.Kind.String() == "invalid" {
			t.Fatalf("block %+v of a text of %d runes", b, len(text))
		}
		if b.Lead.Start != b.Span.Start || b.Lead.End > b.Span.End {
			t.Errorf("lead %v outside its block %v", b.Lead, b.Span)
		}
		lines = append(lines, s)
	}
	if strings.Join(lines, "\n") != a.Text {
		t.Errorf("blocks %q are not the lines of %q", lines, a.Text)
	}
	for _, tab := range a.Tables {
		if unit, ok := tab.UnitAt.In(text); !ok || unit != tab.Unit {
			t.Errorf("unit %q at %v is %q", tab.Unit, tab.UnitAt, unit)
		}
		for _, row := range tab.Rows {
			for _, c := range row {
				if s, ok := c.Span.In(text); !ok || s != c.Text || c.RowSpan < 1 || c.ColSpan < 1 {
					t.Errorf("cell %+v is %q in the text", c, s)
				}
			}
		}
	}
}
