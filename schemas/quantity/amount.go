package quantity

import (
	"math"

	"heshu/schemas"
)

// amount is a decimal on its way: c × 10^e, or d where that does not fit. It costs no allocation in the usual case.
type amount struct {
	c int64
	e int32
	d schemas.Decimal
}

func whole(c int64) amount { return amount{c: c} }

func (a amount) decimal() schemas.Decimal {
	if a.d.IsSet() {
		return a.d
	}
	return schemas.NewDecimal(a.c, a.e)
}

// round reports whether a is a multiple of ten, as 余 and 来 want it.
func (a amount) round() bool { return a.d.IsSet() || a.c != 0 && (a.e > 0 || a.e == 0 && a.c%10 == 0) }

func (a amount) zero() bool { return !a.d.IsSet() && a.c == 0 }

// shift returns a × 10^n.
func (a amount) shift(n int32) amount {
	if a.d.IsSet() {
		return amount{d: a.d.Mul(schemas.NewDecimal(1, n))}
	}
	if a.c != 0 {
		a.e += n
	}
	return a
}

func (a amount) add(b amount) amount {
	if a.zero() {
		return b
	}
	if b.zero() {
		return a
	}
	if !a.d.IsSet() && !b.d.IsSet() {
		if x, y, ok := align(a, b); ok && (x.c < 0 == (y.c < 0) && abs(x.c) < math.MaxInt64/2 && abs(y.c) < math.MaxInt64/2) {
			return amount{c: x.c + y.c, e: x.e}
		}
	}
	return amount{d: a.decimal().Add(b.decimal())}
}

func (a amount) neg() amount {
	if a.d.IsSet() {
		return amount{d: a.d.Neg()}
	}
	a.c = -a.c
	return a
}

func (a amount) cmp(b amount) int {
	if !a.d.IsSet() && !b.d.IsSet() {
		if x, y, ok := align(a, b); ok {
			switch {
			case x.c < y.c:
				return -1
			case x.c > y.c:
				return 1
			}
			return 0
		}
	}
	return a.decimal().Cmp(b.decimal())
}

// align brings two amounts to one exponent.
func align(a, b amount) (x, y amount, ok bool) {
	if a.e < b.e {
		y, x, ok = align(b, a)
		return x, y, ok
	}
	for a.e > b.e {
		if abs(a.c) > math.MaxInt64/20 {
			return a, b, false
		}
		a.c *= 10
		a.e--
	}
	return a, b, true
}

func abs(c int64) int64 {
	if c < 0 {
		return -c
	}
	return c
}
