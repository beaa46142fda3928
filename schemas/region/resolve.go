package region

import (
	"slices"

	"heshu/schemas"
)

// Context is what is known beside a name.
type Context struct {
	At        schemas.Date         // the day the text speaks of or was published; zero: today
	Within    []schemas.RegionCode // regions said before in the text, nearest first
	Publisher schemas.RegionCode   // the publisher's or submitter's own region
}

// grace is how many months after a change both names are in use: official lists took up to a year.
const grace = 12

// Resolve decides what a mention means: by the day, by the regions said before (nearest first), by the publisher's, and for
// a short name by level (安阳 is the city). False is ambiguous or unknown.
func (t *Table) Resolve(m Mention, c Context) (schemas.RegionCode, bool) {
	codes := t.current(m.Candidates, c.At)
	switch {
	case len(codes) == 0:
		return "", false
	case len(codes) == 1:
		return codes[0], true
	}
	for _, w := range append(slices.Clip(c.Within), c.Publisher) {
		if code, ok := t.near(codes, w, m.Full); ok {
			return code, true
		}
	}
	if m.Full {
		return "", false
	}
	return t.highest(codes)
}

// current leaves the candidates that are valid on a day or were within the months of grace, else all of them: a source may
// keep to an old name.
func (t *Table) current(codes []schemas.RegionCode, at schemas.Date) []schemas.RegionCode {
	if len(codes) < 2 {
		return codes
	}
	valid := func(months int) []schemas.RegionCode {
		var out []schemas.RegionCode
		for _, c := range codes {
			if r, ok := t.Region(c, at); ok && (!at.IsZero() || r.ValidTo.IsZero()) {
				out = append(out, c)
			} else if r, ok := t.Region(c, at.AddDate(0, -months, 0)); months > 0 && ok && r.Code == c {
				out = append(out, c)
			}
		}
		return out
	}
	if out := valid(0); len(out) > 0 {
		return out
	}
	if !at.IsZero() {
		if out := valid(grace); len(out) > 0 {
			return out
		}
	}
	return codes
}

// near returns the candidate that belongs to w: w itself, then what lies below w or contains it, then what shares its
// prefecture, then its province. Short names prefer the highest level.
func (t *Table) near(codes []schemas.RegionCode, w schemas.RegionCode, full bool) (schemas.RegionCode, bool) {
	if w == "" || w == Country {
		return "", false
	}
	if slices.Contains(codes, w) {
		return w, true
	}
	for scope := w; scope != "" && scope != Country; scope = t.parent(scope) {
		var in []schemas.RegionCode
		for _, c := range codes {
			if t.Contains(scope, c) || scope == w && t.Contains(c, w) {
				in = append(in, c)
			}
		}
		switch {
		case len(in) == 1:
			return in[0], true
		case len(in) > 1 && full:
			return "", false
		case len(in) > 1:
			return t.highest(in)
		}
	}
	return "", false
}

// highest returns the only candidate of the highest level.
func (t *Table) highest(codes []schemas.RegionCode) (schemas.RegionCode, bool) {
	if t.names.level(t, codes[0]) < t.names.level(t, codes[1]) {
		return codes[0], true
	}
	return "", false
}

func (x *index) level(t *Table, code schemas.RegionCode) Level {
	return t.rows[t.byCode[code][0]].Level
}
