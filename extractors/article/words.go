package article

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed words.txt
var wordList string

// pair is two characters that follow each other.
type pair [2]rune

// words are common words of two characters, simplified.
var words = sync.OnceValue(func() map[pair]bool {
	m := make(map[pair]bool, 12000)
	for l := range strings.Lines(wordList) {
		l = strings.TrimRight(l, "\n")
		first, size := utf8.DecodeRuneInString(l)
		if first == '#' {
			continue
		}
		for _, r := range l[size:] {
			m[pair{first, r}] = true
		}
	}
	return m
})

// pairs calls f for every two Chinese characters that follow each other.
func pairs(text string, f func(pair)) {
	var last rune
	for _, r := range text {
		if r < 0x3400 || r > 0x9FFF {
			r = 0
		}
		if last != 0 && r != 0 {
			f(pair{last, r})
		}
		last = r
	}
}

// pairSet counts the pairs of a text.
func pairSet(texts ...string) map[pair]int {
	m := map[pair]int{}
	for _, t := range texts {
		pairs(t, func(p pair) { m[p]++ })
	}
	return m
}
