package pipeline

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"heshu/pipeline/audit"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/rules"
)

// statements is what the audit asks the build file, or a release.
type statements interface {
	Statements(ctx context.Context, near []schemas.FindingSpan) ([]schemas.Observation, error)
	Returns(ctx context.Context) ([]warehouse.Document, error)
	Revised(ctx context.Context) ([]warehouse.Revised, error)
	Ask(ctx context.Context, query string) (names []string, values [][]any, err error)
}

// released is a release's statements: those that count.
type released struct{ *warehouse.Reader }

// Statements returns the current observations that are no reprints.
func (r released) Statements(ctx context.Context, _ []schemas.FindingSpan) ([]schemas.Observation, error) {
	return r.Reader.Observations(ctx, "reprint_of IS NULL")
}

// Reconcile holds the statements of a release against each other anew, with the rules and decisions of now. It keeps
// nothing.
func (j Job) Reconcile(ctx context.Context, r *warehouse.Reader) ([]schemas.Finding, error) {
	in, err := j.auditInput(ctx, released{r}, nil)
	if err != nil {
		return nil, err
	}
	findings, err := j.audit(in)
	if err != nil {
		return nil, err
	}
	list, err := ReadDecisions(j.Config.DecisionPath())
	if err != nil {
		return nil, err
	}
	audit.Decide(findings, list)
	return findings, nil
}

// audit holds the statements against each other.
func (j Job) audit(in audit.Input) ([]schemas.Finding, error) {
	findings, err := audit.Run(in, j.Rules)
	if err == nil {
		j.Log.Info("compared", "statements", len(in.Observations), "findings", len(findings))
	}
	return findings, err
}

// auditInput puts together all that the rules look at.
func (j Job) auditInput(ctx context.Context, w statements, scope *audit.Scope) (audit.Input, error) {
	in := j.AuditAlone(nil)
	in.Required, in.Rows, in.Scope = j.requiredFields(), map[string][]audit.Row{}, scope
	var near []schemas.FindingSpan
	if scope != nil {
		near = scope.Pages()
	}
	expected, err := j.expected()
	if err != nil {
		return in, err
	}
	in.Expected = expected
	var documents []warehouse.Document
	var revised []warehouse.Revised
	group, within := errgroup.WithContext(ctx)
	if scope.Statements() {
		group.Go(func() (err error) { in.Observations, err = w.Statements(within, near); return err })
	}
	group.Go(func() (err error) { documents, err = w.Returns(within); return err })
	group.Go(func() (err error) { revised, err = w.Revised(within); return err })
	if err := group.Wait(); err != nil {
		return in, err
	}
	in.Returns = unreadable(documents, in.Expected)
	for _, d := range documents {
		if d.Kind == schemas.Workbook && d.Rejected == "" && !strings.HasPrefix(d.Series, slipSeries) {
			in.Returns = append(in.Returns, audit.Return{Document: d.ID, Source: d.Source, Region: d.Region, Form: d.Form, Period: d.Period, Received: d.Published, Replaced: !d.Current})
		}
	}
	for _, x := range revised {
		in.Revised = append(in.Revised, audit.Revised(x))
	}
	for _, r := range j.Rules {
		if r.Kind != rules.SQL {
			continue
		}
		if in.Rows[r.ID], err = answers(ctx, w, r); err != nil {
			return in, fmt.Errorf("rule %s: %w", r.ID, err)
		}
	}
	return in, nil
}

// unreadable are the documents that nobody can read as the returns that their names, folders or the configuration say they are, on
// any form that is expected of their region: they came, though nothing in them can be held against anything.
func unreadable(documents []warehouse.Document, expected []audit.Expected) (list []audit.Return) {
	type slot struct {
		region schemas.RegionCode
		end    schemas.Date
	}
	on := map[slot][]string{}
	for _, e := range expected {
		k := slot{e.Region, e.Period.End}
		on[k] = append(on[k], e.Form)
	}
	for _, d := range documents {
		if d.Rejected == "" || d.Region == "" || d.Kind == schemas.Article {
			continue
		}
		for _, form := range on[slot{d.Region, d.Period.End}] {
			list = append(list, audit.Return{Document: d.ID, Source: d.Source, Region: d.Region, Form: form, Period: d.Period, Received: d.Published, Replaced: true})
		}
	}
	return list
}

// requiredFields lists what every form must hold.
func (j Job) requiredFields() map[string][]audit.Field {
	out := map[string][]audit.Field{}
	for _, form := range j.Forms.All() {
		for _, f := range form.Fields {
			if f.Required && f.Indicator != "" && (f.Measure == 0 || f.Measure == schemas.Total) && form.Rows == "regions" {
				out[form.ID] = append(out[form.ID], audit.Field{Indicator: f.Indicator, Breakdown: f.Breakdown, Label: f.Label})
			}
		}
	}
	return out
}

// answers puts an SQL rule's query. Its columns go by name: region_code, indicator, period_end, left_value, right_value,
// failed, unit_name, note; those that are not there stay empty, and without failed every row is a failure.
func answers(ctx context.Context, w statements, r rules.Rule) ([]audit.Row, error) {
	names, rows, err := w.Ask(ctx, r.SQL)
	if err != nil {
		return nil, err
	}
	var list []audit.Row
	for _, values := range rows {
		x := audit.Row{Failed: true}
		for i, v := range values {
			if err := fill(&x, names[i], v); err != nil {
				return nil, err
			}
		}
		list = append(list, x)
	}
	return list, nil
}

// fill puts one column of an answer in its place.
func fill(x *audit.Row, name string, v any) error {
	if v == nil {
		return nil
	}
	switch name {
	case "region_code":
		x.Region = schemas.RegionCode(fmt.Sprint(v))
	case "indicator":
		x.Indicator = schemas.IndicatorCode(fmt.Sprint(v))
	case "unit_name":
		x.Unit = fmt.Sprint(v)
	case "note":
		x.Note = fmt.Sprint(v)
	case "obs_id":
		x.Inputs = append(x.Inputs, schemas.ObservationID(fmt.Sprint(v)))
	case "failed":
		x.Failed, _ = v.(bool)
	case "period_end":
		if d, ok := v.(schemas.Date); ok {
			x.Period = schemas.Period{Kind: schemas.AsOf, End: d}
		}
	case "left_value", "right_value":
		d, err := schemas.ParseDecimal(fmt.Sprint(v))
		if err != nil {
			return fmt.Errorf("column %s: %w", name, err)
		}
		if name == "left_value" {
			x.Left = d
		} else {
			x.Right = d
		}
	default:
		return fmt.Errorf("column %s: want region_code, indicator, period_end, left_value, right_value, failed, unit_name, note or obs_id", name)
	}
	return nil
}

// AuditAlone is what the rules look at where there are observations only: no returns, no calendar.
func (j Job) AuditAlone(observations []schemas.Observation) audit.Input {
	in := audit.Input{Observations: observations, Regions: places{j.Regions}, Today: j.today(), Indicators: map[schemas.IndicatorCode]audit.Indicator{}}
	for _, i := range j.Catalog.Indicators() {
		in.Indicators[i.Code] = audit.Indicator{Label: i.Zh, LabelEn: i.En, Additive: i.Additive}
	}
	return in
}
