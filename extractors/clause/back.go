package clause

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// refersBack tells a sentence that goes on about the actor of the one before: it names it by a general word or by the end
// of its name, or it has no subject of its own.
func (t *text) refersBack(s *sentence, before actor) bool {
	text := t.string(s.span)
	if t.pointsBack(s) || strings.Contains(text, "全村") || strings.Contains(text, "整村") || t.helpersLead(s) {
		return true
	}
	for _, c := range s.clauses {
		w := t.string(c)
		for _, a := range []string{"公司", "合作社", "企业", "商会", "基地", "农场", "镇里", "镇工会", "镇党委", "镇政府", "乡里", "乡党委", "乡政府", "他", "她", "其", "该", "厂里", "社里", "村里", "村"} {
			if strings.HasPrefix(w, a) && !(a == "该" && len(w) > len("该") && strings.ContainsRune("市县区省州", []rune(w)[1])) && !strings.HasPrefix(w, "其中") && !strings.HasPrefix(w, "他们") && !strings.HasPrefix(w, "其他") {
				return true
			}
		}
	}
	if name := []rune(before.name); len(name) >= 3 && strings.Contains(text, string(name[len(name)-3:])) {
		return true
	}
	return before.name != "" && len(s.clauses) > 0 && t.startsWithVerb(s)
}

// kinds are the words that name a body again by the end of its name.
var kinds = []struct{ end, words []string }{
	{[]string{"公司", "集团", "厂", "企业"}, []string{"公司", "企业", "集团", "厂里"}},
	{[]string{"合作社", "联合社"}, []string{"合作社", "社里", "社员"}},
	{[]string{"村", "社区"}, []string{"村里", "全村", "村民", "村集体", "工作队", "驻村", "驻村工作队", "驻村干部", "村两委", "村“两委”", "到村"}},
	{[]string{"镇"}, []string{"镇里", "全镇", "镇工会", "镇党委", "镇政府"}},
	{[]string{"乡"}, []string{"乡里", "全乡", "乡工会", "乡党委", "乡政府"}},
	{[]string{"学校", "技校", "中学", "小学"}, []string{"学校"}},
	{[]string{"医院"}, []string{"医院"}},
	{[]string{"基地"}, []string{"基地"}},
	{[]string{"工坊"}, []string{"工坊", "这家工坊"}},
	{[]string{"农场", "牧场"}, []string{"农场", "牧场"}},
}

// goesOn tells a sentence of a later paragraph whose clause begins with the kind of the body that acted last: 公司去年…,
// 村里还….
func (t *text) goesOn(s *sentence, last actor) bool {
	if last.human {
		return slices.ContainsFunc(s.clauses, func(c span) bool {
			at := t.leadEnd(c)
			return at < c.end && (t.runes[at] == '他' || t.runes[at] == '她') && (at+1 >= c.end || t.runes[at+1] != '们')
		})
	}
	for _, k := range kinds {
		if !slices.ContainsFunc(k.end, func(end string) bool { return strings.HasSuffix(last.name, end) }) {
			continue
		}
		for _, c := range s.clauses {
			at := t.leadEnd(c)
			for _, word := range k.words {
				if end := at + len(word)/len("村"); end <= c.end && anyPrefix(t.runes[at:end], word) && (end == c.end || t.runes[end] < '0' || t.runes[end] > '9') {
					return true // 村民1242户 are counted
				}
			}
		}
	}
	return false
}

// helpersLead tells a sentence whose subject are those who help: what they give is for whom the text speaks of.
func (t *text) helpersLead(s *sentence) bool {
	return anyWord(t.runes[s.start:min(s.end, s.start+16)], "帮扶单位", "支援单位", "援建单位", "结对单位", "帮扶方", "支援方")
}

// pointsBack tells a sentence that names a body as 该村, 该院.
func (t *text) pointsBack(s *sentence) bool {
	rs := t.runes[s.start:s.end]
	return slices.Contains(rs, '该') && anyWord(rs, "该村", "该公司", "该社", "该合作社", "该企业", "该镇", "该乡", "该厂", "该校", "该院", "该医院", "该学校", "该集团", "该基地") ||
		slices.Contains(rs, '这') && anyWord(rs, "这家公司", "这家企业", "这家合作社", "这家工厂", "这家医院", "这个合作社", "这所学校", "这个村")
}

// conjunctionEnd is where the word that ties a clause to the sentence before ends: 同时，组织….
func (t *text) conjunctionEnd(c span) int {
	for _, w := range []string{"同时", "此外", "另外", "不仅如此", "除此之外", "与此同时", "随后", "接着"} {
		if anyPrefix(t.runes[c.start:min(c.end, c.start+6)], w) {
			return c.start + utf8.RuneCountInString(w)
		}
	}
	return c.start
}

// startsWithVerb tells a sentence without a subject: 今年春节，接待游客约2万人次.
func (t *text) startsWithVerb(s *sentence) bool {
	for _, c := range s.clauses {
		at := t.conjunctionEnd(c)
		if at == c.end {
			continue
		}
		if e, ok := t.timeAt(at); ok && e.Start <= at && e.End >= c.end {
			continue
		} else if ok && e.Start <= at {
			at = e.End
		}
		ws := t.tokens(span{at, min(c.end, at+6)})
		for k, w := range ws {
			switch w.tag {
			case tagVerb:
				return k+1 >= len(ws) || ws[k+1].len() > 1 || !strings.ContainsRune("员者户师工队人", t.runes[ws[k+1].start]) // 结对户
			case tagAdverb, tagTime, tagPunct:
				continue
			}
			return false
		}
	}
	return false
}

// titleActor returns the village or township that a text is about, by its headline.
func (t *text) titleActor(s span) actor {
	w := t.string(s)
	for _, end := range []string{"镇", "乡", "村", "街道"} {
		if strings.HasSuffix(w, end) && s.len() <= 12 && !t.isGeneral(s) {
			return actor{span: s, name: w}
		}
	}
	return actor{}
}

// speaker returns the person who speaks in a paragraph of an interview, if the text has named them before.
func (t *text) speaker(p *paragraph) actor {
	for n := 2; n <= 3 && p.start+n < p.end; n++ {
		name := span{p.start, p.start + n}
		if r := t.runes[name.end]; (r == '：' || r == ':') && t.persons[t.string(name)] {
			return actor{span: name, whole: name, name: t.string(name), human: true}
		}
	}
	return actor{}
}

// ofMyself tells a sentence that its speaker says of themselves: 我从亲戚那里借了8万元, not 我县.
func (t *text) ofMyself(s *sentence) bool {
	for i := s.start; i+1 < s.end; i++ {
		if t.runes[i] == '我' && !strings.ContainsRune("们国省市县区州村镇乡", t.runes[i+1]) {
			return true
		}
	}
	return false
}
