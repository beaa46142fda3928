//go:build ignore

// Generate trims the general dictionary that comes with gse to the words a news text needs and writes general.txt.
// Run it with `go generate ./extractors/clause`; it must be built without the tag "ne".
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/go-ego/gse"
)

// minFreq keeps about 45,000 words: loading them takes a sixth of a second.
const minFreq = 70

// dropped are the tags of words that our own scanners read: numerals, quantities, times.
var dropped = []string{"m", "mq", "q", "x", "mg"}

func main() {
	var seg gse.Segmenter
	seg.SkipLog = true
	if err := seg.LoadDictEmbed("zh_s"); err != nil {
		log.Fatal(err)
	}
	var lines []string
	for _, t := range seg.Dictionary().Tokens {
		text := t.Text()
		n := len([]rune(text))
		if t.Freq() < minFreq && !(n == 1 && t.Freq() >= 20) || slices.Contains(dropped, t.Pos()) || n > 6 || !allHan(text) {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s %d %s", text, int(t.Freq()), t.Pos()))
	}
	slices.Sort(lines)
	f, err := os.Create("general.txt")
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, strings.Join(slices.Compact(lines), "\n"))
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

func allHan(s string) bool {
	for _, r := range s {
		if r < 0x4e00 || r > 0x9fff {
			return false
		}
	}
	return true
}
