package warehouse

import (
	"cmp"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"heshu/schemas/layout"
)

// The content's hash is that of what the tables say, whenever and in however many runs it was loaded. Each row is hashed as text without the
// columns that tell time or run, and the hashes are added up: the order of rows is nothing, a row that stands twice counts twice (AdHASH of Bellare
// and Micciancio, 1997). It tells equal content from other content; against somebody who looks for other rows of the same sum, a release's
// file has its SHA-256.
//
// What the rows of one document, in whatever table, add to the sum is a share; each finding has one, and every other table as a whole. The
// build file keeps the shares, so that a night works out anew only those that it touches.

// contentFilter leaves out what depends on the nights a warehouse has lived through, not on its documents: rows that
// better rules replaced, and findings that no longer hold.
var contentFilter = map[string]string{
	"observation": "superseded_reason IS DISTINCT FROM 'reread'",
	"revision":    "reason <> 'reread'",
	"finding":     "superseded_at IS NULL",
}

// The kinds of shares that are not of a whole table.
const (
	documentShare = "document"
	findingShare  = "finding"
)

// shareOf is the kind of share that a table's rows add to, and the expression that tells whose.
func shareOf(t layout.Table) (kind, owner string) {
	switch {
	case t.Name == "finding":
		return findingShare, "finding_id"
	case t.Name == "revision":
		return documentShare, "coalesce(new_document_id, old_document_id)"
	case slices.Contains(layout.Names(t.Columns), "document_id"):
		return documentShare, "document_id"
	}
	return t.Name, "''"
}

// contentTables are the tables whose rows add to the shares of a kind, "" for any kind.
func contentTables(kind string) (list []layout.Table) {
	for _, t := range layout.Tables() {
		if k, _ := shareOf(t); t.Content && (kind == "" || k == kind) {
			list = append(list, t)
		}
	}
	return list
}

// hashBits is how much of a row's MD5 is added up: 2^31 rows fit the 127 bits of DuckDB's largest sum.
const hashBits = 96

// rowQuery works out the hashes of a table's rows: owner and hash. Where is a condition on the owner.
func rowQuery(t layout.Table, from, where string) string {
	_, owner := shareOf(t)
	q := fmt.Sprintf(`SELECT %s AS owner, (md5_number(concat_ws(chr(31), %s, %s)) >> %d)::HUGEINT AS hash FROM %s WHERE %s`,
		owner, quote(t.Name), strings.Join(printed(t), ", "), 128-hashBits, from, strings.ReplaceAll(where, "owner", owner))
	if f := contentFilter[t.Name]; f != "" {
		q += " AND " + f
	}
	return q
}

// printed are a table's columns as the text that is hashed.
func printed(t layout.Table) []string {
	var parts []string
	for _, c := range t.Columns {
		switch {
		case c.Clock:
		case c.Type == layout.TextList:
			parts = append(parts, "array_to_string("+c.Name+", chr(29))")
		case c.Null:
			parts = append(parts, "coalesce("+c.Name+"::VARCHAR, chr(30))")
		default:
			parts = append(parts, c.Name+"::VARCHAR")
		}
	}
	return parts
}

// rowHash is the hash of a row's text, as rowQuery makes it: DuckDB reads an MD5 from its last byte on.
func rowHash(text []byte) *big.Int {
	sum := md5.Sum(text)
	slices.Reverse(sum[:])
	return new(big.Int).SetBytes(sum[:hashBits/8])
}

// asker is what answers questions, too: a database, a transaction.
type asker interface {
	execer
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// hashSum is the content's hash of a sum.
func hashSum(sum *big.Int) string {
	h := sha256.Sum256([]byte(sum.String()))
	return hex.EncodeToString(h[:])
}

// sumRows adds up the hashes of the rows of a kind, "" for any kind: of all, or of some owners unless nil. Their rows are looked up first: those
// that were written together lie together, and nothing else is read then.
func (r *Reader) sumRows(ctx context.Context, kind string, owners []string) (*big.Int, error) {
	tables := contentTables(kind)
	sums := make([]*big.Int, len(tables))
	group, ctx := errgroup.WithContext(ctx)
	for i, t := range tables {
		where, args := "true", []any{}
		if owners != nil {
			where, args = `rowid IN (SELECT rowid FROM `+t.Name+` WHERE owner IN (SELECT unnest($ids)))`, []any{sql.Named("ids", owners)}
		}
		group.Go(func() (err error) {
			if sums[i], err = sum(ctx, r.db, `SELECT sum(hash) FROM (`+rowQuery(t, t.Name, where)+`)`, args...); err != nil {
				err = fmt.Errorf("hash %s: %w", t.Name, err)
			}
			return err
		})
	}
	err := group.Wait()
	total := new(big.Int)
	for _, n := range sums {
		if err == nil {
			total.Add(total, n)
		}
	}
	return total, err
}

// sum asks for a sum, 0 if there are no rows.
func sum(ctx context.Context, db asker, query string, args ...any) (*big.Int, error) {
	var n *big.Int
	err := db.QueryRowContext(ctx, query, args...).Scan(&n)
	return cmp.Or(n, new(big.Int)), err
}

// CheckContent hashes all that a release's file says and holds it against the manifest.
func (r *Reader) CheckContent(ctx context.Context, rel Release) error {
	all, err := r.sumRows(ctx, "", nil)
	if got := hashSum(all); err == nil && got != rel.Content {
		err = fmt.Errorf("%s does not say what was published: its content is %s, the manifest says %s", rel.File, got, rel.Content)
	}
	return err
}

// growShares works out anew all shares, or those of the tables that say something else. Those of the documents touched are Prepare's then,
// and those of findings PutFindings'.
func (w *Warehouse) growShares(ctx context.Context, tx session) error {
	done := map[string]bool{}
	for _, t := range contentTables("") {
		kind, _ := shareOf(t)
		if done[kind] || !w.full && !w.renewed[kind] {
			continue
		}
		done[kind] = true
		if err := grow(ctx, tx, kind, "true", nil); err != nil {
			return err
		}
	}
	return nil
}

// grow works out anew the shares of a kind for whose owners a condition holds. Instead, unless nil, names tables that hold all rows asked for of
// another table.
func grow(ctx context.Context, tx session, kind, where string, instead map[string]string) error {
	var rows []string
	for _, t := range contentTables(kind) {
		rows = append(rows, rowQuery(t, cmp.Or(instead[t.Name], t.Name), where))
	}
	return execAll(ctx, tx, `DELETE FROM share WHERE kind = `+quote(kind)+` AND `+where,
		`INSERT INTO share SELECT `+quote(kind)+`, owner, sum(hash) FROM (`+strings.Join(rows, " UNION ALL ")+`) GROUP BY owner`)
}
