package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"heshu/pipeline/audit"
	"heshu/pipeline/intake"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// nightOf is night of a release that stands.
func (j Job) nightOf(ctx context.Context, rel warehouse.Release, changed bool, came arrival) (report.Night, error) {
	r, err := warehouse.OpenBriefly(ctx, rel.Path())
	if err != nil {
		return report.Night{}, err
	}
	defer r.Close()
	return j.night(ctx, rel, r, changed, came, nil)
}

// night puts together what people read, from what the release says: what the report says is what researchers find. Most is what factual and
// findings gave before; nil if nobody has asked them.
func (j Job) night(ctx context.Context, rel warehouse.Release, r *warehouse.Reader, changed bool, came arrival, most *report.Night) (n report.Night, err error) {
	if most == nil {
		if most, err = j.factual(ctx, r, rel.Run, came); err == nil {
			most.Findings, most.Holding, err = j.findings(ctx, r, rel.Run, changed)
		}
		if err != nil {
			return n, err
		}
	}
	n = *most
	n.Run, n.Date, n.Release, n.Content, n.Changed, n.Counts = rel.Run, j.today(), rel.File, rel.Content, changed, map[string]int{}
	n.Vanished, n.Left, n.Unread, n.Arrived = came.vanished, came.left, came.unread, tally(came)
	for _, t := range came.troubles {
		n.Troubles = append(n.Troubles, report.NewTrouble(t.Address, t.Why))
	}
	for _, name := range []struct{ key, table string }{{"documents", "document"}, {"observations", "observation"}, {"exclusions", "exclusion"}, {"issues", "issue"}} {
		n.Counts[name.key] = int(rel.Counts[name.table])
	}
	return n, nil
}

// factual puts together what needs no findings: the documents, who has not reported, the figures of a run.
func (j Job) factual(ctx context.Context, r *warehouse.Reader, run string, came arrival) (*report.Night, error) {
	var n report.Night
	group, ctx := errgroup.WithContext(ctx) // each part fills in fields of its own
	group.Go(func() error { return j.documents(ctx, r, came.items, &n) })
	group.Go(func() (err error) { n.Missing, err = j.missing(ctx, r); return err })
	group.Go(func() error { return j.figures(ctx, r, run, &n) })
	return &n, group.Wait()
}

// tally counts tonight's documents by how they stand to what was known.
func tally(came arrival) report.Tally {
	t := report.Tally{Vanished: len(came.vanished)}
	for _, i := range came.items {
		switch i.State {
		case intake.New:
			t.New++
		case intake.Changed:
			t.Changed++
		case intake.Unchanged:
			t.Unchanged++
		}
	}
	return t
}

// missing lists the returns that are due and not there.
func (j Job) missing(ctx context.Context, r *warehouse.Reader) ([]report.Standing, error) {
	all, err := standings(ctx, j.Config, r, nil, j.Forms, j.Regions, "", j.today())
	if err != nil {
		return nil, err
	}
	var list []report.Standing
	for _, s := range all {
		if s.Overdue() {
			list = append(list, s)
		}
	}
	return list, nil
}

// listed is how many documents the page lists, all of them; where there are more, those with issues and so many of those with
// news are listed, and the others counted.
const listed = 300

func (j Job) documents(ctx context.Context, r *warehouse.Reader, items []intake.Item, n *report.Night) error {
	state := map[schemas.DocumentID]intake.State{}
	for _, i := range items {
		state[i.Document().ID] = i.State
	}
	codes := map[intake.State]report.Arrival{intake.New: report.New, intake.Changed: report.Changed, intake.Unchanged: report.Unchanged, 0: report.Earlier}
	issues, err := j.issues(ctx, r)
	if err != nil {
		return err
	}
	where, all := "true", 0
	if err := each(ctx, r, `SELECT count(*) FROM document`, func(v []any) { all = int(v[0].(int64)) }); err != nil {
		return err
	}
	if all > listed {
		some := make([]string, 0, listed)
		for id := range issues {
			some = append(some, string(id))
		}
		news := 0
		for _, i := range items { // in the order of the sources
			if fresh := i.State == intake.New || i.State == intake.Changed; fresh && len(issues[i.Document().ID]) == 0 {
				if news++; news <= listed {
					some = append(some, string(i.Document().ID))
				}
			}
		}
		n.Unlisted = max(0, news-listed)
		where = "d.document_id IN ('" + strings.Join(some, "', '") + "')" // hashes in hexadecimal
	}
	err = each(ctx, r, `SELECT d.document_id, d.name, d.source, coalesce(d.kind, ''), d.figures, coalesce(sum(l.numbers), 0)::BIGINT, coalesce(sum(l.in_exclusions), 0)::BIGINT
		FROM document d LEFT JOIN ledger l USING (document_id) WHERE `+where+` GROUP BY ALL ORDER BY d.name, d.document_id`, func(v []any) {
		id := schemas.DocumentID(v[0].(string))
		n.Documents = append(n.Documents, report.Document{Name: v[1].(string), Source: v[2].(string), State: codes[state[id]], Kind: v[3].(string),
			Observations: int(v[4].(int64)), Numbers: int(v[5].(int64)), Excluded: int(v[6].(int64)), Issues: issues[id]})
	})
	slices.SortStableFunc(n.Documents, func(a, b report.Document) int { return cmp.Compare(a.State, b.State) }) // what is new first
	n.Unchanged = all - len(n.Documents) - n.Unlisted
	return err
}

// language is 0 for Chinese, 1 for English.
func (j Job) language() int {
	if j.Config.Lang == string(report.En) {
		return 1
	}
	return 0
}

func (j Job) issues(ctx context.Context, r *warehouse.Reader) (map[schemas.DocumentID][]report.IssueLine, error) {
	list := map[schemas.DocumentID][]report.IssueLine{}
	err := each(ctx, r, `SELECT document_id, i.part, coalesce(p.sheet, ''), coalesce(locator, ''), code, message
		FROM issue i LEFT JOIN part p USING (document_id, part) WHERE code <> 'missing' ORDER BY document_id, i.ordinal`, func(v []any) {
		id := schemas.DocumentID(v[0].(string))
		issue := schemas.Issue{Part: int(v[1].(int64)), Code: schemas.IssueCode(v[4].(string)), Message: v[5].(string)}
		issue.Locator, _ = schemas.ParseLocator(v[3].(string)) // "" is none
		list[id] = append(list[id], report.NewIssueLine(issue, v[2].(string)))
	})
	return list, err
}

// findings reads the release's findings with the evidence they rest on. Where there are very many, those that passed are counted only.
func (j Job) findings(ctx context.Context, r *warehouse.Reader, tonight string, changed bool) ([]report.Finding, int, error) {
	evidence := map[string]report.Evidence{}
	err := each(ctx, r, `SELECT o.obs_id, d.name, o.locator, o.number, o.quote FROM observation o JOIN document d USING (document_id)
		WHERE o.superseded_at IS NULL AND o.obs_id IN (SELECT unnest(inputs) FROM finding_current WHERE outcome IN (`+warehouse.WaitingOutcomes+`))`, func(v []any) {
		evidence[v[0].(string)] = report.Evidence{ID: schemas.ObservationID(v[0].(string)), Document: v[1].(string), Locator: v[2].(string), Number: v[3].(string), Quote: v[4].(string)}
	})
	if err != nil {
		return nil, 0, err
	}
	open, err := r.WasOpen(ctx)
	if err != nil {
		return nil, 0, err
	}
	current, passed, err := j.current(ctx, r, open)
	if err != nil {
		return nil, 0, err
	}
	said, err := Replies(ctx, r, current)
	if err != nil {
		return nil, 0, err
	}
	if _, err := os.Stat(j.Config.ReportPath(tonight)); err == nil && !changed {
		tonight = "" // what that release found was told on an earlier night
	}
	var list []report.Finding
	for _, f := range current {
		x := report.Finding{Finding: f.Finding, Period: audit.PeriodText(f.Period), State: AgeOf(f, tonight, open), Reply: said[f.ID].Reason}
		if passed > 0 && f.Outcome.Passed() && x.State != report.Resolved {
			passed++
			continue
		}
		for _, id := range f.Inputs {
			if e, ok := evidence[string(id)]; ok {
				x.Evidence = append(x.Evidence, e)
			}
		}
		list = append(list, x)
	}
	return list, passed, nil
}

// current reads the release's findings. Where there are very many, those that passed are counted only.
func (j Job) current(ctx context.Context, r *warehouse.Reader, open map[string]bool) (list []warehouse.CurrentFinding, passed int, err error) {
	if list, passed, err = r.Telling(ctx, open); err != nil || len(list)+passed > listed*10 {
		return list, passed, err
	}
	list, err = r.Findings(ctx)
	return list, 0, err
}

// AgeOf says how a finding stands against the run before. open holds those that were open before the release's last run
// changed them.
func AgeOf(f warehouse.CurrentFinding, run string, open map[string]bool) report.Age {
	switch {
	case f.Outcome.Failed() && f.Run == run && !open[f.ID]:
		return report.Fresh
	case f.Outcome.Failed():
		return report.Still
	case f.Outcome.Passed() && f.Run == run && open[f.ID]:
		return report.Resolved
	}
	return 0
}

// shown is how many figures the page shows, all of them; where there are more, those of the latest periods that tonight's documents say.
const shown = 2000

// figures reads the cross-region table: totals of regions.
func (j Job) figures(ctx context.Context, r *warehouse.Reader, run string, n *report.Night) error {
	const totals = `best_value WHERE measure = 'total' AND value IS NOT NULL`
	all, which := 0, ""
	if err := each(ctx, r, `SELECT count(*) FROM `+totals, func(v []any) { all = int(v[0].(int64)) }); err != nil {
		return err
	}
	if all > shown {
		which = fmt.Sprintf(` AND document_id IN (SELECT document_id FROM document WHERE run_id = '%s')
			ORDER BY period_end DESC NULLS LAST, indicator, breakdown NULLS FIRST, region_code, action NULLS FIRST, obs_id LIMIT %d`, run, shown)
	}
	err := each(ctx, r, `SELECT indicator, indicator_zh, indicator_en, region_code, region, value, unit, unit_zh, period_kind, period_start, period_end, document, locator, candidates, agree, breakdown
		FROM cross_region WHERE obs_id IN (SELECT obs_id FROM `+totals+which+`) ORDER BY indicator, breakdown NULLS FIRST, period_end, region_code, action NULLS FIRST, obs_id`, func(v []any) {
		p := schemas.Period{}
		if s, ok := v[8].(string); ok {
			if err := p.Kind.UnmarshalText([]byte(s)); err != nil {
				return
			}
		}
		p.Start, _ = v[9].(schemas.Date)
		p.End, _ = v[10].(schemas.Date)
		label, unit := v[1].(string), v[7].(string)
		if j.language() == 1 {
			label, unit = v[2].(string), v[6].(string)
		}
		if b, ok := v[15].(string); ok {
			label += "（" + b + "）"
		}
		agrees := fmt.Sprint(v[13])
		if agree, ok := v[14].(bool); ok && !agree {
			agrees += " ≠"
		}
		n.Figures = append(n.Figures, report.Figure{Indicator: v[0].(string), Label: label, Region: v[3].(string), RegionName: v[4].(string), Value: v[5].(schemas.Decimal), Unit: unit,
			Period: audit.PeriodText(p), Document: v[11].(string), Locator: v[12].(string), Agrees: agrees})
	})
	n.Unshown = all - len(n.Figures)
	return err
}

// each asks a question and hands on every row.
func each(ctx context.Context, r *warehouse.Reader, query string, use func([]any)) error {
	rows, err := r.Query(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := rows.Values()
		if err != nil {
			return err
		}
		use(v)
	}
	return rows.Err()
}
