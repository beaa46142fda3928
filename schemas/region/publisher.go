package region

import (
	"slices"
	"strings"
	"sync"

	"heshu/schemas"
)

// publisherNames lists the keys of publishers, longest first.
var publisherNames = sync.OnceValue(func() []string {
	var names []string
	for n := range publishers {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return names
})

// OfPublisher returns the region that a paper, a site, a union or an office speaks for, from its name: 驻马店日报 is 411700,
// 宣汉县总工会 511722, 新华网 100000. False where the name does not say.
func (t *Table) OfPublisher(publisher string) (schemas.RegionCode, bool) {
	s := bare(publisher)
	s = strings.TrimPrefix(s, "《")
	// A union's or an office's name begins with its region; papers may have 中国 before it.
	for _, skip := range []string{"", "中国", "今日", "看", "掌上", "魅力", "平安", "文明", "新"} {
		if rest, ok := strings.CutPrefix(s, skip); ok {
			if code, ok := t.leading([]rune(rest)); ok && (code != Country || skip == "") {
				if code == Country {
					continue
				}
				return code, true
			}
		}
	}
	for _, name := range publisherNames() {
		if strings.HasPrefix(s, name) {
			return schemas.RegionCode(publishers[name]), true
		}
	}
	for _, national := range []string{"中国", "全国", "中华", "中央", "国家", "国务院"} {
		if strings.HasPrefix(s, national) {
			return Country, true
		}
	}
	for _, m := range t.Scan([]rune(s)) {
		if code, ok := t.Resolve(m, Context{}); ok && m.Candidates[0] != Country {
			return code, true
		}
	}
	return "", false
}

// leading resolves the run of names that a text begins with.
func (t *Table) leading(text []rune) (schemas.RegionCode, bool) {
	var codes []schemas.RegionCode
	full := false
	for i := 0; ; {
		step := 0
		for _, n := range t.names.at(text, i) {
			end := i + len(n.text)
			if end > len(text) || !equal(text[i:end], n.text) || n.caution == never || n.caution == inRun && i == 0 ||
				n.caution == weak && !n.full && !follows(text, end, governmentRunes) && end < len(text) && !follows(text, end, siteRunes) ||
				n.full && follows(text, end, fullExceptions[string(n.text[len(n.text)-1:])]) {
				continue
			}
			below := n.codes
			if i > 0 {
				below = t.below(codes, n.codes)
			}
			if len(below) > 0 {
				codes, full, step = below, n.full, len(n.text)
				break
			}
		}
		if i += step; step == 0 {
			break
		}
	}
	if len(codes) == 0 {
		return "", false
	}
	return t.Resolve(Mention{Full: full, Candidates: codes}, Context{})
}

var siteRunes = runes(strings.Fields("网 新闻 日报 晚报 晨报 商报 电视 广播 发布 政府 人民政府 融媒"))
