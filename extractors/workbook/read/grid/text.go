package grid

import (
	"strconv"
	"time"
)

// ParseFloat reads a stored number; hexadecimal ones, infinity and those out of range are none.
func ParseFloat(s string) (float64, bool) {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// LineEnds makes each line end \n: \r\n, \r, and \r\r\n, which grows where one program's \r\n passes through another.
func LineEnds(b []byte) []byte {
	out := b[:0:0]
	for i, c := range b {
		if c != '\r' {
			out = append(out, c)
		} else if i+1 == len(b) || b[i+1] != '\r' && b[i+1] != '\n' {
			out = append(out, '\n')
		}
	}
	return out
}

// ParseDate turns an ISO 8601 date, with or without a time, into a serial number.
func ParseDate(t string, date1904 bool) (float64, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02"} {
		at, err := time.Parse(layout, t)
		if err != nil {
			continue
		}
		v := float64(at.Unix()-time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Unix())/86400 + float64(at.Nanosecond())/86400e9
		if date1904 {
			v -= 1462
		}
		return v, true
	}
	return 0, false
}
