package report

import (
	"fmt"
	"html/template"
	"io"
	"path/filepath"
	"sort"
	"strings"

	"heshu/schemas"
)

// Evidential is one document with its figures in place.
type Evidential struct {
	Name         string
	Source       string
	Extraction   schemas.Extraction
	Observations []schemas.Observation
	Issues       []schemas.Issue
	Names        Names
}

// Names turns codes into words of the page's language.
type Names struct {
	Indicator func(schemas.IndicatorCode) string
	Region    func(schemas.RegionCode, schemas.Date) string
	Unit      func(schemas.UnitCode) string
}

// evidencePart is one article or sheet, ready for the template.
type evidencePart struct {
	Title, Meta string
	Paragraphs  []evidenceParagraph // articles
	Records     []evidenceRecord    // sheets
	Unmapped    []evidenceRecord
	Low         []evidenceRecord
	Excluded    []excludedClass
}

type evidenceParagraph struct {
	Title   bool
	Pieces  []evidencePiece
	Rows    [][]evidenceCell // of a table: Pieces is empty
	Records []evidenceRecord
}

// evidencePiece is a run of text: plain, a figure (Number > 0) or an excluded number (Class).
type evidencePiece struct {
	Text   string
	Number int
	Class  string
	Level  string
}

type evidenceRecord struct {
	Number                                       int
	Anchor                                       string
	Value, Unit, Written, Indicator, Where, When string
	Detail                                       string
	Level                                        string // good, low, other
	Confidence                                   string
	Quote, Locator, Rule                         string
	Same                                         bool // place and time are those of the figure before
	RowLabel, ColumnLabel                        string
}

type excludedClass struct {
	Class string
	Texts []string
}

// EvidenceHTML writes one self-contained page: the text with every figure in place and its record beside it, the
// doubtful, unmapped and excluded ones first.
func EvidenceHTML(w io.Writer, e Evidential, lang Lang) error {
	t, err := template.New("evidence.gohtml").Funcs(template.FuncMap{
		"t":    func(zh, en string) string { return pick(lang, zh, en) },
		"lang": func() string { return string(lang) }, "language": func() Lang { return lang },
		"spot": func(locator string) string { return spot(locator, lang) },
	}).ParseFS(files, "evidence.gohtml")
	if err != nil {
		return fmt.Errorf("read evidence template: %w", err)
	}
	var parts []evidencePart
	for _, p := range e.Extraction.Parts {
		parts = append(parts, e.part(p, lang))
	}
	var issues []IssueLine
	for _, i := range e.Issues {
		sheet := ""
		if i.Part >= 0 && i.Part < len(e.Extraction.Parts) {
			sheet = e.Extraction.Parts[i.Part].Sheet
		}
		issues = append(issues, NewIssueLine(i, sheet))
	}
	return t.Execute(w, map[string]any{"Name": filepath.Base(e.Name), "Source": e.Source, "Parts": parts, "Issues": issues,
		"Observations": len(e.Observations), "Exclusions": len(e.Extraction.Exclusions)})
}

func (e Evidential) part(p schemas.Part, lang Lang) evidencePart {
	out := evidencePart{Title: p.Title, Meta: strings.Join(nonEmpty(p.Publisher, p.Published.String(), p.Sheet), " · ")}
	var records []evidenceRecord
	var spans []schemas.TextSpan
	context := ""
	for _, o := range e.Observations {
		if o.Article != p.Index {
			continue
		}
		r := e.record(o, len(records)+1, p.Index, lang)
		if here := r.Where + " · " + r.When; here == context {
			r.Same = true
		} else {
			context = here
		}
		records = append(records, r)
		span, _ := o.Locator.(schemas.TextSpan)
		spans = append(spans, span)
		switch r.Level {
		case "other":
			out.Unmapped = append(out.Unmapped, r)
		case "low":
			out.Low = append(out.Low, r)
		}
	}
	out.Excluded = e.excluded(p.Index, lang)
	if p.Text == "" {
		out.Records = records
		return out
	}
	out.Paragraphs = e.paragraphs(p, records, spans, lang)
	return out
}

func nonEmpty(list ...string) []string {
	var kept []string
	for _, s := range list {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// record words an observation.
func (e Evidential) record(o schemas.Observation, n, part int, lang Lang) evidenceRecord {
	value := groupDigits(o.Value.String())
	if !o.Value.IsSet() {
		value = groupDigits(o.Low.String()) + "–" + groupDigits(o.High.String())
	}
	switch o.Qualifier {
	case schemas.AtLeast:
		value = "≥ " + value
	case schemas.AtMost:
		value = "≤ " + value
	case schemas.Approx:
		value = "≈ " + value
	}
	r := evidenceRecord{Number: n, Anchor: fmt.Sprintf("f%d-%d", part, n), Value: value, Unit: e.Names.Unit(o.Unit), Written: o.Number,
		Indicator: e.Names.Indicator(o.Indicator), Where: e.Names.Region(o.Region, o.Period.End), When: periodWords(o.Period, lang),
		Detail: strings.Join(nonEmpty(o.Breakdown, o.Entity, actionName(o.Action, lang), measureWords(o, lang)), " · "), Level: "good",
		Confidence: fmt.Sprintf("%.0f%%", o.Confidence*100), Quote: o.Quote, Locator: o.Locator.String(), Rule: o.Rule, RowLabel: o.RowLabel, ColumnLabel: o.ColumnLabel}
	switch {
	case o.Indicator == schemas.Other:
		r.Level = "other"
		r.Indicator = o.Label
	case o.Confidence < 0.6:
		r.Level = "low"
	}
	return r
}

func (e Evidential) excluded(part int, lang Lang) []excludedClass {
	by := map[string][]string{}
	for _, x := range e.Extraction.Exclusions {
		if x.Part == part {
			by[x.Class] = append(by[x.Class], x.Text)
		}
	}
	var list []excludedClass
	for class, texts := range by {
		list = append(list, excludedClass{ClassName(class, lang), texts})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Class < list[j].Class })
	return list
}

// mark is a stretch of the text that is shown: a figure's number or an excluded number.
type mark struct {
	start, end int
	figure     int // 1-based, 0: excluded
	class      string
	level      string
}

// paragraphs cuts a text into lines and marks the figures' numbers in them.
func (e Evidential) paragraphs(p schemas.Part, records []evidenceRecord, spans []schemas.TextSpan, lang Lang) []evidenceParagraph {
	text := []rune(p.Text)
	var marks []mark
	for i, s := range spans {
		start, end := numberIn(text, s, records[i].Written)
		marks = append(marks, mark{start, end, i + 1, "", records[i].Level})
	}
	for _, x := range e.Extraction.Exclusions {
		if s, ok := x.Locator.(schemas.TextSpan); ok && x.Part == p.Index {
			marks = append(marks, mark{int(s.Start), int(s.End), 0, ClassName(x.Class, lang), ""})
		}
	}
	sort.SliceStable(marks, func(i, j int) bool { return marks[i].start < marks[j].start })
	var out []evidenceParagraph
	for start := 0; start <= len(text); {
		end := start
		for end < len(text) && text[end] != '\n' {
			end++
		}
		switch {
		case end > start && hasTab(text[start:end]):
			if n := len(out); n == 0 || out[n-1].Rows == nil {
				out = append(out, evidenceParagraph{})
			}
			out[len(out)-1].row(text, start, end, marks, records)
		case end > start:
			out = append(out, line(text, start, end, marks, records, len(out) == 0))
		}
		start = end + 1
	}
	for i := range out {
		align(out[i].Rows)
	}
	return out
}

// line cuts one line into pieces.
func line(text []rune, start, end int, marks []mark, records []evidenceRecord, title bool) evidenceParagraph {
	out := evidenceParagraph{Title: title}
	at := start
	for _, m := range marks {
		if m.start < at || m.end > end || m.end <= m.start {
			continue
		}
		if m.start > at {
			out.Pieces = append(out.Pieces, evidencePiece{Text: string(text[at:m.start])})
		}
		out.Pieces = append(out.Pieces, evidencePiece{string(text[m.start:m.end]), m.figure, m.class, m.level})
		if m.figure > 0 {
			out.Records = append(out.Records, records[m.figure-1])
		}
		at = m.end
	}
	if at < end {
		out.Pieces = append(out.Pieces, evidencePiece{Text: string(text[at:end])})
	}
	return out
}

// numberIn finds where in a quote's span the number is written; where it cannot tell, the whole span.
func numberIn(text []rune, s schemas.TextSpan, written string) (start, end int) {
	quote, ok := s.In(text)
	if !ok {
		return 0, 0
	}
	if i := strings.Index(quote, written); i >= 0 && written != "" {
		start = int(s.Start) + len([]rune(quote[:i]))
		return start, start + len([]rune(written))
	}
	return int(s.Start), int(s.End)
}
