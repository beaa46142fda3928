package clause

import (
	"slices"
	"sort"

	"heshu/schemas"
	"heshu/schemas/quantity"
)

// found is a figure while it is being read.
type found struct {
	quantity.Number
	clause span   // its clause
	before span   // from the figure before it, or the clause's start
	after  span   // up to the figure behind it, or the clause's end
	lead   span   // the before of the first of the figures that it is listed with
	tail   span   // the after of the last of them
	label  span   // what is counted, as written; empty if nothing is said
	head   span   // its head noun
	mods   []span // its modifiers
	verb   span
	index  int  // of the clause in its sentence
	acts   bool // a verb of its own stands behind it
	shared bool // its qualifier is that of the list
}

// read cuts the figures out of the paragraphs.
func (t *text) read(ps []paragraph, out *Result) {
	out.Numbers += quantity.CountTokens(t.runes)
	out.Figures = slices.Grow(out.Figures, t.countFigures())
	d := t.discourse(ps)
	next := 0
	for pi := range ps {
		p := &ps[pi]
		d.paragraph(pi)
		for si := range p.sentences {
			s := &p.sentences[si]
			first := next
			for next < len(t.numbers) && t.numbers[next].Start < s.end {
				next++
			}
			numbers := t.numbers[first:next]
			figures := t.sift(out, p.kind, numbers)
			d.sentence(s, len(figures) > 0)
			t.describe(s, figures)
			if len(figures) == 0 {
				continue
			}
			words, clause := t.string(s.span), ""
			for fi := range figures {
				if fi == 0 || figures[fi].clause != figures[fi-1].clause {
					clause = t.string(figures[fi].clause)
				}
				c := &schemas.Clause{Paragraph: t.before + pi, Sentence: si, Text: clause, SentenceText: words, Lead: d.lead, Opening: d.opening}
				out.Figures = append(out.Figures, t.figure(d, c, &figures[fi]))
			}
		}
	}
	for ; next < len(t.numbers); next++ {
		t.exclude(out, t.numbers[next], t.numbers[next].Class.String())
	}
}

// takenAt returns which of the taken stretches a number stands in, -1 for none.
func (t *text) takenAt(n quantity.Number) int {
	if len(t.taken) == 0 {
		return -1
	}
	at := t.shadow.Span(n.CoreStart, n.CoreEnd)
	i := sort.Search(len(t.taken), func(i int) bool { return t.taken[i].End > at.Start })
	if i < len(t.taken) && t.taken[i].Start <= at.Start {
		return i
	}
	return -1
}

// countFigures returns how many of the numbers may be figures.
func (t *text) countFigures() int {
	n := 0
	for i := range t.numbers {
		if t.numbers[i].Class.Figure() {
			n++
		}
	}
	return n
}

// sift keeps the numbers that state how many or how much, and names what the others are.
func (t *text) sift(out *Result, kind BlockKind, numbers []quantity.Number) []found {
	var keep []found
	for i, n := range numbers {
		if k := t.takenAt(n); k >= 0 {
			t.counted[k] += n.Tokens
			continue
		}
		if class := t.excluded(kind, numbers, i); class != "" {
			t.exclude(out, n, class)
			continue
		}
		keep = append(keep, found{Number: n})
	}
	return keep
}

func (t *text) exclude(out *Result, n quantity.Number, class string) {
	if n.Tokens == 0 {
		return
	}
	at := span{n.Start, n.End}
	out.Exclusions = append(out.Exclusions, schemas.Exclusion{
		Part: t.part, Locator: t.shadow.Span(at.start, at.end), Text: t.original(at), Class: class, Numbers: n.Tokens,
	})
}

// figure puts what was found into the vocabulary's form; c holds what its sentence's figures have in common.
func (t *text) figure(d *discourse, c *schemas.Clause, f *found) schemas.Figure {
	number := span{f.Start, f.End}
	quote := t.quote(f)
	c.Index, c.Before, c.After = f.index, t.string(f.lead), t.string(f.tail)
	c.Head, c.Verb, c.Subject = t.string(f.head), t.string(f.verb), d.subject(f)
	c.Places, c.Times, c.Earlier = few(d.placesOf(f)), few(d.timesOf(f)), few(d.earlierPlaces())
	for _, m := range f.mods {
		c.Modifiers = append(c.Modifiers, t.string(m))
	}
	fig := schemas.Figure{
		Part: t.part, Locator: t.shadow.Span(quote.start, quote.end), Quote: t.original(quote),
		Number: t.original(number), Numbers: f.Tokens, Quantity: f.Quantity,
		Label: t.original(f.label), Clause: c,
	}
	if f.UnitEnd > f.UnitStart {
		unit := span{f.UnitStart, f.UnitEnd}
		fig.Unit = schemas.Evidence{Text: t.original(unit), Locator: t.shadow.Span(unit.start, unit.end)}
	}
	return fig
}

// fewWords is how many place words and time words a figure keeps of those that bear on it.
const fewWords = 16

// few bounds what a figure keeps where a sentence names places without end: the nearest of each.
func few(all []schemas.Evidence) []schemas.Evidence {
	if len(all) <= fewWords {
		return all
	}
	out := make([]schemas.Evidence, 0, fewWords)
	for _, e := range all {
		if len(out) < fewWords && !slices.ContainsFunc(out, func(o schemas.Evidence) bool { return o.Text == e.Text }) {
			out = append(out, e)
		}
	}
	return slices.Clip(out)
}

// quote is the smallest span that holds number, unit and what is counted.
func (t *text) quote(f *found) span {
	q := span{f.Start, f.End}
	if f.label.len() > 0 {
		q.start, q.end = min(q.start, f.label.start), max(q.end, f.label.end)
	} else if f.verb.len() > 0 && f.clause.covers(f.verb) {
		q.start, q.end = min(q.start, f.verb.start), max(q.end, f.verb.end)
	}
	return q
}
