package clause

// runes is a set of characters of the basic plane, a bit each: it is asked for at nearly every character.
type runes [1 << 10]uint64

func (s *runes) has(r rune) bool { return r >= 0 && r < 1<<16 && s[r>>6]&(1<<(r&63)) != 0 }

func (s *runes) add(r rune) { s[r>>6] |= 1 << (r & 63) }

// runeSet holds the runes of a string.
func runeSet(s string) *runes {
	m := &runes{}
	for _, r := range s {
		m.add(r)
	}
	return m
}

// wordsAt finds words by one of their runes.
type wordsAt struct {
	runes *runes
	words map[rune][][]rune
}

func (w *wordsAt) at(r rune) [][]rune {
	if !w.runes.has(r) {
		return nil
	}
	return w.words[r]
}

func (w *wordsAt) add(r rune, word []rune) {
	w.runes.add(r)
	w.words[r] = append(w.words[r], word)
}

// byFirstRune groups words by their first rune, in order.
func byFirstRune(words []string) *wordsAt {
	m := &wordsAt{&runes{}, map[rune][][]rune{}}
	for _, w := range words {
		rs := []rune(w)
		m.add(rs[0], rs)
	}
	return m
}

// byLastRune groups words by their last rune, in order.
func byLastRune(words []string) *wordsAt {
	m := &wordsAt{&runes{}, map[rune][][]rune{}}
	for _, w := range words {
		rs := []rune(w)
		m.add(rs[len(rs)-1], rs)
	}
	return m
}

// hasRunesAt reports whether w stands in rs at i.
func hasRunesAt(rs []rune, i int, w []rune) bool {
	if i < 0 || i+len(w) > len(rs) {
		return false
	}
	for k, r := range w {
		if rs[i+k] != r {
			return false
		}
	}
	return true
}

// anyWord reports whether one of the words stands in rs.
func anyWord(rs []rune, words ...string) bool {
	for _, w := range words {
		if indexWord(rs, w) >= 0 {
			return true
		}
	}
	return false
}

// indexWord returns where w stands first in rs, -1 if nowhere.
func indexWord(rs []rune, w string) int {
next:
	for i := range rs {
		k := i
		for _, r := range w {
			if k >= len(rs) || rs[k] != r {
				continue next
			}
			k++
		}
		return i
	}
	return -1
}

// anyPrefix reports whether rs begins with one of the words.
func anyPrefix(rs []rune, words ...string) bool {
	for _, w := range words {
		i := 0
		for _, r := range w {
			if i >= len(rs) || rs[i] != r {
				i = -1
				break
			}
			i++
		}
		if i >= 0 {
			return true
		}
	}
	return false
}
