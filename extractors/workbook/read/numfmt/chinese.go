package numfmt

import "strconv"

// numerals are the digits of [DBNum1], [DBNum2] and [DBNum3]; units are 十 百 千 of the first two.
var numeralDigits = map[byte][]rune{'1': []rune("〇一二三四五六七八九"), '2': []rune("零壹贰叁肆伍陆柒捌玖"), '3': []rune("０１２３４５６７８９")}

var numeralUnits = map[byte][]rune{'1': []rune(" 十百千"), '2': []rune(" 拾佰仟"), '3': []rune(" 十百千")}

// appendDigits prints digits one by one in a numeral system.
func appendDigits(dst, digits []byte, system byte) []byte {
	names := numeralDigits[system]
	if names == nil {
		return append(dst, digits...)
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			dst = append(dst, c)
			continue
		}
		dst = append(dst, string(names[c-'0'])...)
	}
	return dst
}

// appendCounted prints n as it is counted: 12 is 十二, 1205 is 一千二百〇五.
func appendCounted(dst []byte, n int, system byte) []byte {
	names, units := numeralDigits[system], numeralUnits[system]
	if names == nil || n < 0 {
		return strconv.AppendInt(dst, int64(n), 10)
	}
	if n == 0 {
		return append(dst, string(names[0])...)
	}
	digits := strconv.Itoa(n)
	zero, group := false, false
	for i, c := range digits {
		place := len(digits) - 1 - i
		if c == '0' {
			zero = true
		} else {
			if zero && i > 0 {
				dst = append(dst, string(names[0])...)
			}
			zero, group = false, true
			if !(system == '1' && c == '1' && place%4 == 1 && i == 0) {
				dst = append(dst, string(names[c-'0'])...)
			}
			if place%4 > 0 {
				dst = append(dst, string(units[place%4])...)
			}
		}
		if place > 0 && place%4 == 0 && group {
			dst = append(dst, string([]rune(" 万亿兆京")[min(place/4, 4)])...)
			group = false
		}
	}
	return dst
}

// appendGeneral shows the magnitude v as General, in the section's numerals.
func (s *section) appendGeneral(dst []byte, v float64) []byte {
	if s.numerals == 0 {
		return General(dst, v)
	}
	var b [40]byte
	digits := General(b[:0], v)
	whole, rest := digits, []byte(nil)
	for i, c := range digits {
		if c == 'E' {
			return append(dst, digits...)
		}
		if c == '.' {
			whole, rest = digits[:i], digits[i:]
		}
	}
	n, err := strconv.Atoi(string(whole))
	if err != nil {
		return append(dst, digits...)
	}
	return appendDigits(appendCounted(dst, n, s.numerals), rest, s.numerals)
}
