package normalize

import (
	"slices"
	"strconv"
	"strings"

	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/forms"
	"heshu/schemas/hanzi"
)

// gridPage reads the figures of one workbook. Labels repeat from cell to cell, so what was made of each is kept.
type gridPage struct {
	n       *Normalizer
	doc     schemas.Document
	forms   *forms.Set
	around  catalog.Around
	key     []byte
	near    remembered
	places  map[string]gridPlace
	times   map[string]gridTime
	meaning map[string]*gridMeaning
	said    map[string]bool // issues already raised
	issues  []schemas.Issue
	figures []schemas.Figure // of the document, to see which places its rows are
	sheets  map[int]gridSheet
	parts   []schemas.Part
	sent    schemas.Date // when the part being read says that it was sent: 7月份 is of that year
}

// sentOn notes when the part being read was sent.
func (g *gridPage) sentOn(d schemas.Date) {
	if d != g.sent {
		g.sent = d
		clear(g.times)
		clear(g.near.times)
	}
}

// keptMeanings bounds what is kept of labels that do not repeat.
const keptMeanings = 20000

func (n *Normalizer) openGrid(doc schemas.Document, x schemas.Extraction) *gridPage {
	g := &gridPage{n: n, doc: doc, sheets: map[int]gridSheet{}, figures: x.Figures, parts: x.Parts, places: map[string]gridPlace{}, times: map[string]gridTime{}, meaning: map[string]*gridMeaning{}, said: map[string]bool{}}
	if g.forms = n.config.Forms; g.forms == nil {
		g.forms = forms.Builtin()
	}
	for f := range catalog.Fields {
		g.around[f] = n.catalog.Text.NewSet()
	}
	g.near.columns, g.near.times = map[*string]string{}, map[*schemas.Evidence]gridTime{}
	return g
}

// observe gives the figure of a cell its meaning, field by field; the order matters: later fields read earlier ones.
func (g *gridPage) observe(f *schemas.Figure, o *schemas.Observation) []schemas.Issue {
	g.issues = nil
	if f.Part >= 0 && f.Part < len(g.parts) {
		g.sentOn(g.parts[f.Part].Published)
	}
	grid := f.Grid
	o.RowLabel, o.ColumnLabel = g.rowLabel(grid.RowPath), g.columnLabel(grid.ColumnPath)
	o.Form = grid.Form
	m := g.meaningOf(f, o)
	g.quantity(f, o, m)
	o.Measure, o.Per, o.Indicator, o.Rule, o.Action, o.Breakdown = m.measure, m.per, m.indicator, m.rule, m.action, m.breakdown
	if grid.IsTotal {
		addFlag(o, "total")
	}
	time := g.time(f)
	o.Period, o.PeriodFrom = time.period, time.from
	if m.cumulative && !o.Period.End.IsZero() {
		o.Period = schemas.Period{Kind: schemas.AsOf, End: o.Period.End}
	}
	place := g.place(f, time.period.End)
	o.Region, o.RegionAs, o.RegionFrom, o.Scope, o.Entity = place.code, place.as.Text, place.as.Locator, place.scope, place.entity
	if time.period.Kind == 0 {
		addFlag(o, "undated")
	}
	o.Confidence = gridConfidence(o, m, place, time)
	if !g.n.config.Trace {
		return g.issues
	}
	g.n.step(o, "indicator", o.Rule, o.RowLabel+"|"+o.ColumnLabel, string(o.Indicator))
	g.n.step(o, "unit", m.unitRule, f.Unit.Text, string(o.Unit))
	g.n.step(o, "region", place.rule, place.as.Text, string(o.Region))
	g.n.step(o, "period", time.rule, evidenceText(grid.Times), o.Period.Start.String()+"/"+o.Period.End.String())
	return g.issues
}

// remembered is what was made of the labels of the figure before: the figures of a row share their slices, and so do those of a
// column, so that the same slice means the same words.
type remembered struct {
	row       *string
	rowLabel  string
	signature string // what the row's label adds to the meaning of its cells
	columns   map[*string]string
	places    *schemas.Evidence
	count     int
	part      int
	day       schemas.Date
	place     gridPlace
	times     map[*schemas.Evidence]gridTime

	homed    bool               // the next four are known
	around   []schemas.Evidence // the lines around the table, and the region that they give on a day
	homeDay  schemas.Date
	home     schemas.RegionCode
	homeSaid schemas.Evidence
}

func (g *gridPage) rowLabel(path []string) string {
	if len(path) == 0 {
		return ""
	}
	if g.near.row != &path[0] {
		g.near.row, g.near.rowLabel = &path[0], strings.Join(path, " / ")
		g.near.signature = g.signature(simplified(path), hanzi.Simplified(g.near.rowLabel))
	}
	return g.near.rowLabel
}

// simplified returns a path's labels in simplified characters.
func simplified(path []string) []string {
	for i, s := range path {
		if plain := hanzi.Simplified(s); plain != s {
			out := slices.Clone(path)
			for j := i; j < len(out); j++ {
				out[j] = hanzi.Simplified(out[j])
			}
			return out
		}
	}
	return path
}

func (g *gridPage) columnLabel(path []string) string {
	if len(path) == 0 {
		return ""
	}
	s, ok := g.near.columns[&path[0]]
	if !ok {
		if len(g.near.columns) > keptMeanings {
			clear(g.near.columns)
		}
		s = strings.Join(path, " / ")
		g.near.columns[&path[0]] = s
	}
	return s
}

// once raises an issue the first time that its key comes up.
func (g *gridPage) once(key string, f *schemas.Figure, code schemas.IssueCode, message string) {
	if g.said[key] {
		return
	}
	g.said[key] = true
	g.issues = append(g.issues, schemas.Issue{Part: f.Part, Locator: f.Locator, Code: code, Message: message})
}

// quantity converts the number into the canonical unit that its labels mean.
func (g *gridPage) quantity(f *schemas.Figure, o *schemas.Observation, m *gridMeaning) {
	q := f.Quantity
	o.Value, o.Low, o.High, o.Unit = q.Value, q.Low, q.High, m.unit
	if m.factor.IsSet() {
		o.Value = q.Value.Mul(m.factor)
		o.Low, o.High = o.Value, o.Value
		if q.Low != q.Value || q.High != q.Value { // most numbers are their own bounds
			o.Low, o.High = q.Low.Mul(m.factor), q.High.Mul(m.factor)
		}
	}
	o.UnitMult += m.mult
	if f.Grid.PartOfOne && m.unit == "percent" {
		hundred := schemas.NewDecimal(100, 0)
		o.Value, o.Low, o.High = o.Value.Mul(hundred), o.Low.Mul(hundred), o.High.Mul(hundred)
		o.UnitMult += 2
	}
	if m.unknown != "" {
		g.once("unit\x00"+m.unknown, f, schemas.IssueUnknownUnit, strconv.Quote(m.unknown)+" is no unit that the table knows")
	}
}

// gridConfidence multiplies how certain unit, region, period and indicator are.
func gridConfidence(o *schemas.Observation, m *gridMeaning, place gridPlace, time gridTime) float64 {
	c := 0.98
	if m.unitRule == "guess" {
		c *= 0.7
	}
	if slices.Contains(o.Flags, "scale_unsure") {
		c *= 0.6
	}
	if o.Region == "" {
		c *= 0.8
	}
	if time.period.Kind == 0 {
		c *= 0.7
	}
	if o.Form == "" && m.indicator != schemas.Other {
		c *= 0.85
	}
	return float64(int(c*100+0.5)) / 100
}
