package numfmt

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// lastDay is 9999-12-31 counted from 1900: beyond it there are no dates.
const lastDay = 2958465

// moment is a stored number as date and time of day.
type moment struct {
	year, month, day int
	weekday          time.Weekday
	seconds          int     // of the day
	fraction         float64 // of a second
	total            float64 // the number itself, in days, for elapsed times
}

// momentOf reads a serial number, rounded to the given digits of a second.
// Day 60 of the 1900 system is the 29 February that never was, day 0 is "0 January".
func momentOf(v float64, date1904 bool, digits int) (moment, bool) {
	if date1904 {
		v += 1462
	}
	if v < 0 || v >= lastDay+1 {
		return moment{}, false
	}
	unit := math.Pow10(digits)
	days, rest := math.Modf(v)
	ticks := math.Floor(rest*86400*unit + 0.5)
	if ticks >= 86400*unit {
		days, ticks = days+1, 0
	}
	m := moment{seconds: int(ticks / unit), total: v}
	m.fraction = ticks/unit - float64(m.seconds)
	n := int(days)
	switch {
	case n == 60 && !date1904:
		m.year, m.month, m.day, m.weekday = 1900, 2, 29, time.Wednesday
		return m, true
	case n == 0 && !date1904:
		m.year, m.month, m.day, m.weekday = 1900, 1, 0, time.Saturday
		return m, true
	case n < 60 && !date1904:
		n++
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
	y, mo, d := t.Date()
	m.year, m.month, m.day = y, int(mo), d
	m.weekday = t.Weekday()
	if days < 60 && !date1904 {
		m.weekday = (m.weekday + 6) % 7
	}
	return m, true
}

// appendDate shows a serial number; false if it is no date at all.
func (s *section) appendDate(dst []byte, v float64, date1904 bool) ([]byte, bool) {
	if s.elapsed != 0 && v < 0 {
		dst, v = append(dst, '-'), -v
	}
	m, ok := momentOf(v, date1904 && s.elapsed == 0, s.seconds)
	if !ok {
		return dst, false
	}
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.op {
		case opDate:
			dst = s.appendPart(dst, t, &m)
		case opPoint:
			dst = append(dst, '.')
			f := strconv.AppendFloat(nil, m.fraction, 'f', t.size, 64)
			if len(f) > 2 {
				dst = append(dst, f[2:]...)
			}
		case opText, opGeneral:
			dst = General(dst, v)
		default:
			dst = append(dst, t.literal()...)
		}
	}
	return dst, true
}

func (s *section) appendPart(dst []byte, t *token, m *moment) []byte {
	hour, minute, second := m.seconds/3600, m.seconds/60%60, m.seconds%60
	if t.text != "" && t.text[0] == '[' {
		whole := math.Floor(m.total)*86400 + float64(m.seconds)
		if m.seconds == 0 && m.total-math.Floor(m.total) > 0.5 {
			whole += 86400 // rounded up to midnight
		}
		switch t.char {
		case 'h':
			whole /= 3600
		case 'm':
			whole /= 60
		}
		return s.appendInt(dst, int(whole), t.size)
	}
	switch t.char {
	case 'y', 'e':
		if t.char == 'y' && t.size <= 2 {
			return s.appendYear(dst, m.year%100, 2)
		}
		return s.appendYear(dst, m.year, 4)
	case 'm':
		return s.appendMonth(dst, t.size, m.month)
	case 'd':
		if t.size > 2 {
			return append(dst, s.weekday(m.weekday, t.size == 3)...)
		}
		return s.appendInt(dst, m.day, t.size)
	case 'a':
		name := []rune("日一二三四五六")[m.weekday]
		if t.size > 3 {
			return append(dst, "星期"+string(name)...)
		}
		return append(dst, string(name)...)
	case 'h':
		if s.halfDay {
			hour = (hour+11)%12 + 1
		}
		return s.appendInt(dst, hour, t.size)
	case 'n':
		return s.appendInt(dst, minute, t.size)
	case 's':
		return s.appendInt(dst, second, t.size)
	case 'p':
		return append(dst, halfDay(t.text, hour)...)
	}
	return dst // g: the era, shown in Japan and Taiwan only
}

// halfDay returns the word of AM/PM, A/P or 上午/下午 for the hour.
func halfDay(words string, hour int) string {
	am, pm, _ := strings.Cut(words, "/")
	if hour >= 12 {
		return pm
	}
	return am
}

func (s *section) appendMonth(dst []byte, size, month int) []byte {
	if size <= 2 {
		return s.appendInt(dst, month, size)
	}
	if s.chinese {
		return append(appendCounted(dst, month, '1'), "月"...)
	}
	name := time.Month(month).String()
	switch size {
	case 3:
		name = name[:3]
	case 5:
		name = name[:1]
	}
	return append(dst, name...)
}

func (s *section) weekday(d time.Weekday, short bool) string {
	switch {
	case s.chinese && short:
		return "周" + string([]rune("日一二三四五六")[d])
	case s.chinese:
		return "星期" + string([]rune("日一二三四五六")[d])
	case short:
		return d.String()[:3]
	}
	return d.String()
}

// appendYear prints a year; in Chinese numerals digit by digit: 二〇一八.
func (s *section) appendYear(dst []byte, year, size int) []byte {
	if s.numerals == 0 {
		return s.appendInt(dst, year, size)
	}
	var b [8]byte
	return appendDigits(dst, strconv.AppendInt(b[:0], int64(year), 10), s.numerals)
}

// appendInt prints a number with at least size digits, in the section's numerals.
func (s *section) appendInt(dst []byte, n, size int) []byte {
	if s.numerals != 0 {
		return appendCounted(dst, n, s.numerals)
	}
	var b [20]byte
	digits := strconv.AppendInt(b[:0], int64(n), 10)
	for i := len(digits); i < size; i++ {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}
