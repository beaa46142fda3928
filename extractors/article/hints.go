package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hint is what an element's name, class and id say of its text.
type hint int8

const (
	noHint     hint = 0
	mainHint   hint = 1  // known containers of main text
	junkHint   hint = -1 // navigation, related links, comments, footers
	junkAnyway hint = -2 // so even where it holds most of the page's text
)

// mainNames are classes and ids under which content systems put the main text.
var mainNames = []string{
	"trs_editor", "trs_ueditor", "founder-content", "ozoom", "js_content", "article-content", "article_content", "articlecontent", "articlebody",
	"article-body", "article_body", "artibody", "cnt_main", "content_area", "post_text", "post-content", "entry-content", "rm_txt_con", "zoomcon",
	"zoom", "ucapcontent", "detail-content", "newscontent", "news_content", "news-content", "artical_real", "main-content", "cnt_bd", "show_text", "left_zw", "story-body",
}

// junkWords are parts of names of elements that hold no main text. Short ones must be a word of their own.
var junkWords = map[string]bool{
	"nav": true, "navs": true, "menu": true, "menus": true, "foot": true, "footer": true, "copyright": true, "aside": true, "side": true, "sidebar": true, "rightbar": true,
	"related": true, "relate": true, "relation": true, "recommend": true, "recommended": true, "rec": true, "hot": true, "rank": true, "ranking": true, "comment": true, "comments": true, "pinglun": true,
	"share": true, "shares": true, "toolbar": true, "tools": true, "breadcrumb": true, "breadcrumbs": true, "crumb": true, "crumbs": true, "ad": true, "ads": true, "advert": true, "adv": true, "banner": true,
	"login": true, "search": true, "qrcode": true, "ewm": true, "pager": true, "pagination": true, "prenext": true, "nextpre": true, "tags": true, "keywords": true,
	"bdsharebuttonbox": true, "disclaimer": true, "statement": true, "topbar": true, "weixin": true, "friendlink": true, "links": true, "xgnews": true, "xgyd": true, "xgwz": true, "xg": true,
	"popup": true, "modal": true, "dialog": true, "subscribe": true, "promo": true, "sponsor": true, "hidden": true, "report": false, "jubao": true, "feedback": true, "app": false, "player": true,
}

// junkParts are looked for anywhere in a name.
var junkParts = []string{"sidebar", "breadcrumb", "copyright", "footer", "comment", "recommend", "related", "qrcode", "toolbar", "pagination", "advert", "bdshare", "share", "tuijian", "xiangguan", "hotnews", "newsrank", "declare", "mianze", "shengming"}

// hintOf reads an element's hint; results are kept per class, because pages repeat theirs.
func (w *walker) hintOf(n *html.Node) hint {
	switch n.DataAtom {
	case atom.Nav, atom.Footer:
		return junkAnyway
	case atom.Aside:
		return junkHint
	case atom.Body, atom.Html, atom.Tr, atom.Tbody, atom.P, atom.Br:
		return noHint
	}
	id, class := attr(n, "id"), attr(n, "class")
	if n.DataAtom == 0 {
		class += " " + n.Data
	}
	if id == "" && class == "" {
		if attr(n, "itemprop") == "articleBody" {
			return mainHint
		}
		return noHint
	}
	key := id + "\x00" + class
	h, ok := w.classes[key]
	if !ok {
		h = nameHint(id, class)
		if attr(n, "itemprop") == "articleBody" {
			h = mainHint
		}
		w.classes[key] = h
	}
	return h
}

func nameHint(id, class string) hint {
	for _, name := range append(strings.Fields(strings.ToLower(class)), strings.ToLower(id)) {
		for _, m := range mainNames {
			if name == m {
				return mainHint
			}
		}
	}
	for _, name := range append(strings.Fields(class), id) {
		if junkName(name) {
			return junkHint
		}
	}
	return noHint
}

// junkName splits a name at hyphens, underlines, digits and capitals and looks its words up.
func junkName(name string) bool {
	start := 0
	word := func(end int) bool { return end > start && junkWords[strings.ToLower(name[start:end])] }
	for i := 0; i < len(name); i++ {
		c := name[i]
		lower := c >= 'a' && c <= 'z'
		upper := c >= 'A' && c <= 'Z'
		if !lower && !upper {
			if word(i) {
				return true
			}
			start = i + 1
		} else if upper && i > start && name[i-1] >= 'a' && name[i-1] <= 'z' {
			if word(i) {
				return true
			}
			start = i
		}
	}
	if word(len(name)) {
		return true
	}
	name = strings.ToLower(name)
	for _, p := range junkParts {
		if strings.Contains(name, p) {
			return true
		}
	}
	return false
}
