package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
	"heshu/schemas/rules"
)

func (a *app) runCommand() *cobra.Command {
	var config, logFormat string
	var jobs int
	var offline, full bool
	c := &cobra.Command{
		Use:   "run [SOURCE...]",
		Short: "Do one night: read what is new, compare, publish a release and the report",
		Long: `Do one night: take in what the sources hold, read what is new, compare the statements, publish a release and the morning page.
Without sources they come from the configuration file. Exit status: 0 clean, 1 findings to verify or documents that could not be
read or had, 2 mandatory findings, 3 the run is broken and the last release still stands, 130 interrupted: the documents in hand were
finished, and the next run goes on from there.`,
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := a.config(config, args)
			if err != nil {
				return coded{exitUsage, err}
			}
			cfg.Offline, cfg.Full = cfg.Offline || offline, full
			if c.Flags().Changed("jobs") {
				cfg.Jobs = jobs
			}
			return a.night(c, cfg, logFormat)
		},
	}
	configFlag(c, &config)
	c.Flags().IntVar(&jobs, "jobs", 0, "documents read at once (default: the number of processors)")
	c.Flags().BoolVar(&offline, "offline", false, "ask no server: what was fetched before answers")
	c.Flags().BoolVar(&full, "full", false, "work everything out anew, as every week: look at all files' bytes, compare everything with everything, hash the whole content")
	c.Flags().StringVar(&logFormat, "log", "auto", "log on standard error: text, json, none; auto is text, on a terminal progress and warnings")
	return c
}

func configFlag(c *cobra.Command, into *string) {
	c.Flags().StringVarP(into, "config", "c", "", "configuration file (default: heshu.yaml if it is there)")
}

// config reads the configuration file, or takes the sources given with everything else at its default.
func (a *app) config(path string, sources []string) (pipeline.Config, error) {
	const standard = "heshu.yaml"
	if path == "" {
		if _, err := os.Stat(standard); err == nil {
			path = standard
		} else if len(sources) == 0 {
			c, err := pipeline.DefaultConfig()
			return a.speaking(c), err
		}
	}
	if path == "" {
		c, err := pipeline.DefaultConfig(sources...)
		return a.speaking(c), err
	}
	c, err := pipeline.ReadConfig(path)
	if err != nil {
		return c, err
	}
	if len(sources) > 0 {
		c.Sources = nil
		for _, s := range sources {
			c.Sources = append(c.Sources, pipeline.Source{Path: s})
		}
	}
	return a.speaking(c), nil
}

// speaking settles the language that people are spoken to in: that of --lang, else the configuration's.
func (a *app) speaking(c pipeline.Config) pipeline.Config {
	if a.said {
		c.Lang = a.lang
	}
	a.lang = c.Lang
	return c
}

func (a *app) logger(format string) (*slog.Logger, error) {
	switch {
	case format == "none" || a.quiet:
		return slog.New(slog.DiscardHandler), nil
	case format == "json":
		return slog.New(slog.NewJSONHandler(a.stderr, nil)), nil
	case format == "auto" && terminal(a.stderr):
		return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: slog.LevelWarn})), nil
	case format == "text" || format == "auto":
		return slog.New(slog.NewTextHandler(a.stderr, nil)), nil
	}
	return nil, usage("--log %q: want auto, text, json or none", format)
}

// job wires one run.
func (a *app) job(cfg pipeline.Config, log *slog.Logger) (pipeline.Job, error) {
	ref, err := loadReference(cfg.Schemas)
	if err != nil {
		return pipeline.Job{}, err
	}
	j, err := ref.job(cfg)
	if err != nil {
		return pipeline.Job{}, err
	}
	reader := ref.reader(readerOptions{office: cfg.Schemas, limits: cfg.Limits})
	reader.Large = isLarge
	code, err := codeVersion(cfg.Schemas)
	if err != nil {
		return pipeline.Job{}, err
	}
	j.Reader, j.Code, j.Log = reader, code, log
	return j, nil
}

// rulesJob wires what the rules need: the reference data and the office's own rules.
func rulesJob(cfg pipeline.Config) (pipeline.Job, error) {
	ref, err := loadReference(cfg.Schemas)
	if err != nil {
		return pipeline.Job{}, err
	}
	return ref.job(cfg)
}

func (ref reference) job(cfg pipeline.Config) (pipeline.Job, error) {
	if cfg.Rules != "" { // a folder that is not there must not pass for one without rules
		if _, err := os.Stat(cfg.Rules); err != nil {
			return pipeline.Job{}, fmt.Errorf("rules: %w", err)
		}
	}
	list, err := rules.Load(folder(cfg.Rules))
	if err != nil {
		return pipeline.Job{}, err
	}
	return pipeline.Job{Config: cfg, Catalog: ref.catalog, Regions: ref.regions, Forms: ref.forms, Rules: list, Now: time.Now(), Version: version, Log: slog.New(slog.DiscardHandler)}, nil
}

func (a *app) night(c *cobra.Command, cfg pipeline.Config, logFormat string) error {
	log, err := a.logger(logFormat)
	if err != nil {
		return err
	}
	if len(cfg.Sources) == 0 {
		return usage("no sources: name some, or write a heshu.yaml (heshu.example.yaml explains every line)")
	}
	j, err := a.job(cfg, log)
	if err != nil {
		pipeline.Job{Config: cfg, Now: time.Now(), Log: log}.Broken(c.Context(), false, err)
		return coded{exitBroken, err}
	}
	if logFormat == "auto" && terminal(a.stderr) && !a.quiet {
		j.Progress = (&bar{out: a.stderr, now: time.Now}).show
	}
	out, err := pipeline.Run(c.Context(), j)
	if err != nil {
		if errors.Is(err, c.Context().Err()) && c.Context().Err() != nil {
			return err
		}
		published := out.Release.File != "" && !out.Held
		j.Broken(c.Context(), published, err)
		if logFormat == "json" { // the line below is for people
			log.Error("broken", "error", err.Error(), "published", published)
		}
		if published {
			return coded{exitBroken, fmt.Errorf("%s is published, but not all that tells of it could be written: %w", out.Release.File, err)}
		}
		return coded{exitBroken, fmt.Errorf("the run is broken, the last release still stands: %w", err)}
	}
	log.Info("done", "headline", report.Headline(out.Night, report.Lang(cfg.Lang)), "well", out.Night.Well(), "release", out.Release.File, "changed", out.Changed, "held", out.Held)
	if err := a.tell(out, cfg); err != nil {
		return err
	}
	switch {
	case out.Night.Worst() == schemas.Mandatory:
		return coded{exitMandatory, nil}
	case out.Night.Worst() != 0 || out.Night.Issues() > 0 || len(out.Night.Troubles) > 0 || out.Held || out.Unresolved > 0:
		return coded{exitFindings, nil}
	}
	return nil
}

// tell prints the cross-region table, the findings, and where everything lies.
func (a *app) tell(out pipeline.Outcome, cfg pipeline.Config) error {
	lang := report.Lang(cfg.Lang)
	zh := lang == report.Zh
	word := func(z, e string) string {
		if zh {
			return z
		}
		return e
	}
	if !out.Changed {
		fmt.Fprintln(a.stdout, word("没有新内容：", "Nothing is new: ")+out.Release.File)
	}
	t := report.NewCrosstab(out.Night.Figures, lang)
	table := &records{columns: t.Columns}
	for _, row := range t.Rows {
		table.rows = append(table.rows, toAny(row))
	}
	if err := table.print(a.stdout, "table"); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(a.stdout, "%s\n\n", strings.Join(t.Sources, "  ")); err != nil {
		return err
	}
	if err := report.Text(a.stdout, out.Night, lang); err != nil {
		return err
	}
	if out.Unresolved > 0 {
		fmt.Fprintf(a.stdout, word("\n抽查 %d 条观测值，%d 条的原文不在原处：heshu verify\n", "\n%d observations looked up, %d of them do not resolve: heshu verify\n"), out.Looked, out.Unresolved)
	}
	_, err := fmt.Fprintf(a.stdout, "\n%s %s\n%s %s\n", word("数据", "release"), out.Release.Path(), word("晨报", "report"), cfg.ReportPath(out.Release.Run))
	return err
}

func toAny(row []string) []any {
	out := make([]any, len(row))
	for i, s := range row {
		out[i] = s
	}
	return out
}
