// Package reprint owns the finding of articles that are nearly the same text.
//
// A text is the set of its five-character shingles of letters and digits; a signature keeps, for each of 64 hash
// functions, the least hash (MinHash). Equal places of two signatures estimate the share of shingles in common.
package reprint

import (
	"encoding/binary"
	"hash/fnv"
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

// Article is one article and when it was published, "" if nobody knows.
type Article struct {
	Document  string
	Part      int
	Published string // ISO
	Signature []byte
}

// Pair says that the article Of is a reprint of Original.
type Pair struct {
	Of, Original Article
	Similarity   float64
}

// Find groups articles that are nearly the same. The earliest published of a group is the original (undated ones come
// last, ties go by document and part); the pairs come sorted. The order of the articles does not matter.
func Find(articles []Article) []Pair {
	list := append([]Article(nil), articles...)
	sort.Slice(list, func(i, j int) bool { return earlier(list[i], list[j]) })
	buckets := map[uint64][]int{}

	var pairs []Pair
	for i, a := range list {

		best, bestShare := -1, 0.0
		keys := bandKeys(a.Signature)
		for _, k := range keys {
			for _, j := range buckets[k] {
				if share := Share(a.Signature, list[j].Signature); share >= Least && (share > bestShare || share == bestShare && j < best) {
					best, bestShare = j, share
				}
			}
		}
		if best >= 0 && list[best].Document != a.Document {

			pairs = append(pairs, Pair{a, list[best], bestShare})
			continue
		}
		for _, k := range keys { // only originals are looked up: a reprint is named after the first article
			buckets[k] = append(buckets[k], i)
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

func bandKeys(sig []byte) []uint64 {
	if len(sig) != hashes*4 {
		return nil
	}
	keys := make([]uint64, bands)
	for i := range keys {
		h := fnv.New64a()
		h.Write([]byte{byte(i)})
		h.Write(sig[i*rows*4 : (i+1)*rows*4])
		keys[i] = h.Sum64()
	}
	return keys
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
