package warehouse

import (
	"slices"
	"testing"
)

// TestTheRangesShareAllBucketsOut: a large warehouse is hashed range by range, a small one at once; both must see every leaf once, in order.
func TestTheRangesShareAllBucketsOut(t *testing.T) {
	t.Parallel()
	db, err := openDB("", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	bucketsWhere := func(where string) (list []string) {
		rows, err := db.QueryContext(t.Context(), `SELECT bucket FROM (SELECT format('{:02x}7', i) AS bucket FROM range(256) r(i) UNION ALL SELECT '0') WHERE `+where+` ORDER BY bucket`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var b string
			if err := rows.Scan(&b); err != nil {
				t.Fatal(err)
			}
			list = append(list, b)
		}
		return list
	}
	var got []string
	for _, where := range bucketRanges() {
		got = append(got, bucketsWhere(where)...)
	}
	if want := bucketsWhere("true"); len(want) != 257 || !slices.Equal(got, want) {
		t.Errorf("range by range\n%v\nat once\n%v", got, want)
	}
}
