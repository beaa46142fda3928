package article

import (
	"strings"
	"unicode/utf8"
)

// unpinyin takes inserted readings out: 攻堅(jiān) → 攻堅. With loose, a bracket whose first half was lost goes too: ?cè).
func unpinyin(s string, loose bool) string {
	if !strings.ContainsAny(s, ")）") {
		return s
	}
	var b strings.Builder
	last := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '(' || r == '（' || loose && r == '?' {
			if j := reading(s[i+size:], loose); j > 0 {
				b.WriteString(s[last:i])
				i += size + j
				last = i
				continue
			}
		}
		i += size
	}
	if last == 0 {
		return s
	}
	b.WriteString(s[last:])
	return b.String()
}

// toned are the vowels of Pinyin with a tone mark.
const toned = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"

// toneless are syllables that Pinyin writes without a mark.
var toneless = map[string]bool{"de": true, "le": true, "zi": true, "men": true, "me": true, "ne": true, "ba": true, "ma": true, "li": true, "tou": true, "ge": true, "zhe": true, "shang": true, "a": true, "ya": true, "la": true}

// reading returns the length of a Pinyin syllable and its closing bracket at the start of s, 0 if there is none.
func reading(s string, loose bool) int {
	tone, n := false, 0
	for i, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r == 'ü' || r == 'ɡ':
		case strings.ContainsRune(toned, r):
			tone = true
		case (r == ')' || r == '）') && n > 0 && (tone || loose && toneless[s[:i]]):
			return i + utf8.RuneLen(r)
		default:
			return 0
		}
		if n++; n > 6 {
			return 0
		}
	}
	return 0
}

// readings counts inserted Pinyin readings with a tone.
func readings(s string) int {
	n := 0
	for i := 0; ; {
		j := strings.IndexAny(s[i:], "(（")
		if j < 0 {
			return n
		}
		i += j
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if k := reading(s[i:], false); k > 0 {
			n++
			i += k
		}
	}
}

// unpinyin takes inserted readings out of the whole page, where it has any.
func (s *scan) unpinyin() {
	seen := 0
	for i := range s.lines {
		seen += readings(s.lines[i].text)
	}
	if seen == 0 {
		return
	}
	loose := seen >= 3
	for i := range s.lines {
		l := &s.lines[i]
		t := unpinyin(l.text, loose)
		if len(t) == len(l.text) {
			continue
		}
		n := utf8.RuneCountInString(t)
		l.bold, l.link = l.bold*n/max(l.runes, 1), l.link*n/max(l.runes, 1)
		l.text, l.runes = t, n
	}
	for _, t := range s.tables {
		for _, row := range t.rows {
			for i := range row {
				row[i].Text = unpinyin(row[i].Text, loose)
			}
		}
	}
	s.title = unpinyin(s.title, loose)
	for k, v := range s.metas {
		s.metas[k] = unpinyin(v, loose)
	}
}
