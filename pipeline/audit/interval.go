package audit

import (
	"strings"

	"heshu/schemas"
)

// interval is what a statement allows: value ± half by its printed digits, or low … high by its wording.
type interval struct {
	value     schemas.Decimal // as said, for showing; unset where only bounds are said
	half      schemas.Decimal // half a unit of the last printed digit; 0 for things counted one by one
	low, high schemas.Decimal // unset = open
	worded    bool            // a qualifier made the interval
	granted   string          // reason of a tolerance beyond the printed digits
}

var zero, half, two = schemas.NewDecimal(0, 0), schemas.NewDecimal(5, -1), schemas.NewDecimal(2, 0)

// intervalOf reads an observation as an interval.
//
// Printed digits: 7127.85万元 stands for ±0.005万元; a count printed to the last unit is exact; round Chinese numerals
// (九百户) stand for half of their last one to both sides. 余 and 多 reach to
// the next unit of the last digit that is not 0 (3000余 is 3000 up to 4000); 以上 超 至少 are open above; 近 reaches
// down by as much; 约 is half that unit to both sides (guide: qualifiers as intervals).
func intervalOf(o *statement) interval {
	i := interval{value: o.Value, low: o.Low, high: o.High, half: zero}
	switch o.Qualifier {
	case schemas.Approx:
		i.worded = true
		h := lastDigit(o.Value).Mul(half)
		i.low, i.high = o.Value.Sub(h), o.Value.Add(h)
	case schemas.AtLeast:
		i.worded = true
		if strings.ContainsAny(o.Number, "余多餘") {
			i.high = o.Value.Add(lastDigit(o.Value))
		}
	case schemas.AtMost:
		i.worded = true
		if strings.ContainsAny(o.Number, "近") {
			i.low = o.Value.Sub(lastDigit(o.Value))
		}
	case schemas.Range:
		i.worded = true
	default:
		switch {
		case roundNumeral(o.Number): // 九百户 in a headline: to the last numeral said
			i.half = lastDigit(o.Value).Mul(half)
		case !schemas.Unit(o.Unit).Discrete || o.UnitMult > 0:
			i.half = schemas.NewDecimal(5, int32(o.UnitMult-o.Decimals)-1)
		}
		i.low, i.high = o.Value.Sub(i.half), o.Value.Add(i.half)
	}
	return i
}

// roundNumeral reports whether a number is written in Chinese numerals that end with 百, 千, 万 or 亿: said in round figures.
func roundNumeral(number string) bool {
	last := rune(0)
	for _, r := range number {
		switch {
		case r >= '0' && r <= '9':
			return false
		case strings.ContainsRune("一二三四五六七八九十两百千万亿兩萬億", r):
			last = r
		}
	}
	return last != 0 && strings.ContainsRune("百千万亿萬億", last)
}

// lastDigit returns the unit of the last digit of v that is not 0: 1000 for 3000, 100 for 4500.
func lastDigit(v schemas.Decimal) schemas.Decimal {
	s := strings.TrimLeft(v.String(), "-")
	if whole, fraction, ok := strings.Cut(s, "."); ok && whole != "" {
		return schemas.NewDecimal(1, int32(-len(fraction)))
	}
	return schemas.NewDecimal(1, int32(len(s)-len(strings.TrimRight(s, "0"))))
}

// sum adds statements: an open end stays open.
func sum(parts []*statement) interval {
	t := exactly(zero)
	for _, p := range parts {
		t = t.plus(intervalOf(p))
	}
	return t
}

// compare says how two statements of the same thing stand to each other.
func compare(l, r interval) schemas.Outcome {
	if l.value.IsSet() && r.value.IsSet() && l.value.Equal(r.value) && !l.worded && !r.worded {
		return schemas.Agree
	}
	below := l.high.IsSet() && r.low.IsSet() && l.high.Cmp(r.low) < 0
	above := r.high.IsSet() && l.low.IsSet() && r.high.Cmp(l.low) < 0
	switch {
	case (below || above) && (l.worded || r.worded):
		return schemas.Contradicted
	case below || above:
		return schemas.Open
	case l.worded || r.worded:
		return schemas.Consistent
	}
	return schemas.Rounding
}

// basis says in words where a tolerance comes from.
func basis(l, r interval) string {
	var s []string
	if l.half.Sign() > 0 || r.half.Sign() > 0 {
		s = append(s, "half a unit of each last printed digit")
	}
	for _, i := range []interval{l, r} {
		if i.granted != "" {
			s = append(s, "the office grants more: "+i.granted)
		}
		if i.worded {
			s = append(s, "wording allows "+or(i.low, "−∞")+" to "+or(i.high, "∞"))
		}
	}
	if len(s) == 0 {
		return "exact"
	}
	return strings.Join(s, "; ")
}

func or(d schemas.Decimal, open string) string {
	if d.IsSet() {
		return d.String()
	}
	return open
}

// widen grants so much to both sides, for a reason that is shown.
func (i interval) widen(by schemas.Decimal, reason string) interval {
	i.half, i.low, i.high, i.granted = i.half.Add(by), i.low.Sub(by), i.high.Add(by), reason
	return i
}

// exactly is an interval of one value.
func exactly(v schemas.Decimal) interval { return interval{value: v, half: zero, low: v, high: v} }

// between is what lies from low to high.
func between(low, high schemas.Decimal) interval {
	return interval{half: zero, low: low, high: high, worded: true}
}

// plus adds two intervals.
func (i interval) plus(j interval) interval {
	return interval{value: i.value.Add(j.value), half: i.half.Add(j.half), low: i.low.Add(j.low), high: i.high.Add(j.high), worded: i.worded || j.worded}
}

// minus subtracts an interval: its bounds change places.
func (i interval) minus(j interval) interval {
	return interval{value: i.value.Sub(j.value), half: i.half.Add(j.half), low: i.low.Sub(j.high), high: i.high.Sub(j.low), worded: i.worded || j.worded}
}

// times multiplies by a positive factor.
func (i interval) times(f schemas.Decimal) interval {
	return interval{value: i.value.Mul(f), half: i.half.Mul(f), low: i.low.Mul(f), high: i.high.Mul(f), worded: i.worded}
}

// over divides by an interval of positive numbers; unset where that may be 0 or less.
func (i interval) over(j interval) interval {
	if !j.low.IsSet() || j.low.Sign() <= 0 {
		return interval{}
	}
	q := interval{value: i.value.Quo(j.value), low: i.low.Quo(j.high), high: i.high.Quo(j.low), half: zero, worded: i.worded || j.worded}
	if i.low.Sign() < 0 {
		q.low = i.low.Quo(j.low)
	}
	if q.low.IsSet() && q.high.IsSet() && !q.worded {
		q.half = q.high.Sub(q.low).Mul(half)
	}
	return q
}

// known reports whether the interval bounds anything.
func (i interval) known() bool { return i.low.IsSet() || i.high.IsSet() }
