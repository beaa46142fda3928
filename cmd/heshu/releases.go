package main

import (
	"errors"

	"github.com/spf13/cobra"

	"heshu/pipeline/warehouse"
	"heshu/schemas/wording"
)

// yes marks the current release in a table.
var yes = wording.Words{Zh: "是", En: "yes"}

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
			out := a.headed([][2]string{{"run", "运行"}, {"current", "现行"}, {"started", "开始时刻（UTC）"}, {"documents", "材料"}, {"observations", "数据"},
				{"open_findings", "待处理"}, {"bytes", "字节"}, {"content_sha256", "内容的 SHA-256"}, {"file", "文件"}})
			for _, r := range list {
				var open int64
				for _, n := range r.Findings {
					open += n
				}
				is := any(r.Run == current.Run)
				if format == "table" {
					is = map[any]string{true: yes.In(a.lang)}[is]
				}
				out.add(r.Run, is, r.Started.UTC().Format("2006-01-02 15:04:05"), r.Counts["document"], r.Counts["observation"], open, r.Bytes, r.Content, r.Path())
			}
			return out.print(a.stdout, format)
		},
	}
	configFlag(c, &config)
	formatFlag(c, &format, "table")
	return c
}
