package warehouse

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// bestKey is what the statements share of which the view chosen takes one.
const bestKey = "indicator, region_code, period_kind, period_start, period_end, measure, breakdown, action, per, unit"

// keyHash is the view candidate's key_hash of a row. Where two keys have one hash, both are chosen anew.
const keyHash = "hash(" + bestKey + ")"

// weighed are the columns of the view candidate that the view chosen looks at.
const weighed = bestKey + `, value, value_low, value_high, qualifier, number, obs_id, source, document_id, locator, quote, obs_status, why,
	precedence, inexact, published, confidence, ordinal, key_hash`

// together is how many candidates are chosen from at a time: many more take more memory than a night has, and with fewer the file has more
// blocks that are not full.
const together = 1_000_000

// choose brings the tables of the stored views up to date: the best values that the touched documents have or had a say in.
func (w *Warehouse) choose(ctx context.Context, tx session) error {
	if err := w.gather(ctx, tx); err != nil {
		return err
	}
	return execAll(ctx, tx, `DELETE FROM main.`+reprintedView, `INSERT INTO main.`+reprintedView+` FROM repeated ORDER BY obs_id`,
		`DELETE FROM main.`+chosenView+` WHERE `+keyHash+` IN (FROM touched_key)`,
		stageCandidates(gathered, `key_hash IN (FROM touched_key)`), bestOfStaged, `DROP TABLE s_candidate`)
}

// store makes the tables of the stored views in the database in use, and all other views.
func (w *Warehouse) store(ctx context.Context, tx session) error {
	if err := errors.Join(w.findRepeats(ctx, tx), dropStored(ctx, tx)); err != nil {
		return err
	}
	some, err := portions(ctx, tx)
	if err != nil {
		return err
	}
	script := []string{stageCandidates("observation", "false"), `CREATE TABLE main.` + chosenView + ` AS ` + best(),
		`CREATE TABLE main.` + reprintedView + ` AS FROM repeated ORDER BY obs_id`}
	for _, cond := range some {
		script = append(script, stageCandidates("observation", cond), bestOfStaged)
	}
	if err := execAll(ctx, tx, append(script, `DROP TABLE s_candidate`)...); err != nil {
		return err
	}
	return addViews(ctx, tx)
}

// stageCandidates is the statement that makes a table of the rows of the view candidate that come from a table of observations; findRepeats comes
// before it.
func stageCandidates(from, where string) string {
	current := strings.NewReplacer("observation o ", from+" o ", " reprinted ", " repeated ").Replace(definition("observation_current"))
	return `CREATE OR REPLACE TEMP TABLE s_candidate AS WITH observation_current AS (` + current + `) SELECT ` + weighed + ` FROM (` + definition("candidate") + `) WHERE ` + where
}

// best is the query of the view chosen over the candidates staged.
func best() string {
	return regexp.MustCompile(`\bcandidate\b`).ReplaceAllString(definition(chosenView), "s_candidate")
}

// bestOfStaged is the statement that stores it.
var bestOfStaged = `INSERT INTO main.` + chosenView + ` FROM (` + best() + `) ORDER BY indicator, region_code, period_end, obs_id`

// definition is the query of one of the script's views; none of that name is a bug.
func definition(view string) string {
	_, rest, found := strings.Cut(viewsSQL, "CREATE OR REPLACE VIEW "+view+" AS\n")
	if !found {
		panic("the script has no view " + view)
	}
	query, _, _ := strings.Cut(rest, ";\n")
	return query
}

// portions are conditions that part all candidates, in order, by indicator and region.
func portions(ctx context.Context, tx session) (list []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT min(indicator), max(indicator), arg_min(region_code, row(indicator, region_code)), arg_max(region_code, row(indicator, region_code)) FROM (
			SELECT indicator, region_code, sum(count(*)) OVER (ORDER BY indicator, region_code) // ? AS portion FROM observation
			WHERE superseded_at IS NULL AND indicator <> 'other' AND region_code IS NOT NULL GROUP BY indicator, region_code)
		GROUP BY portion ORDER BY portion`, together)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var first, last, from, to string
		if err := rows.Scan(&first, &last, &from, &to); err != nil {
			return nil, err
		}
		list = append(list, fmt.Sprintf(`indicator BETWEEN %[1]s AND %[2]s AND (indicator > %[1]s OR region_code >= %[3]s) AND (indicator < %[2]s OR region_code <= %[4]s)`,
			quote(first), quote(last), quote(from), quote(to)))
	}
	return list, rows.Err()
}
