package warehouse

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// A night's release is held against the build file by what the night wrote: what is wrong with it is found.
func TestANightsReleaseIsCheckedByWhatTheNightWrote(t *testing.T) {
	t.Parallel()
	night := NewRun(time.Date(2018, 8, 2, 1, 0, 0, 0, time.UTC), "test", "1")
	for name, c := range map[string]struct{ wrong, err string }{
		"as it was written":                {`SELECT 1`, ""},
		"another value":                    {`UPDATE observation SET value = 8 WHERE obs_id = 'new-1'`, "what the file says of the 1 documents written tonight"},
		"a row of a document is lost":      {`DELETE FROM observation WHERE obs_id = 'new-2'`, "observation has 3 rows, want 4"},
		"a closed figure is open":          {`UPDATE observation SET superseded_at = NULL, superseded_reason = NULL`, "0 observations are closed, want 1"},
		"a figure stands twice":            {`INSERT INTO observation FROM observation WHERE obs_id = 'new-1'; DELETE FROM observation WHERE obs_id = 'old-2'`, "1 observation ids are current twice"},
		"what no night of now wrote stays": {`UPDATE observation SET value = 8 WHERE obs_id = 'old-2'`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, err := openDB("", nil)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			row := func(obs, document, recorded, closed string) string {
				return `INSERT INTO observation BY NAME SELECT '` + obs + `' AS obs_id, 1 AS version, '` + document + `' AS document_id, '甲县' AS source, 'workbook' AS kind,
					0 AS article, 1 AS ordinal, 'A1' AS locator, '七' AS quote, '7' AS number, 'projects' AS indicator, 7 AS value, 'item' AS unit, 0 AS decimals, 0 AS unit_mult,
					'normal' AS obs_status, 1 AS confidence, 'r' AS rule, [] AS flags, 'run' AS run_id, ` + recorded + ` AS recorded_at, ` + closed + ` AS superseded_at,
					CASE WHEN ` + closed + ` IS NOT NULL THEN 'resubmitted' END AS superseded_reason`
			}
			const before = `TIMESTAMP '2018-08-01 01:00:00'`
			w := &Warehouse{db: db}
			if err := errors.Join(create(t.Context(), db), execAll(t.Context(), db, row("old-1", "old", before, night.now()), row("old-2", "old", before, "NULL::TIMESTAMP"),
				row("new-1", "new", night.now(), "NULL::TIMESTAMP"), row("new-2", "new", night.now(), "NULL::TIMESTAMP")),
				inTx(t.Context(), db, func(tx session) error { return grow(t.Context(), tx, documentShare, "true", nil) })); err != nil {
				t.Fatal(err)
			}
			want, err := w.expectation(t.Context(), night)
			if err != nil {
				t.Fatal(err)
			}
			if err := execAll(t.Context(), db, c.wrong); err != nil {
				t.Fatal(err)
			}
			file := &Reader{db: db}
			err = errors.Join(want.checkCounts(t.Context(), file), want.checkContent(t.Context(), file))
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("the check says %v, want %q", err, c.err)
			}
		})
	}
}
