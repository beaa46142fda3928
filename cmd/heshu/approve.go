package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/warehouse"
)

func (a *app) approveCommand() *cobra.Command {
	var config, format string
	var show, findings bool
	c := &cobra.Command{
		Use:   "approve [RUN]",
		Short: "Publish the release that waits for approval",
		Long: `Publish the release that waits for approval, or the one of a run: the pointer is moved to it. With approve: true in the
configuration a release waits when it was made by another version of the program, with other files under schemas: or with other
rules than the current one. --show only lists what would change, like heshu diff from the current release to the one that waits.`,
		Example: `  heshu approve --show
  heshu approve --show --findings
  heshu approve`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := a.config(config, nil)
			if err != nil {
				return coded{exitUsage, err}
			}
			if show {
				return a.showWaiting(c, cfg, append(args, "")[0], findings, format)
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
	findingsFlag(c, &findings)
	formatFlag(c, &format, "table")
	return c
}

// showWaiting lists what a waiting release, "" for the newest, says otherwise than the current one.
func (a *app) showWaiting(c *cobra.Command, cfg pipeline.Config, run string, findings bool, format string) error {
	dir := cfg.ReleaseDir()
	waiting, err := warehouse.Waiting(dir)
	if err != nil {
		return err
	}
	if len(waiting) == 0 {
		return usage("%v", warehouse.ErrNothingWaits)
	}
	after := waiting[0]
	if run != "" {
		if after, err = find(dir, run); err != nil {
			return coded{exitUsage, err}
		}
	}
	current, err := warehouse.Current(dir)
	if err != nil {
		return err
	}
	return a.compare(c.Context(), cfg, current, after, findings, format)
}
