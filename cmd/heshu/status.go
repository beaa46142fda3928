package main

import (
	"bytes"
	"cmp"
	"fmt"
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
	var reminders, duties bool
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
			cfg, day, err := a.asked(w, &term, today)
			if err != nil {
				return coded{exitUsage, err}
			}
			if duties {
				return a.listDuties(term, format)
			}
			list, err := a.standings(c, w, cfg, term, day)
			if err != nil {
				return err
			}
			lang := report.Lang(a.lang)
			if xlsx != "" {
				extra, err := dutiesOf(term, lang)
				if err != nil {
					return err
				}
				var b bytes.Buffer
				if err := report.StandingXLSX(&b, list, extra, lang); err != nil {
					return err
				}
				return pipeline.ReplaceFile(xlsx, b.Bytes())
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
	c.Flags().BoolVar(&duties, "duties", false, "list what the notice of 2018 asks in that time beside returns: meetings, targets, phases")
	formatFlag(c, &format, "table")
	return c
}

func (a *app) listDuties(term, format string) error {
	out, err := dutyRecords(term)
	if err != nil {
		return coded{exitUsage, err}
	}
	return out.print(a.stdout, format)
}

// asked reads the configuration, the term and the day; an empty term becomes the month before today.
func (a *app) asked(w which, term *string, day string) (cfg pipeline.Config, today schemas.Date, err error) {
	if cfg, err = a.config(w.config, nil); err != nil {
		return cfg, today, err
	}
	today = schemas.DateOf(time.Now())
	if day = cmp.Or(day, cfg.Today); day != "" {
		if today, err = schemas.ParseDate(day); err != nil {
			return cfg, today, err
		}
	}
	if *term == "" {
		*term = today.AddDate(0, 0, -today.Day()).String()[:7]
	}
	_, err = pipeline.ParseTerm(*term)
	return cfg, today, err
}

// standings reads the release and works out how everybody stands.
func (a *app) standings(c *cobra.Command, w which, cfg pipeline.Config, term string, today schemas.Date) ([]report.Standing, error) {
	ref, err := loadReference(cfg.Schemas)
	if err != nil {
		return nil, err
	}
	r, err := a.open(c.Context(), w)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	list, err := pipeline.Standings(c.Context(), cfg, r, ref.forms, ref.regions, term, today)
	if err == nil && len(list) == 0 {
		return nil, usage("the configuration expects no return of %s: see returns in heshu.example.yaml", term)
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
	duties, err := dutiesOf(term, lang)
	if err != nil {
		return err
	}
	for _, d := range duties {
		if _, err := fmt.Fprintln(a.stdout, d[0]+"  "+d[1]); err != nil {
			return err
		}
	}
	return nil
}

// dutiesOf lists what is asked of the units in a term beside their returns: when, and what.
func dutiesOf(term string, lang report.Lang) ([][2]string, error) {
	t, err := pipeline.ParseTerm(term)
	if err != nil {
		return nil, err
	}
	duties, due := calendar.Duties(t.First, t.End)
	var list [][2]string
	for i, d := range duties {
		text, when := d.Zh, fmt.Sprintf("%s – %s", d.First, d.Last)
		if lang == report.En {
			text = d.En
		}
		if !due[i].IsZero() {
			when = due[i].String()
		}
		list = append(list, [2]string{when, text})
	}
	return list, nil
}

// dutyRecords are the duties of a term as data; a due day that is not there is of a phase, or not known.
func dutyRecords(term string) (*records, error) {
	t, err := pipeline.ParseTerm(term)
	if err != nil {
		return nil, err
	}
	out := &records{columns: []string{"duty", "kind", "first", "last", "due", "zh", "en"}}
	duties, due := calendar.Duties(t.First, t.End)
	for i, d := range duties {
		var day any
		if !due[i].IsZero() {
			day = due[i]
		}
		out.add(d.ID, d.Kind, d.First, d.Last, day, d.Zh, d.En)
	}
	return out, nil
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
