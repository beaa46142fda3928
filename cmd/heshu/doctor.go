package main

import (
	"time"

	"github.com/spf13/cobra"

	"heshu/pipeline"
)

// checkColumns are the columns of the doctor's checks, with what a Chinese table calls them.
var checkColumns = [][2]string{{"check", "检查"}, {"health", "情况"}, {"found", "发现"}, {"do", "如何处理"}}

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
			out := a.headed(checkColumns)
			worst := pipeline.Fine
			for _, x := range checks {
				name, health := x.Name.En, x.Health.String()
				if format == "table" {
					name, health = x.Name.In(a.lang), x.Health.Words().In(a.lang)
				}
				out.add(name, health, x.Found.In(a.lang), x.Do.In(a.lang))
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
