package normalize

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// section is a stretch of a report that a heading with a year leads: 一、2025年工作回顾, 三、2026年重点工作.
type section struct {
	start schemas.RuneOffset
	year  schemas.Period // unset: the heading names none
	plans bool
}

// longestHeading is how many runes a heading has at most.
const longestHeading = 45

// sectionsOf finds the headings of the first rank. One without a year ends the section before it.
func (n *Normalizer) sectionsOf(text string) (list []section) {
	at := schemas.RuneOffset(0)
	for line := range strings.Lines(text) {
		if i := strings.Index(line, "、"); i > 0 && strings.Trim(line[:i], "一二三四五六七八九十") == "" &&
			utf8.RuneCountInString(line) <= longestHeading && !strings.ContainsAny(line, "。；") {
			s := section{start: at, plans: n.catalog.Text.Plans(line)}
			if y, _ := yearsOf("", line, schemas.Date{}); y.Kind == schemas.Year {
				s.year = y
			}
			list = append(list, s)
		}
		at += schemas.RuneOffset(utf8.RuneCountInString(line))
	}
	return list
}

// sectionAt is the section that a figure stands in.
func (p *articlePage) sectionAt(f *schemas.Figure) (in section) {
	if at, ok := f.Locator.(schemas.TextSpan); ok {
		for _, s := range p.sections {
			if s.start <= at.Start {
				in = s
			}
		}
	}
	return in
}
