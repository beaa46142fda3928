// Package calendar owns the working days of mainland China: the State Council's holidays and make-up days, 2010–2026.
//
// Outside these years nothing is known, and every function says so: holidays are decreed a year at a time and cannot be computed.
// Extensions by single provinces (the spring of 2020) are not in the table.
package calendar

import (
	_ "embed"
	"fmt"
	"strings"
	"time"

	"heshu/schemas"
)

// FirstYear and LastYear bound what is known.
const (
	FirstYear = 2010
	LastYear  = 2026
)

//go:embed workdays.csv
var workdaysCSV string

// exceptions are the days on which the weekday does not tell; true is a working day.
var exceptions = mustExceptions(workdaysCSV)

// mustExceptions reads our own table; a fault in it is a bug.
func mustExceptions(csv string) map[schemas.Date]bool {
	days := map[schemas.Date]bool{}
	for line := range strings.Lines(csv) {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "date,") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), ",")
		d, err := schemas.ParseDate(f[0])
		if err != nil || len(f) != 3 || f[1] != "holiday" && f[1] != "makeup" {
			panic(fmt.Sprintf("workdays.csv: bad line %q", line))
		}
		days[d] = f[1] == "makeup"
	}
	return days
}

func known(year int) bool { return year >= FirstYear && year <= LastYear }

// IsWorkday reports whether people work on the day. known is false outside FirstYear to LastYear; then workday says nothing.
func IsWorkday(d schemas.Date) (workday, isKnown bool) {
	if !known(d.Year()) {
		return false, false
	}
	if works, ok := exceptions[d]; ok {
		return works, true
	}
	wd := d.Time().Weekday()
	return wd != time.Saturday && wd != time.Sunday, true
}

// LastWorkday returns the last working day of a month; false if the year is not known or there is no such month.
func LastWorkday(year int, month time.Month) (schemas.Date, bool) {
	if !known(year) || month < time.January || month > time.December {
		return schemas.Date{}, false
	}
	d := schemas.NewDate(year, month+1, 0)
	for ; d.Month() == month; d = d.AddDate(0, 0, -1) {
		if works, _ := IsWorkday(d); works {
			return d, true
		}
	}
	return schemas.Date{}, false
}

// WorkdaysBetween counts the working days after a up to and with b: how many working days late something due on a is on b.
// It is negative when b is before a; false if a day between them is not known.
func WorkdaysBetween(a, b schemas.Date) (int, bool) {
	if !known(a.Year()) || !known(b.Year()) {
		return 0, false
	}
	if b.Before(a) {
		n, ok := WorkdaysBetween(b, a)
		return -n, ok
	}
	n := 0
	for a != b {
		a = a.AddDate(0, 0, 1)
		if works, _ := IsWorkday(a); works {
			n++
		}
	}
	return n, true
}
