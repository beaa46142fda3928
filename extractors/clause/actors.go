package clause

import (
	"slices"
	"strings"

	"heshu/schemas/quantity"
)

// actor is an enterprise, village or person that a figure may be of.
type actor struct {
	span         // the name
	whole span   // with what stands before it: its owner, its place
	name  string // without its owner
	at    *place // where it is, if that is said
	human bool
}

// bodies end the names of enterprises, villages and other units within a region.
var bodies = []string{
	"公司", "合作社", "联合社", "集团", "商会", "协会", "农场", "牧场", "养殖场", "加工厂", "厂", "学校", "技校", "中学", "小学", "卫生院", "敬老院", "学院", "大学", "医院", "幼儿园", "农家乐", "酒店", "超市", "工作室",
	"研究所", "研究院", "基地", "工坊", "社区", "村", "镇", "乡", "街道", "基金会", "银行", "矿", "服务中心",
}

// general are beginnings and endings that make a body a kind, not a name: 贫困村, 劳模合作社, 龙头企业.
var general = []string{
	"贫困村", "行政村", "自然村", "重点村", "示范村", "建制村", "农村", "乡村", "帮扶村", "扶贫村", "中心村", "村镇", "乡镇", "城镇", "劳模合作社",
	"文明村", "生态村", "特色小镇", "特色产业示范镇", "强镇", "示范镇", "电商镇", "之乡", "全村", "该村", "各村", "全镇", "该镇", "全乡", "该乡", "本村", "我村", "我镇", "中小学", "级医院", "县医院", "县中医院", "县乡", "市县", "区乡", "返乡", "下乡", "入村", "进村", "驻村", "到村", "家乡", "每村", "每个村", "整村", "劳模学校",
	"职工服务中心", "帮扶中心", "政务服务中心", "便民服务中心", "就业服务中心", "公共服务中心", "示范基地", "劳模基地", "扶贫基地", "帮扶基地", "实训基地", "培训基地", "产业基地", "就业基地", "创业基地", "实践基地", "教育基地",
}

// actors returns the enterprises, villages and persons that act in a sentence, in order.
func (t *text) actors(s *sentence, places []place) []actor {
	var out []actor
	for _, c := range s.clauses {
		if a, ok := t.actorOf(c, places); ok && !t.likened(c, a) && !t.isCounted(a) && !t.oneOfList(a) && !(len(out) > 0 && t.owns(a.whole)) {
			out = append(out, a)
		}
	}
	return out
}

// isCounted tells a body that a number behind it counts: 大榛子种植合作社31家.
func (t *text) isCounted(a actor) bool {
	i := t.firstNumber(a.end)
	if i < len(t.numbers) && t.numbers[i].Start > a.end && t.numbers[i].Start <= a.end+5 && !anyPrefix(t.runes[a.end:t.numbers[i].Start], "达", "已经达", "已达", "共", "共有", "已有", "总数达") {
		return false
	}
	return i < len(t.numbers) && t.numbers[i].Start <= a.end+5 && t.numbers[i].Class.Figure() && (t.numbers[i].Quantity.Unit == "家" || t.numbers[i].Quantity.Unit == "个" || t.numbers[i].Quantity.Unit == "所")
}

// oneOfList tells a township or village that stands in a list of them: what is said of all is the county's.
func (t *text) oneOfList(a actor) bool {
	if !isSettlement(t.runes[a.end-1]) || a.end >= len(t.runes) || t.runes[a.end] != '、' && t.runes[a.end] != '和' {
		return false
	}
	for i := a.end + 2; i < len(t.runes) && i < a.end+9 && !isBreak(t.runes[i]); i++ {
		if isSettlement(t.runes[i]) || t.runes[i] == '等' {
			return true
		}
	}
	return false
}

// likened tells one who is only named as an example: 像汪能保一样.
func (t *text) likened(c span, a actor) bool {
	before, after := t.runes[max(c.start, a.whole.start-4):a.whole.start], t.runes[a.end:min(a.end+4, c.end)]
	return anyWord(before, "像", "如同", "和", "跟") && anyWord(after, "一样", "这样", "那样", "同样")
}

// actorOf reads the acting body of a clause: a name in front of its verb, or one that is founded in it.
func (t *text) actorOf(c span, places []place) (actor, bool) {
	best := actor{}
	for i := c.start; i < c.end; i++ {
		n := t.bodyAt(i, c.end)
		if n == 0 {
			continue
		}
		end := i + n
		start := t.nameStart(c.start, i)
		if start < 0 || end-start == n {
			i = end - 1
			continue
		}
		if p, ok := t.ownPlaceAt(start, end); ok && p.end < i { // 我县经济开发区某公司
			start = p.end
		}
		if hasRunesAt(t.runes, start, []rune("走进")) || hasRunesAt(t.runes, start, []rune("来到")) || hasRunesAt(t.runes, start, []rune("位于")) {
			start += 2
		}
		if end < c.end && t.runes[end] == '”' && !isSettlement(t.runes[end-1]) && slices.Contains(t.runes[start:i], '“') {
			end, n = end+1, n+1 // 胡柚深加工“共富工坊”
		}
		whole := span{start, end}
		if best.len() > 0 && start > best.end {
			break
		}
		if a, ok := t.proper(c, whole, n, places); ok {
			best = a
		}
		i = end - 1
	}
	if best.len() == 0 {
		return t.person(c)
	}
	return best, true
}

// proper tells a name from a kind: it holds a place, quotation marks, an owner or a word that no dictionary knows,
// and it stands where the one who acts stands.
func (t *text) proper(c, whole span, body int, places []place) (actor, bool) {
	if strings.ContainsRune("各每某多几这那全", t.runes[whole.start]) || t.isGeneral(whole) || t.insideQuotes(c, whole) || !t.leadsClause(span{c.start, whole.start}) && !t.founded(c, whole) && !t.apposed(c, whole) && !(t.owns(whole) && !slices.ContainsFunc(t.runes[c.start:whole.start], isHeOrShe)) {
		return actor{}, false
	}
	name := t.nameOf(whole)
	known := name.start > whole.start // an owner stands before it
	if known {
		t.meet(span{whole.start, name.start - 1})
	}
	attributed := false
	for _, p := range places {
		if p.kind == explicitPlace && whole.covers(p.span) {
			known = true
		}
	}
	for _, w := range t.tokens(name) {
		r := t.runes[w.start]
		if inPlace(w.span, places) {
			continue
		}
		switch {
		case r == '“' || r == '”':
			known = true
		case w.end > name.end-body:
		case w.tag == tagVerb || w.tag == tagVerbNoun || w.tag == tagAttribute || w.tag == tagPronoun:
			attributed = true
			if w.tag == tagVerb && w.len() >= 2 && !t.modifies(w) || w.len() == 1 && neverInNames.has(r) {
				return actor{}, false
			}
			known = known || w.len() == 1 && w.tag == tagAttribute
		case w.tag == tagPreposition, w.tag == tagAdverb && w.len() >= 2:
			return actor{}, false
		case w.tag == tagName, w.len() == 1 && (w.tag == tagOther || w.tag == tagNoun):
			known = true
		}
	}
	if body == 2 && t.runes[name.end-2] == '集' && name.len() >= 4 && name.start == c.start && !attributed {
		known = true // 三峡集团
	}
	if last := t.runes[name.end-1]; last == '村' && name.len() >= 3 && name.start == c.start && !attributed {
		known = true
	}
	if !known || body == 1 && name.len() < 3 {
		return actor{}, false
	}
	return actor{span: name, name: t.string(name), whole: whole}, true
}

// neverInNames are verbs and pronouns of one character that part a name from what it does: 在苏州|办|服装厂, 他|回村.
var neverInNames = runeSet("办回去来赴他她我你")

// meet keeps the name of a person who owns something: 劳模黄金妹的家庭农场.
func (t *text) meet(owner span) {
	for i := owner.start; i < owner.end; i++ {
		if surnames.has(t.runes[i]) && t.titled(owner, i) && (owner.end-i == 2 || owner.end-i == 3) {
			t.know(t.string(span{i, owner.end}))
			return
		}
	}
}

// know keeps a person's name for later sentences.
func (t *text) know(name string) {
	if t.persons == nil {
		t.persons = map[string]bool{}
	}
	t.persons[name] = true
}

// inPlace tells a word, or a piece of one, that belongs to a place's name.
func inPlace(w span, places []place) bool {
	for _, p := range places {
		if p.kind == explicitPlace && w.start < p.end && p.start < w.end {
			return true
		}
	}
	return false
}

// leadsClause tells words that may stand before the one who acts: a time, a place, a conjunction.
func (t *text) leadsClause(s span) bool { return t.leadEnd(s) == s.end }

// leadEnd returns where such words end.
func (t *text) leadEnd(s span) int {
next:
	for s.start < s.end {
		r := t.runes[s.start]
		if leadMarks.has(r) {
			s.start++
			continue
		}
		for _, w := range leadWords.at(r) {
			if len(w) <= s.len() && hasRunesAt(t.runes, s.start, w) {
				s.start += len(w)
				continue next
			}
		}
		if e, ok := t.timeAt(s.start); ok && e.End > s.start {
			s.start = min(e.End, s.end)
			continue
		}
		break
	}
	return s.start
}

var (
	leadMarks = runeSet(" \n\t\r\u3000、“如在据由像仅而并可但")
	leadWords = byFirstRune([]string{"其中", "同时", "此外", "另外", "目前", "近年来", "例如", "比如", "截至", "现在", "据悉", "走进", "位于", "来到", "随后", "后来", "如今", "本报讯", "本网讯", "本刊讯", "据本报讯"})
)

// apposed tells a name behind a by-name that leads the clause: 在传统鸟笼制作之乡、…; 省五一劳动奖状获得单位、….
func (t *text) apposed(c, whole span) bool {
	if whole.start-c.start > 20 || whole.start < c.start+3 || t.runes[whole.start-1] != '、' {
		return false
	}
	if t.runes[whole.start-3] == '之' {
		return true
	}
	return anyWord(t.runes[whole.start-3:whole.start-1], "单位", "企业", "集体") && !isSettlement(t.runes[whole.end-1])
}

// founded tells a body that the clause founds: 成功组建某某商会.
func (t *text) founded(c, whole span) bool {
	before := t.string(span{max(c.start, whole.start-6), whole.start})
	return strings.HasSuffix(before, "组建") || strings.HasSuffix(before, "成立了") || strings.HasSuffix(before, "创办了") || strings.HasSuffix(before, "创办") || strings.HasSuffix(before, "成立") || strings.HasSuffix(before, "到") || strings.HasSuffix(before, "在") ||
		isSettlement(t.runes[whole.end-1]) && (strings.HasSuffix(before, "帮扶") || strings.HasSuffix(before, "结对") || strings.HasSuffix(before, "进驻") || strings.HasSuffix(before, "入驻") || strings.HasSuffix(before, "挂钩") || strings.HasSuffix(before, "包联"))
}

func isHeOrShe(r rune) bool { return r == '他' || r == '她' }

// owns tells a village whose people a number right behind it counts: 与大胜村61户贫困户结对.
func (t *text) owns(whole span) bool {
	if !isSettlement(t.runes[whole.end-1]) || !t.startsNumber(whole.end) {
		return false
	}
	n := &t.numbers[t.firstNumber(whole.end)]
	return n.Quantity.Unit == "户" || n.Quantity.Unit == "名" || n.Quantity.Unit == "人"
}

// insideQuotes tells a body whose name goes on inside quotation marks, or is an honour in them.
func (t *text) insideQuotes(c, s span) bool {
	open := 0
	for i := c.start; i < s.end; i++ {
		switch t.runes[i] {
		case '“':
			open++
		case '”':
			open--
		}
	}
	return open > 0
}

// bodyAt returns the length of the body word that begins at i, 0 if none does.
func (t *text) bodyAt(i, end int) int {
	for _, b := range bodyWords.at(t.runes[i]) {
		n := len(b)
		if i+n > end || !hasRunesAt(t.runes, i, b) {
			continue
		}
		if n == 2 && i+2 < end && t.runes[i+2] == '债' {
			return 0
		}
		if n == 1 && i+1 < end && (notVillage.has(t.runes[i+1]) || b[0] == '矿' && strings.ContainsRune("产石山藏泉床种", t.runes[i+1])) {
			return 0
		}
		if b[0] == '矿' && i > 0 && strings.ContainsRune("探采勘铁金银铜锡煤", t.runes[i-1]) {
			return 0
		}
		return n
	}
	return 0
}

// notVillage follow 村, 镇 and 乡 where no name ends: 村民, 镇上, 乡亲, 村集体.
var notVillage = runeSet("邻音民级里上长集干两组亲土部委支党医落庄容道屯企办镇村振愁山内域区务规卫校房商")

// bodyWords are the body words by their first rune, in order.
var bodyWords = byFirstRune(bodies)

// stopSet cannot stand in a name: the name begins behind them.
var stopSet = runeSet("在对向与由让被把给是了到为从，。；：、了着过和将已现共获含")

// nameStart walks back from a body word to where its name begins; -1 if a number counts it.
func (t *text) nameStart(from, at int) int {
	const reach = 26
	i := at
	for i > from && at-i < reach {
		r := t.runes[i-1]
		if r >= '0' && r <= '9' {
			return -1
		}
		if i < at && (hasRunesAt(t.runes, i-2, []rune("组建")) || hasRunesAt(t.runes, i-2, []rune("成立")) || hasRunesAt(t.runes, i-2, []rune("创办"))) {
			break
		}
		if stopSet.has(r) || r == '、' && i-2 >= from && (t.runes[i-2] == '乡' || t.runes[i-2] == '都' || t.runes[i-2] == '城') { // 鸟笼之乡、丹寨县卡拉村
			break
		}
		if k := t.firstNumber(i - 1); k < len(t.numbers) && t.numbers[k].Start < i && t.numbers[k].Class.Figure() && !t.inPlaceName(t.numbers[k]) {
			return -1
		}
		if e, ok := t.timeAt(i - 1); ok && e.End == i {
			break
		}
		if k := t.firstNumber(i - 1); k < len(t.numbers) && t.numbers[k].End == i && t.numbers[k].Class == quantity.ArticleWord {
			break // 一家工厂
		}
		i--
	}
	return i
}

func (t *text) isGeneral(s span) bool {
	w := t.string(s)
	for _, g := range general {
		if strings.HasSuffix(w, g) {
			return true
		}
	}
	switch w {
	case "专业合作社", "农机合作社", "农民合作社", "经营合作社", "分公司", "子公司":
		return true
	}
	return false
}

// nameOf is the name without its owner and the verb phrase before it: 全国劳模甲创办的乙公司 is 乙公司.
func (t *text) nameOf(s span) span {
	for i := s.end - 2; i >= s.start; i-- {
		if t.runes[i] == '的' {
			return span{i + 1, s.end}
		}
	}
	return s
}

// surnames begin the names of persons.
var surnames = runeSet("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤罗毕郝邬安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫房解应宗丁宣邓单洪包左石崔龚程裴陆翁荀惠曲封靳段焦侯宓全班仲宁仇栾甘厉武符刘景龙叶司黎白蒲赖卓池乔闻党翟谭申冉桑桂牛边温庄晏柴瞿阎尚易慎廖耿满匡文寇欧利沙聂关荆游权盖肖亓")

// titles stand before the names of persons.
var titles = []string{"劳模", "劳动模范", "村民", "贫困户", "党员", "带头人", "获得者", "农民", "农民工", "职工", "社长", "董事长", "总经理", "经理", "理事长", "负责人", "能手", "工匠", "大户", "标兵", "支部书记", "总支书记", "村支书", "创办人", "当家人", "村主任", "创始人", "会长", "场长", "厂长", "先进工作者", "先进个人", "传承人", "致富能手", "教授"}

// person reads a person who acts: 省劳模郭广林正带着…, 侯民的40万元贷款.
func (t *text) person(c span) (actor, bool) {
	lead := t.leadEnd(c)
	for i := c.start; i < c.end && i < c.start+24; i++ {
		if !surnames.has(t.runes[i]) {
			continue
		}
		n := 0
		if t.titled(c, i) {
			if t.insideQuotes(c, span{i, i + 1}) { // “劳模包联助脱贫”活动
				continue
			}
			if slices.Contains(t.runes[max(c.start, i-8):i], '由') { // 这家公司由省劳模某某于2009年创办
				continue
			}
			n = t.titledName(i, c.end)
		} else if i == lead && !commonSurnames.has(t.runes[i]) {
			if n = t.nameLength(i, c.end); n == 0 {
				n = t.knownName(i, c.end)
			}
		}
		if n > 0 {
			name := t.string(span{i, i + n})
			t.know(name)
			return actor{span: span{i, i + n}, whole: span{i, i + n}, name: name, human: true}, true
		}
	}
	return actor{}, false
}

// knownName returns the length of a name that the text gave to a person before; who only speaks does not act.
func (t *text) knownName(i, end int) int {
	for n := 2; n <= 3 && i+n < end; n++ {
		if !t.persons[t.string(span{i, i + n})] {
			continue
		}
		if next := t.tokens(span{i + n, min(end, i+n+6)}); !speaks(t.string(next[0].span)) {
			return n
		}
	}
	return 0
}

// commonSurnames are words of their own too: without a title they begin no name.
var commonSurnames = runeSet("全和成时常于关方应从解万安高边曲党都")

// titled tells a place behind a title: 省劳模郭广林.
func (t *text) titled(c span, at int) bool {
	if at <= c.start {
		return false
	}
	for _, w := range titleWords.at(t.runes[at-1]) {
		if n := len(w); at-n >= c.start && hasRunesAt(t.runes, at-n, w) {
			return true
		}
	}
	return false
}

// titleWords are the titles by their last rune.
var titleWords = byLastRune(titles)

// titledName returns the length of a name behind a title: two or three characters before a verb, an adverb or a mark.
func (t *text) titledName(i, end int) int {
	for _, n := range []int{3, 2} {
		if i+n > end {
			continue
		}
		if ws := t.tokens(span{i, i + n}); len(ws) == 1 && ws[0].tag != tagName && ws[0].tag != tagOther {
			continue // 农民文化生活
		}
		if i+n == end {
			return n
		}
		if e, ok := t.timeAt(i + n); ok && e.Start == i+n { // 劳模王建国2012年返乡创业
			return n
		}
		r := t.runes[i+n]
		if strings.ContainsRune("的正在把将从，带与和创领是为用通又还也、于因家曾自", r) {
			return n
		}
		next := t.tokens(span{i + n, min(end, i+n+6)})
		switch w := next[0]; {
		case speaks(t.string(w.span)):
			t.know(t.string(span{i, i + n})) // 周孝海说: who speaks may act later
			return 0
		case w.len() >= 2 && (w.tag == tagVerb || w.tag == tagVerbNoun || w.tag == tagAdverb || w.tag == tagPreposition || w.tag == tagAttribute):
			return n
		}
	}
	return 0
}

// speaks tells a verb of saying: who speaks of a figure does not own it.
func speaks(verb string) bool {
	switch verb {
	case "说", "表示", "介绍", "指出", "认为", "强调", "告诉", "要求", "出席", "主持", "宣布", "谈到", "坦言", "回忆":
		return true
	}
	return false
}

// nameLength returns how many runes from i on are a person's name, 0 if none are: words that the dictionary does not
// know, before a verb, an adverb, a preposition or 的. Who only speaks does not act.
func (t *text) nameLength(i, end int) int {
	ws := t.tokens(span{i, min(end, i+8)})
	for k, w := range ws {
		n := w.end - i
		if notNames.has(t.runes[w.end-1]) {
			return 0
		}
		if n > 3 || w.tag != tagName && w.len() > 1 && k > 0 || w.len() > 1 && w.tag != tagName {
			return 0
		}
		if n < 2 {
			continue
		}
		if k+1 == len(ws) {
			return 0
		}
		next := ws[k+1]
		if n < 3 && next.tag != tagParticle && next.tag != tagPreposition {
			if next.len() == 1 {
				continue
			}
			return 0
		}
		switch next.tag {
		case tagVerb:
			if speaks(t.string(next.span)) {
				return 0
			}
			return n
		case tagParticle, tagAdverb, tagPreposition:
			return n
		}
	}
	return 0
}

// notNames end words that begin like names: 石漠化.
var notNames = runeSet("化性率业者区县市村镇乡局部场站线路山河湖江海港岛城园寺量法型式品")
