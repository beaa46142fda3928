package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
	"heshu/schemas/calendar"
)

func (a *app) statusCommand() *cobra.Command {
	var w which
	var term, today, format, xlsx string
	var reminders bool
	c := &cobra.Command{
		Use:   "status",
		Short: "Tell who has reported, who is late and what was returned; write reminders",
		Long: `Tell how every unit of the configuration's returns stands: when its return was due (the last working day of the month, quarter or
year, by China's holidays and make-up days), when it came, how many working days late, whether it is accepted, to be explained,
returned for correction or missing. Outside the calendar's years a due day is unknown. --reminders prints texts to the units.`,
		Example: `  heshu status --period 2018-07
  heshu status --period 2018-07 --reminders`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			list, err := a.standings(c, w, &term, today)
			if err != nil {
				return err
			}
			lang := report.Lang(a.lang)
			if xlsx != "" {
				return writeTo(xlsx, func(f *os.File) error { return report.StandingXLSX(f, list, lang) })
			}
			if reminders {
				return a.remind(list)
			}
			if format == "table" {
				return a.standingTable(list, term, lang)
			}
			return standingRecords(list).print(a.stdout, format)
		},
	}
	w.flags(c)
	c.Flags().StringVar(&term, "period", "", "2018-07, 2018-Q3 or 2018 (default: the month before today)")
	c.Flags().StringVar(&today, "today", "", "count what is late until this day, YYYY-MM-DD (default: the configuration's, or today)")
	c.Flags().StringVar(&xlsx, "xlsx", "", "write a workbook with the table and the reminders to this file")
	c.Flags().BoolVar(&reminders, "reminders", false, "print a text to every unit that has to be written to, in Chinese")
	formatFlag(c, &format, "table")
	return c
}

// standings reads the release and works out how everybody stands; an empty term becomes the month before today.
func (a *app) standings(c *cobra.Command, w which, term *string, day string) ([]report.Standing, error) {
	cfg, err := a.config(w.config, nil)
	if err != nil {
		return nil, coded{exitUsage, err}
	}
	today := schemas.DateOf(time.Now())
	if day = cmp.Or(day, cfg.Today); day != "" {
		if today, err = schemas.ParseDate(day); err != nil {
			return nil, coded{exitUsage, err}
		}
	}
	if *term == "" {
		*term = today.AddDate(0, 0, -today.Day()).String()[:7]
	}
	if _, err := pipeline.ParseTerm(*term); err != nil {
		return nil, coded{exitUsage, err}
	}
	ref, err := loadReference(cfg.Schemas)
	if err != nil {
		return nil, err
	}
	r, err := a.open(c.Context(), w)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	list, err := pipeline.Standings(c.Context(), cfg, r, ref.forms, ref.regions, *term, today)
	if err == nil && len(list) == 0 {
		return nil, usage("the configuration expects no return of %s: see returns in heshu.example.yaml", *term)
	}
	return list, err
}

func (a *app) remind(list []report.Standing) error {
	for _, s := range list {
		if text := s.Reminder(); text != "" {
			if _, err := fmt.Fprintln(a.stdout, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// standingTable prints the table, then what else is asked of the units in that time.
func (a *app) standingTable(list []report.Standing, term string, lang report.Lang) error {
	columns, rows := report.StandingTable(list, lang)
	out := &records{columns: columns}
	for _, row := range rows {
		out.rows = append(out.rows, toAny(row))
	}
	if err := out.print(a.stdout, "table"); err != nil {
		return err
	}
	t, err := pipeline.ParseTerm(term)
	if err != nil {
		return err
	}
	duties, due := calendar.Duties(t.First, t.End)
	for i, d := range duties {
		text := d.Zh
		if lang == report.En {
			text = d.En
		}
		if !due[i].IsZero() {
			text = due[i].String() + "  " + text
		} else {
			text = fmt.Sprintf("%s – %s  %s", d.First, d.Last, text)
		}
		if _, err := fmt.Fprintln(a.stdout, text); err != nil {
			return err
		}
	}
	return nil
}

func standingRecords(list []report.Standing) *records {
	out := &records{columns: []string{"unit", "region_code", "form", "form_name", "period", "state", "due", "received", "latest", "date_from", "late_workdays", "document", "notes"}}
	for _, s := range list {
		row := []any{s.Unit, s.Region, s.Form, s.FormName, s.Period, s.State.String(), nil, nil, nil, s.DateFrom, nil, s.Document, s.Notes}
		for i, d := range map[int]*schemas.Date{6: s.Due, 7: s.Received, 8: s.Latest} {
			if d != nil {
				row[i] = *d
			}
		}
		if s.Late != nil {
			row[10] = *s.Late
		}
		out.rows = append(out.rows, row)
	}
	return out
}

// writeTo writes a file whole or not at all.
func writeTo(path string, write func(*os.File) error) error {
	f, err := os.Create(path + ".tmp")
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return os.Rename(f.Name(), path)
}
