package pipeline

import (
	"context"
	"fmt"

	"heshu/pipeline/intake"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// slipSeries begins the series of a return slip: it brings replies and no figures.
const slipSeries = "return slip/"

// replied is the verdict of a unit's reply: the finding stays open until the office decides.
const replied = "replied"

// takeReplies reads the return slips that came back and keeps what the units answered.
func (j Job) takeReplies(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store) error {
	documents, err := w.InSeries(ctx, slipSeries)
	if err != nil {
		return err
	}
	var list []warehouse.Decision
	for _, d := range documents {
		b, err := store.Get(d.ID)
		if err != nil {
			return err
		}
		answers, err := report.ReadSlip(b)
		if err != nil {
			j.Log.Warn("a return slip cannot be read", "document", d.Name, "why", err)
			continue
		}
		for _, a := range answers {
			day := d.Published
			if day.IsZero() {
				day = schemas.DateOf(d.Received)
			}
			name := a.Unit
			if a.Name != "" {
				name += " " + a.Name
			}
			list = append(list, warehouse.Decision{Finding: a.Finding, Verdict: replied, Reason: a.Text, Name: name, Day: day, Left: a.Left, Right: a.Right})
		}
	}
	return w.PutDecisions(ctx, run, list)
}

// replies adds what the units answered to findings that still stand as they stood in the slip.
func (j Job) replies(ctx context.Context, r *warehouse.Reader, p *report.Papers, current []warehouse.CurrentFinding) error {
	said, err := Replies(ctx, r, current)
	if err != nil {
		return err
	}
	for id, d := range said {
		p.Replies[id] = report.Reply{Finding: id, Left: d.Left, Right: d.Right, Name: d.Name, Text: d.Reason}
	}
	return nil
}

// Replies lists by finding what units answered last, where the finding still has the values that they answered to.
func Replies(ctx context.Context, r *warehouse.Reader, current []warehouse.CurrentFinding) (map[string]warehouse.Decision, error) {
	list, err := r.Decisions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read replies: %w", err)
	}
	last := map[string]warehouse.Decision{}
	for _, d := range list {
		if d.Verdict == replied {
			last[d.Finding] = d
		}
	}
	out := map[string]warehouse.Decision{}
	for _, f := range current {
		if d, ok := last[f.ID]; ok && d.Left.Equal(f.Left) && d.Right.Equal(f.Right) {
			out[f.ID] = d
		}
	}
	return out, nil
}
