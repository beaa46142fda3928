package schemas

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar. The zero value is "no date".
type Date struct {
	y    int32
	m, d int16
}

// NewDate returns the day, normalised as time.Date does (month 13 is January of the next year).
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int32(y), int16(m), int16(d)}
}

// ParseDate reads an ISO date, 2018-08-31; a day that does not exist is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("read date %q: want YYYY-MM-DD", s)
	}
	return DateOf(t), nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Year returns the year, 0 for no date.
func (d Date) Year() int { return int(d.y) }

// Month returns the month, 0 for no date.
func (d Date) Month() time.Month { return time.Month(d.m) }

// Day returns the day of the month, 0 for no date.
func (d Date) Day() int { return int(d.d) }

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Date(int(d.y), time.Month(d.m), int(d.d), 0, 0, 0, 0, time.UTC)
}

// AddDate returns the date years, months and days later, normalised as time.AddDate does.
func (d Date) AddDate(years, months, days int) Date {
	return DateOf(d.Time().AddDate(years, months, days))
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// Compare returns -1, 0 or 1; no date sorts first.
func (d Date) Compare(e Date) int {
	a, b := d.number(), e.number()
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// number orders days.
func (d Date) number() int64 { return int64(d.y)*10000 + int64(d.m)*100 + int64(d.d) }

// String returns the ISO form, "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if d.y < 0 || d.y > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", d.y, d.m, d.d)
	}
	b := []byte("0000-00-00")
	for i, n := 9, d.number(); i >= 0; i-- {
		if b[i] == '0' {
			b[i], n = byte('0'+n%10), n/10
		}
	}
	return string(b)
}

// MarshalJSON prints "2018-08-31", or null for no date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads an ISO date string or null.
func (d *Date) UnmarshalJSON(b []byte) error {
	if string(b) == "null" || string(b) == `""` {
		*d = Date{}
		return nil
	}
	if len(b) < 2 {
		return fmt.Errorf("read date %q: want YYYY-MM-DD", b)
	}
	v, err := ParseDate(string(b[1 : len(b)-1]))
	*d = v
	return err
}
