package audit

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"heshu/schemas"
)

// thing is what two statements must share, but for the time, to be about the same thing.
type thing struct {
	indicator schemas.IndicatorCode
	region    schemas.RegionCode
	measure   schemas.Measure
	unit      schemas.UnitCode
	breakdown string
	action    string
	per       string
}

// subject is a thing with what is said of it. Those of statements are each there once: see auditor.intern. Lists of returns' statements are in
// the order of time.
type subject struct {
	thing
	reports  []*statement // all that returns say
	own      []*statement // what the region says of itself
	series   []*series    // own, by kind of period
	entities []*statement // units' figures of the region
	under    []*statement // units' figures, of every region that lies in it, too
}

// key is a subject at a time.
type key struct {
	*subject
	period schemas.Period
}

// statement is an observation with what the rules ask of it again and again.
type statement struct {
	*schemas.Observation
	key   key
	paper *paper // of a return
	own   bool   // a unit's statement about its own region
}

func (k key) String() string {
	return strings.Join([]string{string(k.indicator), string(k.region), k.period.Kind.String(), k.period.Start.String(), k.period.End.String(),
		k.measure.String(), string(k.unit), k.breakdown, k.action, k.per}, "|")
}

// compareStatements orders by key and id.
func compareStatements(x, y *statement) int {
	if c := compareKeys(x.key, y.key); c != 0 {
		return c
	}
	return strings.Compare(string(x.ID), string(y.ID))
}

func compareKeys(a, b key) int {
	if a.subject != b.subject {
		if c := cmp.Or(strings.Compare(string(a.indicator), string(b.indicator)), strings.Compare(string(a.region), string(b.region))); c != 0 {
			return c
		}
	}
	if c := comparePeriods(a.period, b.period); c != 0 || a.subject == b.subject {
		return c
	}
	return cmp.Or(cmp.Compare(a.measure, b.measure), strings.Compare(string(a.unit), string(b.unit)), strings.Compare(a.breakdown, b.breakdown),
		strings.Compare(a.action, b.action), strings.Compare(a.per, b.per))
}

func comparePeriods(p, q schemas.Period) int {
	return cmp.Or(cmp.Compare(p.Kind, q.Kind), p.Start.Compare(q.Start), p.End.Compare(q.End))
}

// in returns those statements of a list in the order of time that are of one period.
func in(list []*statement, p schemas.Period) []*statement {
	from, _ := slices.BinarySearchFunc(list, p, func(o *statement, p schemas.Period) int { return comparePeriods(o.Period, p) })
	to := from
	for to < len(list) && list[to].Period == p {
		to++
	}
	return list[from:to:to]
}

// series is what a region says of itself over periods of one kind, with one beginning where the count goes on from it: one statement for a time.
type series struct {
	*subject
	kind  schemas.PeriodKind
	start schemas.Date
	list  []*statement
}

// all lists a series' statements, none of nil's.
func (x *series) all() []*statement {
	if x == nil {
		return nil
	}
	return x.list
}

// over is a subject's series, nil where there is none.
func (s *subject) over(kind schemas.PeriodKind, start schemas.Date) *series {
	for _, x := range s.series {
		if x.kind == kind && x.start == start {
			return x
		}
	}
	return nil
}

// beginning is where a count goes on from, no date for other periods.
func beginning(p schemas.Period) schemas.Date {
	if p.Kind == schemas.RangePeriod {
		return p.Start
	}
	return schemas.Date{}
}

// paper is a return's statements.
type paper struct {
	region  schemas.RegionCode // "" where nobody sent it
	said    []*statement
	columns func() map[column][]*statement
}

// column is a table's column: one thing at one time over the regions of a document.
type column struct {
	article int
	thing   thing // of no region
	period  schemas.Period
}

func columnOf(o *statement) column {
	t := o.key.thing
	t.region = ""
	return column{o.Article, t, o.Period}
}

// byColumn parts a paper's statements, each column from top to bottom.
func (p *paper) byColumn() map[column][]*statement {
	columns := map[column][]*statement{}
	for _, o := range p.said {
		columns[columnOf(o)] = append(columns[columnOf(o)], o)
	}
	for _, list := range columns {
		slices.SortStableFunc(list, func(x, y *statement) int { return cmp.Compare(rowOf(x), rowOf(y)) })
	}
	return columns
}

// column is a return's statement with all regions of its column.
func (o *statement) column() []*statement {
	if o.paper == nil {
		return nil
	}
	return o.paper.columns()[columnOf(o)]
}

type auditor struct {
	Input
	papers   map[schemas.DocumentID]*paper
	reported []*statement    // of returns, region totals with an indicator, sorted by key
	articles []*statement    // region totals of articles, sorted by key
	seeds    [2][]*statement // of reported and articles, those that findings within the scope can be about
	targeted []*statement    // reported targets
	things   map[thing]*subject
	subjects []*subject // that returns speak of, in order
	series   []*series  // in order

	byID     map[schemas.ObservationID]*Revised
	said     func() map[thing][]*statement        // reported, whatever the action; these three are worked out when first asked
	due      func() map[dueAt]bool                // who has to report
	likeness func() map[[2]schemas.DocumentID]int // figures that two returns in a row say alike
	found    *found
	taken    map[[idBytes]byte]bool // ids of a rule's findings
	asked    asked
}

// found is where the findings of all rules go, in no order.
type found struct {
	sync.Mutex
	list []schemas.Finding
}

func newAuditor(in Input) *auditor {
	a := &auditor{Input: in, papers: map[schemas.DocumentID]*paper{}, things: map[thing]*subject{}, byID: map[schemas.ObservationID]*Revised{},
		found: &found{}, taken: map[[idBytes]byte]bool{}}
	for i := range in.Returns {
		a.paper(in.Returns[i].Document).region = in.Returns[i].Region
	}
	for i := range in.Revised {
		a.byID[in.Revised[i].NewID] = &in.Revised[i]
	}
	statements := make([]statement, len(in.Observations))
	for i := range in.Observations {
		o := &statements[i]
		o.Observation = &in.Observations[i]
		a.sortIn(o)
	}
	for _, list := range [][]*statement{a.reported, a.articles, a.targeted} {
		slices.SortFunc(list, compareStatements)
	}
	for _, o := range a.reported {
		a.index(o)
	}
	if a.seeds = [2][]*statement{a.reported, a.articles}; in.Scope != nil {
		a.seeds = [2][]*statement{in.Scope.seeds(a.reported, 0), in.Scope.seeds(a.articles, in.Scope.lag)}
	}
	a.found.list = make([]schemas.Finding, 0, (len(a.seeds[0])+len(a.seeds[1]))*5/4) // about as many as the built-in rules give
	a.said, a.due, a.likeness = sync.OnceValue(a.allSaid), sync.OnceValue(a.allDue), sync.OnceValue(a.allAlike)
	return a
}

// paper is that of a document. It is for newAuditor, as intern is.
func (a *auditor) paper(id schemas.DocumentID) *paper {
	p := a.papers[id]
	if p == nil {
		p = &paper{}
		p.columns = sync.OnceValue(p.byColumn)
		a.papers[id] = p
	}
	return p
}

// intern returns the one subject that is this thing. The rules, which work side by side, look things up by find.
func (a *auditor) intern(t thing) *subject {
	one := a.things[t]
	if one == nil {
		one = &subject{thing: t}
		a.things[t] = one
	}
	return one
}

// find is the key of a thing at a time: of one that nothing is said of if no statement is about it.
func (a *auditor) find(t thing, p schemas.Period) key {
	one := a.things[t]
	if one == nil {
		one = &subject{thing: t}
	}
	return key{one, p}
}

// at is the key of another region.
func (a *auditor) at(k key, region schemas.RegionCode) key {
	t := k.thing
	t.region = region
	return a.find(t, k.period)
}

// sortIn puts a statement where the rules look for it.
func (a *auditor) sortIn(o *statement) {
	if o.Indicator == schemas.Other || o.Region == "" || slices.Contains(o.Flags, "duplicate") {
		return
	}
	o.key = key{a.intern(thing{o.Indicator, o.Region, o.Measure, o.Unit, o.Breakdown, o.Action, o.Per}), o.Period}
	if o.Kind != schemas.Article {
		o.paper = a.paper(o.Document)
		o.own = o.paper.region == o.Region
	}
	switch {
	case o.Scope == schemas.ScopeEntity:
		o.key.entities = append(o.key.entities, o)
		a.putUnder(o)
	case o.Scope != schemas.ScopeRegion:
	case o.Kind == schemas.Article:
		a.articles = append(a.articles, o)
	case o.Measure == schemas.Target:
		a.targeted = append(a.targeted, o)
	default:
		a.reported = append(a.reported, o)
	}
}

// putUnder puts a unit's figure under its region and those above it, for its action and for all together.
func (a *auditor) putUnder(o *statement) {
	t := o.key.thing
	regions := []schemas.RegionCode{o.Region}
	if len(o.Region) == 6 {
		for _, above := range []schemas.RegionCode{o.Region[:4] + "00", o.Region[:2] + "0000"} {
			if above != regions[len(regions)-1] {
				regions = append(regions, above)
			}
		}
	}
	actions := []string{o.Action}
	if o.Action != "" {
		actions = append(actions, "")
	}
	for _, t.region = range regions {
		for _, t.action = range actions {
			one := a.intern(t)
			one.under = append(one.under, o)
		}
	}
}

// index puts the next of the statements reported where it is looked up by what it is about.
func (a *auditor) index(o *statement) {
	s := o.key.subject
	if s.reports == nil {
		a.subjects = append(a.subjects, s)
	}
	s.reports = append(s.reports, o)
	o.paper.said = append(o.paper.said, o)
	if !o.own {
		return
	}
	again := len(s.own) > 0 && s.own[len(s.own)-1].Period == o.Period
	if s.own = append(s.own, o); again {
		return
	}
	x := s.over(o.Period.Kind, beginning(o.Period))
	if x == nil {
		x = &series{subject: s, kind: o.Period.Kind, start: beginning(o.Period)}
		s.series, a.series = append(s.series, x), append(a.series, x)
	}
	x.list = append(x.list, o)
}

// rowOf is the row of a workbook's cell, 0 for other places.
func rowOf(o *statement) int {
	if c, ok := o.Locator.(schemas.Cell); ok {
		return c.Row
	}
	return 0
}

// ownOf is what a region says of itself, on the given form if it does so on several; nil where it says nothing.
func ownOf(k key, form string) *statement {
	var best *statement
	for _, o := range in(k.own, k.period) {
		if best == nil || o.Form == form && best.Form != form {
			best = o
		}
	}
	return best
}

// ownOrBefore is what a region says of itself, or what those that it took over said under their old codes, if all did.
func (a *auditor) ownOrBefore(k key, form string) []*statement {
	if o := ownOf(k, form); o != nil {
		return []*statement{o}
	}
	var list []*statement
	for _, code := range a.Regions.Predecessors(k.region, k.period.End) {
		o := ownOf(a.at(k, code), form)
		if o == nil {
			return nil
		}
		list = append(list, o)
	}
	return list
}

// earlier is the statement of the same series before this one, later the one behind it; nil where there is none.
func earlier(o *statement) *statement { return beside(o, -1) }
func later(o *statement) *statement   { return beside(o, 1) }

func beside(o *statement, step int) *statement {
	list := o.key.over(o.Period.Kind, beginning(o.Period)).all()
	i, found := slices.BinarySearchFunc(list, o.Period.End, func(x *statement, end schemas.Date) int { return x.Period.End.Compare(end) })
	if step < 0 {
		i--
	} else if found {
		i++
	}
	if i < 0 || i >= len(list) {
		return nil
	}
	return list[i]
}
