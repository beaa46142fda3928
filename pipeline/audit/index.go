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

// key is a thing at a time. The things of statements are each there once: see auditor.intern.
type key struct {
	*thing
	period schemas.Period
}

// statement is an observation with what the rules ask of it again and again.
type statement struct {
	*schemas.Observation
	key key
	own bool // a unit's statement about its own region
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
	if a.thing != b.thing {
		if c := cmp.Or(strings.Compare(string(a.indicator), string(b.indicator)), strings.Compare(string(a.region), string(b.region))); c != 0 {
			return c
		}
	}
	if c := cmp.Or(cmp.Compare(a.period.Kind, b.period.Kind), a.period.Start.Compare(b.period.Start), a.period.End.Compare(b.period.End)); c != 0 || a.thing == b.thing {
		return c
	}
	return cmp.Or(cmp.Compare(a.measure, b.measure), strings.Compare(string(a.unit), string(b.unit)), strings.Compare(a.breakdown, b.breakdown),
		strings.Compare(a.action, b.action), strings.Compare(a.per, b.per))
}

// run is a thing counted over periods of one kind, with one beginning where the count goes on from it.
type run struct {
	*thing
	kind  schemas.PeriodKind
	start schemas.Date
}

func runOf(o *statement) run {
	r := run{thing: o.key.thing, kind: o.Period.Kind}
	if o.Period.Kind == schemas.RangePeriod {
		r.start = o.Period.Start
	}
	return r
}

// place is a table's column: one thing at one time over the regions of a document.
type place struct {
	document schemas.DocumentID
	article  int
	key      key
}

// columnOf is the place of a statement with all regions of its column.
func (a *auditor) columnOf(o *statement) place {
	return place{o.Document, o.Article, key{a.everywhere[o.key.thing], o.Period}}
}

type auditor struct {
	Input
	returns  map[schemas.DocumentID]*Return
	reported []*statement    // of returns, region totals with an indicator, sorted by key
	articles []*statement    // region totals of articles, sorted by key
	seeds    [2][]*statement // of reported and articles, those that findings within the scope can be about
	targeted []*statement    // reported targets
	entities map[*thing][]*statement
	under    map[*thing][]*statement // units' figures, by every region that they lie in
	own      map[key][]*statement    // what a unit says of its own region
	runs     map[run][]*statement    // own, by time
	columns  map[place][]*statement
	reports  map[key][]*statement // all that returns say of a key
	runKeys  []run                // of runs, in order

	things     map[thing]*thing  // those that statements are about
	everywhere map[*thing]*thing // the same of no region

	byID     map[schemas.ObservationID]*Revised
	said     func() map[thing][]*statement        // reported, whatever the action; these three are worked out when first asked
	due      func() map[dueAt]bool                // who has to report
	likeness func() map[[2]schemas.DocumentID]int // figures that two returns in a row say alike
	found    *found
	taken    map[[idBytes]byte]bool // ids of a rule's findings
}

// found is where the findings of all rules go, in no order.
type found struct {
	sync.Mutex
	list []schemas.Finding
}

func newAuditor(in Input) *auditor {
	a := &auditor{Input: in, returns: map[schemas.DocumentID]*Return{}, entities: map[*thing][]*statement{}, under: map[*thing][]*statement{}, own: map[key][]*statement{},
		runs: map[run][]*statement{}, columns: map[place][]*statement{}, reports: map[key][]*statement{}, byID: map[schemas.ObservationID]*Revised{},
		things: map[thing]*thing{}, everywhere: map[*thing]*thing{}, found: &found{}, taken: map[[idBytes]byte]bool{}}
	for i := range in.Returns {
		a.returns[in.Returns[i].Document] = &in.Returns[i]
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
	a.index()
	if a.seeds = [2][]*statement{a.reported, a.articles}; in.Scope != nil {
		a.seeds = [2][]*statement{in.Scope.seeds(a.reported, 0), in.Scope.seeds(a.articles, in.Scope.lag)}
	}
	a.found.list = make([]schemas.Finding, 0, (len(a.seeds[0])+len(a.seeds[1]))*5/4) // about as many as the built-in rules give
	a.said, a.due, a.likeness = sync.OnceValue(a.allSaid), sync.OnceValue(a.allDue), sync.OnceValue(a.allAlike)
	return a
}

// intern returns the one thing that is like this. It is for newAuditor: the rules, which work side by side, look things up by find.
func (a *auditor) intern(t thing) *thing {
	one := a.things[t]
	if one == nil {
		one = &t
		a.things[t] = one
	}
	return one
}

// find is the key of a thing at a time: no statement's if no statement is about the thing.
func (a *auditor) find(t thing, p schemas.Period) key {
	one := a.things[t]
	if one == nil {
		other := t // of its own: t itself stays where it is cheap
		one = &other
	}
	return key{one, p}
}

// at is the key of another region.
func (a *auditor) at(k key, region schemas.RegionCode) key {
	t := *k.thing
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
		r, ok := a.returns[o.Document]
		o.own = ok && r.Region == o.Region
	}
	switch {
	case o.Scope == schemas.ScopeEntity:
		a.entities[o.key.thing] = append(a.entities[o.key.thing], o)
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
	t := *o.key.thing
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
			a.under[one] = append(a.under[one], o)
		}
	}
}

func (a *auditor) index() {
	for i := 0; i < len(a.reported); {
		k, from := a.reported[i].key, i
		for i++; i < len(a.reported) && a.reported[i].key == k; i++ {
		}
		same := a.reported[from:i:i]
		if a.everywhere[k.thing] == nil {
			t := *k.thing
			t.region = ""
			a.everywhere[k.thing] = a.intern(t)
		}
		a.reports[k] = same
		var own []*statement
		for _, o := range same {
			p := a.columnOf(o)
			a.columns[p] = append(a.columns[p], o)
			if o.own {
				own = append(own, o)
			}
		}
		if own == nil {
			continue
		}
		a.own[k] = own
		r := runOf(own[0]) // a run holds one statement for a time
		if a.runs[r] == nil {
			a.runKeys = append(a.runKeys, r)
		}
		a.runs[r] = append(a.runs[r], own[0])
	}
	for _, list := range a.columns {
		slices.SortStableFunc(list, func(x, y *statement) int { return cmp.Compare(rowOf(x), rowOf(y)) })
	}
}

// rowOf is the row of a workbook's cell, 0 for other places.
func rowOf(o *statement) int {
	if c, ok := o.Locator.(schemas.Cell); ok {
		return c.Row
	}
	return 0
}

// ownOf is what a region says of itself, on the given form if it does so on several; nil where it says nothing.
func (a *auditor) ownOf(k key, form string) *statement {
	var best *statement
	for _, o := range a.own[k] {
		if best == nil || o.Form == form && best.Form != form {
			best = o
		}
	}
	return best
}

// ownOrBefore is what a region says of itself, or what those that it took over said under their old codes, if all did.
func (a *auditor) ownOrBefore(k key, form string) []*statement {
	if o := a.ownOf(k, form); o != nil {
		return []*statement{o}
	}
	var list []*statement
	for _, code := range a.Regions.Predecessors(k.region, k.period.End) {
		o := a.ownOf(a.at(k, code), form)
		if o == nil {
			return nil
		}
		list = append(list, o)
	}
	return list
}

// earlier is the statement of the same run before this one, later the one behind it; nil where there is none.
func (a *auditor) earlier(o *statement) *statement { return a.beside(o, -1) }
func (a *auditor) later(o *statement) *statement   { return a.beside(o, 1) }

func (a *auditor) beside(o *statement, step int) *statement {
	list := a.runs[runOf(o)]
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
