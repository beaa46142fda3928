package report

import (
	"fmt"
	"sort"
)

// Crosstab is the cross-region table as people read it: a row an indicator and period, a column a region, and behind
// each value the mark of the document it came from.
type Crosstab struct {
	Columns []string // indicator, unit, period, then the regions
	Rows    [][]string
	Sources []string // "[1] file": what the marks mean
}

// NewCrosstab lays out the figures that at least two regions state for one period, or all figures where there is but one
// region; the rest stay in the release.
func NewCrosstab(figures []Figure, lang Lang) Crosstab {
	type line struct{ label, unit, period string }
	cells := map[line]map[string]Figure{}
	names := map[string]string{}
	var lines []line
	for _, f := range figures {
		l := line{f.Label, f.Unit, f.Period}
		if cells[l] == nil {
			cells[l] = map[string]Figure{}
			lines = append(lines, l)
		}
		if _, ok := cells[l][f.Region]; !ok {
			cells[l][f.Region] = f
		}
		names[f.Region] = f.RegionName
	}
	used := map[string]bool{}
	var kept []line
	for _, l := range lines {
		if len(cells[l]) < min(2, len(names)) {
			continue
		}
		kept = append(kept, l)
		for code := range cells[l] {
			used[code] = true
		}
	}
	codes := make([]string, 0, len(used))
	for code := range used {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	t := Crosstab{Columns: []string{pick(lang, "指标", "indicator"), pick(lang, "单位", "unit"), pick(lang, "时间", "period")}}
	for _, code := range codes {
		t.Columns = append(t.Columns, names[code])
	}
	marks := map[string]int{}
	for _, l := range kept {
		row := []string{l.label, l.unit, l.period}
		for _, code := range codes {
			f, ok := cells[l][code]
			if !ok {
				row = append(row, "—")
				continue
			}
			if marks[f.Document] == 0 {
				marks[f.Document] = len(marks) + 1
				t.Sources = append(t.Sources, fmt.Sprintf("[%d] %s", len(marks), f.Document))
			}
			row = append(row, fmt.Sprintf("%s [%d]", groupDigits(f.Value.String()), marks[f.Document]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
