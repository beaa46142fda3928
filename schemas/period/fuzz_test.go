package period

import (
	"fmt"
	"strings"
	"testing"

	"heshu/schemas"
	"heshu/schemas/schematest"
)

// FuzzScan: no text panics, spans are ordered, inside the text and not empty, and each resolves without a panic.
func FuzzScan(f *testing.F) {
	for _, s := range []string{"今年以来,截至9月底", "2018年1-6月", "“十三五”期间", "11月25日至28日", "3年来8时30分", "99999999999年", "2018.07", "每月15日前", "一二三四五六七八九十年"} {
		f.Add(s)
	}
	ref := schemas.NewDate(2018, 6, 30)
	for _, s := range schematest.FixtureLines(f) {
		f.Add(s)
	}
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

// Plain dates print and parse back, in every notation, and a date in running text is found with its own words.
func TestPlainDatesRoundTrip(t *testing.T) {
	t.Parallel()
	for d := schemas.NewDate(1999, 12, 1); d.Year() < 2027; d = d.AddDate(0, 0, 3) {
		y, m, n := d.Year(), int(d.Month()), d.Day()
		for _, s := range []string{
			d.String(), fmt.Sprintf("%d年%d月%d日", y, m, n), fmt.Sprintf("%d年%02d月%02d日", y, m, n), fmt.Sprintf("%d/%d/%d", y, m, n),
			fmt.Sprintf("%d.%d.%d", y, m, n), fmt.Sprintf("%04d%02d%02d", y, m, n), spell(y, m, n),
		} {
			if p, ok := Parse(s, schemas.Date{}); !ok || p != (schemas.Period{Kind: schemas.Day, Start: d, End: d}) {
				t.Fatalf("%s: -want %s +got %s", s, d, show(p, ok))
			}
		}
		text := []rune("会议于" + spell(y, m, n) + "召开")
		if list := Scan(text); len(list) != 1 || string(text[list[0].Start:list[0].End]) != spell(y, m, n) {
			t.Fatalf("%s: found %v", string(text), list)
		}
	}
}

// spell writes a date in Chinese numerals: 二〇一八年十一月九日.
func spell(y, m, d int) string {
	digits := []rune("〇一二三四五六七八九")
	small := func(n int) string {
		switch {
		case n < 10:
			return string(digits[n])
		case n < 20:
			return "十" + strings.TrimPrefix(string(digits[n-10]), "〇")
		}
		return string(digits[n/10]) + "十" + strings.TrimPrefix(string(digits[n%10]), "〇")
	}
	return string([]rune{digits[y/1000], digits[y/100%10], digits[y/10%10], digits[y%10]}) + "年" + small(m) + "月" + small(d) + "日"
}

const prose = "市总工会把劳模助力脱贫攻坚作为重点工作，动员全市各级劳模结对帮扶贫困户，发展特色种植，建成扶贫车间，带动群众就近务工。" +
	"截至9月底，全市累计投入资金1.02亿元，帮扶贫困户9130户28715人；今年以来举办技能培训班298期，去年同期为180期。" +
	"大家一致认为，要进一步加大工作力度，落实各项措施，确保到2020年底全部脱贫。记者近日在村里看到，合作社的大棚里一派繁忙景象。"

func BenchmarkScan(b *testing.B) {
	text := []rune(strings.Repeat(prose, 100))
	b.SetBytes(int64(len(text))) // runes
	for b.Loop() {
		Scan(text)
	}
}

func BenchmarkParse(b *testing.B) {
	ref := schemas.NewDate(2018, 6, 30)
	for b.Loop() {
		Parse("截至2018年6月底", ref)
	}
}

// BenchmarkHostile shows linear cost: a text ten times as long takes at most twelve times as long, so that the time of a rune
// stays what it is from row to row of a family.
func BenchmarkHostile(b *testing.B) {
	for name, unit := range map[string]string{
		"digits": "1", "numerals": "一", "years": "年", "to": "至", "dates": "2018年", "months": "1月", "from": "从", "near": "近", "quotes": "“",
		"lists": "1、", "dashes": "2018-", "until": "截至到", "brackets": "（(",
	} {
		for _, n := range []int{4_000, 40_000, 400_000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				text := []rune(strings.Repeat(unit, n/len([]rune(unit))))
				for b.Loop() {
					Scan(text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/rune")
			})
		}
	}
}
