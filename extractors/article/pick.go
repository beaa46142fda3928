package article

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// pick decides which lines of an HTML page are main text. Every line weighs for or against the elements it lies in; the
// main element is the deepest that holds nearly the greatest sum. One pass over lines, one over elements.
func (s *scan) pick() {
	s.keep = make([]bool, len(s.lines))
	s.names = make([]string, len(s.lines))
	weight := s.weights()
	best := s.best(weight)
	e := s.elems[best]
	cut := false
	for i := range s.lines {
		l := &s.lines[i]
		if i < e.first || i >= e.last {
			s.names[i] = s.place(i)
			continue
		}
		if cut {
			s.names[i] = "related"
			continue
		}
		if l.hidden == "" && tailMarker(l) && s.goodBefore(e.first, i, weight)*2 > s.goodBefore(e.first, e.last, weight) {
			cut = true
			s.names[i] = "related"
			continue
		}
		if name := s.junk(i, best, weight); name != "" {
			s.names[i] = name
			continue
		}
		s.keep[i] = true
	}
}

// weights gives every line its weight: runes of sentences for, links and crumbs against.
func (s *scan) weights() []int {
	junk := make([]bool, len(s.elems))
	good := make([]int, len(s.lines)+1)
	for i := range s.lines {
		good[i+1] = good[i]
		if sentence(&s.lines[i]) {
			good[i+1] += s.lines[i].runes
		}
	}
	total := good[len(s.lines)]
	for i := range s.elems {
		e := &s.elems[i]
		if e.parent >= 0 && junk[e.parent] {
			junk[i] = true
			continue
		}
		sum := good[e.last] - good[e.first]
		junk[i] = e.hint == junkAnyway || e.hint == junkHint && sum*2 < total
	}
	w := make([]int, len(s.lines))
	for i := range s.lines {
		l := &s.lines[i]
		switch {
		case l.hidden != "" || l.elem < len(junk) && junk[l.elem]:
			w[i] = -l.runes/4 - 2
		case l.link*2 > l.runes:
			w[i] = -l.runes - 2
		case furnitureWords(l.text):
			w[i] = -l.runes
		case l.table > 0:
			w[i] = l.runes / 2
		case sentence(l):
			w[i] = l.runes - l.link
		default:
			w[i] = -2
		}
	}
	return w
}

// best returns the main element.
func (s *scan) best(weight []int) int {
	prefix := make([]int, len(weight)+1)
	for i, w := range weight {
		prefix[i+1] = prefix[i] + w
	}
	top, best := 0, 0
	for i := range s.elems {
		if sum := s.sum(prefix, i); sum > top {
			top, best = sum, i
		}
	}
	for i := range s.elems {
		// Deeper elements come later; a known container needs less.
		need := 85
		if s.elems[i].hint == mainHint {
			need = 50
		}
		if s.elems[i].tag == atom.P || s.elems[i].tag == atom.Table {
			continue
		}
		if sum := s.sum(prefix, i); sum > 0 && sum*100 >= top*need && s.under(i, best) {
			best = i
		}
	}
	return best
}

func (s *scan) sum(prefix []int, i int) int {
	return prefix[s.elems[i].last] - prefix[s.elems[i].first]
}

// under reports whether element i is or lies in element of.
func (s *scan) under(i, of int) bool {
	return s.elems[i].first >= s.elems[of].first && s.elems[i].last <= s.elems[of].last && i >= of
}

func (s *scan) goodBefore(from, to int, weight []int) int {
	n := 0
	for i := from; i < to; i++ {
		if weight[i] > 0 {
			n += weight[i]
		}
	}
	return n
}

// junk names the reason why a line inside the main element is no main text, "" if it is.
func (s *scan) junk(i, main int, weight []int) string {
	l := &s.lines[i]
	if l.hidden != "" {
		return l.hidden
	}
	for e := l.elem; e > main; e = s.elems[e].parent {
		if s.elems[e].hint == junkAnyway {
			return "navigation"
		}
		if s.elems[e].hint == junkHint {
			if s.goodBefore(s.elems[e].first, s.elems[e].last, weight)*2 < s.goodBefore(s.elems[main].first, s.elems[main].last, weight) {
				return "related"
			}
		}
	}
	if furnitureWords(l.text) && l.runes < 120 {
		return "other"
	}
	if l.link*10 > l.runes*8 && (l.tag == atom.Li || l.runes < 12 && !sentence(l)) {
		return "related"
	}
	return ""
}

// place names the furniture that a line outside the main element belongs to.
func (s *scan) place(i int) string {
	l := &s.lines[i]
	if l.hidden != "" {
		return l.hidden
	}
	for e := l.elem; e > 0; e = s.elems[e].parent {
		switch s.elems[e].tag {
		case atom.Nav, atom.Header:
			return "navigation"
		case atom.Footer:
			return "footer"
		}
	}
	if furnitureWords(l.text) {
		return "footer"
	}
	if l.link*2 > l.runes {
		return "navigation"
	}
	return "other"
}

// sentence reports whether a line reads like running text.
func sentence(l *line) bool {
	if l.runes < 8 || l.table > 0 {
		return false
	}
	if l.link*2 > l.runes {
		return false
	}
	n := 0
	for _, r := range l.text {
		if strings.ContainsRune("。，；！？：,;!?、", r) {
			n++
		}
	}
	return n >= 2 && l.runes >= 16 || n >= 1 && l.runes >= 20 || l.runes >= 40
}

// footWords are words of footers and legal lines.
var footWords = []string{"版权所有", "版權所有", "ICP备", "ICP備", "ICP证", "公网安备", "All Rights Reserved", "all rights reserved", "ALL RIGHTS RESERVED", "Copyright", "copyright", "©", "未经授权", "许可证", "违法和不良信息", "举报电话", "网站标识码", "备案号", "建议使用", "分辨率", "网站地图", "扫一扫", "扫码", "阅读原文", "点击下载", "上一篇", "下一篇", "责任编辑", "责编", "免责声明"}

func furnitureWords(text string) bool {
	if utf8.RuneCountInString(text) > 400 {
		return false
	}
	for _, w := range footWords {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// tailMarkers open what follows an article.
var tailMarkers = []string{"相关阅读", "相关新闻", "相关链接", "相关文章", "相关报道", "相关推荐", "相關閱讀", "相關新聞", "相關文章", "延伸阅读", "延伸閱讀", "推荐阅读", "推薦閱讀", "热门推荐", "猜你喜欢", "更多新闻", "热点新闻", "网友评论", "最新评论", "相关稿件", "热门评论", "今日推荐", "精彩推荐", "为您推荐", "版权声明", "免责声明", "特别声明"}

func tailMarker(l *line) bool {
	if l.runes > 14 {
		return false
	}
	for _, m := range tailMarkers {
		if strings.Contains(l.text, m) {
			return true
		}
	}
	return false
}
