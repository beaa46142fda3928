package clause

import (
	"slices"
	"sort"
	"strings"
)

// shippedTo tells a place that goods go to, alone or in a list: 远销东北、西北、新疆.
func (t *text) shippedTo(from, at int) bool {
	for i := at - 1; i >= from && i > at-24; i-- {
		switch r := t.runes[i]; {
		case r == '到' && i > from && t.runes[i-1] == '卖', r == '销' || r == '往' && i > from && strings.ContainsRune("销运发输送", t.runes[i-1]):
			return true
		case isBreak(r):
			return false
		}
	}
	return false
}

// byTurns is the place that a figure belongs to where a list of places has a list of numbers: 叶县、鲁山县分别占21.5%和26.5%.
func (d *discourse) byTurns(f *found) (place, bool) {
	start := max(d.sentenceAt.start, f.Start-turnReach)
	at := start + indexWord(d.t.runes[start:f.Start], "分别")
	if at < start || len(d.places) < 2 {
		return place{}, false
	}
	end := sort.Search(len(d.places), func(i int) bool { return d.places[i].end > at })
	if end > 0 && d.places[end-1].kind != explicitPlace {
		end--
	}
	first := end - 1
	for first > 0 && end-first < turnReach && d.places[first-1].kind == explicitPlace && d.t.listed(span{d.places[first-1].end, d.places[first].start}) {
		first--
	}
	if first < 0 || end-first < 2 {
		return place{}, false
	}
	k := d.t.firstNumber(f.Start)
	from, to := k, k+1
	for from > 0 && k-from < turnReach && d.t.numbers[from-1].Start > at && d.t.tied(from-1) {
		from--
	}
	for to < len(d.t.numbers) && to-k < turnReach && d.t.tied(to-1) {
		to++
	}
	if to-from != end-first {
		return place{}, false
	}
	return d.places[first+k-from], true
}

// turnReach is how far 分别 reaches, in runes and in numbers.
const turnReach = 60

// tied tells a number that only 、 or 和 parts from the next.
func (t *text) tied(i int) bool {
	if i+1 >= len(t.numbers) {
		return false
	}
	between := t.runes[t.numbers[i].End:max(t.numbers[i].End, t.numbers[i+1].Start)]
	return len(between) == 1 && strings.ContainsRune("、和,，与", between[0])
}

// ownerOf tells a place whose things a list that begins at a number counts: 将于兴和县的14个乡镇卫生院、3个中心….
func (t *text) ownerOf(p place, number int) bool {
	return p.kind == explicitPlace && p.end+1 == number && t.runes[p.end] == '的'
}

// theirs tells a place that begins the name of the people that a figure counts: 吸纳会宁县贫困劳动力96人, not 向福州市输转劳动力.
func (t *text) theirs(p place, f *found) bool {
	if p.start == 0 || f.label.start < p.start || f.label.start >= p.end || f.label.end <= p.end || f.label.end > f.Start || p.kind != explicitPlace {
		return false
	}
	switch f.Quantity.Unit {
	case "人", "名", "户", "位":
		return !strings.ContainsRune("向往到赴给", t.runes[p.start-1])
	}
	return false
}

// helped tells a place that a verb of help has right behind it, in the figure's clause: 培训和龙专业技术人才2150人次.
func (t *text) helped(p place, f *found) bool {
	if p.kind != explicitPlace || p.start < f.clause.start+2 {
		return false
	}
	switch t.string(span{p.start - 2, p.start}) {
	case "培训", "帮扶", "资助", "帮助", "支援", "扶持", "惠及", "带动", "援助", "培养", "捐助":
		return true
	}
	return false
}

// sentTo is where the clause says that people or things were sent: 甲市选派教师26名到乙县支教.
func (d *discourse) sentTo(f *found) (place, bool) {
	if p, ok := d.helpedAt(f); ok {
		return p, true
	}
	if !anyWord(d.t.runes[f.clause.start:f.Start], "选派", "派出", "派驻", "下派", "派遣", "援派", "调派", "派") {
		return place{}, false
	}
	for _, p := range d.places {
		if p.start >= f.End && p.end <= f.clause.end && p.late && p.kind == explicitPlace && !p.venue && !p.group {
			return p, true
		}
	}
	return place{}, false
}

// introduces tells a place that belongs to what a person is: 焦作市劳模、沁阳市紫陵镇赵寨村党支部书记张明.
func (t *text) introduces(a *actor) bool {
	s := span{a.at.end, a.whole.start}
	if s.len() < 1 || s.len() > 20 {
		return false
	}
	for _, r := range t.runes[s.start:s.end] {
		if isBreak(r) {
			return false
		}
	}
	return t.titled(s, s.end)
}

// givenTo tells a place that something was given to: 甲市累计向乙市投入帮扶资金14.2亿元.
func (t *text) givenTo(p place, from int, rest []rune) bool {
	if p.start > from && t.runes[p.start-1] == '为' {
		return anyWord(rest, "打造", "修建", "援建", "捐", "建设", "改造", "投入", "拨付")
	}
	return p.start > from && strings.ContainsRune("向对给", t.runes[p.start-1]) && anyWord(rest, "投入", "拨付", "捐", "帮扶", "支援", "援助", "下达", "提供", "赠")
}

// helpedAt is whom the clause says was helped, behind the figure: 甲市先后三次对乙市医疗机构负责人进行了集中培训.
func (d *discourse) helpedAt(f *found) (place, bool) {
	for _, p := range d.places {
		if p.start < f.End || p.end > f.clause.end || p.kind != explicitPlace || p.venue || p.group {
			continue
		}
		if prev := d.t.runes[p.start-1]; strings.ContainsRune("对向为给", prev) && anyWord(d.t.runes[p.end:f.clause.end], "培训", "帮扶", "捐", "支援", "援助", "资助", "救助", "扶持", "支教", "义诊") {
			return p, true
		}
	}
	return place{}, false
}

// sentToBody is the village that people are said to be sent to or paired with, behind the figure: 两名干部常年驻扎在河口村;
// 选派干部3名(含第一书记1名)到七龙山村; 27名党员与大胜村61户贫困户结对.
func (d *discourse) sentToBody(f *found) *actor {
	first := sort.Search(len(d.actors), func(i int) bool { return d.actors[i].start >= f.End })
	for i := first; i < len(d.actors) && i < first+3; i++ {
		a := &d.actors[i]
		if !isSettlement(d.t.runes[a.end-1]) {
			continue
		}
		if slices.ContainsFunc(d.t.runes[f.End:a.whole.start], func(r rune) bool { return r == '，' || r == ',' || r == '；' || r == ';' }) {
			return nil
		}
		if anyWord(d.t.runes[max(d.sentenceAt.start, f.Start-30):a.whole.start], "选派", "派出", "派驻", "下派", "驻扎", "驻守", "常驻") {
			return a
		}
		if before := d.t.runes[a.whole.start-1]; (before == '与' || before == '同') && anyWord(d.t.runes[a.end:f.clause.end], "结对", "结成") {
			return a
		}
		return nil
	}
	return nil
}
