package normalize

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/period"
	"heshu/schemas/quantity"
)

// breakdown names the part that a figure is of, where the figure itself is not said to be one: 省总本级1236万元, 每个贫困县10万元,
// 第一书记47人次, 副处级以上干部89名.
func (r *reading) breakdown() {
	o := r.o
	if o.Breakdown == "" && o.Measure == schemas.Share {
		o.Breakdown = r.shareOf()
	}
	if o.Breakdown != "" || r.c.Head == "" && o.Unit != "CNY" && o.Unit != "household" && o.Unit != "person" {
		return
	}
	part := ""
	switch label := r.label(); {
	case strings.Contains(r.prefix, "本级") && !r.anotherSum():
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
	case strings.Contains(r.prefix, "其中") && r.sameAsPart() && label != "" && strings.Trim(r.c.Before, " 其中，,") == label && !hasAny(label, "面积", "产量", "收入", "率", "额", "总", "数", "人口", "产值", "税收", "利润"):
		part = label // 其中旱田6.8万亩，水田1.2万亩
	case o.Unit == "person":
		if part = rankOf(label); part == "" {
			part = r.besideOthers()
		}
	}
	if part == "" {
		part = r.levelOfList()
	}
	if part != "" {
		o.Breakdown = part
		r.page.n.step(o, "breakdown", "part-words", r.c.Text, part)
	}
}

// anotherSum tells a sum behind that of the own level, in the same sentence: 县总本级配套15.3万元，社会捐助10万元.
func (r *reading) anotherSum() bool {
	_, after, _ := strings.Cut(r.prefix, "本级")
	b := r.sameUnit(func(*mapped) bool { return true })
	return b != nil && b.sentence == r.c.Sentence && strings.Contains(after, r.page.lastNumber) && r.page.before != nil && r.page.before.unit == r.o.Unit
}

// sameAsPart tells a figure that a 其中 before it reaches: of its own clause, or of the unit of one before in the sentence.
func (r *reading) sameAsPart() bool {
	b := r.sameUnit(func(*mapped) bool { return true })
	return strings.Contains(r.c.Text, "其中") || b != nil && b.sentence == r.c.Sentence
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

// partName is what the part is called: the label, or the words before the number.
func (r *reading) partName() string {
	s := r.f.Label
	before := partWords(r.c.Before)
	switch n := utf8.RuneCountInString(before); {
	case strings.HasSuffix(before, "的") && n <= 14:
		return before // 其中从事产业经营的56人
	case s == "", n <= 8 && strings.HasSuffix(before, s):
		s = before // 其中全国劳模18人
	}
	return strings.TrimRight(partWords(s), "的")
}

// partWords leaves out what only leads to a part or what was done with it: 含第一书记1名, 其中市总本级筹集312.6万元, 其中今年以来投入1530万元.
func partWords(s string) string {
	s = strings.TrimLeft(s, " ,，、(（")
	for _, w := range []string{"其中", "包括", "含"} {
		s = strings.TrimLeft(strings.TrimPrefix(s, w), " ,，、:：")
	}
	rs := []rune(s)
	if es := period.Scan(rs); len(es) > 0 && es[0].Start == 0 {
		s = string(rs[es[0].End:])
	}
	for again := true; again; {
		again = false
		s = strings.TrimRight(s, "有达约为由从共已占计 ")
		for _, w := range []string{"筹集", "投入", "配套", "拨付", "发放", "筹措", "安排", "累计", "达到", "帮扶", "培训", "慰问", "走访", "完成", "实现", "举办", "开展", "组织", "提供", "建成", "新建", "开办", "选派"} {
			if strings.HasSuffix(s, w) {
				s, again = strings.TrimSuffix(s, w), true
			}
		}
	}
	return s
}

// besideOthers is the kind of people that a figure counts beside another kind: 吸纳了1200名巧媳妇和96名贫困家庭人员就业.
func (r *reading) besideOthers() string {
	label, b := r.label(), r.page.before
	if label == "" || r.o.Unit != "person" || !strings.HasPrefix(string(r.o.Indicator), "people_") {
		return ""
	}
	text := r.c.Text
	if strings.Contains(text, "“") {
		text = unquoted.Replace(text)
	}
	before, rest, _ := strings.Cut(text, r.f.Number)
	first := endsInAny(before, "和", "、", "与", "及") && b != nil && b.unit == r.o.Unit && b.indicator == r.o.Indicator && b.sentence == r.c.Sentence && b.index == r.c.Index
	label = strings.Trim(label, "“”")
	rest = strings.TrimPrefix(rest, label)
	if first && strings.HasSuffix(strings.TrimRight(before, "和、与及"), r.page.lastNumber) {
		return "" // 4893户、14128人
	}
	if !first && !countsNext(rest, r.f.Unit.Text) || !strings.Contains(text, r.f.Number+label) {
		return ""
	}
	return label
}

// unquoted leaves out quotation marks.
var unquoted = strings.NewReplacer("“", "", "”", "")

// countsNext tells words that begin with a conjunction and another number of the same measure word: 和96名….
func countsNext(s, measure string) bool {
	rs := []rune(s)
	if len(rs) < 3 || !strings.ContainsRune("和、与及", rs[0]) || measure == "" {
		return false
	}
	ns := quantity.Scan(rs[1:min(len(rs), 12)])
	return len(ns) > 0 && ns[0].Start == 0 && ns[0].Quantity.Unit == measure
}

// shareOf is whose share a percentage is, in a list of shares: 因病致贫的有42%; 农民工会员占比达到百分之四十.
func (r *reading) shareOf() string {
	s := strings.TrimRight(r.c.Before, "达到为约 ")
	for _, end := range []string{"的有", "的占", "占比"} {
		name, ok := strings.CutSuffix(s, end)
		if !ok {
			continue
		}
		name = partWords(name)
		if rs := []rune(name); len(rs) > 2 && strings.ContainsRune("全我该", rs[0]) && strings.ContainsRune("国省市县区州", rs[1]) {
			name = string(rs[2:])
		}
		if n := utf8.RuneCountInString(name); n >= 2 && n <= 10 {
			return name
		}
	}
	return ""
}

func endsInAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
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

// nearBytes is how far around a figure its words are looked for first.
const nearBytes = 1500

// findWritten looks for a stretch in the shadow of the text, from a little behind the figure backwards.
func (p *articlePage) findWritten(s string, near schemas.Locator) string {
	at, ok := near.(schemas.TextSpan)
	if n := len(p.part.Text); n <= shortText {
		from := max(0, min(3*int(at.Start)-nearBytes, n)) // three bytes a character; most words stand beside their figure
		if strings.Contains(p.part.Text[from:min(from+2*nearBytes, n)], s) || strings.Contains(p.part.Text, s) {
			return s
		}
	}
	if p.folded.Runes == nil {
		p.written = []rune(p.part.Text)
		p.folded = hanzi.Fold(p.written)
		p.plain = slices.Equal(p.folded.Runes, p.written)
	}
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
