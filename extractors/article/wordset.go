package article

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// wordSet finds words in a text in one pass over its runes.
type wordSet struct {
	first [1 << 10]uint64 // a bit for every rune of the basic plane that opens a word
	words map[rune][]string
}

func newWordSet(words []string) *wordSet {
	s := &wordSet{words: map[rune][]string{}}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		s.first[r>>6] |= 1 << (r & 63)
		s.words[r] = append(s.words[r], w)
	}
	return s
}

// in reports whether the text holds one of the words.
func (s *wordSet) in(text string) bool {
	for i, r := range text {
		if r > 0xffff || s.first[r>>6]&(1<<(r&63)) == 0 {
			continue
		}
		for _, w := range s.words[r] {
			if strings.HasPrefix(text[i:], w) {
				return true
			}
		}
	}
	return false
}

var footSet = sync.OnceValue(func() *wordSet { return newWordSet(footWords) })
