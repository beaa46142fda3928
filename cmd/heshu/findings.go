package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/audit"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// wanted says which findings a command prints; an empty list is all.
type wanted struct {
	severities, outcomes, states, rules, regions, indicators, units, looks []string
	all                                                                    bool
}

func (w *wanted) flags(c *cobra.Command) {
	c.Flags().StringSliceVar(&w.severities, "severity", nil, "mandatory, verify, hint")
	c.Flags().StringSliceVar(&w.outcomes, "outcome", nil, "agree, rounding, consistent, open, contradicted, explained, cannot_verify (default: open, contradicted)")
	c.Flags().StringSliceVar(&w.rules, "rule", nil, "ids of rules")
	c.Flags().StringSliceVar(&w.regions, "region", nil, "region codes, or their beginnings: 4116 is 周口市 and its counties")
	c.Flags().StringSliceVar(&w.indicators, "indicator", nil, "codes of indicators")
	c.Flags().StringSliceVar(&w.units, "unit", nil, "words of the name of the unit that has to act")
	c.Flags().StringSliceVar(&w.looks, "diagnosis", nil, "codes of first diagnoses: unit_slip, digits_transposed …")
	c.Flags().BoolVar(&w.all, "all", false, "the passed ones too")
}

func (w *wanted) has(f schemas.Finding, state report.Age) bool {
	among := func(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }
	code, _, _ := strings.Cut(f.Diagnosis, ":")
	starts := func(p string) bool { return strings.HasPrefix(string(f.Region), p) }
	holds := func(p string) bool { return strings.Contains(f.Unit, p) }
	if len(w.outcomes) == 0 && !w.all && !f.Outcome.Failed() && state != report.Resolved {
		return false
	}
	return among(w.severities, f.Severity.String()) && among(w.outcomes, f.Outcome.String()) && among(w.states, state.String()) && among(w.rules, f.Rule) &&
		among(w.indicators, string(f.Indicator)) && among(w.looks, code) && (len(w.regions) == 0 || slices.ContainsFunc(w.regions, starts)) &&
		(len(w.units) == 0 || slices.ContainsFunc(w.units, holds))
}

// stated is a finding and how it stands against the run before.
type stated struct {
	schemas.Finding
	state report.Age
	reply string // what the unit answered
}

func (a *app) findingsCommand() *cobra.Command {
	var w which
	var want wanted
	var format string
	c := &cobra.Command{
		Use:   "findings",
		Short: "List the findings of a release: what does not fit, why, and what to do",
		Long: `List the findings of a release. Without filters: those that wait for somebody, the mandatory ones first, each new or still
there since the run before; --state resolved lists those that were open before. An id begins each line: heshu decide takes it.`,
		Example: `  heshu findings --severity mandatory --region 4116
  heshu findings --state resolved --format csv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			r, err := a.open(c.Context(), w)
			if err != nil {
				return err
			}
			defer r.Close()
			list, err := statedFindings(c.Context(), r)
			if err != nil {
				return err
			}
			return a.printFindings(list, want, format)
		},
	}
	w.flags(c)
	want.flags(c)
	c.Flags().StringSliceVar(&want.states, "state", nil, "new, open (still), resolved: against the run before")
	formatFlag(c, &format, "table")
	return c
}

// statedFindings reads a release's findings with their states, and those that its last run resolved.
func statedFindings(ctx context.Context, r *warehouse.Reader) ([]stated, error) {
	current, err := r.Findings(ctx)
	if err != nil {
		return nil, err
	}
	open, err := r.WasOpen(ctx)
	if err != nil {
		return nil, err
	}
	resolved, err := r.Resolved(ctx)
	if err != nil {
		return nil, err
	}
	run, err := r.LastRun(ctx)
	if err != nil {
		return nil, err
	}
	var list []stated
	said, err := pipeline.Replies(ctx, r, current)
	if err != nil {
		return nil, err
	}
	told := map[string]bool{}
	for _, f := range current {
		age := pipeline.AgeOf(f, run, open)
		told[f.ID] = age == report.Resolved
		list = append(list, stated{f.Finding, age, said[f.ID].Reason})
	}
	for _, f := range resolved {
		if !told[f.ID] { // else it stands as it is now
			list = append(list, stated{f.Finding, report.Resolved, ""})
		}
	}
	return list, nil
}

// printFindings prints those that are wanted: a short line each as a table, everything in the other formats.
func (a *app) printFindings(list []stated, want wanted, format string) error {
	lang := report.Lang(a.lang)
	out := a.headed([][2]string{{"finding_id", "编号"}, {"severity", "级别"}, {"outcome", "结果"}, {"state", "状态"}, {"message", "内容"}, {"diagnosis", "可能的原因"}})
	if format != "table" {
		out.columns = []string{"finding_id", "rule", "rule_version", "severity", "outcome", "state", "unit", "region_code", "indicator", "period", "left", "right", "imbalance",
			"tolerance", "basis", "missing", "inputs", "diagnosis", "others", "message", "action", "reply"}
	}
	for _, f := range list {
		if !want.has(f.Finding, f.state) {
			continue
		}
		message, action := f.MessageZh, f.ActionZh
		if lang == report.En {
			message, action = f.MessageEn, f.ActionEn
		}
		if format == "table" {
			message += report.ReplyText(f.reply, lang)
			out.add(f.ID[:12], report.SeverityName(f.Severity, lang), report.OutcomeName(f.Outcome, lang), f.state.In(lang), message, report.DiagnosisText(f.Diagnosis, lang))
			continue
		}
		out.add(f.ID, f.Rule, f.RuleVersion, f.Severity.String(), f.Outcome.String(), f.state.String(), f.Unit, string(f.Region), string(f.Indicator), audit.PeriodText(f.Period), f.Left, f.Right,
			f.Imbalance, f.Tolerance, f.Basis, strings.Join(f.Missing, "、"), f.Inputs, f.Diagnosis, f.Others, message, action, f.reply)
	}
	return out.print(a.stdout, format)
}
