package pipeline

import (
	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/calendar"
)

// reference is the domain as the warehouse's dimensions.
func (j Job) reference() warehouse.Reference {
	ref := warehouse.Reference{}
	for _, f := range j.Forms.All() {
		ref.Forms = append(ref.Forms, warehouse.Form{ID: f.ID, Title: f.Name})
	}
	for _, i := range j.Catalog.Indicators() {
		ref.Indicators = append(ref.Indicators, warehouse.Indicator{Code: i.Code, Zh: i.Zh, En: i.En, Unit: i.Unit, Additive: i.Additive})
	}
	for _, r := range j.Regions.All() {
		ref.Regions = append(ref.Regions, warehouse.Region{Code: r.Code, Name: r.Name, Level: r.Level.String(), Parent: r.Parent, From: r.ValidFrom, To: r.ValidTo, Successors: r.Successors})
	}
	for d, end := schemas.NewDate(calendar.FirstYear, 1, 1), schemas.NewDate(calendar.LastYear, 12, 31); !end.Before(d); d = d.AddDate(0, 0, 1) {
		work, known := calendar.IsWorkday(d)
		if known {
			ref.Calendar = append(ref.Calendar, warehouse.Workday{Day: d, Work: work})
		}
	}
	return ref
}
