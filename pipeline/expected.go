package pipeline

import (
	"fmt"
	"slices"
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
type places struct {
	table  *region.Table
	before map[schemas.RegionCode][]region.Region      // by successor: divisions whose whole went into it
	after  map[schemas.RegionCode][]schemas.RegionCode // by division: what its whole went into
	above  map[schemas.RegionCode][]schemas.RegionCode // directly, at any time
}

func newPlaces(t *region.Table) places {
	p := places{t, map[schemas.RegionCode][]region.Region{}, map[schemas.RegionCode][]schemas.RegionCode{}, map[schemas.RegionCode][]schemas.RegionCode{}}
	for _, r := range t.All() {
		if !slices.Contains(p.above[r.Code], r.Parent) {
			p.above[r.Code] = append(p.above[r.Code], r.Parent)
		}
		if len(r.Successors) == 1 && r.Successors[0] != r.Code && !r.ValidTo.IsZero() {
			p.before[r.Successors[0]] = append(p.before[r.Successors[0]], r)
			p.after[r.Code] = append(p.after[r.Code], r.Successors[0])
		}
	}
	return p
}

// Children lists the regions directly below one.
func (p places) Children(parent schemas.RegionCode, at schemas.Date) []schemas.RegionCode {
	var codes []schemas.RegionCode
	for _, r := range p.table.Children(parent, at) {
		codes = append(codes, r.Code)
	}
	return codes
}

// Above lists the regions that one was ever directly below.
func (p places) Above(code schemas.RegionCode) []schemas.RegionCode { return p.above[code] }

// Kin lists a region, those that its whole went into or that went into it, and theirs.
func (p places) Kin(code schemas.RegionCode) []schemas.RegionCode {
	list := []schemas.RegionCode{code}
	for range 2 {
		for _, c := range slices.Clone(list) {
			for _, r := range p.before[c] {
				list = append(list, r.Code)
			}
			list = append(list, p.after[c]...)
		}
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list
}

// Name is the region's name on that day, its code where no table knows it.
func (p places) Name(code schemas.RegionCode, at schemas.Date) string {
	if r, _ := p.table.Region(code, at); r.Name != "" {
		return r.Name
	}
	return string(code)
}

// Known reports whether a code was or is one of a region.
func (p places) Known(code schemas.RegionCode) bool {
	r, _ := p.table.Region(code, schemas.Date{})
	return r.Code != ""
}

// Predecessors lists the regions whose whole went into one on or before that day.
func (p places) Predecessors(code schemas.RegionCode, at schemas.Date) []schemas.RegionCode {
	var codes []schemas.RegionCode
	for _, r := range p.before[code] {
		if !at.Before(r.ValidTo) {
			codes = append(codes, r.Code)
		}
	}
	return codes
}
