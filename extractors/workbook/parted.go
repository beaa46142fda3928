package workbook

import "math"

// parted reports whether the rows without a number between 一、 and 二、 are parts of the numbered ones: for half of these at least
// they add up to it in the first column of numbers. In a statement of profits they do not.
func (t *table) parted(g *group) bool {
	labels, numbers := g.stub[len(g.stub)-1], -1
	for c := g.first; c <= g.last && numbers < 0; c++ {
		if t.cols[c].role == roleData {
			numbers = c
		}
	}
	proved, tried := 0, 0
	whole, sum, half, parts := math.NaN(), 0.0, 0.0, 0
	weigh := func() {
		if parts > 0 && !math.IsNaN(whole) {
			if tried++; math.Abs(whole-sum) <= half {
				proved++
			}
		}
	}
	for r := t.first; r <= t.last && numbers >= 0; r++ {
		if t.v.at(r, labels) != text {
			continue
		}
		w := t.v.words(r, labels)
		style, _ := numbering(w)
		x, ok := t.v.float(r, numbers)
		switch {
		case style == 1 || isTotal(w):
			weigh()
			if whole, sum, half, parts = math.NaN(), 0, 1e-6, 0; ok && style == 1 {
				whole = x
			}
		case style == 0 && ok:
			sum, half, parts = sum+x, half+math.Pow10(-decimalsOf(t.v.squashed(r, numbers)))*0.51, parts+1
		}
	}
	weigh()
	return proved > 0 && proved*2 >= tried
}
