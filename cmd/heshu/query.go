package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/warehouse"
)

// which names the release that a command looks at.
type which struct{ config, release string }

func (w *which) flags(c *cobra.Command) {
	configFlag(c, &w.config)
	c.Flags().StringVar(&w.release, "release", "", "a release's file, or the beginning of its run's name (default: the current one)")
}

// open opens the release read-only.
func (a *app) open(ctx context.Context, w which) (*warehouse.Reader, error) {
	if strings.HasSuffix(w.release, ".duckdb") {
		return warehouse.OpenFile(ctx, w.release)
	}
	cfg, err := a.config(w.config, nil)
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	r, err := warehouse.OpenRelease(ctx, cfg.ReleaseDir(), w.release)
	if errors.Is(err, warehouse.ErrNoRelease) {
		return nil, usage("%v; heshu run makes one", err)
	}
	return r, err
}

// openConfigured opens a release and reads the configuration that its commands work by.
func (a *app) openConfigured(ctx context.Context, w which) (*warehouse.Reader, pipeline.Config, error) {
	cfg, err := a.config(w.config, nil)
	if err != nil {
		return nil, cfg, coded{exitUsage, err}
	}
	r, err := a.open(ctx, w)
	return r, cfg, err
}

func (a *app) queryCommand() *cobra.Command {
	var w which
	var format string
	c := &cobra.Command{
		Use:     "query SQL",
		Short:   "Ask the current release a question in SQL, read-only",
		Example: `  heshu query "SELECT region, value, unit, number, document FROM cross_region WHERE indicator = 'people_trained'"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.open(c.Context(), w)
			if err != nil {
				return err
			}
			defer r.Close()
			out, err := answer(c.Context(), r, args[0])
			if err != nil {
				return err
			}
			return out.print(a.stdout, format)
		},
	}
	w.flags(c)
	formatFlag(c, &format, "table")
	return c
}

// answer asks a question; what is wrong with it is the asker's.
func answer(ctx context.Context, r *warehouse.Reader, question string) (*records, error) {
	rows, err := r.Query(ctx, question)
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	defer rows.Close()
	out := &records{columns: rows.Columns()}
	for rows.Next() {
		v, err := rows.Values()
		if err != nil {
			return nil, err
		}
		out.rows = append(out.rows, v)
	}
	if err := rows.Err(); err != nil {
		return nil, coded{exitUsage, fmt.Errorf("query: %w", err)}
	}
	return out, nil
}
