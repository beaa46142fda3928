package clause

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"heshu/schemas/hanzi"
)

// Our walk over the dictionary cuts every text as gse does.
func TestCutsAsGseDoes(t *testing.T) {
	t.Parallel()
	seg, err := newSegmenter()
	if err != nil {
		t.Fatal(err)
	}
	seg.CalcToken()
	c := newCutter(seg.Dictionary())
	texts := []string{"", "，", "ABC公司", "Wi-Fi覆盖7个村", "ＡＢ与éü", "全市工会的项目的资金的", "A级旅游景区5A级K歌", "\uFFFD中\u2028a1b2"}
	for _, pattern := range []string{"../../fixtures/zhoukou/pages/*", "../../../shared/corpus/*.txt"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, strings.Split(strings.ToValidUTF8(string(b), "\uFFFD"), "\n")...)
		}
	}
	var m cutting
	for _, text := range texts {
		runes := hanzi.Fold([]rune(text)).Runes
		in := []byte(string(runes))
		var want, got []string
		for _, s := range seg.Segment(in) {
			want = append(want, string(in[s.Start():s.End()]))
		}
		end := 0
		for _, w := range c.cut(nil, runes, 0, &m) {
			if w.start != end {
				t.Fatalf("%q: a word begins at %d behind %d", text, w.start, end)
			}
			end = w.end
			got = append(got, string(runes[w.start:w.end]))
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: cut %q, gse %q", text, got, want)
		}
		if end != utf8.RuneCount(in) {
			t.Fatalf("%q: cut ends at %d", text, end)
		}
	}
}
