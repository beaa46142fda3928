package warehouse

import (
	"context"
	"database/sql/driver"
	"fmt"
	"math/big"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/duckdb/duckdb-go/v2"
	"golang.org/x/sync/errgroup"

	"heshu/schemas"
	"heshu/schemas/layout"
)

// findingChunk is how many findings are turned into values at once: as values they take several times the room.
const findingChunk = 8192

// Within is a part of the findings: whole rules, spans of others, and of some rules those about articles touched
// tonight. Nil is all of them.
type Within struct {
	Rules []string
	Spans []schemas.FindingSpan
	Alone []string // rules
}

// Recall looks up the current findings within a part of them, which PutFindings then puts a list in the place of. While that list is worked
// out there is a processor for it.
func (w *Warehouse) Recall(ctx context.Context, within *Within) error {
	err := w.inTx(ctx, func(tx session) error {
		if err := w.stageWithin(ctx, tx, within); err != nil || !w.full {
			return err
		}
		return grow(ctx, tx, findingShare, "true", nil) // what an older program hashed otherwise is no change
	})
	if err != nil {
		return fmt.Errorf("recall findings: %w", err)
	}
	return nil
}

// PutFindings makes these the current findings within the part that Recall looked up. One that is as it was stays; one that changed or is no
// longer there is closed and kept. It returns how many came in or changed.
func (w *Warehouse) PutFindings(ctx context.Context, r Run, list []schemas.Finding) (int64, error) {
	hashes, err := said(list, r)
	if err != nil {
		return 0, fmt.Errorf("store findings: %w", err)
	}
	w.flush(ctx)
	var changed int64
	err = w.inTx(ctx, func(tx session) error {
		news, err := stageNews(ctx, tx, list, hashes)
		if err != nil {
			return err
		}
		l := loader{tx: tx, run: r}
		closed, err := l.exec(ctx, `UPDATE finding SET superseded_at = $now WHERE superseded_at IS NULL AND finding_id IN (FROM s_gone)`)
		if err != nil {
			return err
		}
		if err := putNews(tx, r, list, news); err != nil {
			return err
		}
		if changed = max(closed, int64(len(news))); changed > 0 {
			w.dirty = true
			if err := recordRun(ctx, tx, r, Counts{}); err != nil {
				return err
			}
		}
		if !w.full {
			if err := l.execAll(ctx, `DELETE FROM share WHERE kind = '`+findingShare+`' AND owner IN (FROM s_gone)`,
				`INSERT INTO share SELECT '`+findingShare+`', finding_id, said FROM s_news`); err != nil {
				return err
			}
		}
		return l.execAll(ctx, `DROP TABLE s_news`, `DROP TABLE s_gone`, `DROP TABLE s_within`)
	})
	if err != nil {
		return 0, fmt.Errorf("store findings: %w", err)
	}
	return changed, nil
}

// stageNews makes tables of the hashes of findings of a list that are new or others than before (s_news), and of the ids of current ones that are
// others or gone (s_gone). It returns the ids of the former. Most findings are as they were: of each only its hash goes in.
func stageNews(ctx context.Context, tx session, list []schemas.Finding, hashes []*big.Int) (map[string]bool, error) {
	if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_said (finding_id VARCHAR, said HUGEINT)`); err != nil {
		return nil, err
	}
	for from := 0; from < len(list); from += findingChunk {
		rows := make([][]driver.Value, 0, findingChunk)
		for i := from; i < min(from+findingChunk, len(list)); i++ {
			rows = append(rows, []driver.Value{list[i].ID, hashes[i]})
		}
		if err := tx.bulk("s_said", rows); err != nil {
			return nil, err
		}
	}
	if err := execAll(ctx, tx, `CREATE OR REPLACE TEMP TABLE s_same AS SELECT finding_id FROM s_said JOIN share ON kind = '`+findingShare+`' AND owner = finding_id AND sum = said`,
		`CREATE OR REPLACE TEMP TABLE s_gone AS FROM s_within ANTI JOIN s_same USING (finding_id)`,
		`CREATE OR REPLACE TEMP TABLE s_news AS FROM s_said ANTI JOIN s_same USING (finding_id)`, `DROP TABLE s_said`, `DROP TABLE s_same`); err != nil {
		return nil, err
	}
	return idSet(ctx, tx, `SELECT finding_id FROM s_news`)
}

// putNews adds the findings of a list that are news.
func putNews(tx session, r Run, list []schemas.Finding, news map[string]bool) error {
	for some := range slices.Chunk(list, findingChunk) {
		var rows [][]driver.Value
		for _, f := range some {
			if !news[f.ID] {
				continue
			}
			row, err := findingRow(f, r)
			if err != nil {
				return fmt.Errorf("finding %s: %w", f.ID, err)
			}
			rows = append(rows, row)
		}
		if err := tx.bulk("finding", rows); err != nil {
			return err
		}
	}
	return nil
}

// said are the findings' shares, worked out on all processors.
func said(list []schemas.Finding, r Run) ([]*big.Int, error) {
	hashes := make([]*big.Int, len(list))
	columns := mustTable("finding").Columns
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(list); from += findingChunk {
		group.Go(func() error {
			var room []byte
			for i := from; i < min(from+findingChunk, len(list)); i++ {
				row, err := findingRow(list[i], r)
				if err != nil {
					return fmt.Errorf("finding %s: %w", list[i].ID, err)
				}
				room = printFinding(room[:0], columns, row)
				hashes[i] = rowHash(room)
			}
			return nil
		})
	}
	return hashes, group.Wait()
}

// printFinding prints a finding as rowQuery does, of which the hash is what it adds to the content's sum.
func printFinding(b []byte, columns []layout.Column, row []driver.Value) []byte {
	b = append(b, "finding"...)
	for i, c := range columns {
		if c.Clock {
			continue
		}
		b = append(b, 31)
		switch v := row[i].(type) {
		case nil:
			b = append(b, 30)
		case string:
			b = append(b, v...)
		case int32:
			b = strconv.AppendInt(b, int64(v), 10)
		case []string:
			b = append(b, strings.Join(v, "\x1d")...)
		case time.Time:
			b = v.AppendFormat(b, time.DateOnly)
		case duckdb.Decimal:
			b = appendFixed(b, v.Value, layout.DecimalScale)
		default:
			panic(fmt.Sprintf("finding.%s is a %T, of which nobody said how it is hashed", c.Name, v))
		}
	}
	return b
}

// appendFixed prints a scaled integer with all its decimals.
func appendFixed(b []byte, n *big.Int, scale int) []byte {
	var room [48]byte
	digits := n.Append(room[:0], 10)
	if digits[0] == '-' {
		b, digits = append(b, '-'), digits[1:]
	}
	for i := len(digits); i <= scale; i++ { // one before the point at least
		b = append(b, '0')
	}
	b = append(b, digits...)
	return slices.Insert(b, len(b)-scale, '.')
}

// stageWithin makes a table of the current findings within a part.
func (w *Warehouse) stageWithin(ctx context.Context, tx session, part *Within) error {
	const all = `CREATE OR REPLACE TEMP TABLE s_within AS SELECT finding_id FROM finding WHERE superseded_at IS NULL`
	if part == nil {
		return execAll(ctx, tx, all)
	}
	if err := stageSpans(ctx, tx, part.Spans); err != nil {
		return err
	}
	touched := "observation"
	if w.gathered {
		touched = gathered
	}
	return execAll(ctx, tx, all+` AND rule IN (`+quoteAll(part.Rules)+`)
		UNION SELECT finding_id FROM finding f SEMI JOIN s_span s ON s.rule = f.rule AND s.region_code = coalesce(f.region_code, '')
			AND s.indicator = coalesce(f.indicator, '') AND `+within("f")+` WHERE superseded_at IS NULL
		UNION SELECT finding_id FROM (SELECT finding_id, unnest(inputs) AS obs_id FROM finding WHERE superseded_at IS NULL AND rule IN (`+quoteAll(part.Alone)+`))
		SEMI JOIN (SELECT obs_id FROM `+touched+` WHERE kind = 'article' AND document_id IN (FROM touched)) USING (obs_id)`, `DROP TABLE s_span`)
}

// quoteAll makes SQL text literals for a list that may be empty.
func quoteAll(list []string) string {
	out := "''"
	for _, s := range list {
		out += ", " + quote(s)
	}
	return out
}

func findingRow(f schemas.Finding, r Run) ([]driver.Value, error) {
	row := make([]driver.Value, 0, 32)
	row = append(row, f.ID, f.Rule, int32(f.RuleVersion), f.Severity.String(), f.Outcome.String(), null(f.Unit), null(string(f.Region)),
		null(string(f.Indicator)), null(f.Period.Kind.String()), dayValue(f.Period.Start), dayValue(f.Period.End))
	for _, d := range []schemas.Decimal{f.Left, f.Right, f.Imbalance, f.Tolerance} {
		v, err := decimalValue(d)
		if err != nil {
			return nil, err
		}
		row = append(row, v)
	}
	inputs := make([]string, len(f.Inputs))
	for i, id := range f.Inputs {
		inputs[i] = string(id)
	}
	return append(row, null(f.Basis), clean(f.Missing), clean(inputs), null(f.Diagnosis), clean(f.Others), text(f.MessageZh), text(f.MessageEn),
		null(f.ActionZh), null(f.ActionEn), r.ID, r.Started, nil), nil
}

// decimalValue is the number as the appender takes it; one that does not fit the column is an error.
func decimalValue(d schemas.Decimal) (driver.Value, error) {
	if !d.IsSet() {
		return nil, nil
	}
	n, err := scaled(d)
	if err != nil {
		return nil, err
	}
	return duckdb.Decimal{Width: layout.DecimalPrecision, Scale: layout.DecimalScale, Value: n}, nil
}

func dayValue(d schemas.Date) driver.Value {
	if d.IsZero() {
		return nil
	}
	return d.Time()
}

// text mends what DuckDB would turn into NULL in silence.
func text(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

func null(s string) driver.Value {
	if s == "" {
		return nil
	}
	return text(s)
}

func clean(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}
