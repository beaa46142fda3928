package clause

import (
	"slices"
	"sort"
	"strings"

	"heshu/schemas"
	"heshu/schemas/period"
)

// discourse follows who acts, where and when, through the paragraphs of a text.
type discourse struct {
	t             *text
	paragraphs    []paragraph
	sections      []string // the heading that each paragraph stands under
	openings      []string // the sentence that says what it is about
	lead, opening string
	sentenceAt    *sentence
	places        []place       // of the sentence, in order
	actors        []actor       // of the sentence, in order
	times         []period.Expr // of the sentence, in order
	firstDay      int           // which of them is the first day, len(times) for none
	nextPlace     int
	nextTime      int
	here          []place            // governing places of the paragraph's earlier sentences, nearest first
	earlier       []place            // those of the paragraph before that had any, nearest first
	earlierSaid   []schemas.Evidence // earlier, located
	section       []place            // of the heading above
	title         []place
	titleActor    actor
	actor         actor // who acted last in the paragraph
	lastActor     actor // who acted last at all: 该院 may look back over paragraphs
	lastBody      actor // the enterprise or village that acted last
	speaker       actor // who the paragraph lets speak: 马慧娟：我…
	when          []period.Expr
	event         []period.Expr // the day that was told last: 会上 looks back to it over paragraphs
	listTime      []period.Expr // when of a list that was announced
	whenActor     string        // who acted in the sentence that said it
	fresh         bool          // the sentence keeps the actor of the one before
}

// maxCarried caps the places that a paragraph carries along, so that the cost of a figure does not grow with the paragraph.
const maxCarried = 24

func (t *text) discourse(ps []paragraph) *discourse {
	d := &discourse{t: t, paragraphs: ps, sections: make([]string, len(ps)), openings: make([]string, len(ps))}
	heading, opening, opened, way := "", "", 0, false
	for i := range ps {
		p := &ps[i]
		switch {
		case len(p.sentences) == 0 || p.kind == Row || p.kind == Note || p.kind == Title:
		case p.kind == Heading:
			heading, opening = t.string(p.span), ""
		default:
			if s := t.openingOf(p); s != "" {
				opening, opened, way = s, i, t.leadsWay(p.sentences[0].span)
			} else if i > opened+1 || opening != "" && ps[opened].sentences[0].len() > maxTitle && !way {
				opening = "" // only short ones lead on
			}
		}
		d.sections[i], d.openings[i] = heading, opening
	}
	return d
}

// openingOf returns the sentence that opens a paragraph and says what it and the next are about: without figures, or of the
// form 产业扶贫方面，….
func (t *text) openingOf(p *paragraph) string {
	first := p.sentences[0]
	if t.leadsWay(first.span) {
		return t.string(first.span)
	}
	if len(p.sentences) < 2 && first.len() > maxTitle {
		return ""
	}
	for i := t.firstNumber(first.start); i < len(t.numbers) && t.numbers[i].Start < first.end; i++ {
		if n := t.numbers[i]; n.Class.Figure() && t.lookAlike(t.numbers, i) == "" && !(n.Start >= 2 && string(t.runes[n.Start-2:n.Start]) == "最后") {
			return ""
		}
	}
	return t.string(first.span)
}

// leadsWay tells 产业扶贫方面，….
func (t *text) leadsWay(s span) bool {
	for i := s.start; i < s.end; i++ {
		switch t.runes[i] {
		case '，', ',', '：', ':':
			return i >= s.start+2 && t.runes[i-1] == '面' && t.runes[i-2] == '方'
		}
	}
	return false
}

// paragraph enters a paragraph: places, times and actors of the one before no longer govern.
func (d *discourse) paragraph(i int) {
	d.leave()
	p := &d.paragraphs[i]
	d.lead, d.opening = d.sections[i], d.openings[i]
	if slices.ContainsFunc(d.here, func(p place) bool { return p.kind == explicitPlace }) {
		d.earlier, d.earlierSaid = d.here, nil
	}
	d.here, d.actor = nil, actor{}
	if !anyPrefix(d.t.runes[p.start:min(p.start+2, p.end)], "其中", "其余") { // a paragraph of parts goes on with the report before
		d.carryTime(i)
	}
	d.speaker = d.t.speaker(p)
	switch p.kind {
	case Title:
		d.title = d.placesIn(p.span)
		d.titleActor = d.t.titleActor(p.span)
	case Heading:
		d.section = d.placesIn(p.span)
	}
}

// sentence enters a sentence.
func (d *discourse) sentence(s *sentence, figures bool) {
	d.leave()
	d.sentenceAt = s
	d.places = d.placesIn(s.span)
	d.times = d.timesIn(s.span)
	d.findDay()
	d.actors = d.t.actors(s, d.places)
	for i := range d.actors {
		d.placeActor(&d.actors[i])
	}
	kept := false
	if d.actor.name == "" && len(d.actors) == 0 && (d.t.pointsBack(s) || d.t.goesOn(s, d.lastActor)) {
		kept = true
		if d.actor = d.lastActor; d.actor.at != nil && len(d.here) == 0 && !d.t.bracketed(d.actor.at.span) {
			d.here = []place{*d.actor.at}
		}
	}
	if b := d.lastBody; len(d.actors) == 0 && b.name != "" && b.name != d.actor.name && (d.actor.name == "" || d.actor.human) && d.t.goesOn(s, b) {
		d.actor, kept = b, true // the cooperative of the person of whom the sentence before spoke
	}
	kept = kept || len(d.actors) == 0 && d.actor.name != "" && !d.actor.human && d.t.goesOn(s, d.actor)
	if d.actor.name == "" && d.wholeRegionSince(0, s.end) {
		d.lastBody = actor{}
		d.lastActor = actor{} // the text has turned to the region
	}
	if d.actor.name == "" && len(d.actors) == 0 && d.speaker.name != "" && d.t.ofMyself(s) {
		d.actor = d.speaker
	}
	d.hideForeign()
	d.fresh = len(d.actors) == 0 && !kept && (d.actor.name == "" || d.actor.name != d.speaker.name && !d.t.refersBack(s, d.actor))
	if d.fresh {
		d.actor = actor{}
	}
}

// leave carries what the sentence said over to the next one.
func (d *discourse) leave() {
	if d.sentenceAt == nil {
		return
	}
	for _, p := range d.places {
		if p.governs() && d.topical(p) && !d.t.bracketed(p.span) {
			for _, a := range d.actors {
				p.ofActor = p.ofActor || a.whole.covers(p.span) && !isSettlement(d.t.runes[a.end-1])
			}
			d.here = append([]place{p}, d.here[:min(len(d.here), maxCarried-1)]...)
		}
	}
	if n := len(d.actors); n > 0 {
		d.actor = d.actors[n-1]
		if d.lastActor = d.actor; !d.actor.human {
			d.lastBody = d.actor
		}
	}
	var said []period.Expr
	for i := len(d.times) - 1; i >= 0; i-- {
		if e := d.times[i]; !e.Base && (anchors(e) || e.Kind == period.Event && d.t.leadsClause(span{d.sentenceAt.start, e.Start})) && !d.t.compared(e) && e.Kind != period.Span && e.Kind != period.Until && !d.t.fromValue(e) {
			said = append(said, e)
		}
	}
	if d.firstDay < len(d.times) && d.t.leadsClause(span{d.sentenceAt.start, d.times[d.firstDay].Start}) {
		d.event = d.times[d.firstDay : d.firstDay+1]
	}
	if len(said) > 0 {
		d.when, d.whenActor = said[:1], ""
		for i, e := range said { // the last that leads a clause
			if c := d.sentenceAt.clauses[clauseAt(d.sentenceAt, e.Start)]; d.t.leadsClause(span{c.start, e.Start}) {
				d.when = said[i : i+1]
				break
			}
		}
		if n := len(d.actors); n > 0 {
			d.whenActor = d.actors[n-1].name
		}
	}
	if len(said) == 0 && len(d.actors) > 0 && d.actors[0].name != d.whenActor {
		d.when = nil // another story has begun
	}
	d.sentenceAt = nil
}

// isSettlement tells the last rune of a village's or township's name: its county governs on as any place does.
func isSettlement(r rune) bool { return r == '村' || r == '镇' || r == '乡' }

// bracketed tells what stands alone in brackets: 中溢集团(吉林)有限公司.
func (t *text) bracketed(s span) bool {
	return s.start > 0 && s.end < len(t.runes) && (t.runes[s.start-1] == '(' || t.runes[s.start-1] == '（') && (t.runes[s.end] == ')' || t.runes[s.end] == '）')
}

// topical tells a place that the sentence is about: it leads its clause, or something went there.
func (d *discourse) topical(p place) bool {
	c := d.sentenceAt.clauses[clauseAt(d.sentenceAt, p.start)]
	return p.late || d.t.leadsClause(span{c.start, p.start}) || d.t.situated(span{c.start, p.start}) || d.t.bynamed(span{c.start, p.start})
}

// bynamed tells a by-name in front of a place: 国家级贫困县、甘肃省东乡族自治县.
func (t *text) bynamed(s span) bool {
	if s.len() < 4 || s.len() > 16 || t.runes[s.end-1] != '、' || !strings.ContainsRune("县区市省乡镇村地", t.runes[s.end-2]) {
		return false
	}
	i, k := t.firstNumber(s.start), sort.Search(len(t.places), func(i int) bool { return t.places[i].End > s.start })
	return (i >= len(t.numbers) || t.numbers[i].Start >= s.end) && (k >= len(t.places) || t.places[k].Start >= s.end)
}

// situated tells the words before a place that only say where it lies: 在大凉山深处的, 位于罗霄山脉的.
func (t *text) situated(s span) bool {
	return s.len() >= 3 && s.len() <= 14 && t.runes[s.end-1] == '的' && (t.runes[s.start] == '在' || anyWord(t.runes[s.start:s.start+2], "位于", "地处", "走进", "来到"))
}

// movedOn tells that a sentence speaks of another actor than the one whose time would be carried over, or turns from an
// actor to the region. A place of its own is no new report: 今年以来，全省…。其中，洛阳市….
func (d *discourse) movedOn(f *found) bool {
	return len(d.actors) > 0 && d.actors[0].start < f.Start || d.whenActor != "" && d.wholeRegionSince(0, f.Start)
}

// subject returns who acts or whose figure it is, "" for the region as a whole.
func (d *discourse) subject(f *found) string {
	if a := d.acting(f); a != nil {
		return a.name
	}
	if a := d.sentToBody(f); a != nil {
		return a.name
	}
	if d.wholeRegionSince(0, f.Start) {
		return ""
	}
	if d.actor.name != "" {
		return d.actor.name
	}
	return d.titleActor.name
}

// wholeRegionSince tells a clause that turns to the whole region: 全省…, 我市….
func (d *discourse) wholeRegionSince(from, to int) bool {
	for _, p := range d.places {
		if p.kind != ownPlace || p.start < from || p.start >= to || strings.ContainsRune("镇乡村", d.t.runes[p.start+1]) || strings.ContainsRune("本中国", d.t.runes[p.start]) {
			continue
		}
		lead := p.start
		for _, q := range d.places {
			if q.kind == explicitPlace && q.end == p.start { // 安徽全省
				lead = q.start
			}
		}
		if c := d.sentenceAt.clauses[clauseAt(d.sentenceAt, p.start)]; d.t.leadsClause(span{c.start, lead}) {
			return true
		}
	}
	return false
}

// placeActor remembers where a body is: the place in its name, or the one said before it.
func (d *discourse) placeActor(a *actor) {
	for _, p := range d.places {
		if p.kind != explicitPlace || p.start >= a.end {
			continue
		}
		if in := a.at != nil && a.whole.covers(a.at.span); !in || isSettlement(d.t.runes[a.end-1]) || d.t.narrower(a.at.span, p.span) { // the first in its name, a village's last, else the last before it
			a.at = &p
		}
	}
	switch {
	case len(d.here) == 0:
	case a.at == nil, a.whole.covers(a.at.span) && d.t.inside(d.here[0].span, a.at.span): // 七里河区的百合…。兰州某合作社
		a.at = &d.here[0]
	}
}

// inside tells a place that lies in another.
func (t *text) inside(p, of span) bool {
	narrow, wide := t.codesAt(p.end), t.codesAt(of.end)
	for _, n := range narrow {
		for _, w := range wide {
			if n != w && t.words.Regions.Contains(w, n) {
				return true
			}
		}
	}
	return false
}

// codesAt is what the place name that ends there may mean.
func (t *text) codesAt(end int) []schemas.RegionCode {
	i := sort.Search(len(t.places), func(i int) bool { return t.places[i].End >= end })
	if i < len(t.places) && t.places[i].End == end {
		return t.places[i].Candidates
	}
	return nil
}

// narrower tells a county behind its city in one name: 焦作市工人先锋号温县农科所.
func (t *text) narrower(wide, p span) bool {
	return strings.ContainsRune("市省州", t.runes[wide.end-1]) && strings.ContainsRune("县区旗", t.runes[p.end-1])
}

// hideForeign drops the second place of a name: 上蔡县全国劳模某某的深圳某公司 acts in 上蔡县.
func (d *discourse) hideForeign() {
	for _, a := range d.actors {
		first := true
		for i := range d.places {
			p := &d.places[i]
			if p.kind == explicitPlace && a.whole.covers(p.span) {
				if a.at != nil && a.at.start > p.start && a.whole.covers(a.at.span) {
					continue // 甲市…乙县某公司
				}
				p.venue = p.venue || !first
				first = false
			}
		}
	}
}
