package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/audit"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

func (a *app) diffCommand() *cobra.Command {
	var config, format string
	var findings bool
	c := &cobra.Command{
		Use:   "diff [A [B]]",
		Short: "Tell what release B says otherwise than release A",
		Long: `Tell what release B says otherwise than release A: R replaced, D gone, A added. Figures are the same if they are about the same
thing and from the same source. The column because says "document" where a document is in one of the releases only, "reading" where
both have it and read it otherwise. --findings lists the findings that wait for somebody in one of them and stand otherwise in the
other: because "rules" where both have all the figures they rest on, else "figures". Releases are named by the beginning of their
run, or as files; B is the current one and A the one before B where they are left out. What changed since the night before is also table "change" of each release.`,
		Example: `  heshu diff 20180702 20180703
  heshu diff --findings`,
		Args: cobra.MaximumNArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := a.config(config, nil)
			if err != nil {
				return coded{exitUsage, err}
			}
			before, after, err := pair(cfg.ReleaseDir(), args)
			if err != nil {
				return coded{exitUsage, err}
			}
			return a.compare(c.Context(), cfg, before, after, findings, format)
		},
	}
	configFlag(c, &config)
	findingsFlag(c, &findings)
	formatFlag(c, &format, "table")
	return c
}

func findingsFlag(c *cobra.Command, into *bool) {
	c.Flags().BoolVar(into, "findings", false, "list the findings that differ, not the figures")
}

// compare prints what differs, figures or findings, and says on standard error how many there are of both.
func (a *app) compare(ctx context.Context, cfg pipeline.Config, before, after warehouse.Release, findings bool, format string) error {
	figures, err := warehouse.Diff(ctx, before, after)
	if err != nil {
		return err
	}
	found, err := warehouse.DiffFindings(ctx, before, after)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "heshu: %s → %s: %d figures and %d findings differ\n", before.Run, after.Run, len(figures), len(found))
	if !findings {
		return a.printDifferences(cfg, figures, format)
	}
	names, err := a.names(cfg.Schemas)
	if err != nil {
		return err
	}
	lang := report.Lang(a.lang)
	out := a.headed([][2]string{{"action", "变化"}, {"because", "原因"}, {"severity", "级别"}, {"old", "原结果"}, {"new", "新结果"}, {"rule", "规则"}, {"unit", "单位"},
		{"region", "地区"}, {"indicator", "指标"}, {"period", "时间"}, {"message", "内容"}, {"finding_id", "编号"}})
	for _, d := range found {
		message := d.MessageZh
		if lang == report.En {
			message = d.MessageEn
		}
		if format == "table" {
			out.add(report.ActionName(d.Action, lang), report.BecauseText(d.Because, lang), report.SeverityName(d.Severity, lang), report.OutcomeName(d.Old, lang),
				report.OutcomeName(d.New, lang), d.Rule, d.Unit, names.Region(d.Region, d.Period.End), names.Indicator(d.Indicator), audit.PeriodText(d.Period), message, d.ID)
			continue
		}
		out.add(d.Action, d.Because, d.Severity.String(), d.Old.String(), d.New.String(), d.Rule, d.Unit, string(d.Region), string(d.Indicator), audit.PeriodText(d.Period), message, d.ID)
	}
	return out.print(a.stdout, format)
}

// printDifferences prints figures that differ: in words as a table, in codes in the other formats.
func (a *app) printDifferences(cfg pipeline.Config, list []warehouse.Difference, format string) error {
	out := a.headed([][2]string{{"action", "变化"}, {"because", "原因"}, {"indicator", "指标"}, {"breakdown", "部分"}, {"region", "地区"}, {"period", "时间"}, {"measure", "口径"},
		{"old", "原值"}, {"new", "新值"}, {"unit", "单位"}, {"source", "来源"}, {"old_obs_id", "原编号"}, {"new_obs_id", "新编号"}})
	names, err := a.names(cfg.Schemas)
	if err != nil {
		return err
	}
	said := func(d schemas.Decimal, number string) any {
		switch {
		case d.IsSet():
			return d
		case number != "":
			return number // only bounds are said
		}
		return nil
	}
	lang := report.Lang(a.lang)
	for _, d := range list {
		if format == "table" {
			out.add(report.ActionName(d.Action, lang), report.BecauseText(d.Because, lang), names.Indicator(d.Indicator), d.Breakdown, names.Region(d.Region, d.Period.End),
				audit.PeriodText(d.Period), report.MeasureName(d.Measure, lang), said(d.Old, d.OldNumber), said(d.New, d.NewNumber), names.Unit(d.Unit), d.Source,
				string(d.OldID), string(d.NewID))
			continue
		}
		out.add(d.Action, d.Because, string(d.Indicator), d.Breakdown, string(d.Region), audit.PeriodText(d.Period), d.Measure.String(), said(d.Old, d.OldNumber), said(d.New, d.NewNumber),
			string(d.Unit), d.Source, string(d.OldID), string(d.NewID))
	}
	return out.print(a.stdout, format)
}

// pair finds the two releases to compare.
func pair(dir string, names []string) (before, after warehouse.Release, err error) {
	if len(names) == 2 {
		if after, err = find(dir, names[1]); err != nil {
			return before, after, err
		}
	} else if after, err = find(dir, ""); err != nil {
		return before, after, err
	}
	if len(names) > 0 {
		before, err = find(dir, names[0])
		return before, after, err
	}
	list, err := warehouse.Releases(dir)
	if err != nil {
		return before, after, err
	}
	i := slices.IndexFunc(list, func(r warehouse.Release) bool { return r.Run < after.Run })
	if i < 0 {
		return before, after, fmt.Errorf("there is no release before %s", after.Run)
	}
	return list[i], after, nil
}

// find finds a release by the beginning of its run's name or by its file; "" is the current one.
func find(dir, name string) (warehouse.Release, error) {
	if strings.HasSuffix(name, ".duckdb") {
		return warehouse.Manifest(name)
	}
	r, err := warehouse.Find(dir, name)
	if errors.Is(err, warehouse.ErrNoRelease) {
		err = fmt.Errorf("%w; heshu run makes one", err)
	}
	return r, err
}

// openRelease opens a release and reads its manifest.
func (a *app) openRelease(ctx context.Context, w which) (warehouse.Release, *warehouse.Reader, error) {
	cfg, err := a.config(w.config, nil)
	if err != nil {
		return warehouse.Release{}, nil, coded{exitUsage, err}
	}
	rel, err := find(cfg.ReleaseDir(), w.release)
	if err != nil {
		return rel, nil, coded{exitUsage, err}
	}
	r, err := warehouse.OpenFile(ctx, rel.Path())
	return rel, r, err
}
