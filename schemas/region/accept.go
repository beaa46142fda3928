package region

import "unicode"

// follows reports whether one of the words stands at i.
func follows(text []rune, i int, words [][]rune) bool {
	for _, w := range words {
		if i+len(w) <= len(text) && equal(text[i:i+len(w)], w) {
			return true
		}
	}
	return false
}

// precedes reports whether one of the words ends at i.
func precedes(text []rune, i int, words [][]rune) bool {
	for _, w := range words {
		if i >= len(w) && equal(text[i-len(w):i], w) {
			return true
		}
	}
	return false
}

func equal(a, b []rune) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func runes(words []string) [][]rune {
	out := make([][]rune, len(words))
	for i, w := range words {
		out[i] = []rune(w)
	}
	return out
}

var (
	afterShortRunes  = runes(afterShort)
	exceptRunes      = runes(exceptAfterShort)
	governmentRunes  = runes(governmentWords)
	institutionRunes = runes(institutionWords)
)

func at(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

// boundary reports whether a rune ends a phrase: no Chinese character, or one that joins phrases.
func boundary(r rune) bool {
	return r == 0 || !unicode.Is(unicode.Han, r) || contains("在赴到往从对为是和与及至驻进抵由向于将的了把被让给等县市区共有总", r)
}

// fits rejects what the neighbours make another word.
func fits(text []rune, start, end int, n *name, run bool) bool {
	next := at(text, end)
	if n.full {
		if follows(text, end, fullExceptions[string(n.text[len(n.text)-1:])]) && !(len(n.text) > 2 && contains("县省", n.text[len(n.text)-1])) {
			return false
		}
		if next != 0 && n.level == LevelCountry {
			return !wordBeside(text, start, end, n)
		}
		return true
	}
	if wordBeside(text, start, end, n) {
		return false
	}
	if n.level == LevelCountry {
		return true
	}
	if follows(text, end, afterShortRunes) && !follows(text, end, exceptRunes) {
		return false
	}
	if n.level < LevelCounty {
		return true
	}
	if !run && contains(notAfter[n.text[0]], at(text, start-1)) {
		return false
	}
	return !contains(notBefore[n.text[len(n.text)-1]], next) || next == '全' && contains("县市区省", at(text, end+1))
}

func wordBeside(text []rune, start, end int, n *name) bool {
	if len(n.text) > 2 {
		return false
	}
	key := string(n.text)
	return follows(text, end, notBeforeWord[key]) || precedes(text, start, notAfterWord[key])
}

// confidence rates a name that fits by the company that it needs and has; 0 rejects it.
func confidence(text []rune, m *found, run bool) float64 {
	n := m.name
	switch n.caution {
	case never:
		return 0
	case inRun:
		if !run {
			return 0
		}
	case weak:
		switch {
		case run && (n.full || boundary(at(text, m.End))):
			return 0.9
		case follows(text, m.End, governmentRunes):
			return 0.8
		}
		return 0
	case cued:
		if !run && (!boundary(at(text, m.Start-1)) || contains("级区乡直里委长域", at(text, m.End))) {
			return 0
		}
	}
	switch {
	case run:
		return 1
	case n.full && n.level != LevelCountry:
		return 1
	case follows(text, m.End, institutionRunes):
		return 0.5
	case n.level <= LevelProvince:
		return 0.95
	case n.level == LevelCity:
		return 0.9
	}
	return 0.8
}

// tail returns the town, street office or village whose name begins at i: two to six characters and their suffix.
func tail(text []rune, i int) Tail {
	const longest = 7
	for j := i; j < len(text) && j-i < longest; j++ {
		switch r := text[j]; {
		case !unicode.Is(unicode.Han, r) || contains("的了在有是和与及各全等共个些农贫困行政自然示范每多", r):
			return Tail{}
		case j == i:
		case contains("镇乡村", r) && !contains("镇乡村", at(text, j+1)), r == '道' && text[j-1] == '街', r == '区' && text[j-1] == '社', r == '处' && text[j-1] == '事':
			return Tail{i, j + 1}
		}
	}
	return Tail{}
}
