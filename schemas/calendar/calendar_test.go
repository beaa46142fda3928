package calendar

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"time"

	"heshu/schemas"
)

func date(t *testing.T, s string) schemas.Date {
	t.Helper()
	d, err := schemas.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The months whose last working day is not their last weekday.
func TestLastWorkdayWhereTheLastWeekdayIsWrong(t *testing.T) {
	t.Parallel()
	for _, want := range []string{
		"2011-12-31", "2012-03-31", "2012-04-28", "2012-09-29", "2013-04-28", "2014-01-30", "2015-02-28", "2017-01-26", "2017-09-30",
		"2018-04-28", "2018-09-30", "2018-12-29", "2020-01-23", "2022-01-30", "2023-09-28", "2025-01-27", "2026-02-28",
	} {
		d := date(t, want)
		if got, ok := LastWorkday(d.Year(), d.Month()); !ok || got != d {
			t.Errorf("last working day of %s:\n-want %s\n+got  %s, %v", want[:7], want, got, ok)
		}
	}
}

func TestWorkdays(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]bool{
		"2018-06-29": true, "2018-06-30": false, "2018-09-24": false, "2018-09-29": true, "2018-09-30": true, "2018-10-01": false,
		"2019-12-31": true, "2020-01-31": false, "2020-02-02": false, "2020-02-03": true, "2024-09-29": true, "2024-10-12": true, "2015-09-03": false,
	} {
		if got, ok := IsWorkday(date(t, day)); !ok || got != want {
			t.Errorf("%s: -want %v +got %v, known %v", day, want, got, ok)
		}
	}
}

// What was not decreed is unknown, never guessed.
func TestOtherYearsAreUnknown(t *testing.T) {
	t.Parallel()
	for _, day := range []string{"2009-12-31", "2027-01-04", "1999-06-01"} {
		d := date(t, day)
		if _, ok := IsWorkday(d); ok {
			t.Errorf("%s is known", day)
		}
		if _, ok := LastWorkday(d.Year(), d.Month()); ok {
			t.Errorf("last working day of %s is known", day)
		}
		if _, ok := WorkdaysBetween(date(t, "2018-06-29"), d); ok {
			t.Errorf("working days to %s are known", day)
		}
	}
	if _, ok := IsWorkday(schemas.Date{}); ok {
		t.Error("no date is known")
	}
	if _, ok := LastWorkday(2018, 13); ok {
		t.Error("a thirteenth month is known")
	}
}

func TestWorkdaysBetween(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"2018-06-29", "2018-06-29", 0},
		{"2018-06-29", "2018-06-30", 0},
		{"2018-06-29", "2018-07-03", 2},
		{"2018-09-30", "2018-10-08", 1}, // the week of the National Day
		{"2018-07-03", "2018-06-29", -2},
		{"2018-12-28", "2019-01-02", 2}, // 12-29 is made up
	} {
		if got, ok := WorkdaysBetween(date(t, c.a), date(t, c.b)); !ok || got != c.want {
			t.Errorf("%s to %s: -want %d +got %d, %v", c.a, c.b, c.want, got, ok)
		}
	}
}

// sharedTable reads a table beside the repository; it skips the test without it.
func sharedTable(t *testing.T, name string) [][]string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if f, err := os.Open(filepath.Join(filepath.Dir(dir), "shared", "data", name)); err == nil {
			defer f.Close()
			rows, err := csv.NewReader(f).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			return rows[1:]
		}
		if dir == filepath.Dir(dir) {
			t.Skipf("no ../shared/data/%s beside the repository", name)
		}
	}
}

// Every day agrees with a table made from other sources.
func TestAgreesOnEveryDay(t *testing.T) {
	t.Parallel()
	other := map[schemas.Date]bool{}
	for _, row := range sharedTable(t, "workdays.csv") {
		other[date(t, row[0])] = row[1] == "makeup"
	}
	days := 0
	for d := schemas.NewDate(FirstYear, 1, 1); d.Year() <= LastYear; d = d.AddDate(0, 0, 1) {
		wd := d.Time().Weekday()
		want, ok := other[d]
		if !ok {
			want = wd != time.Saturday && wd != time.Sunday
		}
		if got, _ := IsWorkday(d); got != want {
			t.Errorf("%s: -want %v +got %v", d, want, got)
		}
		days++
	}
	t.Logf("%d days compared", days)
}

func TestAgreesOnEveryLastWorkday(t *testing.T) {
	t.Parallel()
	rows := sharedTable(t, "last_workdays.csv")
	for _, row := range rows {
		m := date(t, row[0]+"-01")
		if got, ok := LastWorkday(m.Year(), m.Month()); !ok || got.String() != row[1] {
			t.Errorf("%s: -want %s +got %s, %v", row[0], row[1], got, ok)
		}
	}
	t.Logf("%d months compared", len(rows))
}
