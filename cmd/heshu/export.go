package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline/export"
)

func (a *app) exportCommand() *cobra.Command {
	var w which
	var to, format string
	var as []string
	c := &cobra.Command{
		Use:   "export --to DIR",
		Short: "Write a release for other programs: Parquet, Arrow, CSV, Excel, SDMX",
		Long: `Write a release into a new folder:
  parquet/  observations, one file for each indicator and year (Hive partitions, named by code)
  arrow/    observations, one Arrow IPC file
  csv/      tables for Excel (UTF-8 with byte order mark), described by a Frictionless datapackage.json
  panel.xlsx  a sheet for each indicator, regions by periods, and where each value came from
  sdmx/     one value for each key as SDMX-CSV 2.0, its structure as SDMX-JSON 2.0
The same release gives the same bytes. The files written are listed with rows, size and SHA-256.`,
		Example: `  heshu export --to /tmp/figures --as csv,xlsx`,
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if to == "" {
				return usage("--to is needed: the folder to write")
			}
			o := export.Options{Dir: to}
			for _, name := range as {
				o.Formats = append(o.Formats, export.Format(strings.TrimSpace(name)))
			}
			return a.export(c.Context(), w, o, format)
		},
	}
	w.flags(c)
	c.Flags().StringVar(&to, "to", "", "folder to write; it must not be there yet")
	c.Flags().StringSliceVar(&as, "as", exportFormats(), "what to write")
	formatFlag(c, &format, "table")
	return c
}

func exportFormats() []string {
	var list []string
	for _, f := range export.Formats() {
		list = append(list, string(f))
	}
	return list
}

func (a *app) export(ctx context.Context, w which, o export.Options, format string) error {
	rel, r, err := a.openRelease(ctx, w)
	if err != nil {
		return err
	}
	defer r.Close()
	o.Release, o.Content, o.Made = rel.Run, rel.Content, rel.Started
	files, err := export.Write(ctx, func(ctx context.Context, sql string) (export.Rows, error) {
		rows, err := r.Query(ctx, sql)
		if err != nil {
			return nil, err
		}
		return rows, nil
	}, o)
	switch {
	case errors.Is(err, export.ErrThere), errors.Is(err, export.ErrFormat):
		return coded{exitUsage, err}
	case err != nil:
		return err
	}
	out := &records{columns: []string{"path", "rows", "bytes", "sha256"}}
	for _, f := range files {
		out.add(f.Path, f.Rows, f.Bytes, f.SHA256)
	}
	return out.print(a.stdout, format)
}
