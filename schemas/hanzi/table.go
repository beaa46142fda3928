package hanzi

import (
	_ "embed"
	"sort"
	"strings"
	"sync"
)

//go:embed t2s.txt
var source string

// What a rune of the basic plane may ask for.
const (
	isHan         = 1 << iota // counts as a Chinese character
	isTraditional             // in traditional text only
	isAmbiguous               // in both, but t2s changes it
	startsPhrase              // a word that wins over characters starts with it
	isWide                    // has a narrow or a usual form
	isDropped                 // carries nothing: zero width, soft hyphen, byte order mark
	isSpace                   // a space of any width, or a line break
	isDigit                   // 0-9 and 〇-九, also in wide form
)

type phrase struct{ from, to []rune }

type table struct {
	class   [1 << 16]uint8
	to      [1 << 16]uint16 // the simplified or the narrow form
	phrases map[rune][]phrase
}

// tables parses the embedded table once; it is never changed afterwards.
var tables = sync.OnceValue(parse)

func parse() *table {
	t := &table{phrases: map[rune][]phrase{}}
	for r := 0x3400; r < 0xa000; r++ {
		t.class[r] |= isHan
	}
	section := ""
	for line := range strings.Lines(source) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = line
		case section == "[phrases]":
			from, to, _ := strings.Cut(line, "\t")
			f := []rune(from)
			t.class[f[0]] |= startsPhrase
			t.phrases[f[0]] = append(t.phrases[f[0]], phrase{f, []rune(to)})
		default:
			t.pairs([]rune(line), map[string]uint8{"[forms]": isWide, "[sure]": isTraditional, "[maybe]": isAmbiguous}[section])
		}
	}
	for _, p := range t.phrases {
		sort.SliceStable(p, func(i, j int) bool { return len(p[i].from) > len(p[j].from) })
	}
	t.widths()
	return t
}

func (t *table) pairs(pairs []rune, class uint8) {
	for i := 0; i+1 < len(pairs); i += 2 {
		from, to := pairs[i], pairs[i+1]
		t.class[from] |= class
		t.to[from] = uint16(to)
	}
}

// widths fills in what is a rule rather than a list: full-width forms, spaces, runes that carry nothing.
func (t *table) widths() {
	for r := rune('！'); r <= '～'; r++ {
		if r != '，' { // the Chinese comma parts clauses, the narrow one thousands
			t.class[r] |= isWide
			t.to[r] = uint16(r - '！' + '!')
		}
	}
	t.pairs([]rune("￠¢￡£￥¥﹐,﹒.﹔;﹕:﹖?﹗!﹙(﹚)﹛{﹜}﹟#﹠&﹡*﹢+﹣-﹤<﹥>﹦=﹩$﹪%℅%﹫@﹑、"), isWide)
	for _, r := range "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufe0e\ufe0f" {
		t.class[r] |= isDropped
	}
	for _, r := range " \t\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000" {
		t.class[r] |= isSpace
		if t.to[r] = uint16(r); r > 0x7f {
			t.to[r] = ' '
		}
	}
	for _, r := range "0123456789０１２３４５６７８９〇零一二三四五六七八九" {
		t.class[r] |= isDigit
	}
}

// phrase returns what the longest known word at the start of text becomes, nil if no word is there.
func (t *table) phrase(text []rune) []rune {
next:
	for _, p := range t.phrases[text[0]] {
		if len(p.from) > len(text) {
			continue
		}
		for i, r := range p.from {
			if text[i] != r {
				continue next
			}
		}
		return p.to
	}
	return nil
}
