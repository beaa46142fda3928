package warehouse

import (
	"strings"
	"testing"

	"heshu/schemas"
)

func TestOutcomesInSQLAreThoseOfTheKind(t *testing.T) {
	t.Parallel()
	for o := schemas.Agree; o <= schemas.Contradicted; o++ {
		code := "'" + o.String() + "'"
		if in := strings.Contains(FailedOutcomes, code); in != o.Failed() {
			t.Errorf("%s is among the failed: %t, want %t", code, in, o.Failed())
		}
		if in := strings.Contains(WaitingOutcomes, code); in == o.Passed() {
			t.Errorf("%s is among the waiting: %t", code, in)
		}
	}
}
