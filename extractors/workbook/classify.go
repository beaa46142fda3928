package workbook

import (
	"strings"
	"unicode/utf8"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// classify says what a cell holds, as far as the cell alone can tell.
func classify(c *sheet.Cell) class {
	switch c.Kind {
	case sheet.Number:
		if c.Text == "TRUE" || c.Text == "FALSE" { // a number format that shows a comparison's result
			return boolean
		}
		return number
	case sheet.Date:
		return date
	case sheet.Bool:
		return boolean
	case sheet.Error:
		return failed
	case sheet.Empty:
		return empty
	}
	return classifyText(c.Text)
}

func classifyText(s string) class {
	if len(s) > 96 { // no quantity is as long
		if strings.TrimSpace(short(s)) == "" {
			return empty
		}
		return text
	}
	s = squash(s)
	switch {
	case s == "":
		return empty
	case missingOf(s) != 0:
		return filler
	case isPlain(s):
		return number
	case isDateText(s):
		return date
	case mayBeQuantity(s):
		if _, _, ok := readQuantity(s); ok {
			return written
		}
	}
	return text
}

// fillers are the words that stand where a number is missing, and what they say.
var fillers = map[string]schemas.Missing{
	"null": schemas.Blank, "NULL": schemas.Blank, "Null": schemas.Blank, "nil": schemas.Blank, "None": schemas.Blank,
	"无数据": schemas.Blank, "暂无": schemas.Blank, "暂无数据": schemas.Blank, "缺": schemas.Blank, "缺失": schemas.Blank, "未统计": schemas.Blank, "未填": schemas.Blank, "不详": schemas.Blank,
	"无": schemas.NotApplicable, "—": schemas.NotApplicable, "——": schemas.NotApplicable, "–": schemas.NotApplicable, "-": schemas.NotApplicable, "--": schemas.NotApplicable,
	"---": schemas.NotApplicable, "－": schemas.NotApplicable, "─": schemas.NotApplicable, "──": schemas.NotApplicable, "一一": schemas.NotApplicable, "/": schemas.NotApplicable, "//": schemas.NotApplicable,
	`\`: schemas.NotApplicable, "N/A": schemas.NotApplicable, "n/a": schemas.NotApplicable, "NA": schemas.NotApplicable, "不适用": schemas.NotApplicable,
	"$$": schemas.Suppressed, "***": schemas.Suppressed, "**": schemas.Suppressed, "*": schemas.Suppressed, "保密": schemas.Suppressed,
	"…": schemas.BelowUnit, "……": schemas.BelowUnit, "...": schemas.BelowUnit, "......": schemas.BelowUnit,
	"?": schemas.Unreadable, "??": schemas.Unreadable, "???": schemas.Unreadable, "????": schemas.Unreadable, "=": schemas.Unreadable, "NaN": schemas.Unreadable,
}

// missingOf returns the kind of missing value that a squashed text stands for, 0 if it is none.
func missingOf(s string) schemas.Missing {
	if len(s) > 16 && strings.Trim(s, "#×xX*") != "" {
		return 0
	}
	if m, ok := fillers[s]; ok {
		return m
	}
	if len(s) >= 2 {
		switch {
		case strings.Trim(s, "#") == "":
			return schemas.Unreadable
		case strings.Trim(s, "×") == "" && utf8.RuneCountInString(s) > 1, strings.Trim(s, "xX*") == "" && len(s) > 2:
			return schemas.Suppressed
		}
	}
	return 0
}

// isPlain reports whether a squashed text is a number and nothing else: 18861956, 1,234.50, -3.2, 99.5%.
func isPlain(s string) bool {
	if s == "" || s[0] >= 0x80 || len(s) > 32 {
		return false
	}
	_, _, ok := plain(s)
	return ok
}

// plain reads a squashed number: its digits for a decimal, and whether a percent sign stands behind it.
func plain(s string) (digits string, percent, ok bool) {
	if n := len(s) - 1; n > 0 && s[n] == '%' {
		s, percent = s[:n], true
	}
	if inner, ok := bracketed(s); ok {
		s = "-" + inner
	}
	body := strings.TrimLeft(s, "+-")
	if len(s)-len(body) > 1 || body == "" {
		return "", false, false
	}
	sign := s[:len(s)-len(body)]
	whole, fraction, point := strings.Cut(body, ".")
	if point && !allDigits(fraction) || whole == "" && fraction == "" || point && fraction == "" {
		return "", false, false
	}
	if strings.IndexByte(whole, ',') >= 0 {
		groups := strings.Split(whole, ",")
		for i, g := range groups {
			if !allDigits(g) || i > 0 && len(g) != 3 || i == 0 && (g == "" || len(g) > 3) {
				return "", false, false
			}
		}
		whole = strings.Join(groups, "")
	}
	if !allDigits(whole) {
		return "", false, false
	}
	if whole == "" {
		whole = "0"
	}
	if sign == "+" {
		sign = ""
	}
	digits = sign + whole
	if point {
		digits += "." + fraction
	}
	return digits, percent, true
}

// bracketed returns what a negative number has in its brackets: (3,500). A few digits in brackets number something: (1).
func bracketed(s string) (string, bool) {
	inner, ok := strings.CutPrefix(s, "(")
	if !ok || !strings.HasSuffix(inner, ")") {
		return "", false
	}
	inner = inner[:len(inner)-1]
	return inner, len(inner) >= 3 && !isYear(inner) && inner[0] >= '0' && inner[0] <= '9'
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// isDateText reports whether a squashed text is a full date, or a span of time: 2016年12月20日, 2018-06-30, 2018.3-2018.12.
func isDateText(s string) bool {
	if len(s) < 8 || s[0] < '1' || s[0] > '2' {
		return false
	}
	if isDateSpan(s) {
		return true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '年' || r == '月' || r == '日' || r == '-' || r == '/' || r == '.' })
	if len(parts) != 3 || len(parts[0]) != 4 {
		return false
	}
	for _, p := range parts {
		if !allDigits(p) || len(p) > 4 {
			return false
		}
	}
	return len(parts[1]) <= 2 && len(parts[2]) <= 2
}

// isDateSpan reports whether a squashed text names the months or years from which to which: 2018.3-2018.12, 2018-2020年.
func isDateSpan(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("年月日-/.~—至到", r) })
	years, others := 0, 0
	for i, p := range parts {
		switch n, ok := isWhole(p); {
		case isYear(p):
			years++
		case i > 0 && ok && n >= 1 && n <= 31 && len(p) <= 2:
			others++
		default:
			return false
		}
	}
	return years == 2 && (others == 0 || others == 2 || others == 4)
}

// isYear reports whether a squashed text is a bare year: 2012.
func isYear(s string) bool {
	return len(s) == 4 && allDigits(s) && (s[:2] == "19" || s[:2] == "20") && s >= "1949" && s <= "2099"
}

// isWhole reads a squashed text as a small whole number.
func isWhole(s string) (n int, ok bool) {
	if s == "" || len(s) > 6 || !allDigits(s) {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}
