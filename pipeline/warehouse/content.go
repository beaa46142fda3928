package warehouse

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"

	"heshu/schemas/layout"
)

// contentFilter leaves out what depends on the nights a warehouse has lived through, not on its documents: rows that
// better rules replaced, and findings that no longer hold.
var contentFilter = map[string]string{
	"observation": " WHERE superseded_reason IS DISTINCT FROM 'reread'",
	"revision":    " WHERE reason <> 'reread'",
	"finding":     " WHERE superseded_at IS NULL",
}

// contentHash is the SHA-256 of what the tables say, whenever and in however many runs it was loaded: every row as
// text without the columns that tell time or run, hashed, sorted, hashed together.
func contentHash(ctx context.Context, db querier) (string, error) {
	h := sha256.New()
	for _, t := range layout.Tables() {
		if !t.Content {
			continue
		}
		var sum sql.NullString
		if err := db.QueryRowContext(ctx, contentQuery(t)).Scan(&sum); err != nil {
			return "", fmt.Errorf("hash %s: %w", t.Name, err)
		}
		fmt.Fprintf(h, "%s %s\n", t.Name, sum.String)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// querier is what answers a one-row query.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func contentQuery(t layout.Table) string {
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
	return `SELECT sha256(string_agg(h, '' ORDER BY k)) FROM (
		SELECT left(x, 3) AS k, sha256(string_agg(x, '' ORDER BY x)) AS h FROM (
			SELECT sha256(concat_ws(chr(31), ` + strings.Join(parts, ", ") + `)) AS x FROM ` + t.Name + contentFilter[t.Name] + `) GROUP BY k)`
}
