package audit

import (
	"errors"
	"fmt"
	"strings"

	"heshu/schemas"
)

// The verdicts of a decision.
const (
	Accepted = "explained" // the explanation holds: the finding waits for nobody
	Rejected = "rejected"  // the explanation does not hold: the finding stays open
)

// Decision is what a person said about a finding. It was given for the values that stood then.
type Decision struct {
	Finding     string // id
	Rule        string
	RuleVersion int
	Key         string // region, indicator and period in words, for people who read the file
	Verdict     string // Accepted or Rejected
	Reason      string
	Name        string // who
	Day         schemas.Date
	Left, Right schemas.Decimal
}

// Errors of decisions.
var (
	ErrMandatory  = errors.New("a mandatory finding cannot be waived: it has to be corrected")
	ErrIncomplete = errors.New("a decision needs a verdict, a reason, a name and a day")
)

// Check says why a decision cannot be taken about a finding, nil if it can.
func (d Decision) Check(f schemas.Finding) error {
	switch {
	case d.Verdict != Accepted && d.Verdict != Rejected:
		return fmt.Errorf("verdict %q: want %s or %s", d.Verdict, Accepted, Rejected)
	case strings.TrimSpace(d.Reason) == "" || strings.TrimSpace(d.Name) == "" || d.Day.IsZero():
		return ErrIncomplete
	case d.Verdict == Accepted && f.Severity == schemas.Mandatory:
		return ErrMandatory
	}
	return nil
}

// Standing is what became of a decision.
type Standing struct {
	Decision Decision
	Why      string // "" where it holds: lapsed, mandatory, gone
}

// Decide applies decisions to findings, the last of each finding: one that still fits explains a failed finding. It
// tells of every decision what became of it. A decision lapses when a value or the rule's version changes.
func Decide(findings []schemas.Finding, list []Decision) []Standing {
	at := map[string]int{}
	for i, f := range findings {
		at[f.ID] = i
	}
	last := map[string]int{}
	for i, d := range list {
		last[d.Finding] = i
	}
	out := make([]Standing, len(list))
	for i, d := range list {
		out[i] = Standing{Decision: d}
		j, there := at[d.Finding]
		switch {
		case last[d.Finding] != i:
			out[i].Why = "replaced"
		case !there:
			out[i].Why = "gone"
		case !findings[j].Outcome.Failed():
			out[i].Why = "resolved"
		case !d.Left.Equal(findings[j].Left) || !d.Right.Equal(findings[j].Right) || d.RuleVersion != findings[j].RuleVersion:
			out[i].Why = "lapsed"
		case d.Verdict == Accepted && findings[j].Severity == schemas.Mandatory:
			out[i].Why = "mandatory"
		case d.Verdict == Accepted:
			findings[j].Outcome = schemas.Explained
		}
	}
	return out
}
