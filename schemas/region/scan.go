package region

import (
	"slices"

	"heshu/schemas"
)

// Mention is a place name of a text, or a run of them from the large to the small: 河南省驻马店市汝南县 is one.
type Mention struct {
	Start, End int    // runes of the scanned text, end exclusive
	Text       string // what stands there
	Full       bool   // the last name is official: 汝南县, not 汝南
	// Candidates are what the last name may mean, as far as the names before it in the run allow; highest level first.
	Candidates []schemas.RegionCode
	Confidence float64 // that a division is meant at all, from the name and its neighbours
	Tail       Tail    // a town or village named right after it; the mention is of what contains that
}

// Tail is the name of a town, street office, village or quarter, which the table does not hold. The zero value is none.
type Tail struct{ Start, End int }

// found is a mention in the making.
type found struct {
	Mention
	name     *name
	rejected bool // a plain word unless its neighbours in a list say otherwise
}

// Scan finds place names in a folded, simplified text (hanzi.Fold), left to right, not overlapping, longest first.
// Names that are plain words too count only where their neighbours show that a division is meant. The cost is linear.
func (t *Table) Scan(text []rune) []Mention {
	var all []found
	last := -1 // the accepted mention before, in all
	for i := 0; i+1 < len(text); {
		names := t.names.at(text, i)
		if names == nil {
			i++
			continue
		}
		m, ok := t.match(text, i, names, all, last)
		if !ok {
			i++
			continue
		}
		if m.rejected {
			all = append(all, m)
			i++
			continue
		}
		if last >= 0 && t.joins(text, &all[last], &m) {
			for len(all) > last+1 {
				all = all[:last+1] // rejected names inside the run
			}
			m.Start = all[last].Start
			m.Confidence = 1
			all[last] = m
		} else {
			all = append(all, m)
			last = len(all) - 1
		}
		i = m.End
	}
	t.acceptLists(text, all)
	return finish(text, all)
}

// match returns the longest acceptable name at i, or the longest one that a list may still save.
func (t *Table) match(text []rune, i int, names []name, all []found, last int) (found, bool) {
	var spare found
	for k := range names {
		n := &names[k]
		end := i + len(n.text)
		if end > len(text) || !slices.Equal(text[i:end], n.text) {
			continue
		}
		m := found{Mention: Mention{Start: i, End: end, Full: n.full, Candidates: n.codes}, name: n}
		run := false
		if last >= 0 {
			if below := t.continues(text, &all[last], &m); below != nil {
				m.Candidates, run = below, true
			}
		}
		if !fits(text, i, end, n, run) {
			continue
		}
		if m.Confidence = confidence(text, &m, run); m.Confidence > 0 {
			return m, true
		}
		if spare.name == nil && n.caution == weak {
			m.rejected = true
			spare = m
		}
	}
	return spare, spare.name != nil
}

// gap reports whether nothing but one space or dot parts two places of the text.
func gap(text []rune, from, to int) bool {
	return from == to || to == from+1 && (text[from] == ' ' || text[from] == '·')
}

// continues returns the candidates of m that lie below the mention before it, if m follows it directly.
func (t *Table) continues(text []rune, before, m *found) []schemas.RegionCode {
	if before.rejected || !gap(text, before.End, m.Start) || before.Candidates[0] == Country && before.name.text[0] != '中' {
		return nil
	}
	var below []schemas.RegionCode
	for _, c := range m.Candidates {
		for _, p := range before.Candidates {
			if t.Contains(p, c) && (p != c || m.Start > before.Start && before.End < m.End) {
				below = append(below, c)
				break
			}
		}
	}
	return below
}

// joins reports whether m continues the run of the mention before it.
func (t *Table) joins(text []rune, before, m *found) bool {
	return gap(text, before.End, m.Start) && t.continues(text, before, m) != nil
}

// acceptLists takes back rejected names that stand in a list beside a mention of the same prefecture: 上蔡、平舆、和平.
func (t *Table) acceptLists(text []rune, all []found) {
	try := func(m, beside *found, between []rune) {
		if !m.rejected || beside.rejected || !listed(between) {
			return
		}
		for _, c := range m.Candidates {
			for _, b := range beside.Candidates {
				if p := t.parent(c); p != "" && p == t.parent(b) {
					m.rejected, m.Confidence = false, 0.7
				}
			}
		}
	}
	for i := 1; i < len(all); i++ {
		if all[i-1].End <= all[i].Start {
			try(&all[i], &all[i-1], text[all[i-1].End:all[i].Start])
		}
	}
	for i := len(all) - 2; i >= 0; i-- {
		if all[i].End <= all[i+1].Start {
			try(&all[i], &all[i+1], text[all[i].End:all[i+1].Start])
		}
	}
}

// listed reports whether the runes between two names make them a list.
func listed(between []rune) bool {
	return len(between) == 1 && contains("、和与及，,;", between[0])
}

// finish drops what stays rejected or overlaps, and fills in the words and tails.
func finish(text []rune, all []found) []Mention {
	var out []Mention
	end := 0
	for i := range all {
		m := &all[i]
		if m.rejected || m.Start < end {
			continue
		}
		end = m.End
		m.Text = string(text[m.Start:m.End])
		m.Tail = tail(text, m.End)
		out = append(out, m.Mention)
	}
	return out
}
