package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"heshu/pipeline/audit"
	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// compare holds the statements against each other and keeps the findings: all of them, or those that tonight's documents, the
// decisions and the day can have changed.
func (j Job) compare(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store) error {
	now, ever, err := j.decisions(store)
	if err != nil {
		return err
	}
	heeded := ""
	if papers := store.Papers(decisionPaper); len(papers) > 0 {
		heeded = string(papers[len(papers)-1].Document)
	}
	var scope *audit.Scope
	var within *warehouse.Within
	if !w.Full() {
		if scope, err = j.scope(ctx, w, now, heeded); err != nil {
			return err
		}
		within = &warehouse.Within{Rules: scope.Rules(), Spans: scope.Spans(), Alone: scope.Alone()}
	}
	j.laps.lap("scope")
	findings, err := j.audit(ctx, w, scope)
	if err != nil {
		return err
	}
	j.laps.lap("audit")
	j.decide(findings, now)
	if err := errors.Join(w.PutDecisions(ctx, run, ever), w.Heed(ctx, heeded)); err != nil {
		return err
	}
	_, err = w.PutFindings(ctx, run, within, findings)
	j.laps.lap("findings")
	return err
}

// scope is what has to be held against each other anew.
func (j Job) scope(ctx context.Context, w *warehouse.Warehouse, decisions []audit.Decision, heeded string) (*audit.Scope, error) {
	said, err := w.Touched(ctx)
	if err != nil {
		return nil, err
	}
	heeds, err := w.Heeds(ctx)
	if err != nil {
		return nil, err
	}
	if len(said) == 0 && heeds == heeded {
		return audit.DayScope(j.Rules), nil
	}
	ids := make([]string, len(decisions))
	for i, d := range decisions {
		ids[i] = d.Finding
	}
	always, failed, err := w.FailedSpans(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines, err := w.Lines(ctx)
	if err != nil {
		return nil, err
	}
	beside := make([]audit.Line, len(lines))
	for i, x := range lines {
		beside[i] = audit.Line(x)
	}
	regions := newPlaces(j.Regions)
	scope := audit.NewScope(j.Rules, regions, said)
	for _, x := range always {
		scope.Add(x)
	}
	scope.Reconsider(failed, said, beside, regions)
	return scope, nil
}

// plan decides whether the run works everything out anew.
func (j Job) plan(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run) error {
	with, err := j.fingerprint()
	if err != nil {
		return err
	}
	return w.Plan(ctx, run, with, j.Config.Full)
}

// fingerprint is what the findings rest on beside documents and decisions. With another one everything is compared anew.
func (j Job) fingerprint() (string, error) {
	expected, err := j.expected()
	if err != nil {
		return "", err
	}
	type due struct {
		Region schemas.RegionCode
		End    string
	}
	var ends []due
	for _, e := range expected {
		ends = append(ends, due{e.Region, e.Period.End.String()})
	}
	program := ""
	if path, err := os.Executable(); err == nil {
		if info, err := os.Stat(path); err == nil {
			program = fmt.Sprint(info.Size(), info.ModTime().UnixNano())
		}
	}
	b, err := json.Marshal([]any{j.Version, j.Code, program, j.Rules, j.Catalog.Indicators(), j.Regions.All(), requiredFields(), ends, j.today().Year()})
	if err != nil {
		return "", fmt.Errorf("fingerprint: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
