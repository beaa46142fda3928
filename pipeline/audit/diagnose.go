package audit

import (
	"fmt"

	"heshu/schemas"
)

// slips are the factors that a wrong unit makes: 万元 for 元, 亿元 for 万元, 千元, 百分数 …
var slips = []schemas.Decimal{schemas.NewDecimal(1, 4), schemas.NewDecimal(1, 3), schemas.NewDecimal(1, 8), schemas.NewDecimal(1, 2), schemas.NewDecimal(1, 1)}

// diagnose says what the difference between a statement and another, or the sum of parts, looks like: a code and the
// arithmetic in the reporter's own numbers, "" where nothing fits.
func diagnose(l, r interval, parts []schemas.Observation) string {
	if compare(l, r) != schemas.Open || !l.value.IsSet() || !r.value.IsSet() || l.value.IsZero() || r.value.IsZero() {
		return ""
	}
	for _, f := range slips {
		if scaled(r, f, l) {
			return fmt.Sprintf("unit_slip: %s × %s = %s", r.value, f, l.value)
		}
		if scaled(l, f, r) {
			return fmt.Sprintf("unit_slip: %s × %s = %s", l.value, f, r.value)
		}
	}
	for _, p := range parts {
		if d := diagnosePart(l, r, p); d != "" {
			return d
		}
	}
	if scaled(r, schemas.NewDecimal(2, 0), l) {
		return fmt.Sprintf("summed_twice: 2 × %s = %s", r.value, l.value)
	}
	if transposed(l.value.String(), r.value.String()) {
		return fmt.Sprintf("digits_transposed: %s and %s", l.value, r.value)
	}
	return ""
}

// diagnosePart asks whether one part alone explains why total l is not sum r.
func diagnosePart(l, r interval, p schemas.Observation) string {
	if p.Value.IsZero() || !p.Value.IsSet() {
		return ""
	}
	without := interval{value: r.value.Sub(p.Value), half: r.half, low: r.low.Sub(p.Value), high: r.high.Sub(p.Value)}
	for _, f := range slips {
		for _, v := range []schemas.Decimal{p.Value.Mul(f), p.Value.Quo(f)} {
			if compare(l, shift(without, v)) != schemas.Open {
				return fmt.Sprintf("part_unit_slip: %s (%s) read as %s: %s + %s = %s", p.Value, p.Source, v, without.value, v, l.value)
			}
		}
	}
	if compare(l, without) != schemas.Open {
		return fmt.Sprintf("part_left_out: %s − %s (%s) = %s", r.value, p.Value, p.Source, l.value)
	}
	if compare(l, shift(r, p.Value)) != schemas.Open {
		return fmt.Sprintf("part_counted_twice: %s + %s (%s) = %s", r.value, p.Value, p.Source, l.value)
	}
	return ""
}

func shift(i interval, by schemas.Decimal) interval {
	return interval{value: i.value.Add(by), half: i.half, low: i.low.Add(by), high: i.high.Add(by), worded: i.worded}
}

// scaled reports whether i times f is what j says.
func scaled(i interval, f schemas.Decimal, j interval) bool {
	return compare(interval{value: i.value.Mul(f), half: i.half.Mul(f), low: i.low.Mul(f), high: i.high.Mul(f), worded: i.worded}, j) != schemas.Open
}

// transposed reports whether two neighbouring digits changed places.
func transposed(a, b string) bool {
	if len(a) != len(b) || a == b {
		return false
	}
	i := 0
	for a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
