// Package reprint owns the finding of articles that are nearly the same text.
//
// A text is the set of its five-character shingles of letters and digits; a signature keeps, for each of 64 hash
// functions, the least hash (MinHash). Equal places of two signatures estimate the share of shingles in common.
package reprint

import (
	"encoding/binary"
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
	var buckets [bands]map[[rows * 4]byte][]int32 // originals by the hashes of a band
	for b := range buckets {
		buckets[b] = make(map[[rows * 4]byte][]int32, len(list))
	}
	met := make([]int32, len(list)) // by original: the last article that was held against it, from 1
	var pairs []Pair
	for i, a := range list {
		if len(a.Signature) != hashes*4 {
			continue
		}
		best, bestShare := -1, 0.0
		for b := range buckets {
			for _, j := range buckets[b][band(a.Signature, b)] {
				if met[j] == int32(i+1) {
					continue // in another band, too
				}
				met[j] = int32(i + 1)
				if share := Share(a.Signature, list[j].Signature); share >= Least && (share > bestShare || share == bestShare && int(j) < best) {
					best, bestShare = int(j), share
				}
			}
		}
		if best >= 0 && list[best].Document != a.Document {
			pairs = append(pairs, Pair{a, list[best], bestShare})
			continue
		}
		for b := range buckets { // only originals are looked up: a reprint is named after the first article
			k := band(a.Signature, b)
			buckets[b][k] = append(buckets[b][k], int32(i))
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
