package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// comparison is what a rule found for one key, before the texts are filled in.
type comparison struct {
	key       key
	extra     string // tells findings of one key apart: the document, the article
	left      interval
	right     interval
	outcome   schemas.Outcome
	inputs    []*statement            // left first
	cited     []schemas.ObservationID // by an SQL rule, which has no inputs
	missing   []string
	diagnoses []string
	basis     string // where the tolerance comes from, if not from digits and wording
	unit      string // who has to act
	source    string
	number    string
	article   schemas.DocumentID // that the finding is about alone
}

// settle compares left with right and, with a rule's own tolerance, decides the outcome.
func settle(r rules.Rule, l, m interval) (schemas.Outcome, interval) {
	if extra := r.Extra(l.value); extra.IsSet() {
		m = m.widen(extra, r.Widen.Reason)
	}
	return compare(l, m), m
}

// by says who states a figure and on what form: the same for a return that was sent again.
func by(o *statement) string {
	if o.Kind == schemas.Article {
		return string(o.ID)
	}
	return o.Source + "|" + o.Form
}

// idBytes is how much of a hash a finding's id is.
const idBytes = 16

// idOf is a finding's id: the same on every run, and for returns that were sent again. Where one unit sent two returns
// for one key, the second one's findings are numbered.
func (a *auditor) idOf(r rules.Rule, c comparison) string {
	name := r.ID + "\x00" + c.key.String() + "\x00" + c.extra
	for n := 1; ; n++ {
		sum := sha256.Sum256([]byte(name))
		id := [idBytes]byte(sum[:idBytes])
		if !a.taken[id] {
			a.taken[id] = true
			return hex.EncodeToString(id[:])
		}
		name = fmt.Sprintf("%s\x00%d", name, n)
	}
}

// wants reports whether a finding of a rule is within the scope. Rules ask before they look for what may be wrong.
func (a *auditor) wants(r rules.Rule, k key) bool {
	if a.Scope == nil || a.Scope.whole[r.ID] {
		return true
	}
	if t := (topic{k.region, k.indicator}); a.asked.rule != r.ID || a.asked.topic != t {
		a.asked = asked{r.ID, t, a.Scope.times(r.ID, t)}
	}
	return slices.ContainsFunc(a.asked.times, func(x stretch) bool { return x.has(k.period.End) })
}

// asked is what wants asked last: statements come by topic.
type asked struct {
	rule  string
	topic topic
	times []stretch
}

// wantsOf reports whether a rule's finding of that key about an article is worked out.
func (a *auditor) wantsOf(r rules.Rule, k key, article schemas.DocumentID) bool {
	return a.wants(r, k) || article != "" && a.Scope.alone[r.ID] && a.Scope.articles[article]
}

// add turns a comparison into a finding, if it is within the scope.
func (a *auditor) add(r rules.Rule, c comparison) {
	if !a.wantsOf(r, c.key, c.article) {
		return
	}
	f := schemas.Finding{
		ID: a.idOf(r, c), Rule: r.ID, RuleVersion: r.Version, Severity: r.Severity, Outcome: c.outcome,
		Unit: c.unit, Region: c.key.region, Indicator: c.key.indicator, Period: c.key.period,
		Left: c.left.value, Right: c.right.value, Imbalance: c.left.value.Sub(c.right.value),
		Tolerance: c.left.half.Add(c.right.half), Basis: c.basis, Missing: c.missing,
		ActionZh: r.ActionZh, ActionEn: r.ActionEn,
	}
	if f.Basis == "" {
		f.Basis = basis(c.left, c.right)
	}
	if c.outcome.Failed() && len(c.diagnoses) > 0 {
		f.Diagnosis, f.Others = c.diagnoses[0], c.diagnoses[1:]
	}
	f.Inputs = append(make([]schemas.ObservationID, 0, len(c.inputs)), c.cited...)
	for _, o := range c.inputs {
		f.Inputs = append(f.Inputs, o.ID)
	}
	f.MessageZh, f.MessageEn = a.message(r, c, f)
	a.found.Lock()
	a.found.list = append(a.found.list, f)
	a.found.Unlock()
}
