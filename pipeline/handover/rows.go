package handover

import (
	"errors"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"heshu/schemas"
	"heshu/schemas/layout"
)

// row is one row in the order of the table's hand-over columns: string, int, int64, float64, bool, schemas.Decimal,
// schemas.Date, time.Time, []string, or nil for null.
type row []any

// rowsOf turns an entry into the rows of every table.
type rowsOf struct {
	task    Task
	cleaned int
	tables  map[string][]row
	flush   func(map[string][]row) error
}

// heldRows is how many rows of one document's observations are held at most before they are written.
const heldRows = 4096

func (r *rowsOf) add(table string, values ...any) {
	r.tables[table] = append(r.tables[table], row(values))
}

// text mends what DuckDB would turn into NULL in silence: invalid UTF-8 and NUL.
func (r *rowsOf) text(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	r.cleaned++
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// null is text, or null where it is empty.
func (r *rowsOf) null(s string) any {
	if s == "" {
		return nil
	}
	return r.text(s)
}

func (r *rowsOf) at(l schemas.Locator) any {
	if l == nil {
		return nil
	}
	return r.null(l.String())
}

func (r *rowsOf) period(p schemas.Period) []any {
	return []any{r.null(p.Kind.String()), day(p.Start), day(p.End)}
}

func day(d schemas.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

// number is a value that fits the column; the second result is false where it does not.
func number(d schemas.Decimal) (any, bool) {
	if !d.IsSet() {
		return nil, true
	}
	whole, _, _ := strings.Cut(strings.TrimPrefix(d.String(), "-"), ".")
	if len(whole) > maxWhole {
		return nil, false
	}
	return d.Round(layout.DecimalScale), true
}

func (r *rowsOf) entry(e Entry) (err error) {
	source := e.Document.Source
	if source == "" {
		source = e.Document.Name
	}
	if e.Known {
		r.document(e, source, 0, 0)
		return nil
	}
	issues := append([]schemas.Issue(nil), e.Issues...)
	moved := map[int]int{} // numeric tokens of observations that became issues, by part
	kept, i := 0, 0
	e.each(func(o schemas.Observation) {
		if o.Source == "" {
			o.Source = source
		}
		trouble := r.observation(i, o)
		i++
		if trouble != "" {
			issues = append(issues, schemas.Issue{Part: o.Article, Locator: o.Locator, Code: schemas.IssueNumber, Message: trouble, Numbers: 1})
			moved[o.Article]++
			return
		}
		if kept++; len(r.tables["observation"]) >= heldRows {
			err = errors.Join(err, r.flush(r.tables))
		}
	})
	id := string(e.Document.ID)
	for i, x := range issues {
		r.add("issue", id, i, x.Part, r.at(x.Locator), r.text(string(x.Code)), r.text(x.Message), r.null(x.Missing.String()), x.Numbers)
	}
	for i, x := range e.Extraction.Exclusions {
		r.add("exclusion", id, i, x.Part, r.at(x.Locator), r.text(x.Text), r.text(x.Class), x.Numbers)
	}
	r.parts(e, issues, moved)
	r.document(e, source, kept, len(issues))
	return err
}

func (r *rowsOf) document(e Entry, source string, figures, issues int) {
	status := "read"
	switch {
	case e.Known:
		status = "known"
	case e.Rejected != "":
		status = "rejected"
	}
	series := e.Series
	if series == "" {
		series = Series(e)
	}
	values := append([]any{string(e.Document.ID), r.text(e.Document.Name), r.text(source), r.text(series), r.null(e.Extraction.Kind.String()),
		day(e.Document.Published), e.Received.UTC().Truncate(time.Microsecond), r.null(string(e.Document.Region))}, r.period(e.Document.Period)...)
	r.add("document", append(values, e.Size, status, r.null(e.Rejected), r.text(r.task.CodeVersion), len(e.Extraction.Parts), figures, issues)...)
}

// Series is what a later document must share to replace this one: for a return, its source, form, period and
// regions, where all its figures agree on form and period; else source and name.
func Series(e Entry) string {
	source := e.Document.Source
	if source == "" {
		source = e.Document.Name
	}
	byName := source + "/" + e.Document.Name
	g := e.Gist
	if e.Stream == nil {
		g = Gist{}
		e.each(g.Take)
	}
	if g.form == "" || g.mixed || e.Extraction.Kind != schemas.Workbook {
		return byName
	}
	codes := make([]string, 0, len(g.regions))
	for code := range g.regions {
		codes = append(codes, string(code))
	}
	sort.Strings(codes)
	p := g.period
	return strings.Join([]string{source, g.form, p.Kind.String(), p.Start.String(), p.End.String(), strings.Join(codes, "+")}, "/")
}

// parts writes the parts and the ledger: what was seen in each and what became of it.
func (r *rowsOf) parts(e Entry, issues []schemas.Issue, moved map[int]int) {
	type count struct{ figures, issues, exclusions int }
	counts := map[int]*count{}
	of := func(part int) *count {
		if counts[part] == nil {
			counts[part] = &count{}
		}
		return counts[part]
	}
	for _, x := range e.Extraction.Figures {
		of(x.Part).figures += x.Numbers
	}
	for part, n := range e.Gist.figures {
		of(part).figures += n
	}
	for _, x := range issues {
		of(x.Part).issues += x.Numbers
	}
	for _, x := range e.Extraction.Exclusions {
		of(x.Part).exclusions += x.Numbers
	}
	id := string(e.Document.ID)
	for _, p := range e.Extraction.Parts {
		r.add("part", id, p.Index, r.null(p.Title), day(p.Published), r.null(p.Publisher), r.null(p.Sheet), r.null(p.Text), p.Numbers)
		c := of(p.Index)
		c.figures -= moved[p.Index]
		r.add("ledger", id, p.Index, p.Numbers, c.figures, c.issues, c.exclusions, p.Numbers == c.figures+c.issues+c.exclusions)
	}
}

// observation writes one observation, or says why it cannot be stored.
func (r *rowsOf) observation(ordinal int, o schemas.Observation) string {
	value, ok1 := number(o.Value)
	low, ok2 := number(o.Low)
	high, ok3 := number(o.High)
	switch {
	case !ok1 || !ok2 || !ok3:
		return "number \"" + r.text(o.Number) + "\" has more than 28 digits before the point"
	case o.ID == "" || o.Document == "" || o.Locator == nil || o.Quote == "":
		return "figure \"" + r.text(o.Number) + "\" has no evidence"
	}
	flags := make([]string, len(o.Flags))
	for i, f := range o.Flags {
		flags[i] = r.text(string(f))
	}
	values := []any{string(o.ID), string(o.Document), r.text(o.Source), o.Kind.String(), o.Article, ordinal, r.at(o.Locator), r.text(o.Quote),
		r.text(o.Number), r.null(o.UnitWritten), r.null(o.Label), r.null(o.RowLabel), r.null(o.ColumnLabel), r.text(string(o.Indicator)),
		r.null(o.Breakdown), r.null(o.Action), r.null(o.Scope.String()), r.null(o.Entity), r.null(string(o.Region)), r.null(o.RegionAs)}
	values = append(values, r.period(o.Period)...)
	values = append(values, value, low, high, r.null(o.Qualifier.String()), r.text(string(o.Unit)), o.Decimals, o.UnitMult, r.null(o.Measure.String()),
		r.null(o.Per), status(o), o.Confidence, r.text(o.Rule), flags, r.null(o.Form), r.at(o.UnitFrom), r.at(o.RegionFrom), r.at(o.PeriodFrom))
	r.add("observation", values...)
	return ""
}

// status is the figure's code of SDMX CL_OBS_STATUS: F planned, V a return nobody has accepted yet, U hardly certain, A normal.
func status(o schemas.Observation) string {
	switch {
	case o.Measure == schemas.Target:
		return "F"
	case o.Kind == schemas.Workbook:
		return "V"
	case o.Confidence < lowReliability:
		return "U"
	}
	return "A"
}

// lowReliability is the confidence below which a figure of an article is flagged U: fewer than half of such are right.
const lowReliability = 0.5

// maxWhole is how many digits before the point a value may have.
const maxWhole = layout.DecimalPrecision - layout.DecimalScale
