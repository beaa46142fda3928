package main

import (
	"errors"

	"github.com/spf13/cobra"

	"heshu/pipeline/warehouse"
)

func (a *app) releasesCommand() *cobra.Command {
	var config, format string
	c := &cobra.Command{
		Use:   "releases",
		Short: "List the releases that are kept, the newest first",
		Long: `List the releases that are kept, the newest first. Kept are the last nights (keep in the configuration) and the last night of
each month; the current one, which the pointer names, always.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			cfg, err := a.config(config, nil)
			if err != nil {
				return coded{exitUsage, err}
			}
			list, err := warehouse.Releases(cfg.ReleaseDir())
			if err != nil {
				return err
			}
			current, err := warehouse.Current(cfg.ReleaseDir())
			if err != nil && !errors.Is(err, warehouse.ErrNoRelease) {
				return err
			}
			out := &records{columns: []string{"run", "current", "started", "documents", "observations", "open_findings", "bytes", "content_sha256", "file"}}
			for _, r := range list {
				var open int64
				for _, n := range r.Findings {
					open += n
				}
				out.add(r.Run, r.Run == current.Run, r.Started.UTC().Format("2006-01-02 15:04:05"), r.Counts["document"], r.Counts["observation"], open, r.Bytes, r.Content, r.Path())
			}
			return out.print(a.stdout, format)
		},
	}
	configFlag(c, &config)
	formatFlag(c, &format, "table")
	return c
}
