package clause

import (
	"slices"
	"sort"
	"strings"

	"heshu/schemas"
)

// placeKind is how a place is named.
type placeKind uint8

const (
	explicitPlace placeKind = iota + 1 // 汝南县, 安康市
	ownPlace                           // 全市, 我市, 该县
	organPlace                         // 市总工会, 省总: says where only if nothing better does
)

// place is a place word of a sentence.
type place struct {
	span
	kind  placeKind
	venue bool // where an event was held, or where something went: not what the figures describe
	group bool // a list that ends in 等
	late  bool // stands behind the verb: 到新县八里畈镇开展帮扶

	given   bool // something was given to it
	ofActor bool // part of an enterprise's name: governs on only while that enterprise acts
}

func (p place) governs() bool { return !p.venue && p.kind != organPlace }

// placesIn returns the place words of a stretch, in order.
func (d *discourse) placesIn(s span) []place {
	t := d.t
	for d.nextPlace < len(t.places) && t.places[d.nextPlace].End <= s.start {
		d.nextPlace++
	}
	var out []place
	i := s.start
	for i < s.end {
		if d.nextPlace < len(t.places) && t.places[d.nextPlace].Start == i {
			p := place{span: span{i, t.places[d.nextPlace].End}, kind: explicitPlace}
			d.nextPlace++
			for d.nextPlace < len(t.places) && t.places[d.nextPlace].Start == p.end && p.end < s.end { // 四川南充南部县
				if next := t.places[d.nextPlace]; next.Full || t.inside(span{next.Start, next.End}, p.span) || !t.ofCounty(p.end) {
					p.end = next.End
				} // else 昭阳区靖安: a township named like a county
				d.nextPlace++
			}
			if !t.inTitleMarks(p.start) {
				out = append(out, p)
			}
			i = p.end
			continue
		}
		if p, ok := t.ownPlaceAt(i, s.end); ok {
			out = append(out, p)
			i = p.end
			continue
		}
		i++
		for d.nextPlace < len(t.places) && t.places[d.nextPlace].Start < i {
			d.nextPlace++
		}
	}
	return t.placeRoles(out, s)
}

// ofCounty tells a place name that ends with a county's.
func (t *text) ofCounty(end int) bool {
	codes := t.codesAt(end)
	return len(codes) > 0 && !strings.HasSuffix(string(codes[0]), "00")
}

// ownPlaceAt reads 全市, 我省, 该县, 省总工会, 市总.
func (t *text) ownPlaceAt(i, end int) (place, bool) {
	r := t.runes[i]
	switch r {
	case '全', '我', '本', '该', '此', '中', '国', '省', '市', '县', '区':
	default:
		return place{}, false // nearly every rune
	}
	at := func(k int) rune {
		if i+k < end {
			return t.runes[i+k]
		}
		return 0
	}
	switch r {
	case '全', '我', '本', '该', '此':
		if !isLevel(at(1)) || r == '本' && at(1) == '区' && at(2) == '域' {
			return place{}, false
		}
		if r == '全' && at(1) == '国' && t.honour(i+2, end) {
			return place{}, false
		}
		if r == '全' && i > 0 && strings.ContainsRune("居列占入跃排位冠", t.runes[i-1]) {
			return place{}, false
		}
		if r == '本' && at(1) == '国' || i > 0 && t.runes[i-1] == '安' {
			return place{}, false
		}
		return place{span: span{i, i + 2}, kind: ownPlace}, true
	case '中', '国':
		if i > 0 && !isBoundary(t.runes[i-1]) || !(r == '中' && at(1) == '央' || r == '国' && (at(1) == '家' || at(1) == '务')) || at(2) == '级' || at(2) == '、' || at(2) == '和' {
			return place{}, false
		}
		n := 2
		if at(2) == '院' {
			n = 3
		}
		return place{span: span{i, i + n}, kind: ownPlace}, true
	case '省', '市', '县', '区':
		if i > 0 && !isBoundary(t.runes[i-1]) {
			return place{}, false
		}
		if at(1) == '总' && (at(2) == '工' || at(2) == '机' || at(2) == '本' || at(2) == '的' || at(2) == '在') || at(1) == '委' || at(1) == '政' && at(2) == '府' {
			return place{span: span{i, i + 2}, kind: organPlace}, true
		}
	}
	return place{}, false
}

func isLevel(r rune) bool {
	switch r {
	case '国', '省', '市', '县', '区', '州', '旗', '镇', '乡', '村':
		return true
	}
	return false
}

// isBoundary tells a rune behind which a word may begin.
func isBoundary(r rune) bool {
	return r < 0x2e80 || isBreak(r) || r == '、' || r == '，' || r == '“' || r == '在' || r == '由' || r == '和' || r == '及' || r == '据' || r == '中'
}

// honours follow 全国 in titles, not in counts.
var honours = []string{"劳模", "劳动模范", "五一", "先进", "优秀", "人大", "政协", "总工会", "文明", "道德模范", "妇联", "三八", "一流", "第", "首", "前列", "前", "平均", "最", "同类", "统一", "综合试点", "各地", "有影响", "领先", "重点", "知名", "著名", "乡村旅游", "生态", "“", "百", "十"}

func (t *text) honour(i, end int) bool {
	for _, h := range honours {
		rs := []rune(h)
		if i+len(rs) <= end && string(t.runes[i:i+len(rs)]) == h {
			return true
		}
	}
	return false
}

// inTitleMarks tells a place inside 《》.
func (t *text) inTitleMarks(at int) bool {
	for i := at - 1; i >= 0 && i > at-20; i-- {
		switch t.runes[i] {
		case '》', '\n', '。':
			return false
		case '《':
			return true
		}
	}
	return false
}

// placeRoles marks venues, destinations and lists.
func (t *text) placeRoles(ps []place, s span) []place {
	for i := range ps {
		p := &ps[i]
		if p.kind == ownPlace && p.start > s.start && t.runes[p.start-1] == '在' && anyWord(t.runes[p.end:min(p.end+4, s.end)], "率先", "领先", "排名", "前列", "处于", "推广", "位居", "居") {
			p.venue = true
		}
		if p.kind == ownPlace && t.comparedWith(p.start) {
			p.venue = true
		}
		if p.kind != explicitPlace {
			continue
		}
		end := s.end
		for k := p.end; k < s.end; k++ {
			if isBreak(t.runes[k]) {
				end = k
				break
			}
		}
		rest := t.runes[p.end:end]
		t.markList(ps, i, s)
		prev, prev2 := rune(0), rune(0)
		if p.start > s.start {
			prev = t.runes[p.start-1]
		}
		if p.start > s.start+1 {
			prev2 = t.runes[p.start-2]
		}
		switch {
		case t.isMedium(p.end), t.dateline(p.end):
			p.venue = true
		case prev == '在' && anyWord(rest, "举行", "召开", "举办", "开幕", "落幕", "登台", "启动仪式", "参加"):
			p.venue = true
		case prev == '在' && (prev2 == '曾' || prev2 == '经') || strings.ContainsRune("在赴到往去", prev) && (anyPrefix(rest, "打工", "务工", "经商", "办厂", "当兵", "服役", "做生意", "工作", "闯荡")):
			p.venue = true // where a person was before
		case i > 0 && (prev == '在' || ps[i-1].venue && t.listed(span{ps[i-1].end, p.start})) && anyWord(rest[:min(len(rest), 12)], "开设", "设立", "开办", "设点", "建立驻", "注册"):
			p.venue = true // 镇雄县…在浙江、广东建立驻外工会联合会8个
		case i > 0 && (prev == '与' || prev == '同') && !t.startsNumber(p.end) && anyWord(rest, "签订", "签署", "建立", "合作", "联合", "协作"):
			p.venue = true // 该区总工会与浙江滨江区总工会签订协议: the other side
		case anyPrefix(rest, "对口"):
			p.venue = true // 上海对口帮扶资金: who helps
		case t.shippedTo(s.start, p.start) || prev == '往' || prev == '赴' && prev2 == '分' || prev == '自' && prev2 == '来' || prev == '向' && prev2 == '走':
			p.venue = true
		case prev == '的' && t.wentTo(s.start, p.start-1):
			p.late = true
		case prev == '到' || prev == '驻' || prev == '赴' || prev == '在' || prev == '进' || prev == '入' && prev2 == '深' || prev == '为' || prev == '对':
			p.late = true
		}
		if t.givenTo(*p, s.start, rest) {
			p.given, p.late = true, true
		}
		if i > 0 && ps[i-1].venue && ps[i-1].group && p.start == ps[i-1].end+1 {
			p.venue = true
		}
	}
	return ps
}

// markList marks the list that begins with place i: 吉林、河北、福建4省份; 通航九个城市，分别为北京、上海、….
func (t *text) markList(ps []place, i int, s span) {
	j := i
	for j+1 < len(ps) && ps[j+1].kind == explicitPlace && t.listed(span{ps[j].end, ps[j+1].start}) {
		j++
	}
	e, at := ps[j].end, ps[i].start
	group := e < s.end && (t.runes[e] == '等' || j > i && t.startsNumber(e))
	with := i > 0 && j > i && group && at > s.start && strings.ContainsRune("与同", t.runes[at-1]) // 四川省总工会与浙江、广东等省份建立机制
	venue := with || j-i >= 2 && at > s.start && strings.ContainsRune("为是括至往达飞", t.runes[at-1])
	for k := i; k <= j; k++ {
		ps[k].group = ps[k].group || group
		ps[k].venue = ps[k].venue || venue
	}
}

// wentTo tells words between going and a place that only describe it: 赴定点帮扶的竹山县.
func (t *text) wentTo(from, at int) bool {
	for i := at - 1; i >= from && i > at-12 && !isBreak(t.runes[i]); i-- {
		if t.runes[i] == '赴' || t.runes[i] == '到' || t.runes[i] == '入' {
			return true
		}
	}
	return false
}

// isMedium tells a place that only begins the name of who reports: 香港文汇报讯, 陕西日报记者.
func (t *text) isMedium(end int) bool {
	rs := t.runes[end:min(end+8, len(t.runes))]
	for i, r := range rs {
		switch r {
		case '报', '网', '社', '台':
			if anyPrefix(rs[i+1:], "讯", "记者", "报道") {
				return true
			}
		}
	}
	return false
}

// dateline tells the place that a report was sent from: 新华社北京7月15日电.
func (t *text) dateline(end int) bool {
	e, ok := t.timeAt(end)
	return ok && e.Start == end && e.End < len(t.runes) && (t.runes[e.End] == '电' || t.runes[e.End] == '讯')
}

// comparedWith tells the whole that something is only held against: 高于全国0.3个百分点, 为全国首创.
func (t *text) comparedWith(at int) bool {
	if at < 2 {
		return false
	}
	switch r := t.runes[at-1]; {
	case r == '于':
		return strings.ContainsRune("高低优快好大慢弱强多少先早", t.runes[at-2])
	case strings.ContainsRune("比较占超", r), r == '过' && t.runes[at-2] == '超', r == '为' && at+2 < len(t.runes) && strings.ContainsRune("首最第前", t.runes[at+2]):
		return true
	}
	return false
}

// closesBracket tells that what stands before a stretch stands in brackets that end there: (主要是甲县的项目)；乙….
func (t *text) closesBracket(s span) bool {
	for _, r := range t.runes[s.start:s.end] {
		switch r {
		case '(', '（':
			return false
		case ')', '）':
			return true
		}
	}
	return false
}

// listed tells what stands between two places of a list.
func (t *text) listed(s span) bool {
	if s.len() < 1 || s.len() > 6 {
		return false
	}
	mark := false
	for _, r := range t.runes[s.start:s.end] {
		if isBreak(r) {
			return false
		}
		mark = mark || r == '、'
	}
	return mark
}

func (t *text) startsNumber(at int) bool {
	i := t.firstNumber(at)
	return i < len(t.numbers) && t.numbers[i].Start == at
}

// placesOf returns the place words that govern a figure, nearest first: the one that stands right before the number or
// what it counts, the place of a body that the sentence points back to, those that lead their clauses, then any other.
func (d *discourse) placesOf(f *found) []schemas.Evidence {
	if p, ok := d.byTurns(f); ok {
		return []schemas.Evidence{d.t.locate(p.span)}
	}
	var close, led, other, weak []schemas.Evidence
	carried := d.actor.at != nil && d.sentenceAt != nil && (d.t.pointsBack(d.sentenceAt) || !d.fresh && d.t.helpersLead(d.sentenceAt))
	for i := len(d.places) - 1; i >= 0; i-- {
		p := d.places[i]
		switch {
		case p.venue || p.start >= f.Start || d.t.closesBracket(span{p.end, f.Start}):
		case p.kind == organPlace:
			weak = append(weak, d.t.locate(p.span))
		case p.group:
			j := i
			for j > 0 && d.places[j-1].group && d.t.listed(span{d.places[j-1].end, d.places[j].start}) {
				j--
			}
			led = append(led, d.t.locate(span{d.places[j].start, p.end}))
			i = j
		case p.end == f.Start || p.end == f.label.start && f.label.end <= f.Start || d.t.theirs(p, f) || d.t.helped(p, f) || d.t.ownerOf(p, f.lead.end) || p.given:
			close = append(close, d.t.locate(p.span))
		case d.topical(p):
			led = append(led, d.t.locate(p.span))
		default:
			other = append(other, d.t.locate(p.span))
		}
	}
	if carried {
		close = append(close, d.t.locate(d.actor.at.span))
	}
	if a := d.sentToBody(f); a != nil && a.at != nil {
		close = append(close, d.t.locate(a.at.span))
	} else if p, ok := d.sentTo(f); ok {
		close = append(close, d.t.locate(p.span))
	} else if a := d.acting(f); a != nil && a.at != nil && (a.whole.covers(a.at.span) || d.t.introduces(a)) {
		close = append(close, d.t.locate(a.at.span))
	} else if a == nil && len(close) == 0 && len(led) == 0 && d.actor.at != nil && d.subject(f) == d.actor.name {
		close = append(close, d.t.locate(d.actor.at.span))
	}
	out := append(append(close, led...), other...)
	if len(out) == 0 {
		out = d.placeBehind(f)
	}
	for _, p := range d.here {
		if !p.ofActor || !d.fresh || d.ownCounty() {
			out = append(out, d.t.locate(p.span))
		}
	}
	out = append(out, weak...)
	for _, ps := range [][]place{d.section, d.title} {
		for _, p := range ps {
			if p.governs() {
				out = append(out, d.t.locate(p.span))
			}
		}
	}
	return out
}

// placeBehind is the place that people were sent to behind the figure, up to the next semicolon: 选派驻村干部3名到新县开展帮扶.
func (d *discourse) placeBehind(f *found) []schemas.Evidence {
	end := d.sentenceAt.end
	if i := slices.Index(d.t.runes[f.End:min(end, f.End+behindReach)], '；'); i >= 0 {
		end = f.End + i
	}
	first := sort.Search(len(d.places), func(i int) bool { return d.places[i].start >= f.End })
	for _, p := range d.places[first:] {
		if p.start >= end {
			break
		}
		if p.late && p.kind == explicitPlace && !p.venue && !p.group {
			return []schemas.Evidence{d.t.locate(p.span)}
		}
	}
	return nil
}

// behindReach is how far a semicolon behind a figure is looked for, in runes.
const behindReach = 200

// ownCounty tells a sentence that speaks of 全县 or 该区, or of 全市 behind a body of a city: the county, or the city that is
// one, of the body before may be meant.
func (d *discourse) ownCounty() bool {
	for _, p := range d.places {
		if p.kind != ownPlace || !p.governs() {
			continue
		}
		switch last := d.t.runes[p.end-1]; last {
		case '县', '区':
			return true
		case '市':
			if slices.ContainsFunc(d.here, func(h place) bool { return h.ofActor && d.t.runes[h.end-1] == last }) {
				return true
			}
		}
	}
	return false
}

// acting is the actor that a figure is of among those of its sentence, nil if none of them acts on it.
func (d *discourse) acting(f *found) *actor {
	for i := len(d.actors) - 1; i >= 0; i-- {
		if a := &d.actors[i]; a.start < f.Start && !(f.label.covers(a.span) && a.end == f.label.end) {
			if d.wholeRegionSince(a.end, f.Start) {
				return nil
			}
			return a
		}
	}
	return nil
}

// earlierPlaces returns the place words that the paragraphs before were about, nearest first.
func (d *discourse) earlierPlaces() []schemas.Evidence {
	if d.earlierSaid == nil {
		for _, p := range d.earlier {
			d.earlierSaid = append(d.earlierSaid, d.t.locate(p.span))
		}
	}
	return d.earlierSaid
}
