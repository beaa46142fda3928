package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"heshu/pipeline/warehouse"
)

func (a *app) approveCommand() *cobra.Command {
	var config, format string
	var show bool
	c := &cobra.Command{
		Use:   "approve [RUN]",
		Short: "Publish the release that waits for approval",
		Long: `Publish the release that waits for approval, or the one of a run: the pointer is moved to it. With approve: true in the
configuration a release waits when it was read by another version of the program or with other indicators and rules than the
current one. --show only lists what would change.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := a.config(config, nil)
			if err != nil {
				return coded{exitUsage, err}
			}
			if show {
				return a.showWaiting(c, cfg.ReleaseDir(), format)
			}
			rel, err := warehouse.Approve(warehouse.Config{Build: cfg.BuildDir(), Releases: cfg.ReleaseDir()}, append(args, "")[0])
			switch {
			case errors.Is(err, warehouse.ErrNothingWaits):
				return usage("%v", err)
			case err != nil:
				return err
			}
			_, err = fmt.Fprintln(a.stdout, rel.Path())
			return err
		},
	}
	configFlag(c, &config)
	c.Flags().BoolVar(&show, "show", false, "list what the release would change, and change nothing")
	formatFlag(c, &format, "table")
	return c
}

// showWaiting lists what the newest waiting release says otherwise than the current one.
func (a *app) showWaiting(c *cobra.Command, dir, format string) error {
	waiting, err := warehouse.Waiting(dir)
	if err != nil {
		return err
	}
	current, err := warehouse.Current(dir)
	if err != nil {
		return err
	}
	out := &records{columns: []string{"action", "indicator", "region", "period_end", "source", "old", "new"}}
	if len(waiting) > 0 {
		list, err := warehouse.Diff(c.Context(), current, waiting[0])
		if err != nil {
			return err
		}
		for _, d := range list {
			out.add(d.Action, d.Indicator, d.Region, d.Period.End, d.Source, d.OldNumber, d.NewNumber)
		}
	}
	return out.print(a.stdout, format)
}
