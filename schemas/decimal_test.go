package schemas

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/cockroachdb/apd/v3"
)

// Short numbers are worked with in machine words: with the same results as the library's, their exponents included. -0 is 0.
func TestShortNumbersAreAsLongOnes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	number := func() (Decimal, string) {
		coefficient := r.Int64() >> r.IntN(63)
		if r.IntN(2) == 0 {
			coefficient = -coefficient
		}
		if r.IntN(8) == 0 {
			coefficient = 0
		}
		s := strconv.FormatInt(coefficient, 10) + "e" + strconv.Itoa(r.IntN(24)-20)
		d, err := ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		return d, s
	}
	for range 20000 {
		x, xs := number()
		y, ys := number()
		if r.IntN(2) == 0 {
			y = NewDecimal(y.n, x.form.exponent)
			ys = "e of the first: " + ys
		}
		for _, op := range []struct {
			name string
			got  Decimal
			want func(r, x, y *apd.Decimal) (apd.Condition, error)
		}{{"+", x.Add(y), decimals.Add}, {"-", x.Sub(y), decimals.Sub}, {"*", x.Mul(y), decimals.Mul}} {
			want := new(apd.Decimal)
			if _, err := op.want(want, x.toLibrary(), y.toLibrary()); err != nil {
				t.Fatal(err)
			}
			if want.IsZero() {
				want.Negative = false
			}
			if got := op.got.toLibrary(); got.Form != want.Form || got.Negative != want.Negative || got.Exponent != want.Exponent || got.Coeff.Cmp(&want.Coeff) != 0 {
				t.Fatalf("%s %s %s is %s, want %s", xs, op.name, ys, got.Text('e'), want.Text('e'))
			}
		}
		if got, want := x.Cmp(y), x.toLibrary().Cmp(y.toLibrary()); got != want {
			t.Fatalf("%s against %s is %d, want %d", xs, ys, got, want)
		}
		if n, ok := x.Scaled(10); ok && (NewDecimal(n, -10).Cmp(x) != 0 || Unscaled(n, 10).Cmp(x) != 0) {
			t.Fatalf("%s × 10^10 is %d", xs, n)
		}
		long := new(apd.Decimal)
		long.Reduce(x.toLibrary())
		want := long.Text('f')
		if long.IsZero() {
			want = "0"
		}
		if got := x.String(); got != want {
			t.Fatalf("%s prints %q, want %q", xs, got, want)
		}
		again, err := ParseDecimal(x.String())
		if err != nil || !again.Equal(x) {
			t.Fatalf("%s reads back as %s (%v)", x, again, err)
		}
	}
	for s, want := range map[string]string{"0": "0", "0.00": "0", "-0.5": "-0.5", "-0.050": "-0.05", "100": "100", "12.30": "12.3", "-0": "0", "0.000": "0"} {
		if d, err := ParseDecimal(s); err != nil || d.String() != want {
			t.Errorf("%q prints %q (%v), want %q", s, d, err, want)
		}
	}
}
