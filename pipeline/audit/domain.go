package audit

import (
	"fmt"
	"strings"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// domain checks single numbers against what their kind allows. Only failures are findings: a pass here says nothing.
func (a *auditor) domain(r rules.Rule) error {
	bound := func(s string) (schemas.Decimal, error) {
		if s == "" {
			return schemas.Decimal{}, nil
		}
		d, err := schemas.ParseDecimal(s)
		if err != nil {
			return d, fmt.Errorf("rule %s: %w", r.ID, err)
		}
		return d, nil
	}
	low, err := bound(r.Min)
	if err != nil {
		return err
	}
	high, err := bound(r.Max)
	if err != nil {
		return err
	}
	for _, o := range a.reported {
		if !applies(r, o) || !o.Value.IsSet() {
			continue
		}
		bad := low.IsSet() && o.Value.Cmp(low) < 0 || high.IsSet() && o.Value.Cmp(high) > 0 ||
			r.Integer && schemas.Unit(o.Unit).Discrete && strings.Contains(o.Value.String(), ".")
		if bad {
			a.add(r, comparison{key: keyOf(o), extra: string(o.ID), left: intervalOf(o), outcome: schemas.Open,
				inputs: []schemas.Observation{o}, unit: o.Source, source: o.Source, number: o.Number})
		}
	}
	return nil
}

func applies(r rules.Rule, o schemas.Observation) bool {
	for _, m := range r.Measures {
		if o.Measure == m {
			return true
		}
	}
	return len(r.Measures) == 0
}
