package report

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"heshu/schemas"
)

// bulletinWidth is how many indicators one table of the bulletin has beside each other on A4.
const bulletinWidth = 7

// bulletinTable is one table of the bulletin: the units down, some indicators across.
type bulletinTable struct {
	Columns []string // indicator and unit
	Rows    []bulletinRow
}

type bulletinRow struct {
	Region string
	Cells  []bulletinCell
}

// bulletinCell is a count so far, and what it grew by since the month before.
type bulletinCell struct{ Value, Grew string }

// LastMonth is the latest month's end that returns speak of, no date where none does.
func (p Papers) LastMonth() schemas.Date {
	var last schemas.Date
	for _, f := range p.Figures {
		if f.Kind == schemas.AsOf && monthEnd(f.End) && last.Before(f.End) && len(p.Places[f.ID].Row) > 0 {
			last = f.End
		}
	}
	return last
}

func monthEnd(d schemas.Date) bool { return !d.IsZero() && d.AddDate(0, 0, 1).Day() == 1 }

// Bulletin writes the monthly bulletin, 各单位工作进展情况: what every unit has reached by the end of a month and what
// it grew by in it.
func Bulletin(w io.Writer, p Papers, month schemas.Date, lang Lang) error {
	data := struct {
		Papers
		Month  schemas.Date
		Tables []bulletinTable
		Late   []UnitWork
	}{Papers: p, Month: month}
	data.Tables = p.bulletinTables(month)
	for _, u := range p.Units {
		if u.Late+u.Missing > 0 {
			data.Late = append(data.Late, u)
		}
	}
	return paper(w, "bulletin", lang, data)
}

// bulletinTables lays out what units have reached by the end of a month.
func (p Papers) bulletinTables(month schemas.Date) (tables []bulletinTable) {
	type slot struct{ indicator, region string }
	before := month.AddDate(0, 0, 1).AddDate(0, -1, 0).AddDate(0, 0, -1)
	now, then := map[slot]Stated{}, map[slot]Stated{}
	var indicators, regions []string
	names := map[string]Stated{}
	for _, f := range p.Figures {
		if f.Kind != schemas.AsOf || strings.Contains(f.Indicator, "|") {
			continue
		}
		s := slot{f.Indicator, f.Region}
		switch f.End {
		case month:
			now[s] = f
			if !slices.Contains(indicators, f.Indicator) {
				indicators = append(indicators, f.Indicator)
			}
			if !slices.Contains(regions, f.Region) {
				regions = append(regions, f.Region)
			}
			names[f.Indicator], names[f.Region] = f, f
		case before:
			then[s] = f
		}
	}
	slices.Sort(regions)
	for chunk := range slices.Chunk(indicators, bulletinWidth) {
		var t bulletinTable
		for _, i := range chunk {
			t.Columns = append(t.Columns, names[i].Label+"（"+names[i].Unit+"）")
		}
		for _, r := range regions {
			row := bulletinRow{Region: names[r].RegionName}
			for _, i := range chunk {
				c := bulletinCell{}
				f, ok := now[slot{i, r}]
				if ok {
					c.Value = groupDigits(f.Value.String())
				}
				if g, had := then[slot{i, r}]; ok && had {
					c.Grew = signed(f.Value.Sub(g.Value))
				}
				row.Cells = append(row.Cells, c)
			}
			t.Rows = append(t.Rows, row)
		}
		tables = append(tables, t)
	}
	return tables
}

func signed(d schemas.Decimal) string {
	s := groupDigits(d.String())
	if d.Sign() > 0 {
		return "+" + s
	}
	return s
}

// Assessment writes the yearly assessment: how far every unit reached its targets, whether its returns came in time, and
// what the checks say of them. It gives no marks: how the three count together is for the office to say.
func Assessment(w io.Writer, p Papers, lang Lang) error {
	units := slices.Clone(p.Units)
	slices.SortStableFunc(units, func(a, b UnitWork) int {
		return cmp.Or(-a.Completion().Cmp(b.Completion()), -a.Timeliness().Cmp(b.Timeliness()), -a.Quality().Cmp(b.Quality()))
	})
	return paper(w, "assessment", lang, struct {
		Papers
		Sorted []UnitWork
	}{p, units})
}
