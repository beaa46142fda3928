package audit

import (
	"fmt"
	"strings"

	"heshu/schemas"
)

// evidence lists what other statements tell of a figure o that says v and should be t: whose number it may be.
func (a *auditor) evidence(o *statement, v, t interval) []guess {
	var list []guess
	if p := a.partner(o); p != nil && p.Value.Equal(v.value) {
		list = append(list, guess{Households, fmt.Sprintf("%s = %s", v.value, a.name(p)), 95})
	}
	if n, text := a.neighbour(o, v); n > 0 {
		list = append(list, guess{RowShifted, text, 91 + min(n, 3)})
	}
	list = append(list, a.ofTime(o, v, t)...)
	for _, e := range o.key.entities {
		if e.Value.Equal(v.value) && e.Entity != "" {
			list = append(list, guess{EntityFor, fmt.Sprintf("%s = %s", v.value, e.Entity), 94})
			break
		}
	}
	return list
}

// ofTime lists the figures of the same thing at other times that o may be.
func (a *auditor) ofTime(o *statement, v, t interval) []guess {
	var list []guess
	own := ownOf(o.key, o.Form)
	if own == nil {
		own = o
	}
	if before := earlier(own); before != nil && before.Value.Equal(v.value) {
		score := 88
		if a.repeats(own, before) >= 3 {
			score = certain
		}
		list = append(list, guess{LastPeriod, fmt.Sprintf("%s = %s", v.value, PeriodText(before.Period)), score})
	}
	if base := a.yearEnd(own); base != nil && !base.Value.IsZero() {
		if so := v.plus(intervalOf(base)); !compare(so, t).Failed() {
			list = append(list, guess{ThisYear, fmt.Sprintf("%s + %s (%s) = %s", v.value, base.Value, PeriodText(base.Period), so.value), 93 - vague(t)})
		}
	}
	return list
}

// repeats counts what else two returns say alike: a return sent again repeats more than one figure.
func (a *auditor) repeats(o, before *statement) int {
	return a.likeness()[[2]schemas.DocumentID{o.Document, before.Document}] - 1
}

func (a *auditor) allAlike() map[[2]schemas.DocumentID]int {
	alike := map[[2]schemas.DocumentID]int{}
	for _, x := range a.series {
		list := x.list
		for i := 1; i < len(list); i++ {
			if list[i].Value.Equal(list[i-1].Value) {
				alike[[2]schemas.DocumentID{list[i].Document, list[i-1].Document}]++
			}
		}
	}
	return alike
}

// yearEnd is the count at the end of the year before, that a count since the beginning goes on from.
func (a *auditor) yearEnd(o *statement) *statement {
	if o.Period.Kind != schemas.AsOf {
		return nil
	}
	k := o.key
	k.period.End = schemas.NewDate(o.Period.End.Year()-1, 12, 31)
	return ownOf(k, o.Form)
}

// partner is what the same document says in households where o counts people.
func (a *auditor) partner(o *statement) *statement {
	if o.Unit != "person" && o.Unit != "person_time" {
		return nil
	}
	t := o.key.thing
	t.unit = "household"
	t.indicator = "households_" + schemas.IndicatorCode(strings.TrimPrefix(string(o.Indicator), "people_"))
	if o.Indicator == "people_benefited" {
		t.indicator = "households_assisted"
	}
	k := a.find(t, o.Period)
	for _, p := range in(k.reports, k.period) {
		if p.Document == o.Document {
			return p
		}
	}
	return ownOf(k, o.Form)
}

// neighbour counts how many rows around o in its table hold the figure of the row beside them, o among them, all in
// one direction.
func (a *auditor) neighbour(o *statement, v interval) (int, string) {
	column := o.column()
	at := -1
	for i, x := range column {
		if x == o {
			at = i
		}
	}
	if at < 0 || len(column) < 3 {
		return 0, ""
	}
	for _, step := range []int{-1, 1} {
		if !a.heldBy(column, at, step) {
			continue
		}
		n := 1
		for _, next := range []int{at - 1, at + 1} {
			if next >= 0 && next < len(column) && a.heldBy(column, next, step) {
				n++
			}
		}
		owner := column[at+step]
		return n, fmt.Sprintf("%s = %s", v.value, a.Regions.Name(owner.Region, owner.Period.End))
	}
	return 0, ""
}

// heldBy reports whether a row holds what the region of the row one step away says of itself, and not its own.
func (a *auditor) heldBy(column []*statement, at, step int) bool {
	if at+step < 0 || at+step >= len(column) {
		return false
	}
	o := column[at]
	mine, theirs := ownOf(o.key, o.Form), ownOf(column[at+step].key, o.Form)
	return mine != nil && theirs != nil && theirs != o && theirs.Value.Equal(o.Value) && !mine.Value.Equal(o.Value) && theirs.Document != o.Document
}

// name is an indicator's name for people.
func (a *auditor) name(o *statement) string {
	if i := a.Indicators[o.Indicator]; i.Label != "" {
		return i.Label
	}
	return string(o.Indicator)
}
