// Package reprint owns the finding of articles that are nearly the same text.
//
// A text is the set of its five-character shingles of letters and digits; a signature keeps, for each of 64 hash
// functions, the least hash (MinHash). Equal places of two signatures estimate the share of shingles in common.
package reprint

import (
	"encoding/binary"
	"math"
	"slices"
	"sort"
	"unicode"
)

const (
	hashes  = 64
	bands   = 16 // of 4 hashes: two texts that share 0.8 of their shingles meet in a band all but surely
	rows    = hashes / bands
	shingle = 5
	// Least is the share of places that makes two texts one article.
	Least = 0.8
	// minRunes is the length below which texts are too short to be told apart: brief notices look alike.
	minRunes = 60
)

// Signature returns a text's signature, nil for a text too short to have one.
func Signature(text string) []byte {
	var runes []rune
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			runes = append(runes, r)
		}
	}
	if len(runes) < minRunes {
		return nil
	}
	var least [hashes]uint64
	for i := range least {
		least[i] = ^uint64(0)
	}
	for i := 0; i+shingle <= len(runes); i++ {
		x := uint64(14695981039346656037)
		for _, r := range runes[i : i+shingle] {
			x = (x ^ uint64(r)) * 1099511628211
		}
		for k := range least {
			if h := mix(x + uint64(k)*0x9e3779b97f4a7c15); h < least[k] {
				least[k] = h
			}
		}
	}
	b := make([]byte, 0, hashes*4)
	for _, h := range least {
		b = binary.LittleEndian.AppendUint32(b, uint32(h>>32)^uint32(h))
	}
	return b
}

// mix spreads the bits (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Article is one article.
type Article struct {
	Document  string
	Part      int
	Published string // ISO, "" if nobody knows; only Group asks
	Signature []byte
}

// Pair says that the article Of is a reprint of Original.
type Pair struct {
	Of, Original Article
	Similarity   float64
}

// Link says that two articles are nearly the same.
type Link struct {
	A, B       int // places in the list of articles, A before B
	Similarity float64
}

// Links lists the pairs of articles that are nearly the same: all, or with fresh only those of which one is fresh.
func Links(articles []Article, fresh func(i int) bool) []Link {
	var buckets [bands]bucket
	whole := func(i int) bool { return len(articles[i].Signature) == hashes*4 }
	news := make([]bool, len(articles))
	for i := range articles {
		if news[i] = whole(i) && (fresh == nil || fresh(i)); news[i] {
			for b := range buckets {
				buckets[b].put(band(articles[i].Signature, b), int32(i))
			}
		}
	}
	met := make([]int32, len(articles)) // by fresh article: the last one that was held against it, from 1
	var list []Link
	for i := range articles {
		if !whole(i) {
			continue
		}
		for b := range buckets {
			for _, j := range buckets[b].get(band(articles[i].Signature, b)) {
				if met[j] == int32(i+1) || int(j) == i || news[i] && int(j) < i { // met in another band, or in the other order
					continue
				}
				met[j] = int32(i + 1)
				if share := atLeast(articles[i].Signature, articles[j].Signature); share > 0 {
					list = append(list, Link{min(i, int(j)), max(i, int(j)), share})
				}
			}
		}
	}
	return list
}

// bucket holds fresh articles by the hashes of a band. Most that is looked for is not there: a bit tells.
type bucket struct {
	bits  [1 << 16 / 64]uint64 // by the first two bytes
	lists map[[rows * 4]byte][]int32
}

func (b *bucket) put(k [rows * 4]byte, i int32) {
	if b.lists == nil {
		b.lists = map[[rows * 4]byte][]int32{}
	}
	n := binary.LittleEndian.Uint16(k[:])
	b.bits[n/64] |= 1 << (n % 64)
	b.lists[k] = append(b.lists[k], i)
}

func (b *bucket) get(k [rows * 4]byte) []int32 {
	if n := binary.LittleEndian.Uint16(k[:]); b.bits[n/64]&(1<<(n%64)) == 0 {
		return nil
	}
	return b.lists[k]
}

// Linked lists the places of the articles that links are between, each once.
func Linked(links []Link) []int {
	places := make([]int, 0, 2*len(links))
	for _, l := range links {
		places = append(places, l.A, l.B)
	}
	slices.Sort(places)
	return slices.Compact(places)
}

// Group tells which articles are reprints, by the links between them. The earliest published of a group is the original (undated
// ones come last, ties go by document and part); an article is a reprint of the original that it is most alike, of equals
// the earliest. The pairs come sorted. The order of the articles does not matter.
func Group(articles []Article, links []Link) []Pair {
	order := Linked(links)
	sort.Slice(order, func(i, j int) bool { return earlier(articles[order[i]], articles[order[j]]) })
	place := make(map[int]int, len(order))
	for at, i := range order {
		place[i] = at
	}
	before := map[int][]Link{} // by the later article
	for _, l := range links {
		if place[l.A] > place[l.B] {
			l.A, l.B = l.B, l.A
		}
		before[l.B] = append(before[l.B], l)
	}
	var pairs []Pair
	reprint := map[int]bool{}
	for _, i := range order {
		best := Link{A: -1}
		for _, l := range before[i] {
			if !reprint[l.A] && (l.Similarity > best.Similarity || l.Similarity == best.Similarity && place[l.A] < place[best.A]) {
				best = l
			}
		}
		if best.A >= 0 && articles[best.A].Document != articles[i].Document {
			reprint[i] = true
			pairs = append(pairs, Pair{articles[i], articles[best.A], best.Similarity})
		}
	}
	sort.Slice(pairs, func(i, j int) bool {
		return pairs[i].Of.Document < pairs[j].Of.Document || pairs[i].Of.Document == pairs[j].Of.Document && pairs[i].Of.Part < pairs[j].Of.Part
	})
	return pairs
}

func earlier(a, b Article) bool {
	switch {
	case a.Published != b.Published:
		return b.Published == "" || a.Published != "" && a.Published < b.Published
	case a.Document != b.Document:
		return a.Document < b.Document
	}
	return a.Part < b.Part
}

// band is the hashes of one band of a signature.
func band(sig []byte, b int) [rows * 4]byte { return [rows * 4]byte(sig[b*rows*4:]) }

// atLeast is Share of two whole signatures where it is Least or more, else 0: most pairs are far from it, and soon seen to be.
func atLeast(a, b []byte) float64 {
	left := hashes - int(math.Ceil(Least*hashes)) // places that may differ
	for i := 0; i < len(a); i += 4 {
		if binary.LittleEndian.Uint32(a[i:]) != binary.LittleEndian.Uint32(b[i:]) {
			if left--; left < 0 {
				return 0
			}
		}
	}
	return Share(a, b)
}

// Share returns the share of equal places of two signatures, 0 where one is missing.
func Share(a, b []byte) float64 {
	if len(a) != hashes*4 || len(b) != hashes*4 {
		return 0
	}
	equal := 0
	for i := 0; i < len(a); i += 4 {
		if binary.LittleEndian.Uint32(a[i:]) == binary.LittleEndian.Uint32(b[i:]) {
			equal++
		}
	}
	return float64(equal) / hashes
}
