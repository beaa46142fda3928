package calendar

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	"heshu/schemas"
)

// Duty is something that units have to do: recurring, once, or a phase of the work.
type Duty struct {
	ID, Kind    string // kind: month, quarter, year, day, phase
	First, Last schemas.Date
	Zh, En      string
}

//go:embed duties.csv
var dutiesCSV string

var duties = mustDuties(dutiesCSV)

// mustDuties reads our own table; a fault in it is a bug.
func mustDuties(table string) []Duty {
	r := csv.NewReader(strings.NewReader(table))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) < 2 {
		panic(fmt.Sprintf("duties.csv: %v", err))
	}
	var list []Duty
	for _, f := range rows[1:] {
		first, err1 := schemas.ParseDate(f[2])
		last, err2 := schemas.ParseDate(f[3])
		if err1 != nil || err2 != nil || last.Before(first) {
			panic(fmt.Sprintf("duties.csv: bad line %q", f))
		}
		list = append(list, Duty{f[0], f[1], first, last, f[4], f[5]})
	}
	return list
}

// Duties lists the duties that fall into a stretch of days, in the table's order, each with its due day there. The due day
// of a recurring duty is the last working day of its month, quarter or year; a zero day means that it is not known, or, of a
// phase, that nothing is due.
func Duties(from, to schemas.Date) (list []Duty, due []schemas.Date) {
	for _, d := range duties {
		if to.Before(d.First) || d.Last.Before(from) {
			continue
		}
		day, falls := d.due(from, to)
		if !falls {
			continue
		}
		list, due = append(list, d), append(due, day)
	}
	return list, due
}

// due is the last due day of the duty from one day to another; false if none falls there.
func (d Duty) due(from, to schemas.Date) (schemas.Date, bool) {
	switch d.Kind {
	case "phase":
		return schemas.Date{}, true
	case "day":
		return d.First, true
	}
	for m := schemas.NewDate(to.Year(), to.Month(), 1); !m.Before(schemas.NewDate(from.Year(), from.Month(), 1)); m = m.AddDate(0, -1, 0) {
		if d.Kind == "quarter" && m.Month()%3 != 0 || d.Kind == "year" && m.Month() != time.December {
			continue
		}
		day, _ := LastWorkday(m.Year(), m.Month()) // no date: outside the calendar
		return day, true
	}
	return schemas.Date{}, false
}
