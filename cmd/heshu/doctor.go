package main

import (
	"time"

	"github.com/spf13/cobra"

	"heshu/pipeline"
)

func (a *app) doctorCommand() *cobra.Command {
	var config, format string
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Look at all that a run needs, and say what to do",
		Long: `Look at the configuration and its sources, the units and the calendar, permissions and links by a test write, the disk, the lock, the
current release and its pointer, the clock, and what killed runs left. The exit status is 1 where somebody should look, 3 where the
next run will break.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := a.config(config, nil)
			if err != nil {
				return coded{exitUsage, err}
			}
			checks := pipeline.Doctor(c.Context(), cfg, regionTable(), time.Now())
			out := &records{columns: []string{"check", "health", "found", "do"}}
			worst := pipeline.Fine
			for _, x := range checks {
				out.add(x.Name, x.Health.String(), x.Found, x.Do)
				worst = max(worst, x.Health)
			}
			if err := out.print(a.stdout, format); err != nil {
				return err
			}
			switch worst {
			case pipeline.Failure:
				return coded{exitBroken, nil}
			case pipeline.Warning:
				return coded{exitFindings, nil}
			}
			return nil
		},
	}
	configFlag(c, &config)
	formatFlag(c, &format, "table")
	return c
}
