package quantity

import (
	"strings"
	"testing"

	"heshu/schemas/hanzi"
)

// amountRoles are the roles of FewFC's arguments that are amounts or shares.
var amountRoles = map[string]bool{"money": true, "amount": true, "number": true, "proportion": true, "share-per": true, "share-num": true}

func TestAmountsAndSharesOfFinancialNews(t *testing.T) {
	t.Parallel()
	total, right := 0, 0
	for _, c := range loadSuite(t, "fewfc_news") {
		shadow := hanzi.Fold([]rune(c.Text))
		numbers := Scan(shadow.Runes)
		for _, s := range c.Spans {
			if !amountRoles[s.Role] {
				continue
			}
			if sig := signature([]rune(s.Text)); sig == "" {
				continue // 全部股权
			}
			total++
			if coveredBy(&s, shadow, numbers) {
				right++
			} else {
				t.Logf("%s | %s", s.Text, c.Text)
			}
		}
	}
	recall := float64(right) / float64(max(total, 1))
	t.Logf("fewfc: %d of %d = %.3f", right, total, recall)
	if recall < 0.97 {
		t.Errorf("fewfc: recall %.3f is below 0.97", recall)
	}
}

// coveredBy reports whether one number, or two ends of a range, that may be figures say exactly the span's numerals.
func coveredBy(s *suiteSpan, shadow hanzi.Shadow, numbers []Number) bool {
	var got strings.Builder
	for _, n := range numbers {
		span := shadow.Span(n.CoreStart, max(n.CoreEnd, n.UnitEnd))
		if int(span.Start) < s.End && s.Start < int(span.End) {
			if !n.Class.Figure() {
				return false
			}
			got.WriteString(signature(shadow.Runes[n.CoreStart:max(n.CoreEnd, n.UnitEnd)]))
		}
	}
	return got.String() == signature(hanzi.Fold([]rune(s.Text)).Runes)
}

// signature keeps the numerals, points and percent signs of a text.
func signature(t []rune) string {
	var b strings.Builder
	for _, r := range t {
		if glyphOf(r).numeral() || r == '.' || r == '%' {
			b.WriteRune(r)
		}
	}
	return b.String()
}
