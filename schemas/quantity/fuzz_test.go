package quantity

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"heshu/schemas/schematest"
)

// checkScan holds the invariants of Scan: spans in bounds, in order, and no numeric token outside of them.
func checkScan(t *testing.T, text []rune) {
	t.Helper()
	last, tokens := 0, 0
	for _, n := range Scan(text) {
		if n.Start < last || n.CoreStart < n.Start || n.CoreEnd < n.CoreStart || n.End < n.CoreEnd || n.End > len(text) || n.End <= n.Start {
			t.Fatalf("%q: span %+v behind %d", string(text), n, last)
		}
		if n.UnitStart > n.UnitEnd || n.UnitEnd > n.End {
			t.Fatalf("%q: unit %d-%d of number %d-%d", string(text), n.UnitStart, n.UnitEnd, n.Start, n.End)
		}
		if k := CountTokensIn(text, last, n.Start); k != 0 {
			t.Fatalf("%q: %d numbers lost in %q", string(text), k, string(text[last:n.Start]))
		}
		if n.Class == 0 {
			t.Fatalf("%q: a number without a class", string(text))
		}
		last, tokens = n.End, tokens+n.Tokens
	}
	if k := CountTokensIn(text, last, len(text)); k != 0 || tokens != CountTokens(text) {
		t.Fatalf("%q: %d tokens in numbers, %d in the text", string(text), tokens, CountTokens(text))
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"投入4000多万元，近百名职工", "73.76万户292.32万人", "三千—五千元", "百分之四十，三分之二", "豫工发〔2018〕6号", "第1-3名，7×24小时", "1,286.5万元 18 760 人",
		"负一又二分之一", "两万两千两", "三百五十万亿零几百", "2018/8/31 10:53 5:1 1/3 4/5G", "SA51% COVID-19 $20 RMB两块九毛九", "千千万万个一百一", "一点二五点三", "零下华氏三十一度半", "比170低", "10k~15k", "成百上千", "E....H.0%"} {
		f.Add(s)
	}
	for _, s := range schematest.FixtureLines(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := []rune(s)
		checkScan(t, text)
		if n, ok := Parse(s); ok && (n.Start < 0 || n.End > len(text) || n.CoreStart > n.CoreEnd || n.UnitStart > n.UnitEnd) {
			t.Fatalf("Parse(%q) = %+v", s, n)
		}
		LookupUnit(s)
		NounUnit(s)
	})
}

// FuzzNumerals prints a number in Chinese and reads it back.
func FuzzNumerals(f *testing.F) {
	for _, n := range []uint64{0, 7, 10, 11, 20, 101, 110, 1001, 2018, 10010, 35000, 100005, 10203040, 123456789, 9876543298765432} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n uint64) {
		n %= 1e16
		want := strconv.FormatUint(n, 10)
		for _, s := range []string{chinese(n), want, grouped(want)} {
			got, ok := Parse(s)
			if !ok || got.Quantity.Value.String() != want {
				t.Fatalf("Parse(%q) = %s, want %s", s, got.Quantity.Value, want)
			}
		}
	})
}

// chinese prints a number below 10^16 as a careful writer does.
func chinese(n uint64) string {
	if n == 0 {
		return "零"
	}
	type level struct {
		worth uint64
		word  string
	}
	var b strings.Builder
	zero := false
	for _, l := range []level{{1e12, "万"}, {1e8, "亿"}, {1e4, "万"}, {1, ""}} {
		part := n / l.worth % 10000
		if part == 0 {
			zero = b.Len() > 0
			if l.worth == 1e8 && n >= 1e12 {
				b.WriteString("亿")
			}
			continue
		}
		if b.Len() > 0 && (zero || part < 1000) {
			b.WriteString("零")
		}
		thousand(&b, part)
		b.WriteString(l.word)
		zero = false
	}
	return b.String()
}

func thousand(b *strings.Builder, n uint64) {
	digits := []rune("零一二三四五六七八九")
	gap, begun := false, false
	for _, s := range []struct {
		worth uint64
		word  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / s.worth % 10
		if d == 0 {
			gap = begun
			continue
		}
		if gap {
			b.WriteString("零")
		}
		b.WriteRune(digits[d])
		b.WriteString(s.word)
		gap, begun = false, true
	}
}

func grouped(s string) string {
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

const benchText = "今年以来，全市各级工会筹措帮扶资金2860多万元，走访慰问困难职工家庭1.3万户次，为近百家企业送去培训，带动三千余名农民工在家门口稳定就业，" +
	"人均月增收八百元左右。工作人员一边入户核实情况，一边统一登记信息，把政策讲到田间地头，让群众心里有底、手上有活、脸上有笑。市总工会负责人说，" +
	"下一步还要进一步健全机制，把好经验推广开去，力争年底前覆盖六成以上的乡镇，真正做到不漏一户、不落一人。据介绍，该市的做法得到了上级部门的充分肯定。"

func BenchmarkScan(b *testing.B) {
	text := []rune(strings.Repeat(benchText+"\n", 200))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Scan(text)
	}
	b.ReportMetric(float64(len(text))*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrunes/s")
}

func BenchmarkParse(b *testing.B) {
	cells := []string{"1,286.5", "4000多万元", "近百名", "三百五十八人", "40%左右", "备注", "3000—5000元", "7127.85", "—", "安阳县总工会"}
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range cells {
			Parse(c)
		}
	}
	b.ReportMetric(float64(len(cells))*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mcells/s")
}

// hostile are units whose repetition is costly for a careless scanner.
var hostile = []struct{ name, unit string }{{"digits", "7"}, {"groups", "1,234"}, {"numerals", "三"}, {"scales", "一万"}, {"brackets", "〔(〔(2018"}, {"ranges", "1-"},
	{"fractions", "一分之"}, {"letters", "a1"}, {"slashes", "1/"}, {"qualifiers", "不超过"}, {"units", "元角分"}, {"points", "1."}, {"zero", "零"}, {"spaces", "1 "}, {"few", "几十多"}}

func TestHostileRunsLoseNoNumber(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		checkScan(t, []rune(strings.Repeat(h.unit, 4000/len([]rune(h.unit)))))
	}
}

// BenchmarkHostile shows that cost grows with length only: ns/rune stays the same from 4,000 runes to 400,000.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		for _, n := range []int{4000, 40000, 400000} {
			text := []rune(strings.Repeat(h.unit, n/len([]rune(h.unit))))
			b.Run(fmt.Sprintf("%s/%d", h.name, n), func(b *testing.B) {
				for b.Loop() {
					Scan(text)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(text)), "ns/rune")
			})
		}
	}
}
