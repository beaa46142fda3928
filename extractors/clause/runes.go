package clause

// runeSet holds the runes of a string.
func runeSet(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		m[r] = true
	}
	return m
}

// byFirstRune groups words by their first rune, in order.
func byFirstRune(words []string) map[rune][][]rune {
	m := map[rune][][]rune{}
	for _, w := range words {
		rs := []rune(w)
		m[rs[0]] = append(m[rs[0]], rs)
	}
	return m
}

// byLastRune groups words by their last rune, in order.
func byLastRune(words []string) map[rune][][]rune {
	m := map[rune][][]rune{}
	for _, w := range words {
		rs := []rune(w)
		m[rs[len(rs)-1]] = append(m[rs[len(rs)-1]], rs)
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
