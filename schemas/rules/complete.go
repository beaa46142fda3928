package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"heshu/schemas"
)

// complete fills in the defaults of a rule and says what is wrong with it.
func complete(r Rule) (Rule, error) {
	of, known := variants[r.Kind]
	if r.ID == "" || r.Version < 1 || !known || r.Severity == 0 || r.Zh == "" || r.En == "" {
		return r, errors.New("id, version, kind, severity, zh and en are all needed")
	}
	standard := func(into *string, value string) {
		if *into == "" {
			*into = value
		}
	}
	standard(&r.Of, of[0])
	standard(&r.Missing, "cannot_verify")
	standard(&r.Scale, "1")
	standard(&r.Width, "8")
	standard(&r.Least, "0.25")
	if r.History == 0 {
		r.History = 5
	}
	for _, t := range []*Term{&r.Result, &r.Numerator, &r.Denominator} {
		if t.Measure == 0 {
			t.Measure = schemas.Total
		}
	}
	for i := range r.Groups {
		standard(&r.Groups[i].Relation, "=")
	}
	return r, r.check(of)
}

func (r Rule) check(of []string) error {
	if !slices.Contains(of, r.Of) {
		return fmt.Errorf("of %q: a %s rule wants one of %s", r.Of, r.Kind, strings.Join(of, ", "))
	}
	if !slices.Contains([]string{"cannot_verify", "zero", "skip"}, r.Missing) {
		return fmt.Errorf("missing %q: want cannot_verify, zero or skip", r.Missing)
	}
	if r.Widen.By != "" && r.Widen.Reason == "" {
		return errors.New("a wider tolerance needs its reason")
	}
	for _, s := range []string{r.Min, r.Max, r.Scale, r.Width, r.Least, strings.TrimSuffix(r.Widen.By, "%")} {
		if s == "" {
			continue
		}
		if _, err := schemas.ParseDecimal(s); err != nil {
			return err
		}
	}
	for _, g := range r.Groups {
		if g.Relation != "=" && g.Relation != "<=" {
			return fmt.Errorf("group %q: relation %q: want = or <=", g.Name, g.Relation)
		}
	}
	if r.Kind == SQL && r.SQL == "" {
		return errors.New("an sql rule needs its query")
	}
	if r.Kind == Identity && r.Of == "ratio" && (r.Result.Indicator == "" || r.Numerator.Indicator == "" || r.Denominator.Indicator == "") {
		return errors.New("a ratio needs result, numerator and denominator")
	}
	if r.Kind == Identity && r.Of == "at_most" && (r.Result.Indicator == "" || r.Numerator.Indicator == "") {
		return errors.New("at_most needs result and numerator")
	}
	return nil
}

// number reads one of the rule's own numbers, which check has read already.
func number(s string) schemas.Decimal {
	d, err := schemas.ParseDecimal(s)
	if err != nil {
		return schemas.Decimal{}
	}
	return d
}

// Bounds are the least and the greatest value of a domain rule, unset where there is none.
func (r Rule) Bounds() (low, high schemas.Decimal) { return number(r.Min), number(r.Max) }

// Factor is an identity's scale.
func (r Rule) Factor() schemas.Decimal { return number(r.Scale) }

// BandWidth is how many deviations a band is wide, and the least deviation as a share of the median.
func (r Rule) BandWidth() (width, least schemas.Decimal) { return number(r.Width), number(r.Least) }

// Extra is the tolerance that the rule grants on top of the printed digits for a left value, unset for none.
func (r Rule) Extra(left schemas.Decimal) schemas.Decimal {
	if r.Widen.By == "" {
		return schemas.Decimal{}
	}
	share, percent := strings.CutSuffix(r.Widen.By, "%")
	d := number(share)
	if percent {
		d = d.Mul(left).Mul(schemas.NewDecimal(1, -2))
		if d.Sign() < 0 {
			d = d.Neg()
		}
	}
	return d
}

// Covers reports whether a figure lies in the rule's scope.
func (s Scope) Covers(o *schemas.Observation) bool {
	if len(s.Indicators) > 0 && !slices.Contains(s.Indicators, o.Indicator) || slices.Contains(s.Except, o.Indicator) {
		return false
	}
	if len(s.Measures) > 0 && !slices.Contains(s.Measures, o.Measure) || len(s.Forms) > 0 && !slices.Contains(s.Forms, o.Form) {
		return false
	}
	return s.Region(o.Region)
}

// Region reports whether a region lies in the rule's scope.
func (s Scope) Region(code schemas.RegionCode) bool {
	return len(s.Regions) == 0 || slices.ContainsFunc(s.Regions, func(p schemas.RegionCode) bool { return strings.HasPrefix(string(code), string(p)) })
}
