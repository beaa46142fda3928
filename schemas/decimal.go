package schemas

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// decimals is the context of all arithmetic: 40 digits hold every published amount in yuan without rounding.
var decimals = apd.BaseContext.WithPrecision(40)

// Decimal is an exact, immutable decimal number. The zero value is unset: "no number is said", which is not 0. Nearly all numbers are short: a
// coefficient of less than 2^62 and an exponent.
type Decimal struct {
	n    int64 // coefficient of a short number
	form *form // nil: unset
}

// form is what else there is to a number.
type form struct {
	exponent int32        // of a short number
	long     *apd.Decimal // the whole of a long one, else nil
}

// forms are those of the usual exponents, from -usual to usual.
var forms = func() (list [2*usual + 1]form) {
	for i := range list {
		list[i].exponent = int32(i - usual)
	}
	return list
}()

const usual = 32

// NewDecimal returns coefficient × 10^exponent.
func NewDecimal(coefficient int64, exponent int32) Decimal {
	switch {
	case coefficient >= long || coefficient <= -long:
		return Decimal{form: &form{long: apd.New(coefficient, exponent)}}
	case exponent < -usual || exponent > usual:
		return Decimal{coefficient, &form{exponent: exponent}}
	}
	return Decimal{coefficient, &forms[exponent+usual]}
}

// ofLibrary is a number that the library made; d is not changed any more.
func ofLibrary(d *apd.Decimal) Decimal {
	if d.Form == apd.Finite && d.Coeff.IsInt64() {
		n := d.Coeff.Int64()
		if d.Negative {
			n = -n
		}
		if n > -long && n < long {
			return NewDecimal(n, d.Exponent) // -0 is 0
		}
	}
	return Decimal{form: &form{long: d}}
}

// toLibrary is a set number for the library, which does not change it.
func (d Decimal) toLibrary() *apd.Decimal {
	if d.form.long != nil {
		return d.form.long
	}
	return apd.New(d.n, d.form.exponent)
}

// ParseDecimal reads a plain or scientific number such as "4.1" or "-1e3". It accepts no NaN and no infinity.
func ParseDecimal(s string) (Decimal, error) {
	if d, ok := parseShort(s); ok {
		return d, nil
	}
	d, cond, err := apd.NewFromString(s)
	if err != nil || cond.Any() || d.Form != apd.Finite {
		return Decimal{}, fmt.Errorf("read number %q: not a finite decimal", s)
	}
	return ofLibrary(d), nil
}

// parseShort reads a plain number of at most 18 digits, as nearly all are.
func parseShort(s string) (Decimal, bool) {
	digits := strings.TrimPrefix(s, "-")
	if len(digits) == 0 || len(digits) > 19 {
		return Decimal{}, false
	}
	var n int64
	seen, point := 0, -1
	for i := range len(digits) {
		switch c := digits[i]; {
		case c >= '0' && c <= '9':
			n = n*10 + int64(c-'0')
			seen++
		case c == '.' && point < 0:
			point = i
		default:
			return Decimal{}, false
		}
	}
	if seen == 0 || seen > 18 || point == 0 || point == len(digits)-1 {
		return Decimal{}, false
	}
	if len(digits) < len(s) {
		n = -n
	}
	exponent := 0
	if point >= 0 {
		exponent = point + 1 - len(digits)
	}
	return NewDecimal(n, int32(exponent)), true
}

// Scaled returns the number × 10^places, false if that is no whole number, or a long one.
func (d Decimal) Scaled(places int32) (int64, bool) {
	n, exponent, ok := d.short()
	if !ok || exponent < -places {
		return 0, false
	}
	return times10(n, exponent+places)
}

// Unscaled returns n × 10^-places, without zeros at the end of n.
func Unscaled(n int64, places int32) Decimal {
	for ; places > 0 && n%10 == 0; places-- {
		n /= 10
	}
	return NewDecimal(n, -places)
}

// IsSet reports whether a number is there at all.
func (d Decimal) IsSet() bool { return d.form != nil }

// IsZero reports whether the number is there and is 0.
func (d Decimal) IsZero() bool { return d.IsSet() && d.Sign() == 0 }

// Sign returns -1, 0 or 1; 0 for an unset number.
func (d Decimal) Sign() int {
	if n, _, ok := d.short(); ok || d.form == nil {
		return cmp.Compare(n, 0)
	}
	return d.form.long.Sign()
}

// Cmp compares two set numbers; an unset one sorts before all others.
func (d Decimal) Cmp(e Decimal) int {
	switch {
	case d.form == nil && e.form == nil:
		return 0
	case d.form == nil:
		return -1
	case e.form == nil:
		return 1
	}
	if x, y, _, ok := both(d, e); ok {
		return cmp.Compare(x, y)
	}
	return d.toLibrary().Cmp(e.toLibrary())
}

// Equal reports whether both are unset or both are the same number.
func (d Decimal) Equal(e Decimal) bool { return d.IsSet() == e.IsSet() && d.Cmp(e) == 0 }

// short returns a set number as coefficient × 10^exponent, false if it is long.
func (d Decimal) short() (coefficient int64, exponent int32, ok bool) {
	if d.form == nil || d.form.long != nil {
		return 0, 0, false
	}
	return d.n, d.form.exponent, true
}

// long is the coefficient from which on a number is long: the sum of two below it fits a machine word.
const long = 1 << 62

// times10 returns n × 10^places, false if that is long.
func times10(n int64, places int32) (int64, bool) {
	for ; places > 0; places-- {
		if n >= long/10 || n <= -long/10 {
			return 0, false
		}
		n *= 10
	}
	return n, true
}

// both returns two short numbers by their coefficients at the lesser exponent.
func both(d, e Decimal) (x, y int64, exponent int32, ok bool) {
	x, m, ok := d.short()
	if !ok {
		return 0, 0, 0, false
	}
	y, n, ok := e.short()
	switch {
	case !ok || m == n:
	case m > n:
		x, ok = times10(x, m-n)
	default:
		y, ok = times10(y, n-m)
	}
	return x, y, min(m, n), ok
}

func (d Decimal) with(e Decimal, op func(r, x, y *apd.Decimal) (apd.Condition, error)) Decimal {
	if d.form == nil || e.form == nil {
		return Decimal{}
	}
	r := new(apd.Decimal)
	if _, err := op(r, d.toLibrary(), e.toLibrary()); err != nil || r.Form != apd.Finite {
		return Decimal{}
	}
	return ofLibrary(r)
}

// Add returns d + e, unset if either is unset.
func (d Decimal) Add(e Decimal) Decimal {
	if x, y, exponent, ok := both(d, e); ok {
		return NewDecimal(x+y, exponent)
	}
	return d.with(e, decimals.Add)
}

// Sub returns d − e, unset if either is unset.
func (d Decimal) Sub(e Decimal) Decimal {
	if x, y, exponent, ok := both(d, e); ok {
		return NewDecimal(x-y, exponent)
	}
	return d.with(e, decimals.Sub)
}

// Mul returns d × e, unset if either is unset.
func (d Decimal) Mul(e Decimal) Decimal {
	if x, m, ok := d.short(); ok {
		if y, n, ok := e.short(); ok {
			if high, low := bits.Mul64(magnitude(x), magnitude(y)); high == 0 && low < long {
				return NewDecimal(x*y, m+n)
			}
		}
	}
	return d.with(e, decimals.Mul)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// Quo returns d ÷ e to 40 digits, unset if either is unset or e is 0.
func (d Decimal) Quo(e Decimal) Decimal { return d.with(e, decimals.Quo) }

// Neg returns −d.
func (d Decimal) Neg() Decimal {
	if n, _, ok := d.short(); ok || d.form == nil {
		return Decimal{-n, d.form}
	}
	r := new(apd.Decimal)
	r.Neg(d.form.long)
	return ofLibrary(r)
}

// Round returns d with at most places digits after the point, halves away from zero.
func (d Decimal) Round(places int32) Decimal {
	if d.form == nil {
		return d
	}
	v := d.toLibrary()
	if v.Exponent >= -places {
		return d
	}
	r := new(apd.Decimal)
	if _, err := decimals.Quantize(r, v, -places); err != nil {
		return Decimal{}
	}
	return ofLibrary(r)
}

// Float returns the nearest float64, for charts and sorting only, 0 for an unset number.
func (d Decimal) Float() float64 {
	if d.form == nil {
		return 0
	}
	f, _ := d.toLibrary().Float64() // out of range is ±Inf, which charts and sorting bear
	return f
}

// String prints the number without exponent and without trailing zeros after the point, "" if unset.
func (d Decimal) String() string {
	if d.form == nil {
		return ""
	}
	if n, exponent, ok := d.short(); ok && exponent <= 0 && exponent > -18 {
		return shortText(n, int(-exponent))
	}
	r := new(apd.Decimal)
	r.Reduce(d.toLibrary())
	if r.IsZero() {
		return "0"
	}
	return r.Text('f')
}

// shortText prints n with so many digits after the point, without zeros at its end.
func shortText(n int64, places int) string {
	for ; places > 0 && n%10 == 0; places-- {
		n /= 10
	}
	if places == 0 {
		return strconv.FormatInt(n, 10)
	}
	var room [40]byte
	b := strconv.AppendInt(room[:0], n, 10)
	digits := 0 // before the first digit
	if n < 0 {
		digits = 1
	}
	for len(b)-digits <= places { // at least one before the point
		b = slices.Insert(b, digits, '0')
	}
	return string(slices.Insert(b, len(b)-places, '.'))
}

// MarshalJSON prints a JSON number, or null if unset.
func (d Decimal) MarshalJSON() ([]byte, error) {
	if d.form == nil {
		return []byte("null"), nil
	}
	return []byte(d.String()), nil
}

// UnmarshalJSON reads a JSON number or null.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*d = Decimal{}
		return nil
	}
	v, err := ParseDecimal(string(b))
	*d = v
	return err
}
