package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
)

func (a *app) verifyCommand() *cobra.Command {
	var w which
	var format string
	var sample int
	c := &cobra.Command{
		Use:   "verify",
		Short: "Look up every observation's quote in the original documents",
		Long: `Look up every observation's quote in the original documents: the text at its locator, read from the raw store, must be the quote.
The release's file must be the one that was published, and its content hash that of the manifest, worked out anew from all its rows.
Those that do not resolve are printed, and the exit status is 1. Every night does this to a sample (sample in the configuration).`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if sample < 0 {
				return usage("--sample %d: want a number of observations, 0 for all", sample)
			}
			return a.verify(c.Context(), w, sample, format)
		},
	}
	w.flags(c)
	c.Flags().IntVar(&sample, "sample", 0, "look at so many observations only, spread over all (0: all)")
	formatFlag(c, &format, "table")
	return c
}

func (a *app) verify(ctx context.Context, w which, sample int, format string) error {
	rel, r, err := a.openRelease(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := rel.CheckFile(); err != nil {
		return coded{exitFindings, err}
	}
	if err := r.CheckContent(ctx, rel); err != nil {
		return coded{exitFindings, err}
	}
	cfg, err := a.config(w.config, nil)
	if err != nil {
		return coded{exitUsage, err}
	}
	store, err := intake.ReadStore(cfg.RawDir())
	if err != nil {
		return err
	}
	reader, err := newReader(readerOptions{office: cfg.Schemas, limits: cfg.Limits})
	if err != nil {
		return err
	}
	looked, bad, err := r.Verify(ctx, warehouse.Sample{Size: sample}, reader.Evidence(store))
	if err != nil {
		return err
	}
	out := &records{columns: []string{"obs_id", "document_id", "locator", "quote", "found"}}
	for _, m := range bad {
		out.add(string(m.Observation), string(m.Document), m.Locator, m.Quote, m.Found)
	}
	if len(bad) > 0 || format != "table" {
		if err := out.print(a.stdout, format); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.stderr, "heshu: release %s: %d observations looked up, %d do not resolve\n", rel.Run, looked, len(bad))
	if len(bad) > 0 {
		return coded{exitFindings, nil}
	}
	return nil
}
