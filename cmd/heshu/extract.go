package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
)

// said is what the flags say of documents that don't say it themselves.
type said struct {
	published, source, region, password string
}

func (s *said) flags(c *cobra.Command) {
	c.Flags().StringVar(&s.published, "published", "", "day of publication, YYYY-MM-DD, for documents that don't say")
	c.Flags().StringVar(&s.source, "source", "", "who published or submitted, for documents that don't say")
	c.Flags().StringVar(&s.region, "region", "", "the source's region, six digits, for documents that don't say")
	c.Flags().StringVar(&s.password, "password", "", "password of protected workbooks")
}

// apply fills in what the flags say.
func (s *said) apply(d *schemas.Document) error {
	d.Source, d.Region = s.source, schemas.RegionCode(s.region)
	if s.published == "" {
		return nil
	}
	day, err := schemas.ParseDate(s.published)
	if err != nil {
		return usage("--published: %v", err)
	}
	d.Published = day
	return nil
}

func (a *app) extractCommand() *cobra.Command {
	var s said
	var jobs int
	var format string
	c := &cobra.Command{
		Use:   "extract FILE...",
		Short: "Print the observations of workbooks and pages",
		Long: `Print the observations of workbooks and pages: files, folders (searched below) or - for standard input.
Issues go to standard error, one line each. The exit status is 1 where a document or a part of one could not be read.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.extract(c, args, s, jobs, format)
		},
	}
	s.flags(c)
	c.Flags().IntVar(&jobs, "jobs", runtime.GOMAXPROCS(0), "documents read at once")
	formatFlag(c, &format, "jsonl", "html")
	return c
}

func (a *app) extract(c *cobra.Command, args []string, s said, jobs int, format string) error {
	names, err := expand(args)
	if err != nil {
		return err
	}
	reader, err := newReader(readerOptions{password: s.password})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.stdout)
	w, err := newObservationWriter(out, format)
	if err != nil {
		return err
	}
	if w.streams() {
		reader.Large = isLarge
	}
	unread := 0
	err = reader.ReadAll(c.Context(), len(names), jobs, func(i int) (schemas.Document, error) {
		return a.load(names[i], s)
	}, func(_ int, r pipeline.Reading) error {
		r, err := w.reading(reader, r)
		if err != nil {
			return err
		}
		a.report(r)
		if r.Unread() {
			unread++
		}
		if format == "html" {
			return a.writeEvidencePage(out, r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if format != "html" {
		if err := w.close(); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if unread > 0 {
		return coded{exitFindings, fmt.Errorf("%d of %d documents could not be read, or not wholly", unread, len(names))}
	}
	return nil
}

// report prints a document's issues on standard error: those of missing values as one counted line.
func (a *app) report(r pipeline.Reading) {
	missing := 0
	for _, i := range r.Issues {
		if i.Code == schemas.IssueMissing {
			missing++
			continue
		}
		sheet := ""
		if i.Part >= 0 && i.Part < len(r.Extraction.Parts) {
			sheet = r.Extraction.Parts[i.Part].Sheet
		}
		hint := ""
		if i.Code == schemas.IssueEncrypted {
			hint = " (--password)"
		}
		fmt.Fprintf(a.stderr, "heshu: %s%s\n", report.NewIssueLine(i, sheet).Line(r.Document.Name, report.Lang(a.lang)), hint)
	}
	if missing > 0 && !a.quiet {
		line := "heshu: %s：%d 个单元格应填数字而没有数字（heshu ledger 逐一列出）\n"
		if a.lang == string(report.En) {
			line = "heshu: %s: %d cells hold a filler instead of a number (heshu ledger lists them)\n"
		}
		fmt.Fprintf(a.stderr, line, r.Document.Name, missing)
	}
}

// expand lists the files that arguments name: folders are searched, names come back in order.
func expand(args []string) ([]string, error) {
	var names []string
	for _, arg := range args {
		if arg == "-" {
			names = append(names, arg)
			continue
		}
		info, err := os.Stat(arg)
		if err != nil {
			return nil, usage("%v", err)
		}
		if !info.IsDir() {
			names = append(names, arg)
			continue
		}
		var below []string
		err = filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				below = append(below, path)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("search %s: %w", arg, err)
		}
		sort.Strings(below)
		names = append(names, below...)
	}
	return names, nil
}

// load reads one file, or standard input, as a document.
func (a *app) load(name string, s said) (schemas.Document, error) {
	var b []byte
	var err error
	if name == "-" {
		b, err = io.ReadAll(a.stdin)
	} else {
		b, err = os.ReadFile(name)
	}
	if err != nil {
		return schemas.Document{}, err
	}
	d := schemas.NewDocument(name, b)
	return d, s.apply(&d)
}
