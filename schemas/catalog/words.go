package catalog

import "unicode/utf8"

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
	first []int32  // node of each character of the basic plane that begins a word, 0 for none
	edges [][]edge // by node; few characters follow one
	word  []int32  // id+1 of the word that ends at a node, 0 for none
	ids   map[string]int
}

type edge struct {
	r    rune
	node int32
}

func newWordTree() *wordTree {
	return &wordTree{first: make([]int32, 1<<16), edges: [][]edge{nil}, word: []int32{0}, ids: map[string]int{}}
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
		child := w.next(node, r)
		if child == 0 {
			child = int32(len(w.edges))
			w.edges, w.word = append(w.edges, nil), append(w.word, 0)
			if node == 0 && r < 1<<16 {
				w.first[r] = child
			} else {
				w.edges[node] = append(w.edges[node], edge{r, child})
			}
		}
		node = child
	}
	w.word[node] = int32(id + 1)
	return id
}

// next returns the node behind a character, 0 if no word goes on so.
func (w *wordTree) next(node int32, r rune) int32 {
	if node == 0 && r < 1<<16 {
		return w.first[r]
	}
	for _, e := range w.edges[node] {
		if e.r == r {
			return e.node
		}
	}
	return 0
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
		node := w.next(0, r)
		if node == 0 {
			continue
		}
		if id := w.word[node]; id > 0 {
			use(i, id-1)
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		for _, q := range text[i+size:] {
			if node = w.next(node, q); node == 0 {
				break
			}
			if id := w.word[node]; id > 0 {
				use(i, id-1)
			}
		}
	}
}
