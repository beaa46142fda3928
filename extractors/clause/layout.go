package clause

import "sort"

// span is a stretch of the shadow, end exclusive.
type span struct{ start, end int }

func (s span) len() int           { return s.end - s.start }
func (s span) covers(o span) bool { return s.start <= o.start && o.end <= s.end }

// paragraph is a block with its sentences; sentence a stretch up to a full stop, with its clauses.
type paragraph struct {
	span
	kind      BlockKind
	sentences []sentence
}

type sentence struct {
	span
	clauses []span
}

// Longer stretches without a mark are cut, so that the cost of a figure does not grow with the length of its line.
const (
	maxClause   = 400
	maxSentence = 1200
)

// layout cuts the text into paragraphs, sentences and clauses.
func (t *text) layout(blocks []Block) []paragraph {
	var out []paragraph
	if len(blocks) == 0 {
		start := 0
		for i := 0; i <= len(t.runes); i++ {
			if i < len(t.runes) && t.runes[i] != '\n' {
				continue
			}
			if s := t.trim(span{start, i}); s.len() > 0 {
				out = append(out, t.paragraph(s, Paragraph))
			}
			start = i + 1
		}
		if len(out) > 1 && out[0].len() <= maxTitle && !isStop(t.runes[out[0].end-1]) {
			out[0].kind = Title
		}
		return out
	}
	at := 0
	for _, b := range blocks {
		for at < len(t.runes) && int(t.shadow.At[at]) < int(b.Start) {
			at++
		}
		start := at
		for at < len(t.runes) && int(t.shadow.At[at]) < int(b.End) {
			at++
		}
		if s := t.trim(span{start, at}); s.len() > 0 {
			out = append(out, t.paragraph(s, b.Kind))
		}
	}
	return out
}

// maxTitle is the longest line that can be a headline or a heading, in runes.
const maxTitle = 45

func (t *text) trim(s span) span {
	for s.start < s.end && isSpace(t.runes[s.start]) {
		s.start++
	}
	for s.end > s.start && isSpace(t.runes[s.end-1]) {
		s.end--
	}
	return s
}

func isSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == 0x3000 }

// isStop tells a rune that ends a sentence.
func isStop(r rune) bool { return r == '。' || r == '!' || r == '?' || r == '！' || r == '？' }

// isBreak tells a rune that ends a clause: a list's 、 does not.
func isBreak(r rune) bool {
	if r > 0x3002 && r < 0xff00 {
		return false
	}
	switch r {
	case ',', '，', ';', '；', ':', '：', '(', ')', '（', '）', '\t', '\n', '—', '…':
		return true
	}
	return isStop(r)
}

func (t *text) paragraph(s span, kind BlockKind) paragraph {
	p := paragraph{span: s, kind: kind}
	if kind == Paragraph && s.len() <= maxTitle && !isStop(t.runes[s.end-1]) && t.runes[s.end-1] != '；' && t.runes[s.end-1] != ';' {
		p.kind = Heading
	}
	p.sentences = t.sentences(s)
	return p
}

// sentences cuts a paragraph at its stops, and the sentences at their breaks.
func (t *text) sentences(s span) []sentence {
	var out []sentence
	start, clause := s.start, s.start
	var clauses []span
	end := func(at, next int) {
		out = append(out, sentence{span{start, at}, clauses})
		clauses, start, clause = nil, next, next
	}
	for i := s.start; i < s.end; i++ {
		r := t.runes[i]
		if !isBreak(r) && (i-clause < maxClause || t.insideName(i)) || t.insideNumber(i) {
			continue
		}
		if i > clause {
			clauses = append(clauses, span{clause, i})
		}
		switch {
		case isStop(r):
			if i+1 < s.end && (t.runes[i+1] == '”' || t.runes[i+1] == '’' || t.runes[i+1] == '」') {
				i++
			}
			end(i+1, i+1)
		case !isBreak(r) && i-start >= maxSentence:
			end(i, i)
		case i-start >= maxSentence:
			end(i+1, i+1)
		case !isBreak(r):
			clause = i
		default:
			clause = i + 1
		}
	}
	if clause < s.end {
		clauses = append(clauses, span{clause, s.end})
	}
	if start < s.end {
		out = append(out, sentence{span{start, s.end}, clauses})
	}
	return out
}

// insideNumber tells a mark that belongs to a number: 1,286 · 2.6:1 · 3000—5000.
func (t *text) insideNumber(at int) bool {
	i := t.firstNumber(at)
	return i < len(t.numbers) && t.numbers[i].Start <= at && at < t.numbers[i].End
}

// insideName tells a place within the words of a time or the name of a place.
func (t *text) insideName(at int) bool {
	if e, ok := t.timeAt(at); ok && e.Start < at {
		return true
	}
	i := sort.Search(len(t.places), func(i int) bool { return t.places[i].End > at })
	return i < len(t.places) && t.places[i].Start < at
}

// firstNumber returns the index of the first number that ends behind at.
func (t *text) firstNumber(at int) int {
	lo, hi := 0, len(t.numbers)
	for lo < hi {
		if mid := (lo + hi) / 2; t.numbers[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}
