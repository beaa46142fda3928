package article

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// dateline reads the day that a report is sent from its place (本报许昌7月15日电), in the latest year that the text tells of.
func (s *scan) dateline(kept []int) schemas.Date {
	for _, n := range kept[:min(len(kept), 3)] {
		head := s.lines[n].text
		head = head[:min(len(head), datelineReach)]
		i := strings.Index(head, "月")
		if i < 1 {
			continue
		}
		rest, day := head[i+len("月"):], 0
		for len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' && day < 10 {
			day, rest = day*10+int(rest[0]-'0'), rest[1:]
		}
		if !strings.HasPrefix(rest, "日电") && !strings.HasPrefix(rest, "日讯") {
			continue
		}
		month, at := 0, i
		for at > 0 && head[at-1] >= '0' && head[at-1] <= '9' && i-at < 2 {
			at--
		}
		if at < i {
			month = atoi(head[at:i])
		}
		return validDate(s.latestYear(kept), month, day)
	}
	return schemas.Date{}
}

// datelineReach is how many bytes of a line a dateline begins within.
const datelineReach = 90

// latestYear is the latest year that the text tells of, 0 if it names none; one that something is planned for is none.
func (s *scan) latestYear(kept []int) (latest int) {
	for _, n := range kept {
		text := s.lines[n].text
		for i := strings.Index(text, "年"); i >= 0; {
			if y := yearBefore(text[:i]); y > latest && validDate(y, 1, 1) != (schemas.Date{}) {
				latest = y
			}
			next := strings.Index(text[i+len("年"):], "年")
			if next < 0 {
				break
			}
			i += len("年") + next
		}
	}
	return latest
}

// yearBefore reads the four digits that a text ends with, 0 if there are none or they name what is to come: 到2025.
func yearBefore(s string) int {
	if len(s) < 4 {
		return 0
	}
	digits, before := s[len(s)-4:], s[:len(s)-4]
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0
		}
	}
	for _, w := range []string{"到", "至", "力争", "争取", "计划", "规划", "确保"} {
		if strings.HasSuffix(before, w) {
			return 0
		}
	}
	return atoi(digits)
}

// endLine is who published, by one of the last lines or the one below: 许昌日报 2020-07-16; (作者单位：禹州市总工会).
func (s *scan) endLine(kept []int) string {
	if len(kept) == 0 {
		return ""
	}
	last := kept[len(kept)-1]
	for n := min(last+1, len(s.lines)-1); n > kept[0] && n >= last-1; n-- {
		l := &s.lines[n]
		if l.runes > longestEndLine {
			continue
		}
		if v := labelled(l.text, []string{"作者单位", "供稿单位", "报送单位", "供稿"}); isOffice(v) {
			return v
		}
		d, start, end := findDate(l.text)
		if d.IsZero() {
			continue
		}
		name := strings.Trim(l.text[:start]+l.text[end:], " 　()（）[]【】《》|·")
		if k := utf8.RuneCountInString(name); k < 4 || k > 16 || strings.ContainsAny(name, "，。：:") {
			continue
		}
		for _, o := range []string{"报", "網", "网", "总工会", "日报社", "晨报", "晚报"} {
			if strings.HasSuffix(name, o) {
				return name
			}
		}
	}
	return ""
}

// longestEndLine is how many runes such a line has at most.
const longestEndLine = 30
