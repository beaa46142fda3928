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

// key is a thing at a time.
type key struct {
	thing
	period schemas.Period
}

func thingOf(o *schemas.Observation) thing {
	return thing{o.Indicator, o.Region, o.Measure, o.Unit, o.Breakdown, o.Action, o.Per}
}

func keyOf(o *schemas.Observation) key { return key{thingOf(o), o.Period} }

func (k key) String() string {
	return strings.Join([]string{string(k.indicator), string(k.region), k.period.Kind.String(), k.period.Start.String(), k.period.End.String(),
		k.measure.String(), string(k.unit), k.breakdown, k.action, k.per}, "|")
}

// compareObservations orders by key and id. The cheap and telling fields come before the key as a whole is built.
func compareObservations(x, y *schemas.Observation) int {
	if c := cmp.Or(strings.Compare(string(x.Indicator), string(y.Indicator)), strings.Compare(string(x.Region), string(y.Region)), cmp.Compare(x.Period.Kind, y.Period.Kind),
		x.Period.Start.Compare(y.Period.Start), x.Period.End.Compare(y.Period.End)); c != 0 {
		return c
	}
	return cmp.Or(compareKeys(keyOf(x), keyOf(y)), strings.Compare(string(x.ID), string(y.ID)))
}

// at is the key of another region.
func (k key) at(region schemas.RegionCode) key {
	k.region = region
	return k
}

func compareKeys(a, b key) int {
	return cmp.Or(strings.Compare(string(a.indicator), string(b.indicator)), strings.Compare(string(a.region), string(b.region)),
		cmp.Compare(a.period.Kind, b.period.Kind), a.period.Start.Compare(b.period.Start), a.period.End.Compare(b.period.End),
		cmp.Compare(a.measure, b.measure), strings.Compare(string(a.unit), string(b.unit)), strings.Compare(a.breakdown, b.breakdown),
		strings.Compare(a.action, b.action), strings.Compare(a.per, b.per))
}

// run is a thing counted over periods of one kind, with one beginning where the count goes on from it.
type run struct {
	thing
	kind  schemas.PeriodKind
	start schemas.Date
}

func runOf(o *schemas.Observation) run {
	r := run{thing: thingOf(o), kind: o.Period.Kind}
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

// columnOf is the place of an observation with all regions of its column.
func columnOf(o *schemas.Observation) place { return place{o.Document, o.Article, keyOf(o).at("")} }

type auditor struct {
	Input
	returns  map[schemas.DocumentID]*Return
	reported []*schemas.Observation    // of returns, region totals with an indicator, sorted by key
	articles []*schemas.Observation    // region totals of articles, sorted by key
	seeds    [2][]*schemas.Observation // of reported and articles, those that findings within the scope can be about
	targeted []*schemas.Observation    // reported targets
	entities map[thing][]*schemas.Observation
	under    map[thing][]*schemas.Observation // units' figures, by every region that they lie in
	own      map[key][]*schemas.Observation   // what a unit says of its own region
	runs     map[run][]*schemas.Observation   // own, by time
	columns  map[place][]*schemas.Observation
	reports  map[key][]*schemas.Observation // all that returns say of a key
	runKeys  []run                          // of runs, in order
	byID     map[schemas.ObservationID]*Revised
	said     func() map[thing][]*schemas.Observation // reported, whatever the action; these three are worked out when first asked
	due      func() map[dueAt]bool                   // who has to report
	likeness func() map[[2]schemas.DocumentID]int    // figures that two returns in a row say alike
	found    *found
	taken    map[[idBytes]byte]bool // ids of a rule's findings
}

// found is where the findings of all rules go, in no order.
type found struct {
	sync.Mutex
	list []schemas.Finding
}

func newAuditor(in Input) *auditor {
	a := &auditor{Input: in, returns: map[schemas.DocumentID]*Return{}, entities: map[thing][]*schemas.Observation{}, under: map[thing][]*schemas.Observation{}, own: map[key][]*schemas.Observation{},
		runs: map[run][]*schemas.Observation{}, columns: map[place][]*schemas.Observation{}, reports: map[key][]*schemas.Observation{}, byID: map[schemas.ObservationID]*Revised{}, found: &found{}, taken: map[[idBytes]byte]bool{}}
	for i := range in.Returns {
		a.returns[in.Returns[i].Document] = &in.Returns[i]
	}
	for i := range in.Revised {
		a.byID[in.Revised[i].NewID] = &in.Revised[i]
	}
	for i := range in.Observations {
		a.sortIn(&in.Observations[i])
	}
	for _, list := range [][]*schemas.Observation{a.reported, a.articles, a.targeted} {
		slices.SortFunc(list, compareObservations)
	}
	a.index()
	if a.seeds = [2][]*schemas.Observation{a.reported, a.articles}; in.Scope != nil {
		a.seeds = [2][]*schemas.Observation{in.Scope.seeds(a.reported, 0), in.Scope.seeds(a.articles, in.Scope.lag)}
	}
	a.found.list = make([]schemas.Finding, 0, (len(a.seeds[0])+len(a.seeds[1]))*5/4) // about as many as the built-in rules give
	a.said, a.due, a.likeness = sync.OnceValue(a.allSaid), sync.OnceValue(a.allDue), sync.OnceValue(a.allAlike)
	return a
}

// sortIn puts an observation where the rules look for it.
func (a *auditor) sortIn(o *schemas.Observation) {
	switch {
	case o.Indicator == schemas.Other || o.Region == "" || slices.Contains(o.Flags, "duplicate"):
	case o.Scope == schemas.ScopeEntity:
		a.entities[thingOf(o)] = append(a.entities[thingOf(o)], o)
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
func (a *auditor) putUnder(o *schemas.Observation) {
	t := thingOf(o)
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
			a.under[t] = append(a.under[t], o)
		}
	}
}

func (a *auditor) index() {
	for i := 0; i < len(a.reported); {
		k, from := keyOf(a.reported[i]), i
		for i++; i < len(a.reported) && keyOf(a.reported[i]) == k; i++ {
		}
		same := a.reported[from:i:i]
		a.reports[k] = same
		var own []*schemas.Observation
		for _, o := range same {
			p := columnOf(o)
			a.columns[p] = append(a.columns[p], o)
			if a.isOwn(o) {
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
		slices.SortStableFunc(list, func(x, y *schemas.Observation) int { return cmp.Compare(rowOf(x), rowOf(y)) })
	}
}

// rowOf is the row of a workbook's cell, 0 for other places.
func rowOf(o *schemas.Observation) int {
	if c, ok := o.Locator.(schemas.Cell); ok {
		return c.Row
	}
	return 0
}

// isOwn reports whether an observation is a unit's statement about its own region.
func (a *auditor) isOwn(o *schemas.Observation) bool {
	r, ok := a.returns[o.Document]
	return ok && (r.Region == o.Region)
}

// ownOf is what a region says of itself, on the given form if it does so on several; nil where it says nothing.
func (a *auditor) ownOf(k key, form string) *schemas.Observation {
	var best *schemas.Observation
	for _, o := range a.own[k] {
		if best == nil || o.Form == form && best.Form != form {
			best = o
		}
	}
	return best
}

// ownOrBefore is what a region says of itself, or what those that it took over said under their old codes, if all did.
func (a *auditor) ownOrBefore(k key, form string) []*schemas.Observation {
	if o := a.ownOf(k, form); o != nil {
		return []*schemas.Observation{o}
	}
	var list []*schemas.Observation
	for _, code := range a.Regions.Predecessors(k.region, k.period.End) {
		o := a.ownOf(k.at(code), form)
		if o == nil {
			return nil
		}
		list = append(list, o)
	}
	return list
}

// earlier is the statement of the same run before this one, later the one behind it; nil where there is none.
func (a *auditor) earlier(o *schemas.Observation) *schemas.Observation { return a.beside(o, -1) }
func (a *auditor) later(o *schemas.Observation) *schemas.Observation   { return a.beside(o, 1) }

func (a *auditor) beside(o *schemas.Observation, step int) *schemas.Observation {
	list := a.runs[runOf(o)]
	i, found := slices.BinarySearchFunc(list, o.Period.End, func(x *schemas.Observation, end schemas.Date) int { return x.Period.End.Compare(end) })
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
