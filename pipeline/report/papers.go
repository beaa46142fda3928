package report

import (
	"slices"

	"heshu/schemas"
)

// Papers is what the papers of a release are written from: the report, the return slips, the reconciliation workbook,
// the bulletin and the assessment.
type Papers struct {
	Release  string
	Date     schemas.Date
	Findings []Finding // those that wait for somebody and those that cannot be verified, the binding ones first
	Passed   int
	Figures  []Stated
	Places   map[schemas.ObservationID]Place // of the figures and of the findings' inputs
	Units    []UnitWork                      // the reporting units, by region
	Replies  map[string]Reply                // by finding: what the unit answered, for the values of now
}

// Stated is a figure of a region that the release holds to be the best.
type Stated struct {
	ID         schemas.ObservationID `json:"id"`
	Indicator  string                `json:"indicator"` // code, with the breakdown
	Label      string                `json:"label"`
	Region     string                `json:"code"`
	RegionName string                `json:"region"`
	Value      schemas.Decimal       `json:"value"`
	Unit       string                `json:"unit"`
	Period     string                `json:"period"`
	Measure    string                `json:"-"`
	Kind       schemas.PeriodKind    `json:"-"`
	End        schemas.Date          `json:"-"`
}

// Place is the evidence of a figure in its surroundings.
type Place struct {
	Document string   `json:"document"`
	Source   string   `json:"source"`
	Locator  string   `json:"locator"`
	Number   string   `json:"number"`
	Quote    string   `json:"quote"`
	Before   string   `json:"before,omitempty"` // articles: the text before and behind the quote
	After    string   `json:"after,omitempty"`
	Row      []Beside `json:"row,omitempty"` // workbooks: the cells of its row
}

// Beside is one cell of a row.
type Beside struct {
	Cell   string `json:"cell"`
	Label  string `json:"label"`
	Number string `json:"number"`
	Here   bool   `json:"here,omitempty"`
}

// UnitWork is what one unit did in a year, for the assessment: how far its targets were reached, whether its returns
// came in time, and what the checks say of them.
type UnitWork struct {
	Unit      string
	Region    schemas.RegionCode
	Targets   []Reached
	InTime    int
	Late      int
	Missing   int
	Passed    int // checks that held
	Mandatory int // open findings, by severity
	Verify    int
	Explained int
}

// Reached is one target.
type Reached struct {
	Label     string
	Action    string
	Got, Goal schemas.Decimal
	Unit      string
	Percent   schemas.Decimal
}

// Completion is the mean of the targets' percentages, each counted to 100 at most; unset without targets.
func (u UnitWork) Completion() schemas.Decimal {
	if len(u.Targets) == 0 {
		return schemas.Decimal{}
	}
	full := schemas.NewDecimal(100, 0)
	sum := schemas.NewDecimal(0, 0)
	for _, t := range u.Targets {
		p := t.Percent
		if p.Cmp(full) > 0 {
			p = full
		}
		sum = sum.Add(p)
	}
	return sum.Quo(schemas.NewDecimal(int64(len(u.Targets)), 0)).Round(1)
}

// Timeliness is the share of returns that came in time, in percent; unset where none was due.
func (u UnitWork) Timeliness() schemas.Decimal {
	return percent(u.InTime, u.InTime+u.Late+u.Missing)
}

// Quality is the share of checks that held or were explained, in percent; unset without checks.
func (u UnitWork) Quality() schemas.Decimal {
	return percent(u.Passed+u.Explained, u.Passed+u.Explained+u.Mandatory+u.Verify)
}

func percent(part, whole int) schemas.Decimal {
	if whole == 0 {
		return schemas.Decimal{}
	}
	return schemas.NewDecimal(int64(part)*100, 0).Quo(schemas.NewDecimal(int64(whole), 0)).Round(1)
}

// Waiting lists the units that have to act, by name.
func (p Papers) Waiting() []string {
	var list []string
	for _, f := range p.Findings {
		if f.Unit != "" && f.Outcome.Failed() {
			list = append(list, f.Unit)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Of lists what a unit has to answer, the binding first.
func (p Papers) Of(unit string) []Finding {
	var list []Finding
	for _, f := range p.Findings {
		if f.Unit == unit && f.Outcome.Failed() {
			list = append(list, f)
		}
	}
	return list
}
