// Package report owns the papers that people read of a night: the morning page as HTML, text and JSON.
package report

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json" // indented in one go, in half the time of encoding/json
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"heshu/schemas"
)

// Lang is the language of what people read.
type Lang string

// The languages.
const (
	Zh Lang = "zh"
	En Lang = "en"
)

// Night is what one run has to tell. Slices are printed in the order given.
type Night struct {
	Run       string            `json:"run"`
	Date      schemas.Date      `json:"date"`
	Release   string            `json:"release"` // file name of the release, "" if nothing was published
	Content   string            `json:"content_sha256"`
	Changed   bool              `json:"changed"` // something is new against the last release
	Arrived   Tally             `json:"arrived"` // what came in tonight
	Documents []Document        `json:"documents"`
	Findings  []Finding         `json:"findings"`
	Figures   []Figure          `json:"figures"` // the cross-region table
	Counts    map[string]int    `json:"counts"`  // observations, numbers, exclusions, issues
	Labels    map[string]string `json:"-"`       // indicator code → name in the page's language

	Held        bool         `json:"held"`            // the release waits for approval
	Differences []Difference `json:"differences"`     // of a held release: figures of documents that were there before, read otherwise than in the current one
	NewFigures  int          `json:"new_figures"`     // of a held release: figures that came, changed or went with documents
	Otherwise   []Otherwise  `json:"findings_differ"` // of a held release: findings that stand otherwise than in the current one
	Missing     []Standing   `json:"missing"`         // returns that are due and not there
	Vanished    []string     `json:"vanished"`        // names that came in before and are not there any more
	Troubles    []Trouble    `json:"troubles"`        // addresses that could not be had
	Left        int          `json:"left"`            // addresses that the time did not suffice for
	Unread      int          `json:"unread"`          // documents that the time did not suffice for
	Unchanged   int          `json:"unchanged"`       // documents without news or issues that are not listed
	Unlisted    int          `json:"unlisted"`        // documents with news, without issues, that are not listed
	Unshown     int          `json:"unshown"`         // figures that are not in the cross-region table
	Holding     int          `json:"holding"`         // checks that passed and are not among the findings
}

// Document is one line of what came in.
type Document struct {
	Name         string      `json:"name"`
	Source       string      `json:"source"`
	State        Arrival     `json:"state"`
	Kind         string      `json:"kind"`
	Observations int         `json:"observations"`
	Numbers      int         `json:"numbers"`
	Excluded     int         `json:"excluded"`
	Issues       []IssueLine `json:"issues"`
}

// Difference is a figure that a held release tells otherwise.
type Difference struct {
	Action    string `json:"action"` // A added, R changed, D gone
	Indicator string `json:"indicator"`
	Label     string `json:"label"` // the indicator in the page's language
	Region    string `json:"region_code"`
	Place     string `json:"region"`
	Period    string `json:"period"`
	Source    string `json:"source"`
	Old       string `json:"old"`
	New       string `json:"new"`
}

// Otherwise is a finding that a held release has otherwise than the current one.
type Otherwise struct {
	Action   string           `json:"action"`  // A new, R changed, D gone
	Because  string           `json:"because"` // rules: with the same figures; figures: with other ones
	ID       string           `json:"finding_id"`
	Rule     string           `json:"rule"`
	Unit     string           `json:"unit_name"`
	Severity schemas.Severity `json:"severity"`
	Old      schemas.Outcome  `json:"old"`
	New      schemas.Outcome  `json:"new"`
	Zh       string           `json:"message_zh"`
	En       string           `json:"message_en"`
}

// Finding is a finding with the evidence of its inputs.
type Finding struct {
	schemas.Finding
	State    Age        `json:"state"` // new, open, resolved
	Period   string     `json:"period"`
	Evidence []Evidence `json:"evidence"`
	Reply    string     `json:"reply"` // what the unit answered, "" if it did not
}

// ReplyText tells what a unit answered, to be put behind a finding's message; "" if it did not.
func ReplyText(reply string, lang Lang) string {
	if reply == "" {
		return ""
	}
	return pick(lang, "（单位答复："+reply+"）", " (the unit replies: "+reply+")")
}

// Evidence is one observation that a finding rests on.
type Evidence struct {
	ID       schemas.ObservationID `json:"obs_id"`
	Document string                `json:"document"`
	Locator  string                `json:"locator"`
	Number   string                `json:"number"`
	Quote    string                `json:"quote"`
}

// Figure is one cell of the cross-region table.
type Figure struct {
	Indicator  string          `json:"indicator"`
	Label      string          `json:"label"`
	Region     string          `json:"region_code"`
	RegionName string          `json:"region"`
	Value      schemas.Decimal `json:"value"`
	Unit       string          `json:"unit"`
	Period     string          `json:"period"`
	Document   string          `json:"document"`
	Locator    string          `json:"locator"`
	Agrees     string          `json:"agrees"`
}

// Age is how a finding stands to the nights before.
type Age uint8

// The ages; the zero value is that of a finding that held before, too.
const (
	Fresh    Age = iota + 1 // 新: open since tonight
	Still                   // 仍未解决: open since an earlier night
	Resolved                // 已解决: was open, and is not any more since tonight
)

// String is the age's code.
func (a Age) String() string { return [...]string{"", "new", "open", "resolved"}[min(a, Resolved)] }

// MarshalText prints the age's code.
func (a Age) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// In is the age's name for people.
func (a Age) In(lang Lang) string {
	return pick(lang, [...]string{"", "新", "仍未解决", "已解决"}[min(a, Resolved)], a.String())
}

// Well reports whether nothing waits for anybody.
func (n Night) Well() bool {
	w := n.Waiting()
	return w.Open == 0 && w.Unverified == 0 && n.Issues() == 0 && len(n.Missing) == 0 && len(n.Troubles) == 0 && n.Left == 0 && n.Unread == 0 && !n.Held
}

// Waiting counts the findings that wait for somebody, and those that do no longer.
type Waiting struct {
	Open       int                      // not passed, not explained
	Severe     map[schemas.Severity]int // of them, by severity
	Fresh      int                      // of them, not open before tonight
	Unverified int                      // could not be verified
	Resolved   int                      // were open before tonight
}

// Waiting counts.
func (n Night) Waiting() Waiting {
	w := Waiting{Severe: map[schemas.Severity]int{}}
	for i := range n.Findings {
		f := &n.Findings[i]
		switch {
		case f.Outcome.Failed():
			w.Open++
			w.Severe[f.Severity]++
			if f.State == Fresh {
				w.Fresh++
			}
		case f.Outcome == schemas.CannotVerify:
			w.Unverified++
		}
		if f.State == Resolved {
			w.Resolved++
		}
	}
	return w
}

// Resolved returns the findings that were open before tonight.
func (n Night) Resolved() []*Finding {
	return n.with(func(f *Finding) bool { return f.State == Resolved })
}

// Open returns the findings that wait for somebody: not passed, not explained. What matters most comes first.
func (n Night) Open() []*Finding {
	return urgent(n.with(func(f *Finding) bool { return f.Outcome.Failed() }))
}

// Unverified returns the findings that could not be verified. What matters most comes first.
func (n Night) Unverified() []*Finding {
	return urgent(n.with(func(f *Finding) bool { return f.Outcome == schemas.CannotVerify }))
}

func (n Night) with(has func(*Finding) bool) []*Finding {
	var some []*Finding
	for i := range n.Findings {
		if has(&n.Findings[i]) {
			some = append(some, &n.Findings[i])
		}
	}
	return some
}

func urgent(list []*Finding) []*Finding {
	slices.SortStableFunc(list, func(a, b *Finding) int {
		if a.State != b.State && (a.State == Fresh || b.State == Fresh) {
			if a.State == Fresh { // new ones first
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Unit, b.Unit), a.Finding.Period.End.Compare(b.Finding.Period.End))
	})
	return list
}

// Passed counts the findings that hold, by outcome.
func (n Night) Passed() int {
	k := n.Holding
	for _, f := range n.Findings {
		if f.Outcome.Passed() {
			k++
		}
	}
	return k
}

// Worst returns the highest severity among the open findings, 0 if none is open.
func (n Night) Worst() schemas.Severity {
	var worst schemas.Severity
	for _, f := range n.Findings {
		if f.Outcome.Failed() {
			worst = max(worst, f.Severity)
		}
	}
	return worst
}

// Issues counts the issues of all documents.
func (n Night) Issues() int {
	k := 0
	for _, d := range n.Documents {
		k += len(d.Issues)
	}
	return k
}

// JSON writes the night as one indented JSON object, with the line that the page has on top.
func JSON(w io.Writer, n Night, lang Lang) error {
	n.Documents, n.Findings, n.Figures, n.Differences, n.Otherwise = filled(n.Documents), filled(n.Findings), filled(n.Figures), filled(n.Differences), filled(n.Otherwise)
	n.Missing, n.Vanished, n.Troubles = filled(n.Missing), filled(n.Vanished), filled(n.Troubles)
	type night Night // without methods
	what := struct {
		Headline string `json:"headline"`
		Well     bool   `json:"well"`
		Lang     Lang   `json:"lang"` // of the headline
		night
	}{Headline(n, lang), n.Well(), lang, night(n)}
	if err := json.MarshalWrite(w, what, jsonv1.DefaultOptionsV1(), jsontext.EscapeForHTML(false), jsontext.WithIndent(" ")); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// filled makes a list that is not there an empty one, for readers that walk it.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// pageFindings is how many findings of a kind the page shows: nobody reads more in a morning. The JSON has all.
const pageFindings = 500

//go:embed page.gohtml evidence.gohtml paper.gohtml board.gohtml
var files embed.FS

// HTML writes the night as one self-contained page: no script or style from elsewhere.
func HTML(w io.Writer, n Night, lang Lang) error {
	t, err := template.New("page.gohtml").Funcs(template.FuncMap{
		"t":         func(zh, en string) string { return pick(lang, zh, en) },
		"message":   func(f *Finding) string { return pick(lang, f.MessageZh, f.MessageEn) },
		"reply":     func(f *Finding) string { return ReplyText(f.Reply, lang) },
		"action":    func(f *Finding) string { return pick(lang, f.ActionZh, f.ActionEn) },
		"severity":  func(s schemas.Severity) string { return SeverityName(s, lang) },
		"few":       func(list []*Finding) []*Finding { return list[:min(len(list), pageFindings)] },
		"more":      func(n int) int { return max(n-pageFindings, 0) },
		"lang":      func() string { return string(lang) },
		"diagnosis": func(s string) string { return DiagnosisText(s, lang) },
		"basis":     func(s string) string { return BasisText(s, lang) },
		"age":       func(a Age) string { return a.In(lang) },
		"state":     func(s State) string { return s.In(lang) },
		"reminder":  func(s Standing) string { return s.Reminder() },
		"headline":  func() string { return Headline(n, lang) },
		"summary":   func() string { return Summary(n, lang) },
		"arrival":   func(a Arrival) string { return a.In(lang) },
		"said":      func(o Otherwise) string { return pick(lang, o.Zh, o.En) },
		"outcome":   func(o schemas.Outcome) string { return OutcomeName(o, lang) },
		"because":   func(s string) string { return BecauseText(s, lang) },
		"spot":      func(locator string) string { return spot(locator, lang) },
		"language":  func() Lang { return lang },
		"act":       func(code string) string { return ActionName(code, lang) },
		"lines":     func() int { return pageFindings },
		"group":     func(s string) string { return groupDigits(s) },
	}).ParseFS(files, "page.gohtml")
	if err != nil {
		return fmt.Errorf("read page template: %w", err)
	}
	return t.Execute(w, n)
}

func pick(lang Lang, zh, en string) string {
	if lang == En {
		return en
	}
	return zh
}

// SeverityName is a severity's name for people.
func SeverityName(s schemas.Severity, lang Lang) string {
	zh := [...]string{"", "提示", "核实", "强制"}
	en := [...]string{"", "hint", "verify", "mandatory"}
	if int(s) >= len(zh) {
		return s.String()
	}
	return pick(lang, zh[s], en[s])
}

// Headline is the one line that says whether all is well.
func Headline(n Night, lang Lang) string {
	w, issues := n.Waiting(), n.Issues()
	if n.Well() {
		return pick(lang, fmt.Sprintf("一切正常：%d 份材料，%d 条数据，%d 项核对全部通过", len(n.Documents)+n.Unchanged+n.Unlisted, n.Counts["observations"], n.Passed()),
			fmt.Sprintf("All is well: %d documents, %d observations, all %d checks passed", len(n.Documents)+n.Unchanged+n.Unlisted, n.Counts["observations"], n.Passed()))
	}
	line := pick(lang, fmt.Sprintf("%d 项待处理（其中必须更正 %d 项），%d 项无法核实，%d 处读取问题，%d 项通过", w.Open, w.Severe[schemas.Mandatory], w.Unverified, issues, n.Passed()),
		fmt.Sprintf("%d findings open (%d must be corrected), %d cannot be verified, %d reading issues, %d passed", w.Open, w.Severe[schemas.Mandatory], w.Unverified, issues, n.Passed()))
	for _, more := range []struct {
		n      int
		zh, en string
	}{{len(n.Missing), "%d 份报表逾期未报", "%d returns overdue"}, {len(n.Troubles), "%d 个网址未取到", "%d addresses not had"},
		{n.Left + n.Unread, "%d 项时间不够，留待下次", "%d left for the next run"}, {len(n.Differences), "%d 条数据因程序或规则改变而不同", "%d figures differ by new code or rules"},
		{len(n.Otherwise), "%d 项核查结果与现行发布不同", "%d findings differ from the current release"}} {
		if more.n > 0 {
			line += pick(lang, "，"+fmt.Sprintf(more.zh, more.n), ", "+fmt.Sprintf(more.en, more.n))
		}
	}
	if n.Held {
		line = pick(lang, "新数据待批准（heshu approve），旧数据仍在使用："+line, "the new release waits for heshu approve, the old one still stands: "+line)
	}
	return line
}

// groupDigits puts a thin separator between thousands: 71278500 is 71,278,500.
func groupDigits(s string) string {
	whole, fraction, ok := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var parts []string
	for len(whole) > 3 {
		parts = append([]string{whole[len(whole)-3:]}, parts...)
		whole = whole[:len(whole)-3]
	}
	s = sign + strings.Join(append([]string{whole}, parts...), ",")
	if ok {
		s += "." + fraction
	}
	return s
}
