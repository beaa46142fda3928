package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"heshu/extractors/workbook/form"
	"heshu/schemas"
	"heshu/schemas/forms"
	"heshu/schemas/period"
	"heshu/schemas/region"
)

// formFlags say which workbook to make.
type formFlags struct {
	config, region, period, out, format string
	rows                                int
}

func (a *app) formCommand() *cobra.Command {
	var f formFlags
	c := &cobra.Command{
		Use:   "form [NAME]",
		Short: "Make the blank workbook of a reporting form, or list the forms",
		Long: `Make the blank workbook of a reporting form: drop-downs for counties, checks on entry, locked headings, and a hidden identity by
which heshu knows it again. NAME is a form's id or its title. Without NAME the forms are listed.`,
		Example: "  heshu form monthly --region 411700 --period 2018-07 -o 月报.xlsx",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			known, err := a.forms(f.config)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return a.listForms(known, f.format)
			}
			return a.makeForm(known, args[0], f)
		},
	}
	configFlag(c, &f.config)
	c.Flags().StringVar(&f.region, "region", "", "whose form it is: six digits, or a name; its counties fill the drop-downs")
	c.Flags().StringVar(&f.period, "period", "", "reporting period: 2018-07, 2018年7月, 2018; empty: to be filled in")
	c.Flags().StringVarP(&f.out, "output", "o", "", "file to write, - for standard output (default: the form's id and .xlsx)")
	c.Flags().IntVar(&f.rows, "rows", 0, "rows to fill in (default: one a county, 60 where a row is a village)")
	formatFlag(c, &f.format, "table")
	return c
}

// forms are the forms known: the built-in ones, and those of the office's folder that the configuration names.
func (a *app) forms(config string) (*forms.Set, error) {
	cfg, err := a.config(config, nil)
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	ref, err := loadReference(cfg.Schemas)
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	return ref.forms, nil
}

func (a *app) listForms(known *forms.Set, format string) error {
	out := a.headed([][2]string{{"id", "代号"}, {"name", "表名"}, {"cycle", "周期"}, {"due", "报送期限"}, {"rows", "行"}, {"fields", "栏数"}, {"checks", "校验数"}})
	for _, f := range known.All() {
		name, due := f.Name, f.Due
		if a.lang == "en" {
			name, due = f.NameEn, f.DueEn
		}
		out.add(f.ID, name, f.Cycle, due, f.Rows, len(f.Fields), len(f.Checks))
	}
	return out.print(a.stdout, format)
}

func (a *app) makeForm(known *forms.Set, name string, flags formFlags) error {
	f, ok := known.Get(name)
	if !ok {
		ids := make([]string, 0, len(known.All()))
		for _, f := range known.All() {
			ids = append(ids, f.ID)
		}
		return usage("no form %q; there are %s", name, strings.Join(ids, ", "))
	}
	o, err := formOptions(f, flags)
	if err != nil {
		return err
	}
	b, err := form.Make(f, o)
	if err != nil {
		return err
	}
	if flags.out == "-" {
		_, err := a.stdout.Write(b)
		return err
	}
	out := flags.out
	if out == "" {
		out = f.ID + ".xlsx"
	}
	// A form of the same name may be filled in already.
	w, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return usage("%s is there already; -o names another file", out)
	case err != nil:
		return usage("%v", err)
	}
	if _, err = w.Write(b); err == nil {
		err = w.Close()
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", out, err)
	}
	if !a.quiet {
		fmt.Fprintf(a.stderr, "heshu: %s: %s\n", out, f.Name)
	}
	return nil
}

// formOptions reads the region and the period that the flags name.
func formOptions(f *forms.Form, flags formFlags) (form.Options, error) {
	o := form.Options{Regions: regionTable(), Rows: flags.rows}
	if flags.rows < 0 || flags.rows > form.MaxRows {
		return o, usage("--rows %d: want 1 to %d", flags.rows, form.MaxRows)
	}
	if flags.period != "" {
		p, ok := period.Parse(flags.period, schemas.Date{})
		switch {
		case !ok:
			return o, usage("--period %q: want a month, 2018-07, or another period", flags.period)
		case f.Cycle == "month" && p.Kind != schemas.Month:
			return o, usage("--period %q: form %s is monthly, want a month: 2018-07", flags.period, f.ID)
		}
		o.Period = p
	}
	if flags.region == "" {
		return o, nil
	}
	o.Region = schemas.RegionCode(flags.region)
	if _, ok := o.Regions.Region(o.Region, o.Period.End); ok {
		return o, nil
	}
	code, ok := o.Regions.Find(flags.region, region.Context{At: o.Period.End})
	if !ok {
		return o, usage("--region %q: no such region, or several", flags.region)
	}
	o.Region = code
	return o, nil
}
