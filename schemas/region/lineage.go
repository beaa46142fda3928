package region

import (
	"slices"

	"heshu/schemas"
)

// lineage is how divisions follow one another and lie below one another, whenever that was.
type lineage struct {
	before map[schemas.RegionCode][]int32              // rows by successor: divisions whose whole went into it
	after  map[schemas.RegionCode][]schemas.RegionCode // by division: what its whole went into
	above  map[schemas.RegionCode][]schemas.RegionCode // directly
}

func (t *Table) newLineage() lineage {
	l := lineage{map[schemas.RegionCode][]int32{}, map[schemas.RegionCode][]schemas.RegionCode{}, map[schemas.RegionCode][]schemas.RegionCode{}}
	for i := range t.rows {
		r := &t.rows[i]
		if !slices.Contains(l.above[r.Code], r.Parent) {
			l.above[r.Code] = append(l.above[r.Code], r.Parent)
		}
		if len(r.Successors) == 1 && r.Successors[0] != r.Code && !r.ValidTo.IsZero() {
			l.before[r.Successors[0]] = append(l.before[r.Successors[0]], int32(i))
			l.after[r.Code] = append(l.after[r.Code], r.Successors[0])
		}
	}
	return l
}

// Above lists the divisions that one was ever directly below.
func (t *Table) Above(code schemas.RegionCode) []schemas.RegionCode { return t.lineage().above[code] }

// Kin lists a division, those that its whole went into or that went into it, and theirs.
func (t *Table) Kin(code schemas.RegionCode) []schemas.RegionCode {
	l, list := t.lineage(), []schemas.RegionCode{code}
	if l.before[code] == nil && l.after[code] == nil { // nearly all
		return list
	}
	for range 2 {
		for _, c := range slices.Clone(list) {
			for _, i := range l.before[c] {
				list = append(list, t.rows[i].Code)
			}
			list = append(list, l.after[c]...)
		}
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list
}

// Predecessors lists the divisions whose whole went into one on or before that day, by code.
func (t *Table) Predecessors(code schemas.RegionCode, at schemas.Date) []schemas.RegionCode {
	var codes []schemas.RegionCode
	for _, i := range t.lineage().before[code] {
		if r := &t.rows[i]; !at.Before(r.ValidTo) {
			codes = append(codes, r.Code)
		}
	}
	return codes
}
