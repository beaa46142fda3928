package article

import (
	"strings"
	"time"
	"unicode/utf8"

	"heshu/schemas"
)

// findDate returns the first full date in s and the byte range it takes; the zero date if there is none.
// It knows 2018-08-31, 2018/8/31, 2018.8.31, 2018年8月31日, 20180831 and 二〇一八年八月三十一日.
func findDate(s string) (d schemas.Date, start, end int) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			j := i
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			if d, end := dateAt(s, i, j); !d.IsZero() {
				return d, i, end
			}
			i = j
		case strings.HasPrefix(s[i:], "二"), strings.HasPrefix(s[i:], "一九"):
			if d, n := hanDate(s[i:]); n > 0 {
				return d, i, i + n
			}
			i += len("二")
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r >= '０' && r <= '９' {
				narrow := narrowDigits(s[i:])
				if d, _, n := findDate(narrow); !d.IsZero() {
					return d, i, min(len(s), i+n*3)
				}
				return schemas.Date{}, 0, 0
			}
			i += size
		default:
			i++
		}
	}
	return schemas.Date{}, 0, 0
}

func narrowDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)
}

// dateAt reads a date whose year's digits are s[i:j].
func dateAt(s string, i, j int) (schemas.Date, int) {
	if j-i == 8 || j-i == 14 {
		return validDate(atoi(s[i:i+4]), atoi(s[i+4:i+6]), atoi(s[i+6:i+8])), j
	}
	if j-i != 4 {
		return schemas.Date{}, 0
	}
	month, k := part(s, j, "年", "-", "/", ".", "－", "．", "—")
	if k < 0 {
		return schemas.Date{}, 0
	}
	day, k := part(s, k, "月", "-", "/", ".", "－", "．", "—")
	if k < 0 {
		return schemas.Date{}, 0
	}
	if strings.HasPrefix(s[k:], "日") {
		k += len("日")
	}
	return validDate(atoi(s[i:j]), month, day), k
}

// part reads a separator and one or two digits from s[i:]; k is -1 if they are not there.
func part(s string, i int, seps ...string) (n, k int) {
	i = skipSpace(s, i)
	for _, sep := range seps {
		if !strings.HasPrefix(s[i:], sep) {
			continue
		}
		i = skipSpace(s, i+len(sep))
		j := i
		for j < len(s) && j < i+2 && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		if j == i {
			return 0, -1
		}
		return atoi(s[i:j]), j
	}
	return 0, -1
}

func skipSpace(s string, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// validDate returns the day if it exists and a page of the web can be of it.
func validDate(y, m, d int) schemas.Date {
	if y < 1990 || y > 2100 || m < 1 || m > 12 || d < 1 || d > 31 {
		return schemas.Date{}
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return schemas.Date{}
	}
	return schemas.DateOf(t)
}

const hanDigits = "〇一二三四五六七八九"

// hanDate reads 二〇一八年十一月九日 at the start of s; n is its length, 0 if there is none.
func hanDate(s string) (d schemas.Date, n int) {
	y, digits, i := 0, 0, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '○' || r == '零' || r == 'Ｏ' || r == 'O' || r == '0' {
			r = '〇'
		}
		k := strings.IndexRune(hanDigits, r)
		if k < 0 {
			break
		}
		y = y*10 + k/len("一")
		i += size
		if digits++; digits > 4 {
			return d, 0
		}
	}
	if digits != 4 || !strings.HasPrefix(s[i:], "年") {
		return d, 0
	}
	i += len("年")
	m, k := hanSmall(s[i:])
	if i += k; k == 0 || !strings.HasPrefix(s[i:], "月") {
		return d, 0
	}
	i += len("月")
	day, k := hanSmall(s[i:])
	if i += k; k == 0 || !strings.HasPrefix(s[i:], "日") {
		return d, 0
	}
	if d = validDate(y, m, day); d.IsZero() {
		return d, 0
	}
	return d, i + len("日")
}

// hanSmall reads a numeral from 一 to 三十一.
func hanSmall(s string) (v, n int) {
	unit := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == '十' {
			v, unit = max(unit, 1)*10, 0
		} else if k := strings.IndexRune(hanDigits, r); k > 0 {
			unit = k / len("一")
		} else if r != '〇' && r != '零' {
			break
		}
		n += size
	}
	return v + unit, n
}

// shortDate reads a year of two digits behind a label: 发布时间：18-03-08.
func shortDate(s string) (d schemas.Date, start int) {
	for _, label := range []string{"时间：", "时间:", "日期：", "日期:"} {
		i := strings.Index(s, label)
		if i < 0 {
			continue
		}
		start = skipSpace(s, i+len(label))
		t := s[start:]
		if len(t) < 8 || t[2] != '-' || t[5] != '-' || len(t) > 8 && t[8] >= '0' && t[8] <= '9' {
			continue
		}
		for _, k := range []int{0, 1, 3, 4, 6, 7} {
			if t[k] < '0' || t[k] > '9' {
				return d, 0
			}
		}
		return validDate(2000+atoi(t[:2]), atoi(t[3:5]), atoi(t[6:8])), start
	}
	return d, 0
}
