package catalog

// Set is a set of the words of the text rules.
type Set []uint64

// Meets reports whether two sets share a word.
func (s Set) Meets(o Set) bool {
	for i := range min(len(s), len(o)) {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}

// Join adds the words of o to s.
func (s Set) Join(o Set) {
	for i := range o {
		s[i] |= o[i]
	}
}

func (s Set) add(id int) { s[id/64] |= 1 << (id % 64) }

// wordTree finds all words of the rules in a text in one pass.
type wordTree struct {
	begins bits // the runes of the basic plane that words begin with
	pairs  bits // the first two runes of the words, as pairOf folds them
	next   []map[rune]int32
	word   []int32 // id+1 of the word that ends at a node, 0 for none
	ids    map[string]int
}

func newWordTree() *wordTree {
	return &wordTree{next: []map[rune]int32{{}}, word: []int32{0}, ids: map[string]int{}}
}

// id returns the number of a word, which it takes in if it is new.
func (w *wordTree) id(word string) int {
	if id, ok := w.ids[word]; ok {
		return id
	}
	id := len(w.ids)
	w.ids[word] = id
	runes := []rune(word)
	if len(runes) > 0 && runes[0] < 1<<16 {
		w.begins.add(runes[0])
	}
	if len(runes) > 1 {
		w.pairs.add(pairOf(runes[0], runes[1]))
	}
	node := int32(0)
	for _, r := range runes {
		child, ok := w.next[node][r]
		if !ok {
			child = int32(len(w.next))
			w.next = append(w.next, map[rune]int32{})
			w.word = append(w.word, 0)
			w.next[node][r] = child
		}
		node = child
	}
	w.word[node] = int32(id + 1)
	return id
}

func (w *wordTree) newSet() Set { return make(Set, (len(w.ids)+63)/64) }

func (w *wordTree) set(words []string) Set {
	s := w.newSet()
	for _, word := range words {
		s.add(w.ids[word])
	}
	return s
}

func (w *wordTree) mayBegin(r rune) bool { return r >= 1<<16 || w.begins.has(r) }

// last returns where in text the last word of s begins, in bytes, -1 if none stands there.
func (w *wordTree) last(text string, s Set) int {
	found := -1
	w.each(text, func(at int, id int32) {
		if s[id/64]&(1<<(id%64)) != 0 {
			found = at
		}
	})
	return found
}

// find adds to s the words that stand in text.
func (w *wordTree) find(text string, s Set) {
	w.each(text, func(_ int, id int32) { s.add(int(id)) })
}

// each hands on the words that stand in text, in the order of the places where they begin.
func (w *wordTree) each(text string, use func(at int, id int32)) {
	for i, r := range text {
		if !w.mayBegin(r) {
			continue
		}
		node, ok := w.next[0][r]
		if !ok {
			continue
		}
		if id := w.word[node]; id > 0 {
			use(i, id-1)
		}
		before := r
		for j, q := range text[i:] {
			if j == 0 {
				continue
			}
			if before != 0 && !w.pairs.has(pairOf(before, q)) {
				break
			}
			before = 0
			if node, ok = w.next[node][q]; !ok {
				break
			}
			if id := w.word[node]; id > 0 {
				use(i, id-1)
			}
		}
	}
}

// pairOf folds two runes into sixteen bits.
func pairOf(a, b rune) rune { return (a*31 + b) & 0xffff }

// bits is a set of sixteen-bit numbers.
type bits [1 << 10]uint64

func (s *bits) has(r rune) bool { return s[r>>6]&(1<<(r&63)) != 0 }

func (s *bits) add(r rune) { s[r>>6] |= 1 << (r & 63) }
