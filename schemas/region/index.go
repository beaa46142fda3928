package region

import (
	"cmp"
	"slices"

	"heshu/schemas"
)

// caution says how much company a name needs to be taken for one.
type caution uint8

const (
	sure  caution = iota
	cued          // a full name of two characters that other words make by accident: 示范县
	weak          // a plain word too: needs another name or a word of government beside it
	inRun         // only right after a division that contains it: 郑州金水
	never         // only where a cell or a header holds nothing else
)

// name is one written form and what it may mean.
type name struct {
	text    []rune
	codes   []schemas.RegionCode // highest level first, then by code; each once
	level   Level                // of the first code
	full    bool                 // the official name
	caution caution
}

// index finds names by their first two characters. Every name has at least two.
type index struct {
	names  []name // by first two characters, longest first within
	starts [1 << 16]bool
	slots  []slot // open addressing, a power of two
	exact  map[string]int32
}

type slot struct {
	key      uint32
	from, to int32
}

func bigram(text []rune) uint32 { return uint32(text[0])<<16 | uint32(text[1])&0xffff }

func (x *index) hash(key uint32) int {
	return int(key*2654435761>>12) & (len(x.slots) - 1)
}

// at returns the names that begin with the two characters at i, longest first.
func (x *index) at(text []rune, i int) []name {
	if i+1 >= len(text) || uint32(text[i]) > 0xffff || !x.starts[text[i]] {
		return nil
	}
	key := bigram(text[i:])
	for h := x.hash(key); x.slots[h].to > 0; h = (h + 1) & (len(x.slots) - 1) {
		if s := x.slots[h]; s.key == key {
			return x.names[s.from:s.to]
		}
	}
	return nil
}

// find returns the name written exactly so, nil if there is none.
func (x *index) find(s string) *name {
	if i, ok := x.exact[s]; ok {
		return &x.names[i]
	}
	return nil
}

func newIndex(t *Table) index {
	b := builder{t: t, full: map[string][]schemas.RegionCode{}, short: map[string][]schemas.RegionCode{}, counties: map[string]bool{}}
	for i := range t.rows {
		b.add(&t.rows[i])
	}
	for _, w := range countryNames {
		b.full[w] = append(b.full[w], Country)
	}
	for w, code := range otherNames {
		if code != "" {
			b.short[w] = append(b.short[w], schemas.RegionCode(code))
			b.counties[w] = true
		}
	}
	return b.index()
}

// builder collects the names of the rows.
type builder struct {
	t           *Table
	full, short map[string][]schemas.RegionCode
	counties    map[string]bool // short names that a county or a city has or had: 孟津, though it is a district today
}

func (b *builder) add(r *Region) {
	if r.Level == LevelCountry {
		return
	}
	b.full[r.Name] = append(b.full[r.Name], r.Code)
	for _, f := range forms(r) {
		b.short[f] = append(b.short[f], r.Code)
		b.counties[f] = true
	}
	if r.Short != r.Name {
		b.short[r.Short] = append(b.short[r.Short], r.Code)
		if last := []rune(r.Name)[len([]rune(r.Name))-1]; r.Level < LevelCounty || last != '区' {
			b.counties[r.Short] = true
		}
	}
}

func (b *builder) index() index {
	x := index{exact: map[string]int32{}}
	weakSet, neverSet, runSet := set(weakWords), set(neverWords), set(runWords)
	add := func(text string, codes []schemas.RegionCode, full bool) {
		n := name{text: []rune(text), full: full, codes: b.order(codes)}
		n.level = b.level(n.codes[0])
		switch {
		case full && runSet[text]:
			n.caution = inRun
		case full && weakSet[text]: // 解放区
			n.caution = weak
		case full && n.level >= LevelCounty && len(n.text) == 2 && contains(commonFirst, n.text[0]):
			n.caution = cued
		case full, n.level <= LevelProvince:
		case neverSet[text] && n.level > LevelCity:
			n.caution = never
		case weakSet[text] && n.level > LevelCity:
			n.caution = weak
		case !b.counties[text]:
			n.caution = inRun
		}
		x.names = append(x.names, n)
	}
	for text, codes := range b.full {
		add(text, append(codes, b.short[text]...), true)
	}
	for text, codes := range b.short {
		if b.full[text] == nil {
			add(text, codes, false)
		}
	}
	slices.SortFunc(x.names, func(a, b name) int {
		return cmp.Or(cmp.Compare(bigram(a.text), bigram(b.text)), cmp.Compare(len(b.text), len(a.text)), slices.Compare(a.text, b.text))
	})
	x.slots = make([]slot, 1<<14)
	for from := 0; from < len(x.names); {
		to, key := from, bigram(x.names[from].text)
		for ; to < len(x.names) && bigram(x.names[to].text) == key; to++ {
			x.exact[string(x.names[to].text)] = int32(to)
		}
		h := x.hash(key)
		for ; x.slots[h].to > 0; h = (h + 1) & (len(x.slots) - 1) {
		}
		x.slots[h] = slot{key, int32(from), int32(to)}
		x.starts[x.names[from].text[0]] = true
		from = to
	}
	return x
}

func (b *builder) level(code schemas.RegionCode) Level { return b.t.rows[b.t.byCode[code][0]].Level }

func (b *builder) order(codes []schemas.RegionCode) []schemas.RegionCode {
	slices.SortFunc(codes, func(x, y schemas.RegionCode) int {
		return cmp.Or(cmp.Compare(b.level(x), b.level(y)), cmp.Compare(x, y))
	})
	return slices.Clip(slices.Compact(codes))
}

func contains(set string, r rune) bool {
	for _, x := range set {
		if x == r {
			return true
		}
	}
	return false
}
