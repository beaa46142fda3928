package audit

import (
	"errors"
	"testing"

	"heshu/schemas"
)

func TestADecisionHoldsForTheValuesItWasGivenFor(t *testing.T) {
	t.Parallel()
	n := func(v int64) schemas.Decimal { return schemas.NewDecimal(v, 0) }
	day := schemas.NewDate(2018, 8, 20)
	said := Decision{Finding: "f", RuleVersion: 1, Verdict: Accepted, Reason: "口径不同", Name: "甲", Day: day, Left: n(3120), Right: n(3210)}
	for name, c := range map[string]struct {
		finding schemas.Finding
		more    []Decision
		outcome schemas.Outcome
		why     string
	}{
		"it fits":              {schemas.Finding{ID: "f", RuleVersion: 1, Severity: schemas.Verify, Outcome: schemas.Open, Left: n(3120), Right: n(3210)}, nil, schemas.Explained, ""},
		"a value changed":      {schemas.Finding{ID: "f", RuleVersion: 1, Severity: schemas.Verify, Outcome: schemas.Open, Left: n(3121), Right: n(3210)}, nil, schemas.Open, "lapsed"},
		"the rule changed":     {schemas.Finding{ID: "f", RuleVersion: 2, Severity: schemas.Verify, Outcome: schemas.Open, Left: n(3120), Right: n(3210)}, nil, schemas.Open, "lapsed"},
		"it is mandatory":      {schemas.Finding{ID: "f", RuleVersion: 1, Severity: schemas.Mandatory, Outcome: schemas.Open, Left: n(3120), Right: n(3210)}, nil, schemas.Open, "mandatory"},
		"it agrees by now":     {schemas.Finding{ID: "f", RuleVersion: 1, Severity: schemas.Verify, Outcome: schemas.Agree, Left: n(3120), Right: n(3120)}, nil, schemas.Agree, "resolved"},
		"it was taken back":    {schemas.Finding{ID: "f", RuleVersion: 1, Severity: schemas.Verify, Outcome: schemas.Open, Left: n(3120), Right: n(3210)}, []Decision{{Finding: "f", RuleVersion: 1, Verdict: Rejected, Left: n(3120), Right: n(3210)}}, schemas.Open, "replaced"},
		"nothing is like that": {schemas.Finding{ID: "g", Outcome: schemas.Open}, nil, schemas.Open, "gone"},
	} {
		findings := []schemas.Finding{c.finding}
		got := Decide(findings, append([]Decision{said}, c.more...))
		if findings[0].Outcome != c.outcome || got[0].Why != c.why {
			t.Errorf("%s: outcome %v, why %q, want %v, %q", name, findings[0].Outcome, got[0].Why, c.outcome, c.why)
		}
	}
	if err := said.Check(schemas.Finding{Severity: schemas.Mandatory}); !errors.Is(err, ErrMandatory) {
		t.Errorf("a mandatory finding is waived: %v", err)
	}
	said.Reason = " "
	if err := said.Check(schemas.Finding{Severity: schemas.Hint}); !errors.Is(err, ErrIncomplete) {
		t.Errorf("a decision without reason is taken: %v", err)
	}
}
