package numfmt

import (
	"math"
	"strconv"
)

// appendFraction shows v ≥ 0 as # ?/? does.
func (s *section) appendFraction(dst []byte, v float64) []byte {
	whole := 0.0
	rest := v
	if s.integers > 0 {
		whole, rest = math.Modf(v)
	}
	num, den := 0.0, float64(s.denominator)
	if den > 0 {
		num = math.Round(rest * den)
	} else {
		num, den = approximate(rest, math.Pow10(min(max(s.decimals, 1), 5))-1)
	}
	if s.integers > 0 && num == den {
		whole, num = whole+1, 0
	}
	if s.integers > 0 && (whole != 0 || num == 0) {
		dst = strconv.AppendFloat(dst, whole, 'f', 0, 64)
		if num == 0 {
			return dst
		}
		dst = append(dst, ' ')
	}
	dst = strconv.AppendFloat(dst, num, 'f', 0, 64)
	dst = append(dst, '/')
	return strconv.AppendFloat(dst, den, 'f', 0, 64)
}

// approximate returns the fraction nearest to v with a denominator up to limit (by continued fractions).
func approximate(v, limit float64) (num, den float64) {
	p0, q0, p1, q1 := 0.0, 1.0, 1.0, 0.0
	x := v
	for range 32 {
		a := math.Floor(x)
		p2, q2 := a*p1+p0, a*q1+q0
		if q2 > limit {
			break
		}
		p0, q0, p1, q1 = p1, q1, p2, q2
		if x-a < 1e-9 {
			break
		}
		x = 1 / (x - a)
	}
	if q1 == 0 {
		return math.Round(v), 1
	}
	return p1, q1
}
