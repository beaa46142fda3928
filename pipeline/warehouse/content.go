package warehouse

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"

	"heshu/schemas/layout"
)

// The content's hash is that of what the tables say, whenever and in however many runs it was loaded. It is a tree: a row is
// hashed as text without the columns that tell time or run; a leaf is the hash of its rows' hashes, sorted; a node is the hash of the leaves
// whose ids begin alike, sorted; the root is the hash of all nodes, sorted. All rows of one document in whatever table make one leaf, each
// finding makes one, every other table is a leaf by itself. So a night hashes anew only what it touches, and the nodes above.

// contentFilter leaves out what depends on the nights a warehouse has lived through, not on its documents: rows that
// better rules replaced, and findings that no longer hold.
var contentFilter = map[string]string{
	"observation": "superseded_reason IS DISTINCT FROM 'reread'",
	"revision":    "reason <> 'reread'",
	"finding":     "superseded_at IS NULL",
}

// The kinds of leaves that are not a whole table.
const (
	documentLeaf = "document"
	findingLeaf  = "finding"
)

// above is the node of an id: how it begins. A night of a hundredth of news touches few of so many nodes.
func above(id string) string { return "left(" + id + ", 4)" }

// bucket is the kind of leaf that a table's rows are in, and the expression that tells which one.
func bucket(t layout.Table) (kind, expr string) {
	switch {
	case t.Name == "finding":
		return findingLeaf, "finding_id"
	case t.Name == "revision":
		return documentLeaf, "coalesce(new_document_id, old_document_id)"
	case slices.Contains(layout.Names(t.Columns), "document_id"):
		return documentLeaf, "document_id"
	}
	return t.Name, "''"
}

// leafKinds lists the kinds of leaves, sorted.
func leafKinds() []string {
	var list []string
	for _, t := range layout.Tables() {
		if kind, _ := bucket(t); t.Content && !slices.Contains(list, kind) {
			list = append(list, kind)
		}
	}
	slices.Sort(list)
	return list
}

// leafQuery works out the leaves of a kind: bucket and hash. Where is a condition on the bucket. Instead, unless nil, names tables that hold
// all rows asked for of another table.
func leafQuery(kind, where string, instead map[string]string) string {
	var tables []string
	for _, t := range layout.Tables() {
		k, expr := bucket(t)
		if !t.Content || k != kind {
			continue
		}
		q := `SELECT ` + expr + ` AS bucket, ` + quote(t.Name) + ` || sha256(concat_ws(chr(31), ` + strings.Join(printed(t), ", ") + `)) AS x FROM ` + cmp.Or(instead[t.Name], t.Name) +
			` WHERE ` + strings.ReplaceAll(where, "bucket", expr)
		if f := contentFilter[t.Name]; f != "" {
			q += " AND " + f
		}
		tables = append(tables, q)
	}
	return `SELECT bucket, ` + hashTogether("x") + ` AS hash FROM (` + strings.Join(tables, " UNION ALL ") + `) GROUP BY bucket`
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

// bucketRanges are conditions that share all buckets out, in order: so many leaves are worked out at once. Ids begin with a hexadecimal digit.
func bucketRanges() []string {
	const digits = "0123456789abcdef"
	list := []string{"bucket < '1'"}
	for i := 1; i < len(digits)-1; i++ {
		list = append(list, fmt.Sprintf("bucket >= '%c' AND bucket < '%c'", digits[i], digits[i+1]))
	}
	return append(list, "bucket >= 'f'")
}

// asker is what answers questions, too: a database, a transaction.
type asker interface {
	execer
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// nodeQuery works out the nodes of a kind from its leaves: bucket and hash. What a leaf is of stands in its rows.
func nodeQuery(from string) string {
	return `SELECT ` + above("bucket") + ` AS bucket, ` + hashTogether("hash") + ` AS hash FROM (` + from + `) GROUP BY 1`
}

// hashTogether hashes the texts of a group, sorted. (An aggregate with an order of its own takes 100 KB for each group of more than 16 rows.)
func hashTogether(text string) string {
	return `sha256(array_to_string(list_sort(list(` + text + `)), ''))`
}

// contentHash works the root out from the tables themselves.
func contentHash(ctx context.Context, db asker) (string, error) {
	h := sha256.New()
	for _, kind := range leafKinds() {
		portions, err := portionsOf(ctx, db, kind)
		if err != nil {
			return "", err
		}
		for _, where := range portions {
			if err := addNodes(ctx, db, h, `SELECT `+quote(kind)+` AS kind, bucket, hash FROM (`+nodeQuery(leafQuery(kind, where, nil))+`)`); err != nil {
				return "", fmt.Errorf("hash %s: %w", kind, err)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// inOneGo is up to how many rows leaves are worked out at once: in a small warehouse every question costs more than its rows.
const inOneGo = 20_000

// portionsOf are conditions that share all leaves of a kind out, in order.
func portionsOf(ctx context.Context, db asker, kind string) ([]string, error) {
	if kind != documentLeaf && kind != findingLeaf {
		return []string{"true"}, nil
	}
	var counts []string
	for _, t := range layout.Tables() {
		if k, _ := bucket(t); t.Content && k == kind {
			counts = append(counts, `(SELECT count(*) FROM `+t.Name+`)`)
		}
	}
	var rows int64
	if err := db.QueryRowContext(ctx, `SELECT `+strings.Join(counts, " + ")).Scan(&rows); err != nil {
		return nil, fmt.Errorf("count rows of %s: %w", kind, err)
	}
	if rows <= inOneGo {
		return []string{"true"}, nil
	}
	return bucketRanges(), nil
}

// CheckContent hashes all that a release's file says and holds it against the manifest.
func (r *Reader) CheckContent(ctx context.Context, rel Release) error {
	got, err := contentHash(ctx, r.db)
	if err == nil && got != rel.Content {
		err = fmt.Errorf("%s does not say what was published: its content is %s, the manifest says %s", rel.File, got, rel.Content)
	}
	return err
}

// rootHash works the root out from the nodes kept in the build file.
func rootHash(ctx context.Context, db asker) (string, error) {
	h := sha256.New()
	if err := addNodes(ctx, db, h, `FROM node`); err != nil {
		return "", fmt.Errorf("hash content: %w", err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// addNodes adds nodes to a hash, in order, many at once: a row for each takes longer to fetch than to work out.
func addNodes(ctx context.Context, db asker, h hash.Hash, nodes string) error {
	rows, err := db.QueryContext(ctx, `SELECT array_to_string(list_sort(list(concat_ws(chr(31), kind, bucket, hash || chr(10)))), '')
		FROM (`+nodes+`) GROUP BY kind, left(bucket, 1) ORDER BY kind, left(bucket, 1)`)
	if err != nil {
		return err
	}
	defer rows.Close()
	var some sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&some); err != nil {
			return err
		}
		h.Write(some)
	}
	return rows.Err()
}

// growLeaves works out anew the leaves and the nodes above: all, or those of what was touched, as far as they do not stand. Those of documents
// are Prepare's, and of findings PutFindings needs leaves to tell which changed.
func (w *Warehouse) growLeaves(ctx context.Context, tx session) error {
	for _, kind := range leafKinds() {
		if w.full {
			if err := growAll(ctx, tx, kind); err != nil {
				return err
			}
			continue
		}
		var err error
		switch {
		case kind == findingLeaf:
			err = growNodes(ctx, tx, kind, "SELECT "+above("finding_id")+" FROM touched_finding")
		case w.renewed[kind]:
			err = growTouched(ctx, tx, kind, "true", "SELECT ''")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// growTouched works out anew the leaves of a kind that a condition on the bucket holds for, and these nodes above them.
func growTouched(ctx context.Context, tx session, kind, where, nodes string) error {
	if err := execAll(ctx, tx, `DELETE FROM leaf WHERE kind = `+quote(kind)+` AND `+where,
		`INSERT INTO leaf SELECT `+quote(kind)+`, bucket, hash FROM (`+leafQuery(kind, where, map[string]string{"observation": gathered})+`)`); err != nil {
		return err
	}
	return growNodes(ctx, tx, kind, nodes)
}

// growNodes works out anew some nodes of a kind.
func growNodes(ctx context.Context, tx session, kind, nodes string) error {
	return execAll(ctx, tx, `DELETE FROM node WHERE kind = `+quote(kind)+` AND bucket IN (`+nodes+`)`,
		`INSERT INTO node SELECT `+quote(kind)+`, bucket, hash FROM (`+nodeQuery(`FROM leaf WHERE kind = `+quote(kind)+` AND `+above("bucket")+` IN (`+nodes+`)`)+`)`)
}

// growAll works out all leaves and nodes of a kind.
func growAll(ctx context.Context, tx session, kind string) error {
	if err := growLeavesOf(ctx, tx, kind); err != nil {
		return err
	}
	return execAll(ctx, tx, `DELETE FROM node WHERE kind = `+quote(kind),
		`INSERT INTO node SELECT `+quote(kind)+`, bucket, hash FROM (`+nodeQuery(`FROM leaf WHERE kind = `+quote(kind))+`)`)
}

// growLeavesOf works out all leaves of a kind.
func growLeavesOf(ctx context.Context, tx session, kind string) error {
	if err := execAll(ctx, tx, `DELETE FROM leaf WHERE kind = `+quote(kind)); err != nil {
		return err
	}
	portions, err := portionsOf(ctx, tx, kind)
	if err != nil {
		return err
	}
	for _, where := range portions {
		if err := execAll(ctx, tx, `INSERT INTO leaf SELECT `+quote(kind)+`, bucket, hash FROM (`+leafQuery(kind, where, nil)+`)`); err != nil {
			return err
		}
	}
	return nil
}

// touchedLeaves are the hashes of the documents touched tonight: a release's file is held against them.
func (w *Warehouse) touchedLeaves(ctx context.Context) (map[string]string, error) {
	return leaves(ctx, w.db, `SELECT bucket, hash FROM leaf WHERE kind = 'document' AND bucket IN (FROM touched)`)
}

func leaves(ctx context.Context, db asker, query string, args ...any) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read leaves: %w", err)
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var bucket, sum string
		if err := rows.Scan(&bucket, &sum); err != nil {
			return nil, fmt.Errorf("read leaves: %w", err)
		}
		out[bucket] = sum
	}
	return out, rows.Err()
}
