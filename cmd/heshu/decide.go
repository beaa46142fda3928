package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/audit"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/wording"
)

func (a *app) decideCommand() *cobra.Command {
	var w which
	var d audit.Decision
	var day string
	c := &cobra.Command{
		Use:   "decide FINDING...",
		Short: "Write down what was decided about findings: the reason, who and when",
		Long: `Write down what was decided about findings, in the plain file of decisions. A decision holds for the values and the rule that
stood when it was taken: it lapses when one of them changes. A mandatory finding cannot be waived: it has to be corrected.
The next heshu run, and heshu reconcile at once, take it into account. The beginning of a finding's id is enough.`,
		Example: `  heshu decide 3fa91c20 --reason "报道为截至8月10日的数，已与报社核实" --name 王芳`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if d.Day = schemas.DateOf(time.Now()); day != "" {
				if d.Day, err = schemas.ParseDate(day); err != nil {
					return usage("--day: %v", err)
				}
			}
			return a.decide(c.Context(), w, d, args)
		},
	}
	w.flags(c)
	c.Flags().StringVar(&d.Verdict, "verdict", audit.Accepted, "explained: the explanation holds; rejected: it does not")
	c.Flags().StringVar(&d.Reason, "reason", "", "why (情况说明); default: what the unit replied in its return slip")
	c.Flags().StringVar(&d.Name, "name", "", "who decided; needed")
	c.Flags().StringVar(&day, "day", "", "when, 2018-08-20 (default: today)")
	return c
}

// decide writes down the same decision about all findings whose ids begin as given, or about none.
func (a *app) decide(ctx context.Context, w which, d audit.Decision, ids []string) error {
	r, cfg, err := a.openConfigured(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	current, err := r.Findings(ctx)
	if err != nil {
		return err
	}
	said, err := pipeline.Replies(ctx, r, current)
	if err != nil {
		return err
	}
	var list []audit.Decision
	var about []string
	for _, id := range ids {
		f, err := findingBegun(current, id)
		if err != nil {
			return err
		}
		taken, err := decided(d, f, said[f.ID].Reason)
		if err != nil {
			return usage("%s: %v", id, err)
		}
		list = append(list, taken)
		about = append(about, wording.Words{Zh: f.MessageZh, En: f.MessageEn}.In(a.lang))
	}
	if err := pipeline.AddDecisions(cfg.DecisionPath(), list...); err != nil {
		return err
	}
	for i, x := range list {
		line := wording.Words{Zh: "%s %s：%s（%s）\n", En: "%s %s: %s (%s)\n"}.In(a.lang)
		if _, err := fmt.Fprintf(a.stdout, line, x.Finding[:12], verdicts[x.Verdict].In(a.lang), x.Reason, about[i]); err != nil {
			return err
		}
	}
	return nil
}

// verdicts are the verdicts of decisions for people.
var verdicts = map[string]wording.Words{audit.Accepted: {Zh: "已说明", En: "explained"}, audit.Rejected: {Zh: "不予采纳", En: "rejected"}}

// findingBegun is the one current finding whose id begins as given.
func findingBegun(current []warehouse.CurrentFinding, id string) (schemas.Finding, error) {
	var found []schemas.Finding
	for _, f := range current {
		if strings.HasPrefix(f.ID, strings.ToLower(id)) {
			found = append(found, f.Finding)
		}
	}
	if len(found) != 1 {
		return schemas.Finding{}, usage("%q begins the ids of %d current findings", id, len(found))
	}
	return found[0], nil
}

// decided fills in what a decision was given for; without a reason of its own it takes the unit's reply.
func decided(d audit.Decision, f schemas.Finding, reply string) (audit.Decision, error) {
	if d.Reason == "" {
		d.Reason = reply
	}
	d.Finding, d.Rule, d.RuleVersion, d.Left, d.Right = f.ID, f.Rule, f.RuleVersion, f.Left, f.Right
	d.Key = strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Region, f.Indicator, audit.PeriodText(f.Period)))
	return d, d.Check(f)
}
