package normalize

import (
	"strings"

	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/hanzi"
)

// articlePage is one article with what its figures are read against.
type articlePage struct {
	n              *Normalizer
	name           string // the document's
	title          string // the headline
	part           schemas.Part
	published      schemas.Date
	home           schemas.RegionCode // the publisher's own region, "" if nobody knows
	topic          schemas.RegionCode // what the article is about, where its publisher is no local one
	topicAs        schemas.Evidence
	own            schemas.Period // the year that the headline names, or that an undated text reports on
	main           schemas.Period // own, or the year of the heading that the figure stands under
	sections       []section
	section        section
	latest         int  // the latest year it names
	plans          bool // the document itself is a plan, by its headline
	reports        bool // it is a report on the time that its headline names
	around         catalog.Around
	said, led      string    // the sentence and the section's lead that around holds
	clause         string    // the clause that around holds
	planKey        [2]string // the lead and the opening that were read last, and whether they name a plan
	planLed        bool
	opening, opens string  // the opening that was read last, and its action
	before         *mapped // the figure before it in the same paragraph
	last           mapped
	outgrown       schemas.RegionCode // a region whose counties a figure of the paragraph outnumbers
	outgrownIn     int
	past           []mapped // the figures before, in order
	lastNumber     string   // as it was written
	lastBefore     string   // the clause in front of it
	written        []rune   // the text, and its shadow, where it is not simplified
	folded         hanzi.Shadow
	plain          bool              // the shadow is the text
	originals      map[string]string // what asWritten found
	heads          map[string]mapped // the last mapped figure of each thing counted
}

// mapped is what a figure became, for the ones behind it that go on with it: 其中国家级61人.
type mapped struct {
	paragraph, sentence, index int
	indicator                  schemas.IndicatorCode
	unit                       schemas.UnitCode
	rule                       string
	period                     schemas.Period
	timed                      bool               // by time words
	differs                    bool               // a change or a growth: nothing is a part of it
	average                    bool               // each one's share: nothing is a part of it either
	earlier                    schemas.RegionCode // its region, where an earlier paragraph gave it
	region                     schemas.RegionCode
}

// reading is one figure while it is being normalised.
type reading struct {
	page      *articlePage
	f         *schemas.Figure
	c         *schemas.Clause
	o         *schemas.Observation
	kind      string // the unit table's kind of the unit
	counted   string // what is counted, once label has read it
	labelled  bool
	prefix    string             // the sentence up to the number
	until     bool               // 到, 前 gave the period
	timed     bool               // time words, not the day of publication, gave the period
	sure      grounds            // what each field rests on
	partWhole *mapped            // what it is a part of
	earlier   schemas.RegionCode // the region, where an earlier paragraph gave it
}

func (n *Normalizer) openPage(doc schemas.Document, x schemas.Extraction, part int) *articlePage {
	p := &articlePage{n: n, name: doc.Name, originals: map[string]string{}, heads: map[string]mapped{}}
	p.part, _ = partOf(x, part)
	p.part.Index = part
	p.title = titleOf(p.part)
	p.published = doc.Published
	if p.published.IsZero() {
		p.published = p.part.Published
	}
	p.home = n.homeOf(doc, p.part)
	p.topic, p.topicAs = n.topicOf(p, x.Figures)
	if p.published.IsZero() {
		p.own, p.latest = yearsOf(p.title, p.part.Text, schemas.Date{})
	} else {
		p.own, _ = yearsOf("", p.title, p.published)
	}
	p.plans = n.catalog.Text.Plans(p.title)
	p.reports = hasAny(p.title, "公报", "总结", "报告", "简报", "综述", "回顾", "通报", "小结", "情况")
	p.sections = n.sectionsOf(p.part.Text)
	for f := range catalog.Fields {
		p.around[f] = n.catalog.Text.NewSet()
	}
	return p
}

// observe gives one figure its meaning, field by field; the order matters: later fields read earlier ones.
func (p *articlePage) observe(f *schemas.Figure, o *schemas.Observation) []schemas.Issue {
	r := &reading{page: p, f: f, c: f.Clause, o: o}
	if p.last.paragraph == r.c.Paragraph && p.last.rule != "" {
		before := p.last
		p.before = &before
	} else {
		p.before = nil
	}
	p.main = p.own
	if p.section = p.sectionAt(f); p.section.year.Kind != 0 {
		p.main = p.section.year
	}
	r.prefix = prefixOf(r.c)
	r.lookAround()
	r.quantity()
	r.measure()
	r.indicator()
	r.breakdown()
	r.actor()
	r.action()
	r.region()
	r.period()
	o.Breakdown, o.Entity = p.asWritten(o.Breakdown, f.Locator), p.asWritten(o.Entity, f.Locator)
	o.Confidence = r.confidence()
	p.last = mapped{r.c.Paragraph, r.c.Sentence, r.c.Index, o.Indicator, o.Unit, o.Rule, o.Period, r.timed, o.Measure == schemas.Change || o.Measure == schemas.Growth, o.Measure == schemas.Average, r.earlier, o.Region}
	if o.Indicator != schemas.Other && r.c.Head != "" {
		p.heads[r.headKey()] = p.last
	}
	p.lastNumber, p.lastBefore = f.Number, r.c.Before
	p.past = append(p.past[max(0, len(p.past)-keptPast+1):], p.last)
	return nil
}

// keptPast is how many figures are kept for those behind them that are parts of one.
const keptPast = 8

// prefixOf is the sentence up to the number.
func prefixOf(c *schemas.Clause) string {
	i := strings.Index(c.SentenceText, c.Text)
	if i < 0 {
		return c.Before
	}
	j := strings.Index(c.Text, c.Before)
	if j < 0 {
		return c.SentenceText[:i] + c.Text
	}
	return c.SentenceText[:i] + c.Text[:j] + c.Before
}

// lookAround finds the rules' words in each stretch around the figure.
func (r *reading) lookAround() {
	t, a := r.page.n.catalog.Text, &r.page.around
	p := r.page
	for f := range catalog.Fields {
		if f == catalog.Sentence && p.said == r.c.SentenceText || f == catalog.Section && p.led == r.c.Lead || f == catalog.Whole && p.clause == r.c.Text {
			continue // as for the figure before
		}
		clear(a[f])
	}
	label := r.label()
	if label == "" {
		label = strings.Join(r.c.Modifiers, "") + r.c.Head
	}
	t.Find(label, a[catalog.Label])
	t.Find(r.c.Head, a[catalog.Head])
	t.Find(r.f.Unit.Text, a[catalog.Label])
	t.Find(r.c.Before, a[catalog.Before])
	after := strings.TrimPrefix(r.c.After, label)
	t.Find(after, a[catalog.After])
	a[catalog.Near].Join(a[catalog.Label])
	t.Find(lastWords(r.c.Before, 20), a[catalog.Near])
	if a[catalog.Near].Join(a[catalog.After]); after != r.c.After {
		t.Find(r.c.After, a[catalog.Near]) // over the end of the label: 79万脱贫户发展产业
	}
	if p.clause != r.c.Text {
		t.Find(r.c.Text, a[catalog.Whole])
	}
	if p.said != r.c.SentenceText {
		t.Find(r.c.SentenceText, a[catalog.Sentence])
	}
	t.Find(r.c.Verb, a[catalog.Verb])
	t.Find(r.c.Subject, a[catalog.Subject])
	if p.led != r.c.Lead {
		t.Find(r.c.Lead, a[catalog.Section])
	}
	p.said, p.led, p.clause = r.c.SentenceText, r.c.Lead, r.c.Text
}

// label is what is counted, in simplified characters: modifiers and head as they stand in the clause.
func (r *reading) label() string {
	if !r.labelled {
		r.counted, r.labelled = labelOf(r.c), true
	}
	return r.counted
}

func labelOf(c *schemas.Clause) string {
	if c.Head == "" {
		return ""
	}
	first := c.Head
	if len(c.Modifiers) > 0 {
		first = c.Modifiers[0]
	}
	for _, s := range [...]string{c.Before, c.After} {
		i, j := strings.Index(s, first), strings.LastIndex(s, c.Head)
		if i >= 0 && j >= i {
			return s[i : j+len(c.Head)]
		}
	}
	return ""
}
