package quantity

import (
	_ "embed"
	"strings"
)

//go:embed words.csv
var wordsCSV string

// entry is a word of the lexicon; at is where its first numeral stands in it.
type entry struct {
	word  []rune
	at    int
	class Class
	open  bool // a unit behind it makes a number of it: 每周三次
}

var lexiconClasses = map[string]Class{"word": Word, "fixed": Word, "name": Name, "article": ArticleWord}

var lexicon = buildLexicon(wordsCSV)

// buildLexicon keys each word by its first numeral and the rune behind it (or before it, negative, at the word's end).
func buildLexicon(csv string) map[[2]rune][]entry {
	m := map[[2]rune][]entry{}
	seen := map[string]bool{}
	for _, f := range rows(csv, 2) {
		class, ok := lexiconClasses[f[0]]
		if !ok {
			panic("quantity: lexicon class " + f[0])
		}
		for _, w := range strings.Split(f[1], "|") {
			r := []rune(w)
			at := 0
			for at < len(r) && !glyphOf(r[at]).numeral() {
				at++
			}
			if at == len(r) || seen[w] {
				continue
			}
			seen[w] = true
			key := wordKey(r, at)
			m[key] = insertEntry(m[key], entry{r, at, class, f[0] != "fixed" && glyphOf(r[len(r)-1]).numeral()})
		}
	}
	return m
}

func wordKey(r []rune, at int) [2]rune {
	if at+1 < len(r) {
		return [2]rune{r[at], r[at+1]}
	}
	return [2]rune{-r[at-1], r[at]}
}

func insertEntry(list []entry, e entry) []entry {
	i := 0
	for i < len(list) && len(list[i].word) >= len(e.word) {
		i++
	}
	list = append(list, entry{})
	copy(list[i+1:], list[i:])
	list[i] = e
	return list
}

// word finds the longest word of the lexicon around the numeral at i.
func (s *scanner) word(i int) (Number, int, bool) {
	if i > 0 && glyphOf(s.t[i-1]).numeral() && s.last < i {
		return Number{}, 0, false
	}
	var best entry
	if i+1 < len(s.t) {
		best = s.longest(lexicon[[2]rune{s.t[i], s.t[i+1]}], i, best)
	}
	if i > 0 {
		best = s.longest(lexicon[[2]rune{-s.t[i-1], s.t[i]}], i, best)
	}
	if best.word == nil || s.alone && len(best.word) == len(s.t) && numerals(best.word) {
		return Number{}, 0, false
	}
	start := i - best.at
	end := start + len(best.word)
	return Number{Start: start, End: end, CoreStart: i, CoreEnd: end, UnitStart: end, UnitEnd: end, Class: best.class}, end, true
}

func (s *scanner) longest(list []entry, i int, best entry) entry {
	for _, e := range list {
		if len(e.word) <= len(best.word) {
			break
		}
		start := i - e.at
		if start < s.last || !hasRunes(s.t, start, e.word) || !s.wordEnds(e, start+len(e.word)) {
			continue
		}
		return e
	}
	return best
}

// wordEnds reports whether a word may end at i: 十分之三, 四季度, 一点二五, 每周三次 hold no word.
func (s *scanner) wordEnds(e entry, i int) bool {
	if i >= len(s.t) {
		return true
	}
	if e.open {
		if u, n := matchUnit(s.t, i); n > 0 && u.Kind != "place" {
			return false
		}
	}
	next := glyphOf(s.t[i])
	switch last := e.word[len(e.word)-1]; last {
	case '分':
		return s.t[i] != '之' && s.t[i] != '钟'
	case '季':
		return s.t[i] != '度'
	case '点':
		return !next.numeral()
	default:
		return !glyphOf(last).numeral() || !next.numeral()
	}
}

// numerals reports whether a word is written in numerals only: alone in a cell, 五一 is 51.
func numerals(w []rune) bool {
	for _, r := range w {
		if !glyphOf(r).numeral() {
			return false
		}
	}
	return true
}
