package audit

import (
	"maps"
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// Scope is which findings a run works out: whole rules, and of the others those about some regions and indicators at some
// times. What lies outside stays as it is. A nil scope is everything.
//
// The findings of one rule, region, indicator and end of period are worked out together or not at all, so that the same
// findings get the same ids.
type Scope struct {
	whole map[string]bool // rules
	at    map[topic]*reach
	lag   int // days that an article may look back to a return

	alone      map[string]bool             // rules whose findings are each about one article
	articles   map[schemas.DocumentID]bool // whose findings of these are worked out
	returns    map[string]bool             // rules that look at no pages
	statements bool                        // some rule looks at statements
}

// Statements reports whether the statements are needed.
func (s *Scope) Statements() bool { return s == nil || s.statements }

// topic is what findings are about, but for the time.
type topic struct {
	region    schemas.RegionCode
	indicator schemas.IndicatorCode
}

// reach is the times of a topic that are worked out, by rule and for any rule, sorted and without overlaps after Reconsider.
type reach struct {
	byRule map[string][]stretch
	any    []stretch
}

// stretch is a time, both days inclusive.
type stretch struct{ from, to schemas.Date }

func (s stretch) has(d schemas.Date) bool { return s.from.Compare(d) <= 0 && d.Compare(s.to) <= 0 }

// endless is later than any period.
var endless = schemas.NewDate(9999, 12, 31)

// DayScope is what can change from one day to the next though no document did: what has to have come, and what an office asks
// the warehouse itself.
func DayScope(list []rules.Rule) *Scope {
	s := &Scope{whole: map[string]bool{}, at: map[topic]*reach{}, alone: map[string]bool{}, articles: map[schemas.DocumentID]bool{}, returns: map[string]bool{}}
	for _, r := range list {
		if r.Kind == rules.SQL || r.Kind == rules.Completeness && r.Of == "returns" {
			s.whole[r.ID] = true
		}
	}
	return s
}

// Add takes in the findings of a span. Reconsider comes after it.
func (s *Scope) Add(x schemas.FindingSpan) {
	t := topic{x.Region, x.Indicator}
	r := s.at[t]
	if r == nil {
		r = &reach{byRule: map[string][]stretch{}}
		s.at[t] = r
	}
	r.byRule[x.Rule] = append(r.byRule[x.Rule], stretch{x.From, x.To})
	r.any = append(r.any, stretch{x.From, x.To})
}

// settle joins the stretches that overlap.
func (s *Scope) settle() {
	for _, r := range s.at {
		r.any = joined(r.any)
		for rule, list := range r.byRule {
			r.byRule[rule] = joined(list)
		}
	}
}

func joined(list []stretch) []stretch {
	slices.SortFunc(list, func(a, b stretch) int { return a.from.Compare(b.from) })
	out := list[:0]
	for _, x := range list {
		if n := len(out); n > 0 && x.from.Compare(out[n-1].to) <= 0 {
			if out[n-1].to.Before(x.to) {
				out[n-1].to = x.to
			}
			continue
		}
		out = append(out, x)
	}
	return out
}

// Rules lists the rules that are worked out as a whole, sorted.
func (s *Scope) Rules() []string { return slices.Sorted(maps.Keys(s.whole)) }

// Spans lists what else is worked out, in no order.
func (s *Scope) Spans() []schemas.FindingSpan {
	n := 0
	for _, r := range s.at {
		for _, times := range r.byRule {
			n += len(times)
		}
	}
	list := make([]schemas.FindingSpan, 0, n)
	for t, r := range s.at {
		for rule, times := range r.byRule {
			for _, x := range times {
				list = append(list, schemas.FindingSpan{Rule: rule, Region: t.region, Indicator: t.indicator, From: x.from, To: x.to})
			}
		}
	}
	return list
}

// Alone lists the rules of whose findings also those about articles touched tonight are worked out, sorted.
func (s *Scope) Alone() []string { return slices.Sorted(maps.Keys(s.alone)) }

// Pages lists what pages have to speak of to be needed for the scope, in no order; those of tonight are needed in any case.
func (s *Scope) Pages() []schemas.FindingSpan {
	list := []schemas.FindingSpan{}
	for t, r := range s.at {
		var all []stretch // of whichever rule
		for rule, times := range r.byRule {
			if s.returns[rule] {
				continue
			}
			for _, x := range times {
				if s.alone[rule] && x.to != endless && !x.to.IsZero() {
					x.to = x.to.AddDate(0, 0, s.lag)
				}
				all = append(all, x)
			}
		}
		for _, x := range joined(all) {
			list = append(list, schemas.FindingSpan{Region: t.region, Indicator: t.indicator, From: x.from, To: x.to})
		}
	}
	return list
}

// times are those at which a rule's findings about a topic are worked out; whole rules have none.
func (s *Scope) times(rule string, t topic) []stretch {
	if r := s.at[t]; r != nil {
		return r.byRule[rule]
	}
	return nil
}

// seeds picks the observations that some finding within the scope can be about; of articles also those that look back so far.
func (s *Scope) seeds(list []*statement, lag int) []*statement {
	if s == nil {
		return list
	}
	var out []*statement
	var last topic // statements come by topic
	var r *reach
	for _, o := range list {
		if t := (topic{o.Region, o.Indicator}); t != last {
			last, r = t, s.at[t]
		}
		if o.Kind == schemas.Article && s.articles[o.Document] {
			out = append(out, o)
			continue
		}
		if r == nil {
			continue
		}
		from := o.Period.End
		if lag > 0 && !from.IsZero() {
			from = from.AddDate(0, 0, -lag)
		}
		if slices.ContainsFunc(r.any, func(x stretch) bool { return x.from.Compare(o.Period.End) <= 0 && from.Compare(x.to) <= 0 }) {
			out = append(out, o)
		}
	}
	return out
}
