package article

import (
	"strings"
	"unicode/utf8"
)

// footWords are words of footers and legal lines.
var footWords = []string{"版权所有", "版權所有", "ICP备", "ICP備", "ICP证", "公网安备", "All Rights Reserved", "all rights reserved", "ALL RIGHTS RESERVED", "Copyright", "copyright", "COPYRIGHT", "©",
	"未经授权", "许可证", "违法和不良信息", "举报电话", "网站标识码", "备案号", "備案號", "建议使用", "分辨率", "网站地图", "扫一扫", "扫码", "掃描", "阅读原文", "点击下载", "附件下载", "上一篇", "下一篇",
	"责任编辑", "責任編輯", "责编", "免责声明", "转载请注明", "轉載請注明", "轉載請註明", "不代表本网", "不代表本站", "本文来源", "原标题", "您是第", "访问量"}

// furnitureWords reports a short line with words that only footers, legal lines and buttons use.
func furnitureWords(text string) bool {
	return footSet().in(text)
}

// mark marks the lines that are furniture by their words, or talk about the article.
func (s *scan) mark() {
	for i := range s.lines {
		l := &s.lines[i]
		l.foot = l.runes <= 200 && furnitureWords(l.text)
		l.run = !l.foot && sentence(l) && !(l.runes <= 60 && chrome(l.text)) && !s.meta(i)
	}
}

// tailMarkers open what follows an article.
var tailMarkers = []string{"相关阅读", "相关新闻", "相关链接", "相关文章", "相关报道", "相关推荐", "相關閱讀", "相關新聞", "相關文章", "相關報導", "延伸阅读", "延伸閱讀", "推荐阅读", "推薦閱讀", "热门推荐",
	"猜你喜欢", "更多新闻", "热点新闻", "热门新闻", "网友评论", "最新评论", "相关稿件", "热门评论", "今日推荐", "精彩推荐", "精彩视频推荐", "为您推荐", "为你推荐", "版权声明", "免责声明", "特别声明", "大家都在看", "看了又看", "编辑推荐", "下一則新聞", "熱門新聞", "人气排行", "新闻排行"}

// tailStarts open such a part too, where links follow.
var tailStarts = []string{"相关", "相關", "延伸", "推荐", "推薦", "热门", "熱門", "热点", "更多", "最新", "精彩", "评论", "評論", "排行", "往期"}

// tail reports whether line i opens what follows an article.
func (s *scan) tail(i int) bool {
	l := &s.lines[i]
	if l.runes > 14 {
		return false
	}
	for _, m := range tailMarkers {
		if strings.Contains(l.text, m) {
			return true
		}
	}
	if !hasPrefix(l.text, tailStarts) {
		return false
	}
	links := 0
	for k := i + 1; k < len(s.lines) && k <= i+3; k++ {
		if s.lines[k].link*2 > s.lines[k].runes {
			links++
		}
	}
	return links >= 2
}

// chromeWords are words of buttons and counters that stand alone in saved texts.
var chromeWords = []string{"放大", "缩小", "默认", "下载", "打印", "全屏", "收藏", "字号", "加大", "还原", "减小", "关闭", "朗读", "分享到", "分享", "正文", "首页", "大", "中", "小", "【", "】", "[", "]", "：", ":", "|", "字体", "文件", "换一换",
	"返回顶部", "点击数", "浏览次数", "阅读", "上一版", "下一版", "◀", "▶", "本页", "窗口", "T", "+", "-", ">", " ", "点赞", "评论", "纠错", "我要", "微信", "微博", "新浪", "朋友圈", "QQ空间", "复制链接", "loading", "返回", "列表", "语音播报", "播报", "录入", "admin", "（", "）"}

// chrome reports a line that holds nothing but buttons, a breadcrumb or a bare counter.
func chrome(text string) bool {
	n := utf8.RuneCountInString(text)
	if n > 60 || strings.Contains(text, "，") || strings.Contains(text, "。") {
		return false
	}
	if strings.Count(text, " > ")+strings.Count(text, ">>")+strings.Count(text, "»")+strings.Count(text, "›") >= 2 || strings.Contains(text, "当前位置") || strings.Contains(text, "您的位置") || strings.Contains(text, "您现在的位置") {
		return true
	}
	if strings.Count(text, "|") >= 3 {
		return true
	}
	if n > 30 {
		return false
	}
	for text != "" {
		n := chromeWord(text)
		if n == 0 {
			return false
		}
		text = text[n:]
	}
	return true
}

// chromeWord returns the length of the longest word of a button, a digit or a bracket at the start of t, 0 for none.
func chromeWord(t string) int {
	if strings.IndexByte("0123456789()", t[0]) >= 0 {
		return 1
	}
	best := 0
	for _, w := range chromeWords {
		if len(w) > best && strings.HasPrefix(t, w) {
			best = len(w)
		}
	}
	return best
}
