package clause

import (
	"strings"

	"heshu/schemas/quantity"
)

// describe finds for each figure of a sentence what is counted and the verb that governs it.
func (t *text) describe(s *sentence, fs []found) {
	for i := 0; i < len(fs); {
		ci := clauseAt(s, fs[i].Start)
		c := s.clauses[ci]
		j := i
		for j < len(fs) && fs[j].Start < c.end {
			j++
		}
		if j == i {
			j = i + 1
		}
		t.describeClause(c, ci, fs[i:j])
		i = j
	}
	for i := range fs { // 从1万多涨到了2万多块钱: the unit is said once
		if f := &fs[i]; i+1 < len(fs) && f.UnitEnd == f.UnitStart && fs[i+1].UnitEnd > fs[i+1].UnitStart && f.Quantity.UnitMult >= 3 && t.grew(span{f.End, fs[i+1].Start}) {
			f.Quantity.Unit = fs[i+1].Quantity.Unit
		}
	}
	for i := range fs { // 分别提高5.4个和7.5个百分点
		if f := &fs[i]; i+1 < len(fs) && f.Quantity.Unit == "个" && fs[i+1].Class == quantity.Point && fs[i+1].Start-f.End <= 1 {
			f.Class, f.Quantity.Unit, f.Unit = quantity.Point, fs[i+1].Quantity.Unit, fs[i+1].Unit
		}
	}
	for i := range fs { // 分别不超过3000元、5000元和10000元
		if f := &fs[i]; i > 0 && t.sharesQualifier(&fs[i-1], f) {
			f.shareQualifier(fs[i-1].Quantity)
		}
	}
	for i := range fs { // what grew from one number to another is the same thing
		if f := &fs[i]; i > 0 && f.label.len() == 0 && t.grew(span{fs[i-1].End, f.Start}) {
			f.label, f.head, f.mods = fs[i-1].label, fs[i-1].head, fs[i-1].mods
			f.lead = span{fs[i-1].lead.start, f.before.end}
		}
	}
	for i := range fs { // a verb governs on over the clauses that have none
		if fs[i].verb.len() == 0 && i > 0 && !fs[i].acts {
			fs[i].verb = fs[i-1].verb
		}
	}
}

// grew tells 增加到, 发展到目前的, 降到, alone between two numbers.
func (t *text) grew(s span) bool {
	return s.len() < 14 && anyWord(t.runes[s.start:s.end], "增加到", "增长到", "发展到", "减少到", "降到", "降至", "降低到", "下降到", "下降为", "缩小到", "提高到", "上升到", "上升为", "增至", "减至", "升至", "升到", "扩大到", "提升到", "提升至", "增加为", "变为", "变成", "涨到", "减到", "增到", "涨到", "跃升至", "跃升到", "上涨到", "调到", "上调到", "下调到", "扩展到", "降为", "提高至", "下降至", "增加至", "增长至", "减少至")
}

func clauseAt(s *sentence, at int) int {
	for i, c := range s.clauses {
		if at < c.end {
			return i
		}
	}
	return len(s.clauses) - 1
}

func (t *text) describeClause(c span, ci int, fs []found) {
	at := c.start
	gaps := make([][]token, len(fs)+1)
	for i := range fs {
		gaps[i] = t.tokens(span{at, max(at, fs[i].Start)})
		at = fs[i].End
	}
	gaps[len(fs)] = t.tokens(span{at, max(at, c.end)})
	for i := range fs {
		f := &fs[i]
		f.clause, f.index = c, ci
		f.before = gapSpan(gaps[i], f.Start)
		f.after = gapSpan(gaps[i+1], f.End)
	}
	used := make([]int, len(gaps)) // tokens of a gap that belong to the figure before it
	for i := range fs {
		if t.takesNounAfter(&fs[i]) && !(i+1 < len(fs) && t.measuresNext(&fs[i], &fs[i+1], gaps[i+1])) {
			words, n := t.nounAfter(gaps[i+1], i+1 < len(fs), t.needsNoun(&fs[i], gaps[i]), genericUnit(&fs[i]))
			if n == 0 && fs[i].Unit.Kind == "money" && ownedAction(gaps[i], gaps[i+1]) { // 市政府的26万元拨款
				words, n = []token{{gaps[i+1][0].span, tagVerbNoun}}, 1
			}
			if i+1 < len(fs) && n == len(gaps[i+1]) && n > 1 && n == len(words) && fs[i].Quantity.Unit == "个" && t.actsOn(words) {
				words, n = words[:n-1], n-1 // 36个就业培训基地|培训|4.9万人
			}
			if n > 0 {
				fs[i].setLabel(words)
				used[i+1] = n
			}
		}
	}
	for i := range fs {
		f := &fs[i]
		if f.label.len() == 0 && f.UnitEnd-f.UnitStart > 1 && t.runes[f.UnitStart] == '个' { // 13个项目
			f.label = span{f.UnitStart + 1, f.UnitEnd}
			f.head = f.label
		}
		rest := t.fromValueNoun(gaps[i][used[i]:])
		f.acts = hasVerb(gaps[i+1][min(used[i+1], len(gaps[i+1])):])
		words, verb := t.nounBefore(rest)
		if f.label.len() == 0 {
			f.setLabel(words)
		}
		if f.label.len() == 0 && i > 0 && used[i] > 0 && len(rest) > 0 && t.onlyTails(rest) { // 1项以上特色种养业的贫困村达到了1073个
			f.label, f.head = t.afterOf(fs[i-1].label), fs[i-1].head
		}
		f.verb = verb
		if f.verb.len() == 0 && len(rest) > 0 {
			f.verb = lastVerb(rest, f.label)
		}
	}
	t.group(fs, gaps, used)
}

// actsOn tells a noun phrase whose last word is the verb of the number behind it.
func (t *text) actsOn(words []token) bool {
	last := words[len(words)-1]
	return last.tag == tagVerbNoun && words[len(words)-2].tag == tagNoun && anyWord(t.runes[last.start:last.end], "培训", "帮扶", "扶持", "服务", "救助", "资助")
}

// ownedAction tells a verb that only can be a noun behind an amount: 的 is before the amount, and nothing that the verb could act on behind it.
func ownedAction(before, after []token) bool {
	if len(before) == 0 || before[len(before)-1].tag != tagParticle || len(after) == 0 || after[0].tag != tagVerb || after[0].len() != 2 {
		return false
	}
	return len(after) == 1 || after[1].tag == tagConjunction || after[1].tag == tagVerb || after[1].tag == tagPunct
}

func (t *text) onlyTails(g []token) bool {
	for _, w := range g {
		if !tails[t.string(w.span)] {
			return false
		}
	}
	return true
}

// afterOf is the part of a label behind its last 的.
func (t *text) afterOf(label span) span {
	for i := label.end - 1; i > label.start; i-- {
		if t.runes[i] == '的' {
			return span{i + 1, label.end}
		}
	}
	return label
}

// measuresNext tells a size that only qualifies what the next number counts: 200亩以上种植基地31个.
func (t *text) measuresNext(f, next *found, g []token) bool {
	if f.Unit.Noun || f.Unit.Kind == "count" || !next.Unit.Noun && next.Unit.Kind != "count" || len(g) == 0 {
		return false
	}
	for _, w := range g {
		if !startsNoun(w.tag) {
			return false
		}
	}
	return true
}

func gapSpan(g []token, at int) span {
	if len(g) == 0 {
		return span{at, at}
	}
	return span{g[0].start, g[len(g)-1].end}
}

func (f *found) setLabel(words []token) {
	for len(words) > 0 && (words[0].tag == tagParticle || words[0].tag == tagConjunction) {
		words = words[1:]
	}
	if len(words) == 0 {
		return
	}
	f.label = span{words[0].start, words[len(words)-1].end}
	for i := len(words) - 1; i >= 0; i-- {
		if isNominal(words[i].tag) {
			f.head = words[i].span
			words = words[:i]
			break
		}
	}
	for _, w := range words {
		if w.tag != tagParticle && w.tag != tagConjunction && w.tag != tagPunct {
			f.mods = append(f.mods, w.span)
		}
	}
}

func isNominal(g tag) bool {
	return g == tagNoun || g == tagVerbNoun || g == tagName || g == tagOther
}

// takesNounAfter tells a number whose measure word lets what is counted follow: 2731户贫困户, 4335万贫困人口.
func (t *text) takesNounAfter(f *found) bool {
	switch f.Class {
	case quantity.Percent:
		return f.End < len(t.runes) && t.runes[f.End] == '的' // 20%的农牧民
	case quantity.Point, quantity.Times, quantity.Ratio:
		return false
	}
	return f.Quantity.Unit != "人次"
}

// nounAfter reads the noun phrase that begins a gap, and how many of its words it takes.
// more tells that another figure ends the gap: a conjunction then joins the two figures.
// must says that the measure word cannot stand without the noun: 102名上访群众; generic that it does not say what kind of
// thing it counts, so that a noun with 的 may follow: 13个项目的…
func (t *text) nounAfter(g []token, more, must, generic bool) ([]token, int) {
	n, heads := t.leadingVerb(g, must), 0
	for n < len(g) {
		w := g[n]
		if n > 0 && (t.endsNoun(g, n) || w.tag == tagParticle && heads == n && !must && !generic) { // 100多张床位|的小医院
			return g[:heads], heads
		}
		if n+1 < len(g) && g[n+1].tag != tagConjunction && divisions[t.string(w.span)] { // 22个省份公益岗位安置…, 11个区的卫计委
			return g[:n+1], n + 1
		}
		switch w.tag {
		case tagNoun, tagName, tagAttribute, tagVerbNoun:
			heads = n + 1
		case tagOther:
			if r := t.runes[w.start]; r == '等' || r == '了' || r == '着' || r == '过' || r == '而' {
				return g[:heads], heads
			}
			heads = n + 1
		case tagConjunction:
			if heads > 0 && (more || t.mutual(g, n)) || n == 0 || n+1 >= len(g) || !startsNoun(g[n+1].tag) {
				return g[:heads], heads
			}
		case tagParticle:
			if n == 0 && len(g) > 1 && !startsNoun(g[1].tag) {
				return nil, 0
			}
		case tagPunct:
			if r := t.runes[w.start]; r != '“' && r != '”' && r != '《' && r != '》' {
				return g[:heads], heads
			}
			if t.runes[w.start] == '”' && heads > 0 {
				heads = n + 1
			}
		case tagVerb:
			k := t.relative(g, n)
			if k < 0 {
				return g[:heads], heads
			}
			n = k // the 的 of the relative clause
		case tagPosition:
			if w.len() != 2 || n+1 >= len(g) || !startsNoun(g[n+1].tag) { // 副处级以上干部
				if w.len() == 1 && heads == n && heads > 1 { // 贫困县历史上
					heads--
				}
				return g[:heads], heads
			}
		default:
			k := -1
			if n == 0 {
				k = t.relative(g, n)
			}
			if k < 0 {
				return g[:heads], heads
			}
			n = k
		}
		n++
	}
	return g[:heads], heads
}

// mutual tells 与 before those with whom the counted do something together: 150名劳模|与贫困户结对.
func (t *text) mutual(g []token, n int) bool {
	if r := t.runes[g[n].start]; r != '与' && r != '同' {
		return false
	}
	rest := t.runes[g[n].end:min(g[len(g)-1].end, g[n].end+24)]
	return anyWord(rest, "结对", "结成", "签订", "签约", "签署", "建立", "达成", "对接", "形成")
}

// leadingVerb counts the verb that begins a noun phrase which must stand: 102名|上访群众.
func (t *text) leadingVerb(g []token, must bool) int {
	if must && len(g) > 1 && g[0].tag == tagVerb && g[0].len() == 2 && g[1].tag == tagNoun && !predicates[t.string(g[0].span)] {
		return 1
	}
	return 0
}

// endsNoun tells that word n begins something new: 450万个家庭|一年的用电, 建制村|通了客车.
func (t *text) endsNoun(g []token, n int) bool {
	return t.startsCount(g[n].start) || g[n].len() == 1 && n+1 < len(g) && t.runes[g[n+1].start] == '了'
}

// startsCount tells a place where another number or a time begins.
func (t *text) startsCount(at int) bool {
	if e, ok := t.timeAt(at); ok && e.Start == at {
		return true
	}
	if !t.startsNumber(at) {
		return false
	}
	n := t.numbers[t.firstNumber(at)]
	return (n.Class.Figure() || n.Class == quantity.ArticleWord) && t.runes[at-1] != '“'
}

// divisions are counted by themselves: what follows them is said of them.
var divisions = map[string]bool{"省份": true, "省区市": true, "省": true, "县": true, "县区": true, "自治区": true, "市州": true, "贫困县": true, "脱贫县": true, "区": true, "旗县区": true, "旗县": true, "县市区": true, "城市": true, "乡镇": true, "街道": true, "村": true, "贫困村": true, "行政村": true}

// predicates are verbs that say what the counted did, even right behind the measure word.
var predicates = map[string]bool{
	"参加": true, "实现": true, "参与": true, "获得": true, "得到": true, "接受": true, "完成": true, "签订": true, "投身": true, "加入": true, "成为": true, "享受": true, "脱贫": true,
	"走上": true, "进入": true, "来自": true, "属于": true, "达到": true, "投入": true, "用于": true, "联系": true, "结对": true, "帮助": true, "带动": true, "落户": true, "位于": true, "覆盖": true, "涉及": true,
}

// genericUnit tells a measure word that goes with any noun.
func genericUnit(f *found) bool {
	switch f.Quantity.Unit {
	case "", "个", "名", "位", "家", "种", "类", "项", "支", "户", "人", "批", "所", "条":
		return true
	}
	return false
}

// needsNoun tells a measure word like 名 behind which only the counted noun can stand, unless a part is spoken of.
func (t *text) needsNoun(f *found, before []token) bool {
	if !f.Unit.Noun && f.Quantity.Unit != "名" && f.Quantity.Unit != "位" {
		return false
	}
	if n := len(before); n > 0 {
		switch w := t.string(before[n-1].span); {
		case w == "其中" || w == "有" || w == "已有" || w == "的" || w == "中":
			return false
		case isNominal(before[n-1].tag) && before[n-1].tag != tagVerbNoun:
			return false
		}
	}
	return true
}

func startsNoun(g tag) bool {
	return g == tagNoun || g == tagName || g == tagAttribute || g == tagVerbNoun || g == tagOther || g == tagPunct
}

// relative returns the place of the 的 that closes a relative clause which begins at n: 劳模创办的企业; -1 if there is none.
func (t *text) relative(g []token, n int) int {
	reach := 9
	if n == 0 { // 981万居住在…地区的贫困人口
		reach = 18
	}
	if n+1 < len(g) && g[n].tag == tagVerb && g[n+1].len() == 1 && strings.ContainsRune("员者户师工队", t.runes[g[n+1].start]) { // 销售员
		return n
	}
	if n+1 < len(g) && g[n].tag == tagVerb && len(g) > n+1 && g[n].len() >= 2 && startsNoun(g[n+1].tag) && t.modifies(g[n]) {
		return n
	}
	for k := n + 1; k < len(g) && k <= n+reach; k++ {
		switch {
		case t.startsCount(g[k].start):
			return -1
		case g[k].tag == tagParticle:
			if k+1 < len(g) && startsNoun(g[k+1].tag) {
				return k
			}
			return -1
		case g[k].tag == tagOther && (t.runes[g[k].start] == '了' || t.runes[g[k].start] == '着'):
			return -1
		}
	}
	return -1
}

// modifies tells a verb of two syllables that stands before a noun as its modifier: 扶贫项目, 养殖产业.
func (t *text) modifies(w token) bool {
	switch t.string(w.span) {
	case "种植", "养殖", "帮扶", "培训", "就业", "加工", "服务", "扶持", "示范", "扶贫", "创业", "投资", "建设", "灌溉", "播种", "增收", "返乡", "流转", "育苗", "仓储", "开发", "下属", "驻村", "工作", "签约", "集中", "安置", "培养", "免费", "务工", "用工", "招聘", "下岗", "退休", "失业", "留守", "在校", "在岗", "参训", "扶助":
		return true
	}
	return false
}

// tails stand between what is counted and its number: 贫困人口达, 讲座共计, 面积为.
var tails = map[string]bool{
	"达": true, "达到": true, "为": true, "共": true, "共计": true, "总计": true, "合计": true, "累计": true, "已": true, "已达": true, "约": true, "有": true, "是": true,
	"总数": true, "总额": true, "规模": true, "超过": true, "突破": true, "的": true, "了": true, "近": true, "总": true, "仅": true, "只": true, "将": true, "也": true,
	"折合": true, "至": true, "到": true, "涨到": true, "增长到": true, "变成": true, "提高至": true, "整整": true, "均": true, "各": true, "分别": true, "分别为": true, "就": true, "降到": true, "降至": true, "增加到": true, "增至": true, "不足": true, "不低于": true, "不少于": true,
	"提高到": true, "下降到": true, "上升到": true, "减少到": true, "缩小到": true, "增长": true, "增加": true, "提高": true, "下降": true, "减少": true, "目前": true, "现": true, "高达": true, "多达": true,
	"净增": true, "净增加": true, "最高": true, "最低": true, "至少": true, "平均": true, "实现": true, "完成": true,
}

// nounBefore reads the noun phrase that ends a gap, and the verb that governs it.
func (t *text) nounBefore(g []token) ([]token, span) {
	end := len(g)
	var tailVerb span
	for end > 0 && (tails[t.string(g[end-1].span)] || g[end-1].tag == tagPunct && isSpace(t.runes[g[end-1].start])) {
		end--
		if w := t.string(g[end].span); g[end].tag == tagVerb && g[end].len() >= 2 && w != "达到" && w != "超过" {
			tailVerb = g[end].span
		}
	}
	start := end
	for start > 0 {
		w := g[start-1]
		ok := false
		switch w.tag {
		case tagNoun, tagName, tagAttribute:
			ok = true
		case tagOther:
			r := t.runes[w.start]
			ok = r != '了' && r != '着' && r != '过'
		case tagVerbNoun:
			ok = true
			if start < end && g[start].tag != tagParticle && start >= 2 && g[start-2].tag == tagVerb {
				break
			}
			if start < end && (start == 1 || !isNominal(g[start-2].tag) && g[start-2].tag != tagVerb && g[start-2].tag != tagAttribute) && t.governs(w) {
				ok = false
			}
		case tagConjunction:
			ok = start < end
		case tagParticle:
			ok = start < end && start >= 2 && (isNominal(g[start-2].tag) || g[start-2].tag == tagVerb)
		case tagPunct:
			r := t.runes[w.start]
			ok = r == '“' || r == '”' || r == '《' || r == '》'
		case tagVerb:
			ok = start < end && t.modifies(w) && start >= 2 && (g[start-2].tag == tagVerb || g[start-2].tag == tagNoun || g[start-2].tag == tagAttribute)
		}
		if !ok {
			break
		}
		start--
	}
	words := g[start:end]
	for len(words) > 0 && (words[0].tag == tagParticle || words[0].tag == tagConjunction) {
		words = words[1:]
	}
	verb := tailVerb
	if start > 0 && (g[start-1].tag == tagVerb || g[start-1].tag == tagVerbNoun) {
		verb = g[start-1].span
	}
	if start > 1 && verb.len() == 0 && t.runes[g[start-1].start] == '了' && g[start-2].tag == tagVerb {
		verb = g[start-2].span
	}
	return words, verb
}

// fromValueNoun cuts the end of 合作社由十年前的, so that what is counted ends the words.
func (t *text) fromValueNoun(g []token) []token {
	if len(g) == 0 || g[len(g)-1].tag != tagParticle && g[len(g)-1].tag != tagPreposition {
		return g
	}
	for i := len(g) - 1; i > 0 && i >= len(g)-6; i-- {
		if r := t.runes[g[i].start]; g[i].len() == 1 && (r == '由' || r == '从') {
			return g[:i]
		}
	}
	return g
}

// governs tells a word of action that, first in its clause, has what is counted as its object: 培训贫困人口27438人.
func (t *text) governs(w token) bool {
	switch t.string(w.span) {
	case "培训", "扶持", "资助", "救助", "帮扶":
		return true
	}
	return false
}

func hasVerb(g []token) bool {
	for _, w := range g {
		if w.tag == tagVerb && w.len() >= 2 {
			return true
		}
	}
	return false
}

// lastVerb returns the verb nearest to the end of a gap.
func lastVerb(g []token, label span) span {
	for i := len(g) - 1; i >= 0; i-- {
		if g[i].tag == tagVerb && !label.covers(g[i].span) {
			return g[i].span
		}
	}
	return span{}
}
