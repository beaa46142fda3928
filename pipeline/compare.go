package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sync/errgroup"

	"heshu/pipeline/audit"
	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// besides is what is to be done while the findings are kept, which one processor does alone; either may be nil. Telling is done where the release
// will say something new, and what it needs beside findings is there: not in a full pass.
type besides struct {
	sampling func(context.Context) error
	telling  func(context.Context)
}

// compare holds the statements against each other and keeps the findings: all of them, or those that tonight's documents, the
// decisions and the day can have changed.
func (j Job) compare(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store, meanwhile besides) error {
	now, ever, err := j.decisions(store)
	if err != nil {
		return err
	}
	heeded := ""
	if papers := store.Papers(decisionPaper); len(papers) > 0 {
		heeded = string(papers[len(papers)-1].Document)
	}
	news, err := w.News(ctx)
	if err != nil {
		return err
	}
	var scope *audit.Scope
	if !w.Full() {
		if scope, err = j.scope(ctx, w, news, now, heeded); err != nil {
			return err
		}
	}
	j.laps.lap("scope")
	var findings []schemas.Finding
	group, while := errgroup.WithContext(ctx)
	group.Go(func() error {
		in, err := j.auditInput(while, w, scope)
		if err != nil {
			return err
		}
		group.Go(func() (err error) { findings, err = j.audit(in); return err })
		if err := w.Prepare(while); err != nil {
			return err
		}
		return w.Recall(while, part(scope))
	})
	if err := group.Wait(); err != nil {
		return err
	}
	j.laps.lap("audit")
	j.decide(findings, now)
	if err := errors.Join(w.PutDecisions(ctx, run, ever), w.Heed(ctx, heeded)); err != nil {
		return err
	}
	aside, while := errgroup.WithContext(ctx)
	if meanwhile.sampling != nil {
		aside.Go(func() error { return meanwhile.sampling(while) })
	}
	if meanwhile.telling != nil && news && !w.Full() {
		aside.Go(func() error { meanwhile.telling(while); return nil })
	}
	_, err = w.PutFindings(ctx, run, findings)
	err = errors.Join(err, aside.Wait())
	j.laps.lap("findings")
	return err
}

// part is the part of the findings that a scope is, nil for all.
func part(scope *audit.Scope) *warehouse.Within {
	if scope == nil {
		return nil
	}
	return &warehouse.Within{Rules: scope.Rules(), Spans: scope.Spans(), Alone: scope.Alone()}
}

// scope is what has to be held against each other anew.
func (j Job) scope(ctx context.Context, w *warehouse.Warehouse, news bool, decisions []audit.Decision, heeded string) (*audit.Scope, error) {
	heeds, err := w.Heeds(ctx)
	if err != nil {
		return nil, err
	}
	if !news && heeds == heeded {
		return audit.DayScope(j.Rules), nil
	}
	ids := make([]string, len(decisions))
	for i, d := range decisions {
		ids[i] = d.Finding
	}
	var touched []warehouse.Saying
	var always, failed []schemas.FindingSpan
	var lines []warehouse.Line
	group, while := errgroup.WithContext(ctx)
	group.Go(func() (err error) { touched, err = w.Touched(while); return err })
	group.Go(func() (err error) {
		if always, failed, err = w.FailedSpans(while, ids); err != nil {
			return err
		}
		if lines, err = w.Lines(while); err == nil {
			_, err = w.Returns(while) // it keeps what it tells: the audit asks again
		}
		return err
	})
	if err := group.Wait(); err != nil {
		return nil, err
	}
	beside := make([]audit.Line, len(lines), len(lines)+len(touched))
	for i, x := range lines {
		beside[i] = audit.Line(x)
	}
	said := make([]audit.Saying, len(touched))
	for i, x := range touched {
		if said[i] = audit.Saying(x); !x.Article && x.Region != "" {
			beside = append(beside, audit.Line{Document: x.Document, Region: x.Region, End: x.End})
		}
	}
	regions := places{j.Regions}
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

// fingerprint is what the findings rest on beside documents and decisions. With another one everything is compared anew. The reference data
// is the program's own, or of the office's files, which Code stands for.
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
	b, err := json.Marshal([]any{j.Version, j.Code, program, j.Rules, ends, j.today().Year()})
	if err != nil {
		return "", fmt.Errorf("fingerprint: %w", err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
