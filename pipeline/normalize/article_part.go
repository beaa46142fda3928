package normalize

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"heshu/schemas"
	"heshu/schemas/hanzi"
)

// breakdown names the part that a figure is of, where the figure itself is not said to be one: 省总本级1236万元, 每个贫困县10万元,
// 第一书记47人次, 副处级以上干部89名.
func (r *reading) breakdown() {
	o := r.o
	if o.Breakdown != "" || r.c.Head == "" && o.Unit != "CNY" && o.Unit != "household" && o.Unit != "person" {
		return
	}
	part := ""
	switch label := r.label(); {
	case strings.Contains(r.prefix, "本级"):
		part = ownLevelPart(r.prefix)
	case o.Per == "county":
		part = eachOf(r.c.Text, "县")
	case o.Indicator == "cadres_dispatched" && hasAny(label, "和", "及", "、"): // 第一书记和驻村干部: all of them
	case o.Indicator == "cadres_dispatched":
		part = firstOf(label+firstPart(r.c.After, "、"), "第一书记", "驻村队员", "结对帮扶干部", "驻村工作队员")
		if part == "" {
			part = rankOf(label)
		}
	case strings.HasPrefix(string(o.Indicator), "people_") && r.c.Head == "残疾人":
		part = "残疾人"
	case strings.Contains(r.prefix, "其中") && label != "" && strings.Trim(r.c.Before, " 其中，,") == label && !hasAny(label, "面积", "产量", "收入", "率", "额", "总", "数", "人口", "产值", "税收", "利润"):
		part = label // 其中旱田6.8万亩，水田1.2万亩
	case o.Unit == "person":
		part = rankOf(label)
	}
	if part == "" {
		part = r.levelOfList()
	}
	if part != "" {
		o.Breakdown = part
		r.page.n.step(o, "breakdown", "part-words", r.c.Text, part)
	}
}

// ownLevelPart reads 市总本级, 省本级 where it stands last in the sentence so far.
func ownLevelPart(prefix string) string {
	before, after, _ := strings.Cut(prefix, "本级")
	if strings.ContainsAny(after, "。；") {
		return ""
	}
	rs := []rune(before)
	k := len(rs)
	for k > 0 && len(rs)-k < 3 && strings.ContainsRune("省市县区总工会", rs[k-1]) {
		k--
	}
	if k == len(rs) {
		return ""
	}
	return string(rs[k:]) + "本级"
}

// eachOf is the noun with that end behind 每个: 每个深度贫困县工会.
func eachOf(text, end string) string {
	i := strings.LastIndex(text, "每个")
	if i < 0 {
		return ""
	}
	noun, _, ok := strings.Cut(text[i+len("每个"):], end)
	if !ok || noun == "" || utf8.RuneCountInString(noun) > 6 {
		return ""
	}
	return noun + end
}

func firstOf(s string, words ...string) string {
	for _, w := range words {
		if strings.Contains(s, w) {
			return w
		}
	}
	return ""
}

// rankOf is the rank that a label begins with: 市级以上劳模, 副处级以上干部.
func rankOf(label string) string {
	rank, _, ok := strings.Cut(label, "级以上")
	if !ok || utf8.RuneCountInString(rank) > 3 {
		return ""
	}
	return rank + "级以上"
}

// levels are the ranks of honours and bodies, in lists of them.
var levels = []string{"国家级", "省部级", "省级", "市级", "县区级", "县级"}

// levelOfList is the level of a figure among others of other levels: 国家级荣誉7项、省级荣誉9项.
func (r *reading) levelOfList() string {
	label := r.label()
	for _, l := range levels {
		if !strings.HasPrefix(label, l) {
			continue
		}
		for _, other := range levels {
			if other != l && strings.Contains(r.c.SentenceText, other+strings.TrimPrefix(label, l)) {
				return l
			}
		}
	}
	return ""
}

// asWritten is a stretch of the simplified text as the document has it.
func (p *articlePage) asWritten(s string, near schemas.Locator) string {
	if s == "" {
		return s
	}
	w, ok := p.originals[s]
	if !ok {
		w = p.findWritten(s, near)
		p.originals[s] = w
	}
	return w
}

// lookBack is how far from a figure its words are looked for, in runes: the cost of one must not grow with the text.
const lookBack = 4000

// shortText is how many bytes of a text are looked through before its shadow is made.
const shortText = 1 << 16

// findWritten looks for a stretch in the shadow of the text, from a little behind the figure backwards.
func (p *articlePage) findWritten(s string, near schemas.Locator) string {
	if len(p.part.Text) <= shortText && strings.Contains(p.part.Text, s) {
		return s
	}
	if p.folded.Runes == nil {
		p.written = []rune(p.part.Text)
		p.folded = hanzi.Fold(p.written)
		p.plain = slices.Equal(p.folded.Runes, p.written)
	}
	at, ok := near.(schemas.TextSpan)
	if p.plain || !ok {
		return s
	}
	rs, text := []rune(s), p.folded.Runes
	end := sort.Search(len(text), func(i int) bool { return p.folded.At[i] >= int32(at.End) })
	last := min(end+lookBack/10, len(text)) - len(rs)
	for i := last; i >= 0 && i > last-lookBack; i-- {
		if slices.Equal(text[i:i+len(rs)], rs) {
			span := p.folded.Span(i, i+len(rs))
			return string(p.written[span.Start:span.End])
		}
	}
	return s
}
