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
	next []map[rune]int32
	word []int32 // id+1 of the word that ends at a node, 0 for none
	ids  map[string]int
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
	node := int32(0)
	for _, r := range word {
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

// last returns where in text the last word of s begins, in bytes, -1 if none stands there.
func (w *wordTree) last(text string, s Set) int {
	found := -1
	for i := range text {
		node := int32(0)
		for _, q := range text[i:] {
			child, ok := w.next[node][q]
			if !ok {
				break
			}
			node = child
			if id := int(w.word[node]) - 1; id >= 0 && s[id/64]&(1<<(id%64)) != 0 {
				found = i
			}
		}
	}
	return found
}

// find adds to s the words that stand in text.
func (w *wordTree) find(text string, s Set) {
	for i, r := range text {
		node, ok := w.next[0][r]
		if !ok {
			continue
		}
		if id := w.word[node]; id > 0 {
			s.add(int(id - 1))
		}
		first := true
		for _, q := range text[i:] {
			if first {
				first = false
				continue
			}
			if node, ok = w.next[node][q]; !ok {
				break
			}
			if id := w.word[node]; id > 0 {
				s.add(int(id - 1))
			}
		}
	}
}
