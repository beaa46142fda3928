package quantity

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"heshu/schemas"
	"heshu/schemas/hanzi"
)

// suiteCase is one line of a suite: a text and the numbers that another system's test finds in it.
type suiteCase struct {
	Text       string      `json:"text"`
	Spans      []suiteSpan `json:"spans"`
	Kind       string      `json:"kind"`
	Mode       string      `json:"mode"`
	Fractional bool        `json:"percent_as_fraction"`
	Note       string      `json:"note"`
}

type suiteSpan struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Text  string  `json:"text"`
	Value *string `json:"value"`
	Low   *string `json:"low"`
	High  *string `json:"high"`
	Unit  *string `json:"unit"`
	Role  string  `json:"role"`
}

func (s *suiteSpan) unit() string {
	if s.Unit == nil {
		return ""
	}
	return *s.Unit
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

func loadSuite(t *testing.T, name string) []suiteCase {
	t.Helper()
	f, err := os.Open(filepath.Join(suitesFolder(t), name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []suiteCase
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var c suiteCase
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// read returns the numbers of a case in offsets of its own text.
func (c *suiteCase) read() []Number {
	in := []rune(c.Text)
	if len(c.Spans) == 1 && c.Spans[0].Start == 0 && c.Spans[0].End == len(in) {
		if n, ok := Parse(string(hanzi.Fold(in).Runes)); ok {
			n.Start, n.End, n.CoreStart, n.CoreEnd = 0, len(in), 0, len(in)
			return []Number{n}
		}
	}
	s := hanzi.Fold(in)
	out := Scan(s.Runes)
	for i := range out {
		n := &out[i]
		span := s.Span(n.Start, n.End)
		n.Start, n.End = int(span.Start), int(span.End)
	}
	return out
}

// judge compares a case with what the grammar reads: the wrong spans, or the numbers found where there should be none.
func (c *suiteCase) judge() []string {
	numbers := c.read()
	var wrong []string
	if len(c.Spans) == 0 {
		for _, n := range numbers {
			if n.Class.Figure() && (c.Kind != "currency" || n.Unit.Kind == "money") {
				wrong = append(wrong, "found "+string([]rune(c.Text)[n.Start:n.End])+" "+n.Class.String())
			}
		}
		return wrong
	}
	for i := range c.Spans {
		if !c.Spans[i].found(numbers) {
			w := c.Spans[i].Text + ":"
			for _, n := range numbers {
				v, lo, hi, code := n.Canonical()
				w += " " + v.String() + "[" + lo.String() + "," + hi.String() + "]" + n.Quantity.Unit + "/" + string(code) + " " + n.Class.String()
			}
			wrong = append(wrong, w)
		}
	}
	return wrong
}

func (s *suiteSpan) found(numbers []Number) bool {
	var near []Number
	for _, n := range numbers {
		if n.Start < s.End && s.Start < n.End {
			near = append(near, n)
		}
	}
	for _, n := range near {
		if s.matches(&n, n.Quantity.Value, n.Quantity.Low, n.Quantity.High) {
			return true
		}
		if v, lo, hi, _ := n.Canonical(); s.matches(&n, v, lo, hi) {
			return true
		}
	}
	// Two comparisons (大于10小于20) are one range upstream and two numbers here: the bounds must be the same.
	return len(near) == 2 && s.Low != nil && s.High != nil &&
		(same(s, &near[0], s.Low, near[0].Quantity.Low) && same(s, &near[1], s.High, near[1].Quantity.High) ||
			same(s, &near[1], s.Low, near[1].Quantity.Low) && same(s, &near[0], s.High, near[0].Quantity.High))
}

func (s *suiteSpan) matches(n *Number, value, low, high schemas.Decimal) bool {
	if s.Value != nil {
		return same(s, n, s.Value, value) && (s.Low == nil || same(s, n, s.Low, low)) && (s.High == nil || same(s, n, s.High, high))
	}
	if s.Low == nil && s.High == nil {
		return true // the upstream test looks at the span alone
	}
	return same(s, n, s.Low, low) && same(s, n, s.High, high)
}

// same compares an expected number with ours to a part in 10^9, after bringing ours to the upstream unit.
func same(s *suiteSpan, n *Number, want *string, got schemas.Decimal) bool {
	if want == nil || !got.IsSet() {
		return want == nil && !got.IsSet()
	}
	w, err := schemas.ParseDecimal(*want)
	if err != nil {
		return false
	}
	for _, f := range factors(s.unit(), n) {
		d := got.Mul(f).Sub(w)
		if d.Sign() < 0 {
			d = d.Neg()
		}
		limit := w
		if limit.Sign() < 0 {
			limit = limit.Neg()
		}
		if d.Cmp(limit.Mul(schemas.NewDecimal(1, -9))) <= 0 {
			return true
		}
	}
	return false
}

// factors lists what our value may be multiplied with to be in the upstream unit.
func factors(unit string, n *Number) []schemas.Decimal {
	one := schemas.NewDecimal(1, 0)
	key := unit + "/" + n.Quantity.Unit
	if f, ok := upstreamUnits[key]; ok {
		return []schemas.Decimal{one, f}
	}
	if f, ok := upstreamUnits[unit+"/"+string(n.Unit.Code)]; ok {
		return []schemas.Decimal{one, f}
	}
	if unit == "" && (n.Class == Percent || n.Class == Fraction) { // percentages as fractions, and the reverse
		return []schemas.Decimal{one, schemas.NewDecimal(1, -2)}
	}
	return []schemas.Decimal{one}
}

// upstreamUnits converts our units (by word or code) to upstream's.
var upstreamUnits = map[string]schemas.Decimal{
	"Cent/CNY":     schemas.NewDecimal(100, 0),
	"Gram/kg":      schemas.NewDecimal(1000, 0),
	"Gram/斤":       schemas.NewDecimal(500, 0),
	"Gram/两":       schemas.NewDecimal(50, 0),
	"Centimetre/m": schemas.NewDecimal(100, 0),
	"Metre/km":     schemas.NewDecimal(1000, 0),
	"米/km":         schemas.NewDecimal(1000, 0),
	"Minute/小时":    schemas.NewDecimal(60, 0),
}

func TestSuites(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"cn2an", "duckling_zh_numeral", "duckling_zh_money", "duckling_zh_quantity", "recognizers_zh_number", "recognizers_zh_percent",
		"recognizers_zh_range", "recognizers_zh_unit", "jionlp_money_extract", "jionlp_money_parse", "minlp_zh_numbers", "itn_wetext", "chinese2digits", "issue_reports_zh"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runSuite(t, name)
		})
	}
}

func runSuite(t *testing.T, name string) {
	total, right, skipped := 0, 0, 0
	reasons := map[string]int{}
	for _, c := range loadSuite(t, name) {
		if why := notApplicable(name, &c); why != "" {
			skipped++
			reasons[why]++
			continue
		}
		total++
		if wrong := c.judge(); len(wrong) == 0 {
			right++
		} else {
			t.Logf("%s: %q", c.Text, wrong)
		}
	}
	share := float64(right) / float64(max(total, 1))
	t.Logf("%s: %d of %d = %.3f, not applicable %d %v", name, right, total, share, skipped, reasons)
	if share < 0.97 {
		t.Errorf("%s: %.3f is below 0.97", name, share)
	}
}
