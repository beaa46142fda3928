package warehouse

import (
	"context"
	"fmt"
	"strings"
)

// bestKey is what the statements share of which the view chosen takes one.
const bestKey = "indicator, region_code, period_kind, period_start, period_end, measure, breakdown, action, per, unit"

// sameKey joins two tables by it.
func sameKey(a, b string) string {
	cols := strings.Split(bestKey, ", ")
	return "row(" + a + "." + strings.Join(cols, ", "+a+".") + ") IS NOT DISTINCT FROM row(" + b + "." + strings.Join(cols, ", "+b+".") + ")"
}

// choose brings the stored best values up to date: all of them, or those that the touched documents have or had a say in.
func (w *Warehouse) choose(ctx context.Context, tx session) error {
	table := workName + ".main." + stored
	const order = " ORDER BY indicator, region_code, period_end, obs_id"
	if w.full {
		return execAll(ctx, tx, `DROP TABLE IF EXISTS `+table, `CREATE TABLE `+table+` AS SELECT * FROM temp.`+stored+order)
	}
	narrow := `CREATE OR REPLACE TEMP VIEW candidate AS FROM s_candidate`
	whole, err := temporaryView("candidate")
	if err != nil {
		return err
	}
	return execAll(ctx, tx,
		`CREATE OR REPLACE TEMP TABLE s_key AS SELECT DISTINCT `+bestKey+` FROM observation WHERE document_id IN (FROM touched) AND indicator <> 'other' AND region_code IS NOT NULL`,
		`CREATE OR REPLACE TEMP TABLE s_candidate AS SELECT c.* FROM candidate c SEMI JOIN s_key k ON `+sameKey("c", "k"),
		narrow,
		`DELETE FROM `+table+` WHERE rowid IN (SELECT c.rowid FROM `+table+` c SEMI JOIN s_key k ON `+sameKey("c", "k")+`)`,
		`INSERT INTO `+table+` SELECT * FROM temp.`+stored+order,
		whole, `DROP TABLE s_candidate`, `DROP TABLE s_key`)
}

// temporaryView is the statement that makes one of the script's views as long as the connection lasts.
func temporaryView(name string) (string, error) {
	for _, q := range temporary(statements(viewsSQL)) {
		if strings.HasPrefix(q, "CREATE OR REPLACE TEMP VIEW "+name+" AS") {
			return q, nil
		}
	}
	return "", fmt.Errorf("the views have no %s", name)
}
