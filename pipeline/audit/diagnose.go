package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"heshu/schemas"
)

// The codes of diagnoses: what a difference looks like.
const (
	UnitSlip      = "unit_slip"                // 万元 for 元, 千元 for 元: a power of ten that units make
	PointSlip     = "decimal_point"            // a digit or the decimal point too many or too few
	Households    = "households_for_people"    // 户 where 人 was asked
	ThisYear      = "this_year_for_cumulative" // what this year brought instead of the count since the beginning
	LastPeriod    = "last_period_again"        // the figure of the period before
	Transposed    = "digits_transposed"        // two neighbouring digits changed places
	RowShifted    = "row_shifted"              // the figure of the row above or below
	SummedTwice   = "summed_twice"             // rows and their subtotals both added
	CountedTwice  = "counted_twice"            // one part is in the total twice: in the city and by itself
	LeftOut       = "left_out"                 // one part is not in the total
	EntityFor     = "entity_for_region"        // one unit's figure where the region's was asked
	Rounded       = "rounded"                  // the other number said in round figures, without saying so
	OneDigitWrong = "one_digit"                // the same but for one digit
)

// guess is one thing that a difference may be.
type guess struct {
	code, text string
	score      int // 0 to 100: how rarely chance alone looks like it
}

// certain is the score of a guess that more than this one figure speaks for.
const certain = 96

// maxGuesses is how many diagnoses a finding keeps.
const maxGuesses = 5

// ranked prints guesses, the likeliest first, each code with its arithmetic.
func ranked(list []guess) []string {
	slices.SortStableFunc(list, func(a, b guess) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.code, b.code), cmp.Compare(a.text, b.text))
	})
	var out []string
	for _, g := range list {
		s := g.code + ": " + g.text
		if !slices.Contains(out, s) && len(out) < maxGuesses {
			out = append(out, s)
		}
	}
	return out
}

// suspectPair asks what is wrong with one figure v of o, if it should be t.
func (a *auditor) suspectPair(o *statement, v, t interval) []string {
	return ranked(a.guesses(o, v, t))
}

// suspectEither asks it of both of two figures that should be the same.
func (a *auditor) suspectEither(x *statement, xv interval, y *statement, yv interval) []string {
	list := a.guesses(x, xv, yv)
	for _, g := range a.guesses(y, yv, xv) {
		if !slices.ContainsFunc(list, func(h guess) bool { return h.code == g.code && bothWays[g.code] }) {
			list = append(list, g)
		}
	}
	return ranked(list)
}

// bothWays are the codes that say the same of either figure.
var bothWays = map[string]bool{UnitSlip: true, PointSlip: true, Transposed: true, OneDigitWrong: true}

// guesses lists what may be wrong with o, which says v and should be t.
func (a *auditor) guesses(o *statement, v, t interval) []guess {
	if !v.value.IsSet() || v.value.IsZero() || !t.known() || !compare(v, t).Failed() {
		return nil
	}
	list := a.evidence(o, v, t)
	if digits(v.value) < 2 { // 3 is like many a figure
		for i := range list {
			if list[i].score < certain {
				list[i].score -= 40
			}
		}
	}
	return append(append(list, arithmetic(v, t)...), a.ofParts(o, v, t)...)
}

// arithmetic lists what the digits alone tell.
func arithmetic(v, t interval) []guess {
	var list []guess
	for _, f := range slips {
		for _, undone := range []struct {
			to   interval
			sign string
		}{{v.times(f.factor), "×"}, {v.times(f.inverse), "÷"}} {
			if !compare(undone.to, t).Failed() {
				list = append(list, guess{f.code, fmt.Sprintf("%s %s %s = %s", v.value, undone.sign, f.factor, undone.to.value), f.score - vague(t)})
			}
		}
	}
	for _, swapped := range swaps(v.value) {
		if s := exactly(swapped); !compare(s, t).Failed() {
			list = append(list, guess{Transposed, fmt.Sprintf("%s ↔ %s", v.value, swapped), 80 - 2*vague(t)})
			break
		}
	}
	if !t.worded && t.value.IsSet() {
		if unit := lastDigit(v.value); unit.Cmp(schemas.NewDecimal(1, 0)) > 0 && magnitude(v.value.Sub(t.value)).Cmp(unit) < 0 {
			score := 60
			if unit.Cmp(schemas.NewDecimal(10, 0)) <= 0 {
				score = 35
			}
			list = append(list, guess{Rounded, fmt.Sprintf("%s ≈ %s", t.value, v.value), score})
		}
		if oneDigit(v.value.String(), t.value.String()) {
			list = append(list, guess{OneDigitWrong, fmt.Sprintf("%s ~ %s", v.value, t.value), 30})
		}
	}
	return list
}

// slip is a factor that a wrong unit or a wrong digit makes.
type slip struct {
	code            string
	factor, inverse schemas.Decimal
	score           int
}

var slips = []slip{
	{UnitSlip, schemas.NewDecimal(1, 4), schemas.NewDecimal(1, -4), 92}, {UnitSlip, schemas.NewDecimal(1, 3), schemas.NewDecimal(1, -3), 90},
	{UnitSlip, schemas.NewDecimal(1, 8), schemas.NewDecimal(1, -8), 90}, {PointSlip, schemas.NewDecimal(1, 2), schemas.NewDecimal(1, -2), 84},
	{PointSlip, schemas.NewDecimal(1, 1), schemas.NewDecimal(1, -1), 82},
}

// vague is what an explanation loses because it had only to fall into a wide interval.
func vague(t interval) int {
	if !t.worded {
		return 0
	}
	if !t.low.IsSet() || !t.high.IsSet() || t.high.Sub(t.low).Mul(schemas.NewDecimal(2, 0)).Cmp(magnitude(t.high)) > 0 {
		return 15
	}
	return 5
}

// digits counts a number's digits without the zeros at its ends.
func digits(d schemas.Decimal) int {
	return len(strings.Trim(strings.ReplaceAll(strings.TrimPrefix(d.String(), "-"), ".", ""), "0"))
}

// swaps lists the numbers with two neighbouring digits in each other's place.
func swaps(d schemas.Decimal) []schemas.Decimal {
	s := []byte(d.String())
	var list []schemas.Decimal
	for i := 0; i+1 < len(s); i++ {
		j := i + 1
		if s[j] == '.' && j+1 < len(s) {
			j++
		}
		if s[i] == s[j] || s[i] < '0' || s[j] < '0' {
			continue
		}
		s[i], s[j] = s[j], s[i]
		if v, err := schemas.ParseDecimal(string(s)); err == nil {
			list = append(list, v)
		}
		s[i], s[j] = s[j], s[i]
	}
	return list
}

// oneDigit reports whether two numbers of one length differ in one digit only.
func oneDigit(a, b string) bool {
	if len(a) != len(b) || len(a) < 3 {
		return false
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n == 1
}
