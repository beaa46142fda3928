package pipeline

import (
	"fmt"
	"time"

	"heshu/pipeline/audit"
	"heshu/schemas"
	"heshu/schemas/region"
)

// today is the day of the run.
func (j Job) today() schemas.Date {
	if d, err := schemas.ParseDate(j.Config.Today); err == nil {
		return d
	}
	return schemas.DateOf(j.Now)
}

// expected lists the returns that have to be there, due on the last working day of their month, quarter or year.
func (j Job) expected() ([]audit.Expected, error) {
	var list []audit.Expected
	for _, r := range j.Config.Returns {
		terms, err := r.terms(j.today())
		if err != nil {
			return nil, err
		}
		for _, t := range terms {
			due, _ := t.due() // no date: outside the calendar
			for _, u := range r.Units {
				list = append(list, audit.Expected{Unit: u.Name, Region: u.Region, Form: r.Form, Due: due,
					Period: schemas.Period{Kind: schemas.AsOf, End: t.End}})
			}
		}
	}
	return list, nil
}

// month reads 2018-07 as its first day; "" is the month before today.
func month(s string, today schemas.Date) (schemas.Date, error) {
	if s == "" {
		return schemas.NewDate(today.Year(), today.Month()-1, 1), nil
	}
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return schemas.Date{}, fmt.Errorf("read month %q: want YYYY-MM", s)
	}
	return schemas.DateOf(t), nil
}

// places answers the audit's questions about regions.
type places struct{ *region.Table }

// Children lists the regions directly below one.
func (p places) Children(parent schemas.RegionCode, at schemas.Date) []schemas.RegionCode {
	return p.ChildCodes(parent, at)
}

// Name is the region's name on that day, its code where no table knows it.
func (p places) Name(code schemas.RegionCode, at schemas.Date) string {
	if r, _ := p.Region(code, at); r.Name != "" {
		return r.Name
	}
	return string(code)
}

// Known reports whether a code was or is one of a region.
func (p places) Known(code schemas.RegionCode) bool {
	r, _ := p.Region(code, schemas.Date{})
	return r.Code != ""
}
