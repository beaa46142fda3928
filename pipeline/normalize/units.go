package normalize

import (
	"strings"

	"heshu/schemas"
	"heshu/schemas/quantity"
)

// inUnit converts a quantity whose scale words are applied into the canonical unit of its unit's words.
// The code is "" where the counted noun has to say it (个), the kind is the unit table's.
func inUnit(q schemas.Quantity, words string) (value, low, high schemas.Decimal, code schemas.UnitCode, kind string) {
	u, _ := quantity.LookupUnit(words) // the zero unit converts nothing
	q = u.Convert(q)
	return q.Value, q.Low, q.High, u.Code, u.Kind
}

// unitOfNoun returns the unit of what a bare measure word counts, by the noun's words, the head last.
func unitOfNoun(nouns ...string) (schemas.UnitCode, bool) {
	for i := len(nouns) - 1; i >= 0; i-- {
		if w := strings.TrimSpace(nouns[i]); w != "" {
			if code, ok := quantity.NounUnit(w); ok {
				return code, true
			}
		}
	}
	return "item", false
}
