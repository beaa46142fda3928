package region

import (
	"strings"
	"unicode"

	"heshu/schemas"
)

// Find reads a cell, a header or a file's words that name one region and little else: padded (全 省, 武 汉), short, with a
// label (填报单位:汝南县总工会) or a number before it. 全市 and 合计 are the publisher's region, of the level said.
// False is no region, or several.
func (t *Table) Find(text string, c Context) (schemas.RegionCode, bool) {
	s := bare(text)
	if s == "" {
		return "", false
	}
	switch s {
	case "合计", "总计", "共计", "总数":
		return c.Publisher, c.Publisher != ""
	}
	if code, ok := t.Own(s, c.Publisher, c.At); ok {
		return code, true
	}
	if code, ok := t.exactly(s, c); ok {
		return code, true
	}
	for _, suffix := range []string{"总工会", "工会联合会", "工会", "合计", "小计", "县委", "市委", "人民政府", "政府"} {
		if rest, ok := strings.CutSuffix(s, suffix); ok && rest != "" {
			if code, ok := t.exactly(rest, c); ok {
				return code, true
			}
		}
	}
	return "", false
}

// exactly resolves a text that is one name or one run of names from end to end.
func (t *Table) exactly(s string, c Context) (schemas.RegionCode, bool) {
	if n := t.names.find(s); n != nil {
		return t.Resolve(Mention{Full: n.full, Candidates: n.codes}, c)
	}
	text := []rune(s)
	var codes []schemas.RegionCode
	full := false
	for i := 0; i < len(text); {
		step := 0
		for _, n := range t.names.at(text, i) {
			if end := i + len(n.text); end <= len(text) && equal(text[i:end], n.text) {
				below := n.codes
				if i > 0 {
					below = t.below(codes, n.codes)
				}
				if len(below) > 0 {
					codes, full, step = below, n.full, len(n.text)
					break
				}
			}
		}
		if step == 0 {
			return "", false
		}
		i += step
	}
	return t.Resolve(Mention{Full: full, Candidates: codes}, c)
}

// below returns the codes that lie below one of the parents.
func (t *Table) below(parents, codes []schemas.RegionCode) []schemas.RegionCode {
	var out []schemas.RegionCode
	for _, c := range codes {
		for _, p := range parents {
			if p != c && t.Contains(p, c) {
				out = append(out, c)
				break
			}
		}
	}
	return out
}

// bare drops spaces, a label before a colon, numbering and marks around a name, and a note in brackets after it.
func bare(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
	if i := strings.LastIndexAny(s, ":："); i >= 0 {
		if rest := strings.TrimLeft(s[i:], ":："); rest != "" {
			s = rest
		} else {
			s = strings.TrimRight(s, ":：")
		}
	}
	if i := strings.IndexAny(s, "(（[【"); i > 0 {
		s = s[:i]
	}
	mark := func(r rune) bool {
		return unicode.IsDigit(r) || strings.ContainsRune("*＊#.．、-—－_()（）①②③④⑤⑥⑦⑧⑨⑩★☆※", r)
	}
	s = strings.TrimFunc(s, mark)
	if i := strings.IndexRune(s, '、'); i > 0 && strings.Trim(s[:i], "一二三四五六七八九十") == "" {
		s = s[i+len("、"):]
	}
	return s
}

// Own resolves a word that means the publisher's own region of a level: 全市, 我省, 该县, 本区. A county's 全市 is the city
// above it. False where the publisher has no region of that level, or the word is none of these.
func (t *Table) Own(word string, publisher schemas.RegionCode, at schemas.Date) (schemas.RegionCode, bool) {
	if word == "全国" || word == "我国" {
		return Country, true
	}
	level := ""
	for _, prefix := range []string{"全", "我", "本", "该", "整个", "我们"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok {
			level = rest
			break
		}
	}
	switch level {
	case "省", "市", "县", "区", "州", "旗", "盟", "地区", "自治区", "自治州", "自治县", "自治旗":
	default:
		return "", false
	}
	for code := publisher; code != "" && code != Country; code = t.parent(code) {
		r, _ := t.Region(code, at)
		if strings.HasSuffix(r.Name, level) && r.Level != LevelZone {
			return code, true
		}
	}
	return "", false
}
