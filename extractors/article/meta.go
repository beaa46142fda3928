package article

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// about is what the lines around a headline say of an article.
type about struct {
	date     schemas.Date
	office   string // who wrote it, if an office did
	labelled bool   // the date stood behind 发布时间 or the like
	source   string
	editor   string
}

var dateLabels = []string{"发布时间", "发布日期", "发布于", "发文日期", "成文日期", "發布時間", "發佈時間", "發布日期", "發佈日期", "发表时间", "更新时间", "更新日期", "时间", "日期", "時間"}
var sourceLabels = []string{"信息来源", "文章来源", "来源", "稿源", "來源", "来稿"}
var editorLabels = []string{"责任编辑", "責任編輯", "责编", "編輯", "编辑"}
var metaWords = []string{"来源", "來源", "稿源", "作者", "编辑", "編輯", "发布", "發布", "發佈", "浏览", "瀏覽", "点击", "阅读", "字号", "字体", "评论", "分享", "时间", "时间", "录入", "责编", "打印", "日期", "星期", "人气", "访问", "次数", "大 中 小", "我要评论", "收藏", "审核", "校对", "供稿", "撰稿"}

// meta is metaLine of line i, asked once.
func (s *scan) meta(i int) bool {
	l := &s.lines[i]
	if l.about == 0 {
		l.about = 1
		if metaLine(l.text) {
			l.about = 2
		}
	}
	return l.about == 2
}

// metaLine reports a line about the article: its date, source, counter, editor.
func metaLine(text string) bool {
	if len(text) > 420 || strings.HasPrefix(text, "—") {
		return false
	}
	stop := strings.Contains(text, "。") || strings.Contains(text, "；")
	comma := strings.Contains(text, "，") || strings.Contains(text, ",")
	colon := strings.Contains(text, "：") || strings.Contains(text, ":")
	if !colon && (stop || comma) {
		return false // a sentence
	}
	n := utf8.RuneCountInString(text)
	words, labels := 0, 0
	for _, w := range metaWords {
		if i := strings.Index(text, w); i >= 0 {
			words++
			if rest := strings.TrimLeft(text[i+len(w):], " 时间日期次数人"); strings.HasPrefix(rest, "：") || strings.HasPrefix(rest, ":") {
				labels++
			}
		}
	}
	if labels < 2 && (stop || labels < 1 && comma) {
		return false
	}
	d, start, end := findDate(text)
	if d.IsZero() {
		if d, start = shortDate(text); !d.IsZero() {
			end = start + len("18-03-08")
		}
	}
	if !d.IsZero() {
		rest := n - utf8.RuneCountInString(text[start:end])
		return words > 0 && rest < 110 || rest <= 24
	}
	return n <= 60 && (words >= 2 && labels >= 1 || n <= 24 && labels >= 1)
}

// labelled returns what follows one of the labels and a colon, up to a space or a bracket.
func labelled(text string, labels []string) string {
	for _, label := range labels {
		rest := text
		for {
			i := strings.Index(rest, label)
			if i < 0 {
				break
			}
			rest = rest[i+len(label):]
			v := strings.TrimLeft(rest, " ")
			if !strings.HasPrefix(v, ":") && !strings.HasPrefix(v, "：") {
				continue
			}
			v = strings.TrimLeft(v, ":： 《【[")
			if i := strings.IndexAny(v, " |，。；)）】]》/　"); i >= 0 {
				v = v[:i]
			}
			for _, cut := range append(append([]string{"我要", "举报", "责任", "记者"}, metaWords...), editorLabels...) {
				if i := strings.Index(v, cut); i > 0 {
					v = v[:i]
				}
			}
			if n := utf8.RuneCountInString(v); n >= 1 && n <= 30 {
				return v
			}
		}
	}
	return ""
}

// officeLabels stand before who wrote a report; an office that did speaks for its place.
var officeLabels = []string{"供稿单位", "报送单位", "发布单位", "发布机构", "供稿", "作者"}

// isOffice tells an office's name from a person's: 许昌市总工会办公室.
func isOffice(v string) bool {
	for _, w := range []string{"总工会", "委员会", "人民政府", "局", "厅"} {
		if i := strings.Index(v, w); i >= len("市县") {
			return true
		}
	}
	return false
}

// learn takes from a line what it says of the article; what is known stays.
func (a *about) learn(text string) {
	d, start, _ := findDate(text)
	if d.IsZero() {
		d, start = shortDate(text)
	}
	if !d.IsZero() && !strings.Contains(text, "今天") && !strings.Contains(text, "现在是") {
		label := false
		for _, l := range dateLabels {
			label = label || strings.Contains(text[:start], l)
		}
		if a.date.IsZero() || label && !a.labelled {
			a.date, a.labelled = d, label
		}
	}
	if a.source == "" {
		if v := labelled(text, sourceLabels); v != "" && strings.IndexFunc(v, han) >= 0 {
			a.source = v
		}
	}
	if a.office == "" {
		if v := labelled(text, officeLabels); isOffice(v) {
			a.office = v
		}
	}
	if a.editor == "" {
		a.editor = labelled(text, editorLabels)
	}
}
