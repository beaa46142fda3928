package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
)

func (a *app) papersCommand() *cobra.Command {
	var w which
	var to, month string
	var only []string
	c := &cobra.Command{
		Use:   "papers --to DIR",
		Short: "Write the papers of a release: report, reconciliation workbook, return slips, bulletin, assessment",
		Long: `Write the papers of a release into a folder: the report (one page that needs nothing but itself), the office's reconciliation
workbook, a return slip for every unit that has to act (.xlsx with links to its own cells and a column for the reply, and HTML), the
monthly bulletin and the yearly assessment. A slip that comes back filled in is read by heshu run like any other document.`,
		Example: `  heshu papers --to papers
  heshu papers --to slips --only slips`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			for _, kind := range only {
				if !slices.Contains(pipeline.PaperKinds, kind) {
					return usage("--only %q: want %s", kind, strings.Join(pipeline.PaperKinds, ", "))
				}
			}
			if to == "" {
				return usage("papers: --to names the folder to write into")
			}
			return a.papers(c.Context(), w, to, month, only)
		},
	}
	w.flags(c)
	c.Flags().StringVar(&to, "to", "", "folder to write into")
	c.Flags().StringSliceVar(&only, "only", nil, "some of: "+strings.Join(pipeline.PaperKinds, ", ")+" (default: all)")
	c.Flags().StringVar(&month, "month", "", "month of the bulletin, 2018-07 (default: the latest that returns speak of)")
	return c
}

// papers writes the papers of a release.
func (a *app) papers(ctx context.Context, w which, to, month string, only []string) error {
	r, cfg, err := a.openConfigured(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	j, err := rulesJob(cfg)
	if err != nil {
		return err
	}
	run, err := r.LastRun(ctx)
	if err != nil {
		return err
	}
	p, err := j.Papers(ctx, r, run)
	if err != nil {
		return err
	}
	day, err := bulletinMonth(month, p)
	if err != nil {
		return err
	}
	written, err := pipeline.WritePapers(p, to, only, day, report.Lang(cfg.Lang))
	for _, name := range written {
		fmt.Fprintln(a.stdout, name)
	}
	return err
}

// bulletinMonth is the end of the bulletin's month.
func bulletinMonth(month string, p report.Papers) (schemas.Date, error) {
	if month == "" {
		return p.LastMonth(), nil
	}
	first, err := schemas.ParseDate(month + "-01")
	if err != nil {
		return first, usage("--month %q: want YYYY-MM", month)
	}
	return first.AddDate(0, 1, -1), nil
}
