package normalize

import "math"

// confidence multiplies how certain each field is and rounds to hundredths.
func (r *reading) confidence() float64 {
	s := r.sure
	c := s.indicator * s.region * s.period * s.scope * s.measure * s.unit
	return math.Round(100*min(max(c, 0.05), 0.99)) / 100
}
