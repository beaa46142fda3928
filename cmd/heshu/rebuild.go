package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/warehouse"
)

func (a *app) rebuildCommand() *cobra.Command {
	var w which
	var to, format string
	c := &cobra.Command{
		Use:   "rebuild",
		Short: "Make the release anew from the original documents and compare",
		Long: `Make the release anew from nothing but the raw store, decisions and replies included, with today's rules, as of the release's day
and from what had come in by then, and tell what it says otherwise. The same rules give the same content hash; better rules show
here what the next run will change. The exit status is 1 where something differs. Nothing is published.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.rebuild(c.Context(), w, to, format) },
	}
	w.flags(c)
	c.Flags().StringVar(&to, "to", "", "keep the rebuilt release in this folder, which must not be there yet (default: compare only)")
	formatFlag(c, &format, "table")
	return c
}

func (a *app) rebuild(ctx context.Context, w which, to, format string) (err error) {
	cfg, err := a.config(w.config, nil)
	if err != nil {
		return coded{exitUsage, err}
	}
	rel, err := find(cfg.ReleaseDir(), w.release)
	if err != nil {
		return coded{exitUsage, err}
	}
	dir := to
	if dir == "" {
		dir = cfg.ReBuildDir()
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	} else if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return usage("--to %s: it is there already", dir)
	}
	log, err := a.logger("none")
	if err != nil {
		return err
	}
	j, err := a.job(cfg, log)
	if err != nil {
		return err
	}
	again, err := pipeline.Rebuild(ctx, j, rel, dir)
	if err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	list, err := warehouse.Diff(ctx, rel, again)
	if err != nil {
		return err
	}
	if len(list) > 0 || format != "table" {
		if err := a.printDifferences(cfg, list, format); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.stderr, "heshu: published %s content %s\nheshu: rebuilt   %s content %s\n", rel.Run, rel.Content, again.Run, again.Content)
	if again.Content == rel.Content {
		fmt.Fprintln(a.stderr, "heshu: the same content")
		return nil
	}
	fmt.Fprintf(a.stderr, "heshu: not the same content: %d current figures differ\n", len(list))
	return coded{exitFindings, nil}
}
