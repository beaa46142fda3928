package clause

import (
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// cutter cuts a text into the words of a gse dictionary by gse's own rule, the path of the likeliest words. It holds the
// dictionary as flat tables without pointers: reading a text is mostly this, and a collector has nothing to look through.
type cutter struct {
	first []int32  // node of each character of the basic plane that begins a word, 0 for none
	keys  []uint64 // node<<21|character, 0 for free: open addressing
	nodes []int32
	mask  uint64
	word  []int32 // by node: index of the word that ends there, -1 for none
	cost  []float32
	tags  []tag
	reach int // units of the longest word
}

// unknownCost is the cost of a character that no word holds.
const unknownCost = 32

// newCutter takes the words over, with the cost that gse gives each.
func newCutter(d *gse.Dictionary) *cutter {
	runes := 0
	for i := range d.Tokens {
		runes += utf8.RuneCountInString(d.Tokens[i].Text())
	}
	size := uint64(1)
	for size < uint64(2*runes) {
		size *= 2
	}
	c := &cutter{first: make([]int32, 1<<16), keys: make([]uint64, size), nodes: make([]int32, size), mask: size - 1, word: []int32{-1}, reach: d.MaxTokenLen()}
	total := float32(math.Log2(d.TotalFreq()))
	for i := range d.Tokens {
		t := &d.Tokens[i]
		node := int32(0)
		for _, r := range t.Text() {
			node = c.grow(node, r)
		}
		c.word[node] = int32(len(c.cost))
		c.cost = append(c.cost, total-float32(math.Log2(t.Freq())))
		c.tags = append(c.tags, tagOf[t.Pos()])
	}
	return c
}

func (c *cutter) slot(key uint64) uint64 { return (key * 0x9E3779B97F4A7C15) >> 20 & c.mask }

// grow returns the node behind a character, which it makes if there is none.
func (c *cutter) grow(node int32, r rune) int32 {
	if node == 0 && r < 1<<16 {
		if c.first[r] == 0 {
			c.first[r] = c.newNode()
		}
		return c.first[r]
	}
	key := uint64(node)<<21 | uint64(r)
	i := c.slot(key)
	for c.keys[i] != 0 {
		if c.keys[i] == key {
			return c.nodes[i]
		}
		i = (i + 1) & c.mask
	}
	c.keys[i], c.nodes[i] = key, c.newNode()
	return c.nodes[i]
}

func (c *cutter) newNode() int32 {
	c.word = append(c.word, -1)
	return int32(len(c.word) - 1)
}

// next returns the node behind a character, 0 if no word goes on so.
func (c *cutter) next(node int32, r rune) int32 {
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	if node == 0 && r < 1<<16 {
		return c.first[r]
	}
	key := uint64(node)<<21 | uint64(r)
	for i := c.slot(key); c.keys[i] != 0; i = (i + 1) & c.mask {
		if c.keys[i] == key {
			return c.nodes[i]
		}
	}
	return 0
}

// step is the best way to the end of a unit: its cost, and the unit and the word that it ends with.
type step struct {
	cost float32
	from int32
	word int32
}

// cutting is the working memory of one text.
type cutting struct {
	units []int // where each unit begins, and the end of the last
	steps []step
}

// cut appends the words of a stretch to out. A unit is a character, or a run of letters and digits of the alphabets.
func (c *cutter) cut(out []token, runes []rune, at int, m *cutting) []token {
	m.units = unitsIn(m.units[:0], runes)
	n := len(m.units) - 1
	m.steps = append(m.steps[:0], make([]step, n)...)
	for u := range n {
		c.steps(runes, m, u)
	}
	first := len(out)
	for u := n - 1; u >= 0; {
		s := m.steps[u]
		w := token{span: span{at + m.units[s.from], at + m.units[u+1]}}
		if s.word >= 0 {
			w.tag = c.tags[s.word]
		}
		out = append(out, w)
		u = int(s.from) - 1
	}
	for i, j := first, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// steps takes every word that begins with unit u.
func (c *cutter) steps(runes []rune, m *cutting, u int) {
	base := float32(0)
	if u > 0 {
		base = m.steps[u-1].cost
	}
	node, alone := int32(0), false
words:
	for e := u; e < len(m.steps) && e < u+c.reach; e++ {
		for _, r := range runes[m.units[e]:m.units[e+1]] {
			if node = c.next(node, r); node == 0 {
				break words
			}
		}
		if w := c.word[node]; w >= 0 {
			alone = alone || e == u
			m.steps[e].better(base+c.cost[w], u, w)
		}
	}
	if !alone {
		m.steps[u].better(base+unknownCost, u, -1)
	}
}

func (s *step) better(cost float32, from int, word int32) {
	if s.cost == 0 || s.cost > cost {
		*s = step{cost, int32(from), word}
	}
}

// unitsIn appends where the units of a stretch begin, and its end.
func unitsIn(units []int, runes []rune) []int {
	in := false
	for i, r := range runes {
		latin := r >= 0 && r < 0x800 && (unicode.IsLetter(r) || unicode.IsNumber(r))
		if !latin || !in {
			units = append(units, i)
		}
		in = latin
	}
	return append(units, len(runes))
}
