package audit

import (
	"strconv"
	"strings"
	"testing"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// monthly makes 西平县's count of trainees at the ends of months from January 2018 on.
func monthly(values ...int64) []told {
	var list []told
	for i, v := range values {
		list = append(list, told{doc: "m" + strconv.Itoa(i), region: "411721", value: v, end: schemas.NewDate(2018, 2, 1).AddDate(0, i, -1)})
	}
	return list
}

func monthlyReturns(n int) []Return {
	var list []Return
	for i := range n {
		list = append(list, Return{Document: schemas.DocumentID("m" + strconv.Itoa(i)), Region: "411721"})
	}
	return list
}

func TestCountsSoFarNeverFall(t *testing.T) {
	t.Parallel()
	in := Input{Observations: observe(monthly(100, 200, 20, 400)...), Returns: monthlyReturns(4)}
	failed := 0
	for _, f := range find(t, in, "cumulative-never-falls") {
		if f.Outcome.Failed() {
			failed++
			if !strings.HasPrefix(f.Diagnosis, "decimal_point: 20 × 10 = 200") {
				t.Errorf("diagnosis %q", f.Diagnosis)
			}
		}
	}
	if failed != 1 {
		t.Errorf("%d falls, want 1", failed)
	}
}

func TestAStepOutsideItsBandIsAsked(t *testing.T) {
	t.Parallel()
	in := Input{Observations: observe(monthly(100, 210, 305, 410, 500, 612, 9000, 9100)...), Returns: monthlyReturns(8)}
	got := find(t, in, "step-in-band")
	failed := 0
	for _, f := range got {
		if f.Outcome.Failed() {
			failed++
			if f.Left.String() != "8388" || !strings.Contains(f.Basis, "median of the steps before") {
				t.Errorf("left %v, basis %q", f.Left, f.Basis)
			}
		}
	}
	if len(got) != 2 || failed != 1 {
		t.Errorf("%d steps compared, %d outside, want 2, 1: the false step does not widen the band", len(got), failed)
	}
}

func TestAMonthIsWhatTheCountGrewBy(t *testing.T) {
	t.Parallel()
	for value, want := range map[int64]schemas.Outcome{110: schemas.Agree, 120: schemas.Open} {
		list := observe(append(monthly(100, 210), told{doc: "m1", region: "411721", value: value})...)
		list[2].Period = schemas.Period{Kind: schemas.Month, Start: schemas.NewDate(2018, 2, 1), End: schemas.NewDate(2018, 2, 28)}
		if f := one(t, Input{Observations: list, Returns: monthlyReturns(2)}, "month-is-difference"); f.Outcome != want || f.Right.String() != "110" {
			t.Errorf("%d is %v against %v, want %v against 110", value, f.Outcome, f.Right, want)
		}
	}
}

func TestARateIsHeldAgainstItsParts(t *testing.T) {
	t.Parallel()
	rate := func(number string, qualifier schemas.Qualifier, v int64) told {
		return told{doc: "a", region: "411700", indicator: "model_worker_participation_rate", number: number, value: v, qualifier: qualifier, article: true}
	}
	service := told{doc: "a", region: "411700", indicator: "model_workers_in_service", value: 1950, article: true}
	joining := func(v int64) told {
		return told{doc: "a", region: "411700", indicator: "model_workers_participating", value: v, article: true}
	}
	for name, c := range map[string]struct {
		list    []told
		outcome schemas.Outcome
	}{
		"40%左右 of 1950 is 780, more or less":    {[]told{rate("40%左右", schemas.Approx, 40), service, joining(800)}, schemas.Consistent},
		"40%左右 leaves no room for 1200 of 1950": {[]told{rate("40%左右", schemas.Approx, 40), service, joining(1200)}, schemas.Contradicted},
		"40% to the digit is not 800 of 1950":   {[]told{rate("40%", schemas.Exact, 40), service, joining(800)}, schemas.Open},
		"40% is 780 of 1950":                    {[]told{rate("40%", schemas.Exact, 40), service, joining(780)}, schemas.Agree},
		"nobody says how many: what it implies": {[]told{rate("40%左右", schemas.Approx, 40), service}, schemas.Consistent},
	} {
		list := observe(c.list...)
		list[0].Measure, list[0].Unit = schemas.Share, "percent"
		if f := one(t, Input{Observations: list}, "participation-rate"); f.Outcome != c.outcome {
			t.Errorf("%s: %v (%s)", name, f.Outcome, f.Basis)
		}
	}
}

func TestALatePaperDrewOnAnEarlierReturn(t *testing.T) {
	t.Parallel()
	list := append(monthly(100, 200), told{doc: "paper", region: "411721", value: 100, number: "100人", article: true, end: schemas.NewDate(2018, 3, 4)})
	if f := one(t, Input{Observations: observe(list...), Returns: monthlyReturns(2)}, "reported-published"); f.Outcome != schemas.Agree {
		t.Errorf("January's figure in a paper of March is %v, want agree", f.Outcome)
	}
}

func TestUnitsAreNoMoreThanTheirRegion(t *testing.T) {
	t.Parallel()
	list := observe(told{doc: "a", region: "411700", value: 8251, article: true}, told{doc: "a", region: "411721", value: 765, article: true}, told{doc: "a", region: "411722", value: 7800, article: true})
	for i, name := range []string{"", "甲合作社", "乙公司"} {
		if name != "" {
			list[i].Scope, list[i].Entity = schemas.ScopeEntity, name
		}
	}
	if f := one(t, Input{Observations: list}, "units-within-region"); !f.Outcome.Failed() || f.Right.String() != "8565" {
		t.Errorf("765 + 7800 within 8251 is %v (%v), want open", f.Outcome, f.Right)
	}
}

func TestARevisionThatBreaksARuleIsAsked(t *testing.T) {
	t.Parallel()
	in := Input{Observations: observe(told{doc: "xiping", region: "411721", value: 3120}, told{doc: "city", region: "411721", value: 3120})}
	in.Observations[0].Value = schemas.NewDecimal(3150, 0)
	in.Observations[0].Low, in.Observations[0].High = in.Observations[0].Value, in.Observations[0].Value
	in.Revised = []Revised{{Old: schemas.NewDecimal(3120, 0), New: schemas.NewDecimal(3150, 0), NewID: "0"}}
	if f := one(t, in, "revision-breaks-rule"); f.Outcome != schemas.Open || !strings.Contains(f.MessageZh, "summary-to-return") {
		t.Errorf("%v: %s", f.Outcome, f.MessageZh)
	}
	if f := one(t, in, "revision"); f.Severity != schemas.Hint || f.Right.String() != "3120" {
		t.Errorf("the revision itself: %v, %v", f.Severity, f.Right)
	}
}

func TestWhatIsMissingIsTheRulesChoice(t *testing.T) {
	t.Parallel()
	in := Input{Observations: observe(told{doc: "city", region: "411700", value: 30}, told{doc: "xiping", region: "411721", value: 10}), Regions: places{},
		Indicators: map[schemas.IndicatorCode]Indicator{"people_trained": {"培训人数", "people trained", true}},
		Returns:    []Return{{Document: "city", Region: "411700"}, {Document: "xiping", Region: "411721"}}}
	for choice, want := range map[string]string{"cannot_verify": "cannot_verify", "zero": "open", "skip": ""} {
		got, err := Run(in, []rules.Rule{{ID: "r", Version: 1, Kind: rules.Rollup, Of: "returns", Missing: choice, Severity: schemas.Verify, Zh: "{missing}", En: "{missing}"}})
		if err != nil {
			t.Fatal(err)
		}
		outcome := ""
		if len(got) > 0 {
			outcome = got[0].Outcome.String()
			if choice == "cannot_verify" && got[0].MessageEn != "; cannot verify: 1 of 2 missing (上蔡县)" {
				t.Errorf("message %q", got[0].MessageEn)
			}
		}
		if outcome != want {
			t.Errorf("missing: %s gives %q, want %q", choice, outcome, want)
		}
	}
}

func TestAnOfficeMayGrantMoreButSaysWhy(t *testing.T) {
	t.Parallel()
	r := rules.Rule{Widen: rules.Widen{By: "1%", Reason: "口径差"}}
	o, l := settle(r, exactly(schemas.NewDecimal(1000, 0)), exactly(schemas.NewDecimal(1008, 0)))
	if o.Failed() || !strings.Contains(basis(exactly(schemas.NewDecimal(1000, 0)), l), "口径差") {
		t.Errorf("1000 against 1008 with 1%% granted is %v (%s)", o, basis(interval{}, l))
	}
	if o, _ := settle(r, exactly(schemas.NewDecimal(1000, 0)), exactly(schemas.NewDecimal(1011, 0))); !o.Failed() {
		t.Errorf("1000 against 1011 with 1%% granted is %v", o)
	}
}
