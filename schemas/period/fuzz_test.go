package period

import (
	"testing"

	"heshu/schemas"
)

// FuzzScan: no text panics, spans are ordered, inside the text and not empty, and each resolves without a panic.
func FuzzScan(f *testing.F) {
	for _, s := range []string{"今年以来,截至9月底", "2018年1-6月", "“十三五”期间", "11月25日至28日", "3年来8时30分", "99999999999年", "2018.07", "每月15日前", "一二三四五六七八九十年"} {
		f.Add(s)
	}
	ref := schemas.NewDate(2018, 6, 30)
	f.Fuzz(func(t *testing.T, s string) {
		text := []rune(s)
		for _, list := range [][]Expr{Scan(text), ScanName(s)} {
			end := 0
			for _, e := range list {
				if e.Start < end || e.End <= e.Start || e.End > len(text) {
					t.Fatalf("span %d-%d after %d of %d in %q", e.Start, e.End, end, len(text), s)
				}
				end = e.End
				p, ok := e.Resolve(ref)
				if ok && (p.End.IsZero() || !p.Start.IsZero() && p.End.Before(p.Start)) {
					t.Fatalf("%q: period %v", string(text[e.Start:e.End]), p)
				}
				_, _ = e.Resolve(schemas.Date{})
			}
		}
		_, _ = Parse(s, ref)
	})
}
