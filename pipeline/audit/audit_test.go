package audit

import (
	"strconv"
	"strings"
	"testing"

	"heshu/schemas"
	"heshu/schemas/rules"
)

// city 411700 has the counties 411721 and 411722.
type places struct{}

func (places) Children(parent schemas.RegionCode, _ schemas.Date) []schemas.RegionCode {
	if parent == "411700" {
		return []schemas.RegionCode{"411721", "411722"}
	}
	return nil
}

func (places) Name(code schemas.RegionCode, _ schemas.Date) string {
	return map[schemas.RegionCode]string{"411700": "驻马店市", "411721": "西平县", "411722": "上蔡县"}[code]
}

var july = schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(2018, 7, 31)}

type told struct {
	doc       string
	region    schemas.RegionCode
	number    string
	value     int64
	qualifier schemas.Qualifier
	indicator schemas.IndicatorCode
	breakdown string
	article   bool
	mult      int
	end       schemas.Date
}

func observe(list ...told) []schemas.Observation {
	var all []schemas.Observation
	for i, s := range list {
		o := schemas.Observation{ID: schemas.ObservationID(strconv.Itoa(i)), Document: schemas.DocumentID(s.doc), Source: s.doc, Kind: schemas.Workbook,
			Number: s.number, Value: schemas.NewDecimal(s.value, 0), Qualifier: schemas.Exact, Indicator: s.indicator, Breakdown: s.breakdown,
			Region: s.region, Scope: schemas.ScopeRegion, Measure: schemas.Total, Unit: "person", UnitMult: s.mult, Period: july}
		if s.qualifier != 0 {
			o.Qualifier = s.qualifier
		}
		if o.Indicator == "" {
			o.Indicator = "people_trained"
		}
		if o.Indicator == "funds_invested" {
			o.Unit = "CNY"
		}
		if !s.end.IsZero() {
			o.Period.End = s.end
		}
		switch o.Qualifier {
		case schemas.AtLeast:
			o.Low = o.Value
		case schemas.AtMost:
			o.High = o.Value
		}
		if s.article {
			o.Kind = schemas.Article
		}
		all = append(all, o)
	}
	return all
}

func (p places) Known(code schemas.RegionCode) bool { return p.Name(code, schemas.Date{}) != "" }

func (places) Predecessors(schemas.RegionCode, schemas.Date) []schemas.RegionCode { return nil }

// find returns the findings of one rule.
func find(t *testing.T, in Input, rule string) []schemas.Finding {
	t.Helper()
	in.Regions = places{}
	in.Indicators = map[schemas.IndicatorCode]Indicator{"people_trained": {"培训人数", "people trained", true}, "model_workers": {"劳模总数", "model workers", true},
		"funds_invested": {"投入资金", "funds", true}, "model_worker_participation_rate": {"参与率", "rate", false}}
	if in.Returns == nil {
		in.Returns = []Return{{Document: "city", Region: "411700", Period: july}, {Document: "xiping", Region: "411721", Period: july}, {Document: "shangcai", Region: "411722", Period: july}}
	}
	list, err := rules.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	all, err := Run(in, list)
	if err != nil {
		t.Fatal(err)
	}
	var some []schemas.Finding
	for _, f := range all {
		if f.Rule == rule {
			some = append(some, f)
		}
	}
	return some
}

func one(t *testing.T, in Input, rule string) schemas.Finding {
	t.Helper()
	got := find(t, in, rule)
	if len(got) != 1 {
		t.Fatalf("%s gave %d findings, want 1: %+v", rule, len(got), got)
	}
	return got[0]
}

func TestCountiesAddUpToTheirCity(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		list      []told
		outcome   schemas.Outcome
		diagnosis string
	}{
		"equal":          {[]told{{doc: "city", region: "411700", value: 30}, {doc: "xiping", region: "411721", value: 10}, {doc: "shangcai", region: "411722", value: 20}}, schemas.Agree, ""},
		"one short":      {[]told{{doc: "city", region: "411700", value: 31}, {doc: "xiping", region: "411721", value: 10}, {doc: "shangcai", region: "411722", value: 20}}, schemas.Open, ""},
		"county missing": {[]told{{doc: "city", region: "411700", value: 30}, {doc: "xiping", region: "411721", value: 10}}, schemas.CannotVerify, ""},
		"one county is already more than the city": {[]told{{doc: "city", region: "411700", value: 30}, {doc: "xiping", region: "411721", value: 40}}, schemas.Open, ""},
		"万元 written as 元":                          {[]told{{doc: "city", region: "411700", value: 5_000_000, indicator: "funds_invested"}, {doc: "xiping", region: "411721", value: 2_000_000, indicator: "funds_invested"}, {doc: "shangcai", region: "411722", value: 300, indicator: "funds_invested"}}, schemas.Open, "unit_slip: 300 × 10000 = 3000000 (上蔡县)"},
		"rounded to 万":                             {[]told{{doc: "city", region: "411700", value: 50_000, mult: 4}, {doc: "xiping", region: "411721", value: 30_000, mult: 4}, {doc: "shangcai", region: "411722", value: 19_000}}, schemas.Rounding, ""},
		"a county counted twice":                   {[]told{{doc: "city", region: "411700", value: 41}, {doc: "xiping", region: "411721", value: 11}, {doc: "shangcai", region: "411722", value: 19}}, schemas.Open, "counted_twice: 30 + 11 (西平县) = 41"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := one(t, Input{Observations: observe(c.list...)}, "counties-to-city")
			if f.Outcome != c.outcome || !strings.HasPrefix(f.Diagnosis, c.diagnosis) {
				t.Errorf("outcome %v, diagnosis %q, want %v, %q; %s", f.Outcome, f.Diagnosis, c.outcome, c.diagnosis, f.MessageEn)
			}
		})
	}
}

func TestRatesAreNotAddedUp(t *testing.T) {
	t.Parallel()
	in := Input{Observations: observe(told{doc: "city", region: "411700", value: 40, indicator: "model_worker_participation_rate"}, told{doc: "xiping", region: "411721", value: 50, indicator: "model_worker_participation_rate"})}
	if got := find(t, in, "counties-to-city"); len(got) != 0 {
		t.Errorf("got %+v, want none", got)
	}
}

func TestHonourLevelsAddUpToTheTotal(t *testing.T) {
	t.Parallel()
	levels := []told{{doc: "a", region: "411700", indicator: "model_workers", value: 3002, article: true}, {doc: "a", region: "411700", indicator: "model_workers", value: 61, breakdown: "国家级", article: true},
		{doc: "a", region: "411700", indicator: "model_workers", value: 413, breakdown: "省级", article: true}, {doc: "a", region: "411700", indicator: "model_workers", value: 1255, breakdown: "市级", article: true}, {doc: "a", region: "411700", indicator: "model_workers", value: 1273, breakdown: "县区级", article: true}}
	if f := one(t, Input{Observations: observe(levels...)}, "parts-to-total"); f.Outcome != schemas.Agree {
		t.Errorf("3002 = 61 + 413 + 1255 + 1273 is %v, want agree", f.Outcome)
	}
	levels[4].value = 1373
	if f := one(t, Input{Observations: observe(levels...)}, "parts-to-total"); f.Outcome != schemas.Open || f.Imbalance.String() != "-100" {
		t.Errorf("outcome %v, imbalance %v, want open, -100", f.Outcome, f.Imbalance)
	}
}

func TestPublishedFiguresAreIntervals(t *testing.T) {
	t.Parallel()
	august := schemas.NewDate(2018, 8, 10)
	for name, c := range map[string]struct {
		published told
		outcome   schemas.Outcome
	}{
		"the same number":        {told{number: "3120人", value: 3120}, schemas.Agree},
		"余 holds up to the next": {told{number: "3000余人", value: 3000, qualifier: schemas.AtLeast}, schemas.Consistent},
		"余 does not hold more":   {told{number: "2000余人", value: 2000, qualifier: schemas.AtLeast}, schemas.Contradicted},
		"以上 is open above":       {told{number: "2000人以上", value: 2000, qualifier: schemas.AtLeast}, schemas.Consistent},
		"近 reaches down":         {told{number: "近4000人", value: 4000, qualifier: schemas.AtMost}, schemas.Consistent},
		"近 does not reach up":    {told{number: "近3000人", value: 3000, qualifier: schemas.AtMost}, schemas.Contradicted},
		"约 is half a unit":       {told{number: "约3000人", value: 3000, qualifier: schemas.Approx}, schemas.Consistent},
		"round numerals":         {told{number: "三千一百人", value: 3100}, schemas.Rounding},
		"another number":         {told{number: "3210人", value: 3210}, schemas.Open},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := c.published
			p.doc, p.region, p.article, p.end = "paper", "411721", true, august
			in := Input{Observations: observe(told{doc: "xiping", region: "411721", value: 3120}, p)}
			if f := one(t, in, "reported-published"); f.Outcome != c.outcome {
				t.Errorf("%s against 3120 is %v, want %v (%s)", p.number, f.Outcome, c.outcome, f.Basis)
			}
		})
	}
	in := Input{Observations: observe(told{doc: "xiping", region: "411721", value: 3120}, told{doc: "paper", region: "411721", value: 1, article: true, end: schemas.NewDate(2018, 12, 1)})}
	if got := find(t, in, "reported-published"); len(got) != 0 {
		t.Errorf("an article four months later is compared: %+v", got)
	}
}

func TestTransposedDigitsAreNamed(t *testing.T) {
	t.Parallel()
	f := one(t, Input{Observations: observe(told{doc: "xiping", region: "411721", value: 3120}, told{doc: "city", region: "411721", value: 3210})}, "summary-to-return")
	if f.Outcome != schemas.Open || !strings.HasPrefix(f.Diagnosis, "digits_transposed") {
		t.Errorf("outcome %v, diagnosis %q, want open, digits_transposed", f.Outcome, f.Diagnosis)
	}
}

func TestLateAndMissingReturns(t *testing.T) {
	t.Parallel()
	due := schemas.NewDate(2018, 7, 31)
	in := Input{Today: schemas.NewDate(2018, 8, 15), Expected: []Expected{{Unit: "西平县总工会", Region: "411721", Period: july, Due: due}, {Unit: "上蔡县总工会", Region: "411722", Period: july, Due: due}, {Unit: "市总工会", Region: "411700", Period: july}},
		Returns: []Return{{Document: "xiping2", Region: "411721", Period: july, Received: schemas.NewDate(2018, 8, 2)}, {Document: "old", Region: "411722", Period: schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(2018, 6, 30)}, Received: due}}}
	want := map[string]schemas.Outcome{"西平县总工会": schemas.Open, "上蔡县总工会": schemas.Open, "市总工会": schemas.CannotVerify}
	for _, f := range find(t, in, "returns-in-time") {
		if f.Outcome != want[f.Unit] {
			t.Errorf("%s is %v, want %v: %s", f.Unit, f.Outcome, want[f.Unit], f.MessageEn)
		}
	}
}

func TestWholeThingsAndSharesStayInTheirRange(t *testing.T) {
	t.Parallel()
	list := observe(told{doc: "xiping", region: "411721", value: 5}, told{doc: "shangcai", region: "411722", value: -5})
	list[0].Value, _ = schemas.ParseDecimal("5.5")
	if got := find(t, Input{Observations: list}, "whole-number"); len(got) != 2 {
		t.Errorf("%d findings, want 2: 5.5 persons and -5 persons", len(got))
	}
}

func TestTheSameInputGivesTheSameFindings(t *testing.T) {
	t.Parallel()
	list := observe(told{doc: "city", region: "411700", value: 31}, told{doc: "xiping", region: "411721", value: 10}, told{doc: "shangcai", region: "411722", value: 20})
	a := find(t, Input{Observations: list}, "counties-to-city")
	list[0], list[2] = list[2], list[0]
	b := find(t, Input{Observations: list}, "counties-to-city")
	if a[0].ID != b[0].ID || a[0].MessageZh != b[0].MessageZh {
		t.Errorf("order of the input matters: %+v, %+v", a[0], b[0])
	}
}
