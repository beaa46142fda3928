package warehouse

import (
	"database/sql/driver"
	"math/big"
	"testing"
	"time"

	"heshu/schemas"
)

// TestAFindingAddsWhatItsRowAdds: whether a finding is as it was is told by the hash of what it will say, the content's hash by its row.
func TestAFindingAddsWhatItsRowAdds(t *testing.T) {
	t.Parallel()
	db, err := openDB("", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	table := mustTable("finding")
	if err := execAll(t.Context(), db, tableDDL(table)[0]); err != nil {
		t.Fatal(err)
	}
	number := func(s string) schemas.Decimal {
		d, err := schemas.ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	day := schemas.DateOf(time.Date(2018, 7, 31, 0, 0, 0, 0, time.UTC))
	bare := schemas.Finding{ID: "1", Rule: "whole-number", RuleVersion: 2, MessageZh: "不是整数", MessageEn: "no whole number"}
	full := schemas.Finding{ID: "2", Rule: "sum", RuleVersion: 12, Unit: "甲县总工会", Region: "411722", Indicator: "projects",
		Period: schemas.Period{Start: day, End: day}, Left: number("-0.5"), Right: number("22314"), Imbalance: number("-22314.5"), Tolerance: number("0.0000000001"),
		Basis: "见表", Missing: []string{"乙县", "丙县"}, Inputs: []schemas.ObservationID{"a", "b"}, Diagnosis: "户 against 人", MessageZh: "甲\x00乙", MessageEn: "\xff", ActionZh: "更正"}
	want := new(big.Int)
	for _, f := range []schemas.Finding{bare, full, full} { // a row that stands twice counts twice
		row, err := findingRow(f, Run{ID: "r", Started: time.Date(2018, 8, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		want.Add(want, rowHash(printFinding(nil, table.Columns, row)))
		if err := inTx(t.Context(), db, func(tx session) error { return tx.bulk("finding", [][]driver.Value{row}) }); err != nil {
			t.Fatal(err)
		}
		got, err := sum(t.Context(), db, `SELECT sum(hash) FROM (`+rowQuery(table, "finding", "true")+`)`)
		if err != nil || got.Cmp(want) != 0 {
			t.Fatalf("with finding %s the table adds %v (%v), the findings %v", f.ID, got, err, want)
		}
	}
}
