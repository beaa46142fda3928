package period

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"heshu/schemas"
	"heshu/schemas/hanzi"
)

// suiteCase is one line of a suite: a text and the time expressions that another system's test finds in it.
type suiteCase struct {
	Text  string      `json:"text"`
	Spans []suiteSpan `json:"spans"`
	Ref   string      `json:"ref_time"`
	Part  any         `json:"ref_partial"`
	Place string      `json:"locale"`
}

type suiteSpan struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Text  string  `json:"text"`
	Value *string `json:"value"`
	Low   *string `json:"low"`
	High  *string `json:"high"`
	Type  string  `json:"type"`
	Grain string  `json:"grain"`
}

// suitesFolder walks up from the test's folder to ../shared/suites beside the repository; it skips the test without it.
func suitesFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		p := filepath.Join(filepath.Dir(dir), "shared", "suites")
		if _, err := os.Stat(p); err == nil {
			return p
		}
		if dir == filepath.Dir(dir) {
			t.Skip("no ../shared/suites beside the repository")
		}
		dir = filepath.Dir(dir)
	}
}

func readSuite(t *testing.T, name string) []suiteCase {
	t.Helper()
	f, err := os.Open(filepath.Join(suitesFolder(t), name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []suiteCase
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c suiteCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	return cases
}

// fold is what a text goes through before it is scanned: simplified characters, half-width figures, as many runes as before.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFF00 && r < 0xFF5F {
			return r - 0xFEE0
		}
		return r
	}, hanzi.Simplify(s))
}

// ref is the day a case is resolved against.
func (c suiteCase) ref() schemas.Date {
	switch part := c.Part.(type) {
	case []any:
		n := []int{2000, 1, 1}
		for i := range min(len(part), 3) {
			if f, ok := part[i].(float64); ok {
				n[i] = int(f)
			}
		}
		return schemas.NewDate(n[0], time.Month(n[1]), n[2])
	case map[string]any:
		get := func(k string, or int) int {
			if f, ok := part[k].(float64); ok {
				return int(f)
			}
			return or
		}
		return schemas.NewDate(get("year", 2000), time.Month(get("month", 12)), get("day", 31))
	}
	if len(c.Ref) >= 10 {
		if d, err := schemas.ParseDate(c.Ref[:10]); err == nil {
			return d
		}
	}
	return schemas.NewDate(2021, 6, 14)
}

// want is what a span expects: days, an end of them open where zero. exact is false where the suite's end may be the day after.
type want struct {
	low, high schemas.Date
	loose     bool
}

func (s suiteSpan) want(suite string) want {
	at := func(p *string) schemas.Date {
		if p == nil || len(*p) < 10 {
			return schemas.Date{}
		}
		d, err := schemas.ParseDate((*p)[:10])
		if err != nil {
			return schemas.Date{}
		}
		return d
	}
	w := want{low: at(s.Low), high: at(s.High)}
	if w.low.IsZero() && w.high.IsZero() {
		w.low, w.high = at(s.Value), at(s.Value)
		return w
	}
	midnight := s.High != nil && (len(*s.High) == 10 || strings.Contains(*s.High, "00:00:00"))
	if !strings.HasPrefix(suite, "jionlp") && midnight && !w.low.IsZero() {
		w.high = w.high.AddDate(0, 0, -1) // ends are exclusive
	}
	w.loose = strings.HasPrefix(suite, "recognizers")
	return w
}

// meets tells whether a period is what is wanted. Since and until have one end that other systems leave open or fill with now.
func (w want) meets(e Expr, p schemas.Period) bool {
	start, end := p.Start, p.End
	if p.Kind == schemas.AsOf && e.Kind != Until {
		start = end
	}
	sameEnd := end == w.high || w.loose && (end.AddDate(0, 0, 1) == w.high || end.AddDate(0, 0, -1) == w.high)
	switch {
	case e.Kind == Until || w.low.IsZero():
		return sameEnd
	case e.Kind == Since || w.high.IsZero():
		return start == w.low
	case e.Kind == Span: // now is a day or a moment
		return (start == w.low || start.AddDate(0, 0, -1) == w.low) && (sameEnd || end.AddDate(0, 0, -1) == w.high)
	}
	return start == w.low && sameEnd
}

// suiteScore counts the spans of one suite.
type suiteScore struct {
	right, total int
	out          map[string]int
	wrong        []string
}

func (s *suiteScore) judge(suite string, c suiteCase, span suiteSpan) {
	text := fold(c.Text)
	if reason := excluded(string([]rune(text)[span.Start:span.End]), span, c.ref(), suite+" "+c.Place); reason != "" {
		s.out[reason]++
		return
	}
	s.total++
	got, note := Expr{}, "nothing found"
	for _, list := range [][]Expr{Scan([]rune(text)), ScanName(text)} {
		for _, e := range list {
			if e.Start >= span.End || e.End <= span.Start {
				continue
			}
			p, ok := e.Resolve(c.ref())
			note = fmt.Sprintf("%s %s", e.Kind, show(p, ok))
			got = e
			if span.fits(e, p, ok, suite) {
				s.right++
				return
			}
		}
	}
	s.wrong = append(s.wrong, fmt.Sprintf("%s [%s] on %s: %s, found %q", c.Text, span.Text, c.ref(), note, string([]rune(text)[got.Start:got.End])))
}

// fits tells whether an expression is the span.
func (s suiteSpan) fits(e Expr, p schemas.Period, ok bool, suite string) bool {
	touches := e.Start <= s.Start+1 && e.End >= s.End-1
	switch s.Type {
	case "time_delta", "duration":
		return e.Kind == Duration && touches
	case "time_period", "set":
		return e.Kind == Recurring && touches
	}
	if s.Value != nil && *s.Value == "not resolved" {
		return !ok
	}
	if s.Low == nil && s.High == nil && s.Value == nil {
		return touches
	}
	return ok && s.want(suite).meets(e, p)
}

// Floors only rise.
func TestSuitesOfOtherSystems(t *testing.T) {
	t.Parallel()
	suitesFolder(t)
	right, total := 0, 0
	for _, suite := range []struct {
		name  string
		floor float64
	}{
		{"jionlp_time_parse", 0.92}, {"jionlp_time_extract", 0.92}, {"recognizers_zh_datetime", 0.92},
		{"minlp_zh_time", 0.92}, {"duckling_zh_time", 0.92},
	} {
		score := suiteScore{out: map[string]int{}}
		for _, c := range readSuite(t, suite.name) {
			for _, span := range c.Spans {
				score.judge(suite.name, c, span)
			}
			if len(c.Spans) == 0 {
				score.empty(c)
			}
		}
		var reasons []string
		for r, n := range score.out {
			reasons = append(reasons, fmt.Sprintf("%s %d", r, n))
		}
		slices.Sort(reasons)
		share := float64(score.right) / float64(score.total)
		t.Logf("%s: %d of %d right (%.3f); out of scope: %s", suite.name, score.right, score.total, share, strings.Join(reasons, ", "))
		for _, w := range score.wrong {
			t.Logf("  %s", w)
		}
		if share < suite.floor {
			t.Errorf("%s: %.3f is under the floor of %.3f", suite.name, share, suite.floor)
		}
		right, total = right+score.right, total+score.total
	}
	t.Logf("all: %d of %d right (%.3f)", right, total, float64(right)/float64(total))
}

// empty judges a text that holds no time: nothing with a period may be found.
func (s *suiteScore) empty(c suiteCase) {
	s.total++
	for _, e := range Scan([]rune(fold(c.Text))) {
		if _, ok := e.Resolve(c.ref()); ok {
			s.wrong = append(s.wrong, fmt.Sprintf("%s: found %q", c.Text, string([]rune(fold(c.Text))[e.Start:e.End])))
			return
		}
	}
	s.right++
}
