package clause

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"heshu/schemas"
	"heshu/schemas/region"
)

// countedCase is a sentence of the treebank with its numerals, their measure words and what they count.
type countedCase struct {
	Text  string        `json:"text"`
	Spans []countedSpan `json:"spans"`
}

type countedSpan struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Text    string `json:"text"`
	Measure string `json:"clf"`
	Counted string `json:"counted"`
	Tag     string `json:"counted_xpos"`
}

// notCounting says why a numeral with a measure word counts nothing here, "" if it does.
func (s countedSpan) notCounting() string {
	switch {
	case slices.Contains([]string{"年", "月", "日", "年代", "世纪", "纪元", "季", "周", "岁"}, s.Measure) || slices.Contains([]string{"月", "年", "星期", "小时", "日"}, s.Counted):
		return "a date, a duration or an age is no figure"
	case s.Text == "数" || s.Text == "几":
		return "数 and 几 alone say no number"
	case s.Text == "一" || s.Text == "1":
		return "一 as an article is no figure"
	case slices.Contains([]string{"届", "任", "级"}, s.Measure) || strings.HasPrefix(s.Text, "第"):
		return "an ordinal is no figure"
	}
	return ""
}

// TestCountedNouns measures what is counted against the treebank: where a measure word is given, the head of the label is
// the counted noun.
func TestCountedNouns(t *testing.T) {
	t.Parallel()
	l, err := NewLexicon(region.Load())
	if err != nil {
		t.Fatal(err)
	}
	total, right := 0, 0
	skipped := map[string]int{}
	for _, c := range countedCases(t) {
		out := l.Extract(Input{Text: c.Text, Blocks: []Block{{Kind: Paragraph, End: schemas.RuneOffset(len([]rune(c.Text)))}}})
		for _, s := range c.Spans {
			if s.Measure == "" {
				continue
			}
			if why := s.notCounting(); why != "" {
				skipped[why]++
				continue
			}
			total++
			label, ok := s.labelIn(out.Figures, c.Text)
			if ok {
				right++
			} else {
				t.Logf("%s: %s%s %s, read %q", c.Text, s.Text, s.Measure, s.Counted, label)
			}
		}
	}
	share := float64(right) / float64(max(total, 1))
	t.Logf("ud_zh_counted: %d of %d = %.3f, not applicable %v", right, total, share, skipped)
	if share < 0.88 {
		t.Errorf("%.3f is below 0.88", share)
	}
}

// labelIn returns what the figure over a span counts, and whether its head is the counted noun.
func (s countedSpan) labelIn(figures []schemas.Figure, text string) (string, bool) {
	for _, f := range figures {
		at, ok := f.Locator.(schemas.TextSpan)
		if !ok || int(at.Start) > s.Start || int(at.End) < s.End || !strings.Contains(f.Number, s.Text) {
			continue
		}
		counted := f.Label
		if counted == "" {
			counted = f.Unit.Text
		}
		return counted, strings.HasSuffix(strings.Trim(counted, "“”《》"), s.Counted)
	}
	return "", false
}

func countedCases(t *testing.T) []countedCase {
	t.Helper()
	f, err := os.Open(filepath.Join(sharedFolder(t, "suites"), "ud_zh_counted.jsonl"))
	if err != nil {
		t.Skipf("no folder shared beside the project: %v", err)
	}
	defer f.Close()
	var out []countedCase
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c countedCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// sharedFolder walks up from the test's folder to a folder of ../shared beside the repository; it skips the test without it.
func sharedFolder(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if p := filepath.Join(filepath.Dir(dir), "shared", name); exists(p) {
			return p
		}
		if dir == filepath.Dir(dir) {
			t.Skipf("no ../shared/%s beside the repository", name)
		}
		dir = filepath.Dir(dir)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
