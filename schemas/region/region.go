// Package region owns the administrative divisions: the codes of GB/T 2260 with their history, and place names in text.
//
// A code is kept as the source's name says it; Region.Successors tells who took its place.
package region

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"heshu/schemas"
)

//go:embed regions.csv
var regionsCSV string

//go:embed zones.csv
var zonesCSV string

// Country is the code of the whole country.
const Country schemas.RegionCode = "100000"

// Level is the rank of a division.
type Level uint8

// The levels, highest first; the zero value is unset. A zone is a functional zone that reports like a county but
// whose area overlaps counties, so that a sum over counties and zones may count twice.
const (
	LevelCountry Level = iota + 1
	LevelProvince
	LevelCity
	LevelCounty
	LevelZone
)

// String returns "country", "province", "city", "county", "zone", or "" if unset.
func (l Level) String() string {
	return [...]string{"", "country", "province", "city", "county", "zone"}[min(int(l), 5)]
}

// Region is one division under one name. A code that changed its name has several.
type Region struct {
	Code       schemas.RegionCode
	Name       string // 汝南县
	Short      string // 汝南; the name itself where nothing can be left out (滑县)
	Level      Level
	Parent     schemas.RegionCode
	ValidFrom  schemas.Date         // zero: before 2010
	ValidTo    schemas.Date         // the first day on which it is no longer valid; zero: still valid
	Successors []schemas.RegionCode // who took the whole
	Parts      []schemas.RegionCode // who took a part while the division lives on: its series break there
}

// valid reports whether the region holds on a day; no date is today.
func (r *Region) valid(at schemas.Date) bool {
	if at.IsZero() {
		return r.ValidTo.IsZero()
	}
	return r.ValidFrom.Compare(at) <= 0 && (r.ValidTo.IsZero() || at.Before(r.ValidTo))
}

// Table holds all divisions and their names. It never changes, so any number of readers may share it.
type Table struct {
	rows     []Region // by code, then by time
	byCode   map[schemas.RegionCode][]int32
	children map[schemas.RegionCode][]int32
	names    index
	lineage  func() lineage
}

// Load returns the embedded table, 2010 to 2026; it is parsed once.
func Load() *Table { return loaded() }

// A bad row of an embedded table is a bug of ours.
var loaded = sync.OnceValue(func() *Table {
	t, err := parse(regionsCSV, zonesCSV)
	if err != nil {
		panic(err)
	}
	return t
})

func parse(regions, zones string) (*Table, error) {
	t := &Table{byCode: map[schemas.RegionCode][]int32{}, children: map[schemas.RegionCode][]int32{}}
	t.rows = append(t.rows, Region{Code: Country, Name: "中华人民共和国", Short: "中国", Level: LevelCountry})
	for _, source := range []string{regions, zones} {
		for line := range strings.Lines(source) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			r, err := parseRow(line)
			if err != nil {
				return nil, fmt.Errorf("read region %q: %w", line, err)
			}
			t.rows = append(t.rows, r)
		}
	}
	slices.SortStableFunc(t.rows, func(a, b Region) int { return strings.Compare(string(a.Code), string(b.Code)) })
	for i := range t.rows {
		t.byCode[t.rows[i].Code] = append(t.byCode[t.rows[i].Code], int32(i))
	}
	for i := range t.rows {
		r := &t.rows[i]
		if r.Level == LevelCounty || r.Level == LevelZone {
			if r.Parent = r.Code[:4] + "00"; t.byCode[r.Parent] == nil {
				r.Parent = r.Code[:2] + "0000" // 济源 419001: no prefecture between
			}
		}
		if r.Level != LevelZone {
			t.children[r.Parent] = append(t.children[r.Parent], int32(i))
		}
	}
	t.names, t.lineage = newIndex(t), sync.OnceValue(t.newLineage)
	return t, nil
}

// parseRow reads code,name,from,to,successors,parts; a zone's row is code,name,zone.
func parseRow(line string) (Region, error) {
	f := append(strings.Split(line, ","), "", "", "", "")
	if len(f[0]) != 6 || f[1] == "" {
		return Region{}, fmt.Errorf("want a six-digit code and a name")
	}
	r := Region{Code: schemas.RegionCode(f[0]), Name: f[1]}
	switch {
	case f[2] == "zone":
		r.Level, r.Short = LevelZone, r.Name
		return r, nil
	case f[0][2:] == "0000":
		r.Level, r.Parent = LevelProvince, Country
	case f[0][4:] == "00":
		r.Level, r.Parent = LevelCity, r.Code[:2]+"0000"
	default:
		r.Level = LevelCounty
	}
	r.Short = shorten(r.Name)
	var err error
	if r.ValidFrom, err = parseDay(f[2]); err != nil {
		return Region{}, err
	}
	if r.ValidTo, err = parseDay(f[3]); err != nil {
		return Region{}, err
	}
	for _, c := range strings.Fields(f[4]) {
		r.Successors = append(r.Successors, schemas.RegionCode(c))
	}
	for _, c := range strings.Fields(f[5]) {
		c, _, _ = strings.Cut(c, "[")
		r.Parts = append(r.Parts, schemas.RegionCode(c))
	}
	return r, nil
}

// parseDay reads a day, or a year alone where no day is known: its first day.
func parseDay(s string) (schemas.Date, error) {
	if len(s) == 4 {
		y, err := strconv.Atoi(s)
		return schemas.NewDate(y, 1, 1), err
	}
	if s == "" {
		return schemas.Date{}, nil
	}
	return schemas.ParseDate(s)
}

// Region returns the division that a code meant on a day; no date asks for the latest. Where the code was not valid on
// that day, false and the nearest state of it; an unknown code gives the zero Region.
func (t *Table) Region(code schemas.RegionCode, at schemas.Date) (Region, bool) {
	rows := t.byCode[code]
	if len(rows) == 0 {
		return Region{}, false
	}
	latest := &t.rows[rows[len(rows)-1]]
	if at.IsZero() {
		return *latest, true
	}
	for _, i := range rows {
		if t.rows[i].valid(at) {
			return t.rows[i], true
		}
	}
	if first := &t.rows[rows[0]]; at.Before(first.ValidFrom) {
		return *first, false
	}
	return *latest, false
}

// Children returns the divisions directly below code on a day, by code; no date asks for today's. Zones are not among them.
func (t *Table) Children(code schemas.RegionCode, at schemas.Date) []Region {
	var out []Region
	for _, i := range t.children[code] {
		if t.rows[i].valid(at) {
			out = append(out, t.rows[i])
		}
	}
	return out
}

// ChildCodes returns the codes of Children.
func (t *Table) ChildCodes(code schemas.RegionCode, at schemas.Date) []schemas.RegionCode {
	var out []schemas.RegionCode
	for _, i := range t.children[code] {
		if t.rows[i].valid(at) {
			out = append(out, t.rows[i].Code)
		}
	}
	return out
}

// parent returns the code above, "" above the country and for an unknown code.
func (t *Table) parent(code schemas.RegionCode) schemas.RegionCode {
	if rows := t.byCode[code]; len(rows) > 0 {
		return t.rows[rows[0]].Parent
	}
	return ""
}

// Contains reports whether child is parent or lies below it.
func (t *Table) Contains(parent, child schemas.RegionCode) bool {
	for c := child; c != ""; c = t.parent(c) {
		if c == parent {
			return true
		}
	}
	return false
}

// CommonParent returns the smallest division that contains all codes, "" for none or an unknown one.
func (t *Table) CommonParent(codes ...schemas.RegionCode) schemas.RegionCode {
	if len(codes) == 0 {
		return ""
	}
	for c := codes[0]; c != ""; c = t.parent(c) {
		if !slices.ContainsFunc(codes, func(x schemas.RegionCode) bool { return !t.Contains(c, x) }) {
			return c
		}
	}
	return ""
}

// All lists every division under every name it has had, by code, then by time.
func (t *Table) All() []Region { return slices.Clone(t.rows) }
