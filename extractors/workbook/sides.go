package workbook

import (
	"slices"

	"heshu/schemas"
)

// side is what stands around one of the tables that lie side by side, or around the only one.
type side struct {
	set    *setting
	title  string
	places []schemas.Evidence
	times  []schemas.Evidence
}

// sidesOf gives each group of the table what stands around it: all that stands around the table, but of titles and notes of one kind
// in one row only those over its own columns.
func (t *table) sidesOf(all *setting, title string) []side {
	out := make([]side, len(t.groups))
	titles := t.titleRows(all.from)
	for i := range out {
		out[i] = side{set: all, title: title}
		if len(t.groups) > 1 {
			out[i] = t.side(all, titles, i, title)
		}
		out[i].places, out[i].times = out[i].set.places(t.v), out[i].set.times(t.v)
		if t.keyed {
			out[i].places = append(t.keyedPlaces(), out[i].places...)
		}
	}
	return out
}

// side is the part of a setting that group i has.
func (t *table) side(all *setting, titles []int, i int, title string) side {
	set := *all
	set.notes = slices.DeleteFunc(slices.Clone(all.notes), func(n note) bool { return t.othersNote(all, n, i) })
	set.units = nil
	for _, n := range set.notes {
		set.units = append(set.units, unitNotes(t.v, []note{n})...)
	}
	for _, r := range titles {
		for _, c := range t.rows[r].anchors {
			if t.cols[c].group == i {
				e := t.v.evidence(r, c)
				set.titles = append([]schemas.Evidence{e}, set.titles...)
				if !continued(e.Text) {
					title = e.Text
				}
			}
		}
	}
	return side{set: &set, title: title}
}

// titleRows returns the rows of titles side by side above a table: each group has one text, with its first column below it.
func (t *table) titleRows(from int) []int {
	var out []int
	for r := from; r < t.first && len(t.groups) > 1; r++ {
		seen := map[int]bool{}
		ok := t.rows[r].kind == rowText && len(t.rows[r].anchors) > 1
		for _, c := range t.rows[r].anchors {
			g := t.cols[c].group
			ok = ok && !seen[g] && len(t.groups[g].stub) > 0 && c <= t.groups[g].stub[0]
			seen[g] = true
		}
		if ok {
			out = append(out, r)
		}
	}
	return out
}

// othersNote reports whether a note speaks of another group than i, which has one of the same kind in the same row.
func (t *table) othersNote(all *setting, n note, i int) bool {
	if n.c >= len(t.cols) || t.cols[n.c].group == i {
		return false
	}
	return slices.ContainsFunc(all.notes, func(o note) bool {
		return o.r == n.r && o.kind == n.kind && o.c < len(t.cols) && t.cols[o.c].group == i
	})
}
