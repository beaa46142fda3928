package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"heshu/extractors/workbook"
	"heshu/extractors/workbook/form"
	"heshu/extractors/workbook/read"
	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
)

// checkFlags say what to check returns against, and where to write the marked copy.
type checkFlags struct {
	said
	config, annotate, format string
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Check returned workbooks at the door: every problem with its cell and what is expected",
		Long: `Check returned workbooks at the door: every problem with its cell, what stands there and what is expected. No value is changed.
Exit status: 0 nothing to say, 1 something to verify or to know, 2 something to correct.`,
		Example: "  heshu check 汝南县7月.xlsx --annotate 汝南县7月-退回.xlsx",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.check(args, f)
		},
	}
	configFlag(c, &f.config)
	f.flags(c)
	c.Flags().StringVar(&f.annotate, "annotate", "", "write a copy of the workbook as .xlsx with the problems as comments and colours")
	formatFlag(c, &f.format, "table")
	return c
}

// problemColumns are the columns of the problems, with what a Chinese table calls them.
var problemColumns = [][2]string{{"document", "文件"}, {"locator", "位置"}, {"severity", "程度"}, {"code", "问题"}, {"found", "现为"}, {"expected", "要求"}}

func (a *app) check(args []string, f checkFlags) error {
	names, err := expand(args)
	if err != nil {
		return err
	}
	if f.annotate != "" && len(names) != 1 {
		return usage("--annotate marks one workbook, %d are given", len(names))
	}
	if f.annotate != "" && sameFile(f.annotate, names[0]) {
		return usage("--annotate %s would write over the workbook that was sent in", f.annotate)
	}
	known, err := a.forms(f.config)
	if err != nil {
		return err
	}
	meaning, err := a.meaning(f)
	if err != nil {
		return err
	}
	cfg := workbook.CheckConfig{Config: workbook.Config{Read: read.Options{Password: f.password}, Forms: known}, Regions: regionTable(), Meaning: meaning}
	out := a.headed(problemColumns)
	worst, count := schemas.Severity(0), 0
	for _, name := range names {
		doc, err := a.load(name, f.said)
		if err != nil {
			return err
		}
		problems := workbook.Check(doc, cfg)
		for _, p := range problems {
			worst = max(worst, p.Severity)
			a.addProblem(out, f.format, name, p)
		}
		count += len(problems)
		if f.annotate == "" {
			continue
		}
		if unreadable(problems) {
			fmt.Fprintf(a.stderr, "heshu: %s: cannot be read, %s is not written\n", name, f.annotate)
		} else if err := annotate(f.annotate, doc, cfg.Read, problems, a.lang); err != nil {
			return err
		}
	}
	if count > 0 || f.format != "table" {
		if err := out.print(a.stdout, f.format); err != nil {
			return err
		}
	}
	return a.verdict(worst, count, len(names))
}

// meaning reads a workbook as a night does, for what its figures are doubtful in.
func (a *app) meaning(f checkFlags) (func(schemas.Document) []schemas.Issue, error) {
	cfg, err := a.config(f.config, nil)
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	reader, err := newReader(readerOptions{password: f.password, office: cfg.Schemas})
	if err != nil {
		return nil, err
	}
	return func(d schemas.Document) []schemas.Issue {
		return reader.ReadLarge(d, func(schemas.Observation) {}).Issues
	}, nil
}

// verdict sums up on standard error and gives the exit status.
func (a *app) verdict(worst schemas.Severity, problems, files int) error {
	if !a.quiet {
		fmt.Fprintf(a.stderr, "heshu: problems: %d, workbooks: %d\n", problems, files)
	}
	switch worst {
	case 0:
		return nil
	case schemas.Mandatory:
		return coded{exitMandatory, nil}
	}
	return coded{exitFindings, nil}
}

func (a *app) addProblem(r *records, format, name string, p workbook.Problem) {
	at, want, severity := "", p.WantZh, p.Severity.String()
	if p.Locator != nil {
		at = p.Locator.String()
	}
	if a.lang == "en" {
		want = p.WantEn
	}
	if format == "table" {
		severity = report.SeverityName(p.Severity, report.Lang(a.lang))
	}
	r.add(name, at, severity, p.Code, p.Found, want)
}

// unreadable reports whether the problem is the file itself: there is nothing to mark.
func unreadable(problems []workbook.Problem) bool {
	return len(problems) == 1 && problems[0].Code == workbook.Unreadable && problems[0].Locator == nil
}

func annotate(path string, doc schemas.Document, o read.Options, problems []workbook.Problem, lang string) error {
	b, err := form.Annotate(doc, o, problems, lang)
	if err != nil {
		return err
	}
	if err := pipeline.ReplaceFile(path, b); err != nil {
		return usage("%v", err)
	}
	return nil
}

// sameFile reports whether two names are one file.
func sameFile(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	if err1 != nil || err2 != nil {
		return filepath.Clean(a) == filepath.Clean(b)
	}
	return os.SameFile(x, y)
}
