package handover

import "heshu/schemas"

// Gist is what a document's row and its ledger say of its observations, where these are not held. The zero value is of none.
type Gist struct {
	form    string
	period  schemas.Period
	mixed   bool // not all of one form and period
	begun   bool
	regions map[schemas.RegionCode]bool
	figures map[int]int // by part: a cell holds one
}

// Take adds the next observation.
func (g *Gist) Take(o schemas.Observation) {
	if !g.begun {
		*g = Gist{form: o.Form, period: o.Period, begun: true, regions: map[schemas.RegionCode]bool{}, figures: map[int]int{}}
	}
	g.mixed = g.mixed || o.Form != g.form || o.Period != g.period
	g.regions[o.Region] = true
	g.figures[o.Article]++
}

// each gives every observation of the entry.
func (e *Entry) each(use func(schemas.Observation)) {
	for _, o := range e.Observations {
		use(o)
	}
	if e.Stream != nil {
		e.Stream(use)
	}
}
