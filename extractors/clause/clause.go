// Package clause owns the reading of cleaned text into figures in the source's own words.
//
// It says what is written and where: the number, what is counted, the verb that governs it, whose it is, the place
// and time words that bear on it. What they mean is said by normalisation. Matching happens on the folded shadow of
// the text; quotes and locators are of the cleaned text itself. It is pure: the same text gives the same figures.
package clause

import (
	"strings"

	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/period"
	"heshu/schemas/quantity"
	"heshu/schemas/region"
)

// BlockKind is what a block of a text is.
type BlockKind uint8

// The kinds of blocks; the zero value is a paragraph.
const (
	Paragraph BlockKind = iota
	Title
	Heading
	Row  // a row of a table, its cells separated by tabs
	Note // byline, source line, page furniture: read for the balance, gives no figures
)

// Block is a stretch of a text that a reader sees as one. Offsets are runes of the text, End exclusive.
type Block struct {
	Kind       BlockKind
	Start, End schemas.RuneOffset
}

// Input is one article: its cleaned text and how it is laid out.
type Input struct {
	Part   int
	Text   string
	Blocks []Block // empty: every line is a block, a short first line the title
	// Taken are stretches whose numbers somebody else reads, in order: cells of a table. They are only counted.
	Taken []schemas.TextSpan
}

// Result is what a text holds. Numbers = Σ Figures.Numbers + Σ Exclusions.Numbers.
type Result struct {
	Figures    []schemas.Figure
	Exclusions []schemas.Exclusion
	Numbers    int
	Taken      []int // numeric tokens in each of Input.Taken, which Numbers counts too
}

// text is one input with all that was scanned in it; offsets are runes of the shadow.
type text struct {
	part    int
	runes   []rune
	origin  []rune
	shadow  hanzi.Shadow
	numbers []quantity.Number
	times   []period.Expr
	places  []region.Mention
	words   *Lexicon
	cutting cutting
	persons map[string]bool // names that were read so far
	located map[span]schemas.Evidence
	taken   []schemas.TextSpan
	counted []int // numeric tokens in each of taken
	before  int   // paragraphs in the pieces before this one
}

// Extract reads one article; one of more than pieceRunes in pieces, so that its memory is bounded by a piece's and by what is found.
func (l *Lexicon) Extract(in Input) Result {
	origin := []rune(in.Text)
	out := Result{Taken: make([]int, len(in.Taken))}
	for start, paragraphs := 0, 0; start < len(origin) || start == 0; {
		end := pieceEnd(origin, start)
		t := &text{part: in.Part, origin: origin, words: l, taken: in.Taken, counted: out.Taken, before: paragraphs}
		n := t.extract(start, end, in.Blocks, &out)
		if start, paragraphs = end, paragraphs+n; len(origin) == 0 {
			break
		}
	}
	return out
}

// pieceRunes is how much of a text is read at once: no page of a newspaper is as long.
const pieceRunes = 1 << 17

// pieceEnd returns where the piece that begins at start ends: the text's end, or the last line's end, sentence's end, mark or space
// of its second half.
func pieceEnd(origin []rune, start int) int {
	end := start + pieceRunes
	if end >= len(origin) {
		return len(origin)
	}
	for _, ends := range []string{"\n", "。！？", "，、；,;", " \t\u3000"} {
		for i := end - 1; i > start+pieceRunes/2; i-- {
			if strings.ContainsRune(ends, origin[i]) {
				return i + 1
			}
		}
	}
	return end
}

// extract adds what the piece of the origin from start to end holds, and returns how many paragraphs it has.
func (t *text) extract(start, end int, blocks []Block, out *Result) int {
	l := t.words
	t.shadow = hanzi.Fold(t.origin[start:end])
	for i := range t.shadow.At {
		t.shadow.At[i] += int32(start)
	}
	t.runes, t.located = t.shadow.Runes, nil
	t.numbers = quantity.Scan(t.runes)
	t.times = t.datesOnly(period.Scan(t.runes))
	t.places = t.placeNames(l.Regions.Scan(t.runes))
	ps := t.layout(blocks)
	t.read(ps, out)
	return len(ps)
}

// datesOnly drops what only looks like a time: the 14 of 国办发〔2015〕14号.
func (t *text) datesOnly(all []period.Expr) []period.Expr {
	out := all[:0]
	for _, e := range all {
		if t.namesOccasion(e) || t.thisAge(e) {
			continue
		}
		if i := t.firstNumber(e.Start); i < len(t.numbers) {
			switch n := t.numbers[i]; {
			case n.Start > e.Start, n.Class != quantity.DocumentNumber && n.Class != quantity.Phone && n.Class != quantity.Address && n.Class != quantity.Identifier:
			default:
				continue
			}
		}
		if n := len(t.numbers); n > 0 { // 〔2015〕14 号
			if i := t.firstNumber(e.Start) - 1; i >= 0 && t.numbers[i].Class == quantity.DocumentNumber && e.Start-t.numbers[i].End <= 2 {
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// thisAge tells 今天的中国: our days, no day.
func (t *text) thisAge(e period.Expr) bool {
	return e.End < len(t.runes) && t.runes[e.End] == '的' && t.string(span{e.Start, e.End}) == "今天"
}

// namesOccasion tells a day that only names what is held on or for it: “扶贫日”活动, 庆祝“五一”国际劳动节, 迎新春慰问.
func (t *text) namesOccasion(e period.Expr) bool {
	if !e.Named() || e.Start == 0 || e.End >= len(t.runes) {
		return false
	}
	before, after := t.runes[max(0, e.Start-3):e.Start], t.runes[e.End:min(e.End+3, len(t.runes))]
	return t.runes[e.Start-1] == '“' || after[0] == '活' || after[0] == '”' || anyWord(before, "庆祝", "喜迎", "纪念", "迎") || anyWord(after[:1], "暨")
}

// locate returns the words and the place, in the cleaned text, of a stretch of the shadow.
func (t *text) locate(s span) schemas.Evidence {
	if e, ok := t.located[s]; ok {
		return e
	}
	if t.located == nil || len(t.located) > maxLocated {
		t.located = map[span]schemas.Evidence{}
	}
	e := schemas.Evidence{Text: string(t.runes[s.start:s.end]), Locator: t.shadow.Span(s.start, s.end)}
	t.located[s] = e
	return e
}

// maxLocated caps the places and times of a text that are kept at hand.
const maxLocated = 256

// original returns the cleaned text's own characters of a stretch of the shadow.
func (t *text) original(s span) string {
	at := t.shadow.Span(s.start, s.end)
	return string(t.origin[at.Start:at.End])
}

func (t *text) string(s span) string { return string(t.runes[s.start:s.end]) }
