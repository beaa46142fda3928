package forms

import (
	"strings"
	"unicode"
)

// Fold makes headings comparable: no white space, no numbering, no bracket with a unit behind it, half-width signs.
func Fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		}
		return r
	}, s)
	s = strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(".、)#*", r) })
	return strings.Trim(s, ":;,。")
}

// bare drops a bracket that ends a folded heading.
func bare(s string) string {
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		return s[:i]
	}
	return s
}

func says(heading, label string, synonyms []string) bool {
	h := Fold(heading)
	for _, w := range append([]string{label}, synonyms...) {
		if w = Fold(w); h == w || bare(h) == w {
			return true
		}
	}
	return false
}

// Says reports whether a column heading names the field.
func (f *Field) Says(heading string) bool { return says(heading, f.Label, f.Synonyms) }

// Says reports whether a column heading names the label column.
func (l *Label) Says(heading string) bool { return says(heading, l.Label, l.Synonyms) }

// Titled reports whether a title names the form.
func (f *Form) Titled(title string) bool {
	t := Fold(title)
	for _, w := range append([]string{f.Name}, f.Synonyms...) {
		if strings.Contains(t, Fold(w)) {
			return true
		}
	}
	return false
}

// ByHeading returns the index of the field that a column's innermost heading names, -1 if none does.
func (f *Form) ByHeading(path []string) int {
	for i := len(path) - 1; i >= 0; i-- {
		for j := range f.Fields {
			if f.Fields[j].Says(path[i]) {
				return j
			}
		}
	}
	return -1
}

// Match returns the form that a table is: its title names one and half of its columns are fields of it, or five columns and
// three quarters of all are. The columns are given as their headings, outermost first; nil is no form.
func (s *Set) Match(title string, columns [][]string) *Form {
	var best *Form
	bestShare := 0.0
	for _, f := range s.forms {
		known := map[int]bool{}
		fields := 0 // columns that are fields; a form with years repeats its own
		for _, c := range columns {
			if j := f.ByHeading(c); j >= 0 {
				known[j] = true
				fields++
			}
		}
		if len(known) == 0 || len(columns) == 0 {
			continue
		}
		share := float64(fields) / float64(len(columns))
		if f.Titled(title) {
			share += 0.25
		} else if len(known) < 5 {
			continue
		}
		if share > bestShare {
			best, bestShare = f, share
		}
	}
	if bestShare < 0.75 {
		return nil
	}
	return best
}
