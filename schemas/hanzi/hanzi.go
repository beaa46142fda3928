// Package hanzi owns the written forms of Chinese text: traditional against simplified, wide against narrow, split numbers.
//
// Readers match on the Shadow of a text and quote the text itself: every rune of a shadow knows where it stands in the original.
package hanzi

import "heshu/schemas"

// Shadow is a text folded for matching. It is never shown to anybody.
type Shadow struct {
	Runes []rune
	At    []int32 // offset in the original of each rune, then the original's length: len(At) == len(Runes)+1
}

// Span returns where in the original the shadow's runes start..end stand: from the first rune to the end of the last one.
// It holds for 0 ≤ start ≤ end ≤ len(Runes); an empty span is empty in the original too.
func (s Shadow) Span(start, end int) schemas.TextSpan {
	from := schemas.RuneOffset(s.At[start])
	if end <= start {
		return schemas.TextSpan{Start: from, End: from}
	}
	return schemas.TextSpan{Start: from, End: schemas.RuneOffset(s.At[end-1]) + 1}
}

// Simplify converts traditional characters, longest known word first, then character by character. It does not ask whether
// the text is traditional: characters that both scripts write, as 乾 or 著, are converted unless a known word holds them.
func Simplify(s string) string {
	in := []rune(s)
	simplify(in)
	return string(in)
}

// Simplified returns the simplified form of a text that is traditional by the same test as Fold's, and any other as it is. The
// form has as many runes as the text.
func Simplified(s string) string {
	t := tables()
	chinese, sure := 0, 0
	for _, r := range s {
		if uint32(r) <= 0xffff {
			c := t.class[r]
			chinese += int(c & isHan)
			sure += int(c & isTraditional >> 1)
		}
	}
	if sure == 0 || sure*10 < chinese {
		return s
	}
	return Simplify(s)
}

// simplify converts in place; every conversion keeps the length.
func simplify(text []rune) {
	t := tables()
	for i := 0; i < len(text); {
		r := text[i]
		if uint32(r) > 0xffff || t.class[r]&(isTraditional|startsPhrase|isAmbiguous) == 0 {
			i++
			continue
		}
		if t.class[r]&startsPhrase != 0 {
			if to := t.phrase(text[i:]); to != nil {
				i += copy(text[i:], to)
				continue
			}
		}
		if t.class[r]&(isTraditional|isAmbiguous) != 0 {
			text[i] = rune(t.to[r])
		}
		i++
	}
}
