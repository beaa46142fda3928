package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"heshu/schemas"
)

func (a *app) reconcileCommand() *cobra.Command {
	var w which
	var want wanted
	var format, office string
	c := &cobra.Command{
		Use:   "reconcile",
		Short: "Hold the statements of a release against each other, with the rules as they are now",
		Long: `Hold the statements of a release against each other, with the rules and decisions as they are now. heshu run does it every
night and keeps the findings; this command keeps nothing: it is for trying rules. Exit status: 0 clean, 1 findings to verify, 2 mandatory findings.`,
		Example: `  heshu reconcile --rules my-rules --rule my-rule --all`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			r, cfg, err := a.openConfigured(c.Context(), w)
			if err != nil {
				return err
			}
			defer r.Close()
			if office != "" {
				cfg.Rules = office
			}
			j, err := rulesJob(cfg)
			if err != nil {
				return err
			}
			findings, err := j.Reconcile(c.Context(), r)
			if err != nil {
				return err
			}
			slices.SortStableFunc(findings, func(f, g schemas.Finding) int {
				return cmp.Or(cmp.Compare(g.Severity, f.Severity), strings.Compare(f.Rule, g.Rule), strings.Compare(f.ID, g.ID))
			})
			list := make([]stated, len(findings))
			for i, f := range findings {
				list[i].Finding = f
			}
			if err := a.printFindings(list, want, format); err != nil {
				return err
			}
			return worst(findings)
		},
	}
	w.flags(c)
	want.flags(c)
	c.Flags().StringVar(&office, "rules", "", "folder of rules over the built-in ones (default: the configuration's)")
	formatFlag(c, &format, "table")
	return c
}

// worst turns the most binding open finding into an exit status.
func worst(findings []schemas.Finding) error {
	var s schemas.Severity
	for _, f := range findings {
		if f.Outcome.Failed() {
			s = max(s, f.Severity)
		}
	}
	switch s {
	case schemas.Mandatory:
		return coded{exitMandatory, nil}
	case 0:
		return nil
	}
	return coded{exitFindings, nil}
}
