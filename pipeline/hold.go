package pipeline

import (
	"cmp"
	"context"
	"errors"

	"heshu/pipeline/audit"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/rules"
)

// hold reports whether a new release has to wait for approval: the configuration asks for it, and the current release
// was read by other code, with other data or held against other rules than this run's. It returns the current release's run, "" if there is none.
func (j Job) hold() (current string, hold bool, err error) {
	rel, err := warehouse.Current(j.Config.ReleaseDir())
	if errors.Is(err, warehouse.ErrNoRelease) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	return rel.Run, j.Config.Approve && (rel.CodeVersion != j.Code || rel.RulesVersion != rules.Digest(j.Rules)), nil
}

// differences tells what a release that waits for approval says otherwise than the current one: documents that both have, read
// otherwise, and findings. What came with documents is counted.
func (j Job) differences(ctx context.Context, n *report.Night, current, held string) error {
	before, err := warehouse.Find(j.Config.ReleaseDir(), current)
	if err != nil {
		return err
	}
	after, err := warehouse.Find(j.Config.ReleaseDir(), held)
	if err != nil {
		return err
	}
	figures, err := warehouse.Diff(ctx, before, after)
	if err != nil {
		return err
	}
	labels, at := map[schemas.IndicatorCode]string{}, places{j.Regions}
	for _, i := range j.Catalog.Indicators() {
		labels[i.Code] = [...]string{i.Zh, i.En}[j.language()]
	}
	for _, d := range figures {
		if d.Because == "document" {
			n.NewFigures++
			continue
		}
		n.Differences = append(n.Differences, report.Difference{Action: d.Action, Indicator: string(d.Indicator), Label: cmp.Or(labels[d.Indicator], string(d.Indicator)), Region: string(d.Region), Place: at.Name(d.Region, d.Period.End), Period: audit.PeriodText(d.Period), Source: d.Source, Old: d.OldNumber, New: d.NewNumber})
	}
	findings, err := warehouse.DiffFindings(ctx, before, after)
	if err != nil {
		return err
	}
	for _, d := range findings {
		n.Otherwise = append(n.Otherwise, report.Otherwise{Action: d.Action, Because: d.Because, ID: d.ID, Rule: d.Rule, Unit: d.Unit, Severity: d.Severity, Old: d.Old, New: d.New, Zh: d.MessageZh, En: d.MessageEn})
	}
	return nil
}
