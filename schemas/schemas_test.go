package schemas

import (
	"encoding/json"
	"testing"
)

func TestLocatorRoundTrip(t *testing.T) {
	t.Parallel()
	for _, l := range []Locator{TextSpan{0, 0}, TextSpan{3, 17}, Cell{"表1", 7, 3}, Cell{"a!b", 1048576, 16384}, Cell{"", 1, 1}} {
		got, err := ParseLocator(l.String())
		if err != nil || got != l {
			t.Errorf("ParseLocator(%q) = %v, %v, want %v", l.String(), got, err, l)
		}
	}
	for _, s := range []string{"", "3", "5-3", "-1-2", "表1!", "表1!c7", "表1!C0", "表1!C+7", "表1!7"} {
		if l, err := ParseLocator(s); err == nil {
			t.Errorf("ParseLocator(%q) = %v, want an error", s, l)
		}
	}
}

func TestDecimalIsExact(t *testing.T) {
	t.Parallel()
	d, err := ParseDecimal("7127.85")
	if err != nil {
		t.Fatal(err)
	}
	if got := d.Mul(NewDecimal(1, 4)).String(); got != "71278500" {
		t.Errorf("7127.85 × 10^4 = %s, want 71278500", got)
	}
	if got := NewDecimal(2, 0).Quo(NewDecimal(3, 0)).Mul(NewDecimal(100, 0)).Round(2).String(); got != "66.67" {
		t.Errorf("2/3 in percent = %s, want 66.67", got)
	}
	if (Decimal{}).IsSet() || NewDecimal(0, 0).String() != "0" || (Decimal{}).Add(d).IsSet() {
		t.Error("unset is not zero, and stays unset in arithmetic")
	}
	for _, s := range []string{"", "NaN", "Infinity", "1.2.3", "一"} {
		if d, err := ParseDecimal(s); err == nil {
			t.Errorf("ParseDecimal(%q) = %v, want an error", s, d)
		}
	}
}

func TestDatesThatDoNotExist(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2018-02-30", "2018-13-01", "", "2018-2-3"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}

func TestObservationPrintsNullWhereAFieldDoesNotApply(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(Observation{Locator: TextSpan{1, 4}, Kind: Article, Value: NewDecimal(41, 7), Period: Period{Kind: AsOf, End: NewDate(2018, 8, 31)}})
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	for k, want := range map[string]any{"locator": "1-4", "kind": "article", "value": 4.1e8, "value_low": nil, "period_kind": "as_of", "period_start": nil, "period_end": "2018-08-31", "entity": nil} {
		if m[k] != want {
			t.Errorf("%s = %v, want %v", k, m[k], want)
		}
	}
}
