package article

import (
	"strings"
	"unicode/utf8"
)

// parseText takes a saved text apart: every line is a line of the layout.
func parseText(text string) *scan {
	s := &scan{metas: map[string]string{}, elems: []elem{{parent: -1}}}
	for raw := range strings.Lines(text) {
		t := tidy(strings.TrimRight(raw, "\r\n"))
		if t == "" {
			continue
		}
		indent := strings.HasPrefix(raw, "\u3000\u3000") || strings.HasPrefix(raw, "  ")
		s.lines = append(s.lines, line{text: t, runes: utf8.RuneCountInString(t), indent: indent})
	}
	s.elems[0].last = len(s.lines)
	return s
}

// pickText decides which lines of a saved text are main text: from the first to the last line of running text, up to a
// line that opens related links, with the short lines in between.
func (s *scan) pickText() {
	s.keep = make([]bool, len(s.lines))
	s.names = make([]string, len(s.lines))
	good := 0
	for i := range s.lines {
		if sentence(&s.lines[i]) {
			good += s.lines[i].runes
		}
	}
	seen, cut := 0, false
	for i := range s.lines {
		l := &s.lines[i]
		switch {
		case cut:
			s.names[i] = "related"
		case seen*5 > good && tailMarker(l):
			cut = true
			s.names[i] = "related"
		case furnitureWords(l.text) && l.runes < 200:
			s.names[i] = "footer"
		case chrome(l.text):
			s.names[i] = "navigation"
		default:
			s.keep[i] = true
			if sentence(l) {
				seen += l.runes
			}
		}
	}
}

// chromeWords are words of buttons and counters that stand alone in saved texts.
var chromeWords = []string{"放大", "缩小", "默认", "下载", "打印", "全屏", "收藏", "字号", "加大", "还原", "减小", "关闭", "朗读", "分享", "正文", "首页", "大", "中", "小", "【", "】", "[", "]", "：", ":", "|", "字体", "文件正文", "换一换", "返回顶部", "点击数", "浏览次数", "阅读", "上一版", "下一版", "◀", "▶", "打印本页", "关闭窗口", "T", "+", "-", ">", " "}

// chrome reports a line that holds nothing but buttons, a breadcrumb or a bare counter.
func chrome(text string) bool {
	if utf8.RuneCountInString(text) > 60 {
		return false
	}
	if strings.Count(text, " > ")+strings.Count(text, ">>")+strings.Count(text, "»")+strings.Count(text, "›") >= 2 || strings.Contains(text, "当前位置") || strings.Contains(text, "您的位置") || strings.Contains(text, "您现在的位置") {
		return true
	}
	if strings.Count(text, "|") >= 3 {
		return true
	}
	rest := text
	for _, w := range chromeWords {
		rest = strings.ReplaceAll(rest, w, "")
	}
	return strings.Trim(rest, "0123456789") == ""
}
