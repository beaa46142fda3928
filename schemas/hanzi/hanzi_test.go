package hanzi

import (
	"strings"
	"testing"

	"heshu/schemas"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, in, want string }{
		{"simplified text stays", "全县养蜂户达1600余户。", "全县养蜂户达1600余户。"},
		{"full-width becomes narrow", "投入４．１亿元（占３５％）", "投入4.1亿元(占35%)"},
		{"the Chinese comma stays", "３户，５人、六家。", "3户，5人、六家。"},
		{"zero width is dropped", "22\u200b314\ufeff人\u00ad", "22314人"},
		{"spaces inside a number are dropped", "7 127.85万元", "7127.85万元"},
		{"of any width", "7\u00a0127.85万元、1\u3000234人", "7127.85万元、1234人"},
		{"also after a comma", "共1, 234人", "共1,234人"},
		{"before a scale word", "投入4.1 亿元", "投入4.1亿元"},
		{"but not between columns", "2017 2018 3500", "2017 2018 3500"},
		{"nor after a year", "2018 万人马拉松", "2018 万人马拉松"},
		{"a line break inside a number is dropped", "全县投入资金22\n314元", "全县投入资金22314元"},
		{"two are a new paragraph", "共22\n\n314元", "共22\n\n314元"},
		{"a Chinese comma may part thousands", "带动22，314人", "带动22,314人"},
		{"or clauses", "名列第3，200人参加", "名列第3，200人参加"},
		{"or a year from a number", "2018，300人参加", "2018，300人参加"},
		{"traditional text is simplified", "山陽縣總工會幫扶貧困戶", "山阳县总工会帮扶贫困户"},
		{"乾县 is a name", "永寿县和乾县", "永寿县和乾县"},
		{"also in traditional text", "陝西省總工會在永壽縣、乾縣幫扶貧困戶", "陕西省总工会在永寿县、乾县帮扶贫困户"},
		{"a stray traditional name is left", "喆、锺先生和镕基先生在全县养蜂户大会上讲话", "喆、锺先生和镕基先生在全县养蜂户大会上讲话"},
	} {
		s := Fold([]rune(c.in))
		if got := string(s.Runes); got != c.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", c.rule, c.in, got, c.want)
		}
	}
}

func TestSpanQuotesTheOriginal(t *testing.T) {
	t.Parallel()
	in := []rune("共７ 127.85\u200b万元")
	s := Fold(in)
	if got, ok := s.Span(1, 9).In(in); string(s.Runes[1:9]) != "7127.85万" || !ok || got != "７ 127.85\u200b万" {
		t.Errorf("Span(1, 9) of %q is %q", string(s.Runes), got)
	}
	if got := s.Span(len(s.Runes), len(s.Runes)); got != (schemas.TextSpan{Start: schemas.RuneOffset(len(in)), End: schemas.RuneOffset(len(in))}) {
		t.Errorf("empty span at the end = %v", got)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "7 127.85 万元", "幫扶貧困戶22，314戶", "\n\n1\n2", "１, 234\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text := []rune(in)
		s := Fold(text)
		if len(s.At) != len(s.Runes)+1 || int(s.At[len(s.Runes)]) != len(text) {
			t.Fatalf("%d offsets for %d runes of %d", len(s.At), len(s.Runes), len(text))
		}
		for i := range s.Runes {
			if s.At[i] >= s.At[i+1] {
				t.Fatalf("offsets %d, %d do not rise", s.At[i], s.At[i+1])
			}
			if _, ok := s.Span(0, i+1).In(text); !ok {
				t.Fatalf("Span(0, %d) is outside", i+1)
			}
		}
	})
}

func BenchmarkFold(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"simplified", "2018年6月，全县养蜂户达1600余户，年产值4000万元以上，800余名困难职工和农民工通过科学养蜂摆脱了贫困。\n"},
		{"traditional", "2018年6月，全縣養蜂戶達1600余戶，年產值4000萬元以上，800余名困難職工和農民工通過科學養蜂擺脫了貧困。\n"},
	} {
		text := []rune(strings.Repeat(c.text, 200))
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text))) // runes, not bytes
			for b.Loop() {
				Fold(text)
			}
		})
	}
}
