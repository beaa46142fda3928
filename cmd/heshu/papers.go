package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline/report"
	"heshu/schemas"
)

// paperKinds are the papers that can be asked for.
var paperKinds = []string{"report", "workbook", "slips", "bulletin", "assessment"}

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
				if !slices.Contains(paperKinds, kind) {
					return usage("--only %q: want %s", kind, strings.Join(paperKinds, ", "))
				}
			}
			if to == "" {
				return usage("papers: --to names the folder to write into")
			}
			r, err := a.open(c.Context(), w)
			if err != nil {
				return err
			}
			defer r.Close()
			cfg, err := a.config(w.config, nil)
			if err != nil {
				return coded{exitUsage, err}
			}
			if c.Flags().Changed("lang") {
				cfg.Lang = a.lang
			}
			j, err := a.rulesJob(cfg)
			if err != nil {
				return err
			}
			run, err := r.LastRun(c.Context())
			if err != nil {
				return err
			}
			p, err := j.Papers(c.Context(), r, run)
			if err != nil {
				return err
			}
			day, err := bulletinMonth(month, p)
			if err != nil {
				return err
			}
			return a.writePapers(p, to, only, day, report.Lang(cfg.Lang))
		},
	}
	w.flags(c)
	c.Flags().StringVar(&to, "to", "", "folder to write into")
	c.Flags().StringSliceVar(&only, "only", nil, "some of: "+strings.Join(paperKinds, ", ")+" (default: all)")
	c.Flags().StringVar(&month, "month", "", "month of the bulletin, 2018-07 (default: the latest that returns speak of)")
	return c
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

// onePaper is one file to write.
type onePaper struct {
	kind, name string
	write      func(io.Writer) error
}

// writePapers writes the papers, each whole or not at all, and lists them.
func (a *app) writePapers(p report.Papers, to string, only []string, month schemas.Date, lang report.Lang) error {
	list := []onePaper{
		{"report", "report.html", func(w io.Writer) error { return report.Board(w, p, lang) }},
		{"workbook", "reconciliation.xlsx", func(w io.Writer) error { return report.Workbook(w, p, lang) }},
		{"bulletin", "bulletin.html", func(w io.Writer) error { return report.Bulletin(w, p, month, lang) }},
		{"assessment", "assessment.html", func(w io.Writer) error { return report.Assessment(w, p, lang) }},
	}
	for _, unit := range p.Waiting() {
		name := filepath.Join("slips", fileName(unit))
		list = append(list, onePaper{"slips", name + ".xlsx", func(w io.Writer) error { return report.SlipXLSX(w, p, unit, lang) }},
			onePaper{"slips", name + ".html", func(w io.Writer) error { return report.SlipHTML(w, p, unit, lang) }})
	}
	for _, x := range list {
		if len(only) > 0 && !slices.Contains(only, x.kind) {
			continue
		}
		var b bytes.Buffer
		if err := x.write(&b); err != nil {
			return fmt.Errorf("%s: %w", x.name, err)
		}
		path := filepath.Join(to, x.name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := errors.Join(os.WriteFile(path+".tmp", b.Bytes(), 0o644), os.Rename(path+".tmp", path)); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(a.stdout, path); err != nil {
			return err
		}
	}
	return nil
}

// fileName is a unit's name as a file's: what file systems do not bear is left out.
func fileName(unit string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return -1
		}
		return r
	}, unit)
}
