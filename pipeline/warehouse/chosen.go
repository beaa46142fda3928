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

// together is how many candidates are chosen from at a time, about: many more take more memory than a night has.
const together = 1_000_000

// choose brings the stored best values up to date: all of them, or those that the touched documents have or had a say in.
func (w *Warehouse) choose(ctx context.Context, tx session) error {
	whole, err := temporaryView("candidate")
	if err != nil {
		return err
	}
	table := workName + ".main." + stored
	var some []string // the candidates, by condition
	if w.full {
		if some, err = portions(ctx, tx); err == nil {
			err = execAll(ctx, tx, `DROP TABLE IF EXISTS `+table, `CREATE TABLE `+table+` AS SELECT * FROM temp.`+stored+` LIMIT 0`)
		}
	} else {
		some = []string{`SEMI JOIN s_key k ON ` + sameKey("c", "k")}
		err = execAll(ctx, tx,
			`CREATE OR REPLACE TEMP TABLE s_key AS SELECT DISTINCT `+bestKey+` FROM observation WHERE document_id IN (FROM touched) AND indicator <> 'other' AND region_code IS NOT NULL`,
			`DELETE FROM `+table+` WHERE rowid IN (SELECT c.rowid FROM `+table+` c `+some[0]+`)`)
	}
	for _, cond := range some {
		if err != nil {
			break
		}
		err = execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_candidate AS SELECT c.* FROM candidate c `+cond,
			`CREATE OR REPLACE TEMP VIEW candidate AS FROM s_candidate`,
			`INSERT INTO `+table+` SELECT * FROM temp.`+stored+` ORDER BY indicator, region_code, period_end, obs_id`, whole)
	}
	if err != nil {
		return err
	}
	return execAll(ctx, tx, `DROP TABLE IF EXISTS s_candidate`, `DROP TABLE IF EXISTS s_key`)
}

// portions are conditions that part all candidates into whole indicators, in order.
func portions(ctx context.Context, tx session) (list []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT min(indicator), max(indicator) FROM (
			SELECT indicator, sum(count(*)) OVER (ORDER BY indicator) // ? AS portion FROM observation
			WHERE superseded_at IS NULL AND indicator <> 'other' GROUP BY indicator)
		GROUP BY portion ORDER BY 1`, together)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var from, to string
		if err := rows.Scan(&from, &to); err != nil {
			return nil, err
		}
		list = append(list, `WHERE indicator BETWEEN `+quote(from)+` AND `+quote(to))
	}
	return list, rows.Err()
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
