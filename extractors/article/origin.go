package article

import (
	"strings"
	"time"
	"unicode/utf8"

	"heshu/schemas"
)

// dateMetas are names of metas that hold the day of publication, surest first.
var dateMetas = []string{"pubdate", "publishdate", "article:published_time", "og:published_time", "og:release_date", "datepublished", "weibo:article:create_at", "publish_time", "publishtime", "publish-date", "apub:time",
	"bytedance:published_time", "firstpublishedtime", "dc.date", "dcterms.created", "dc.date.issued"}

// lateDateMetas hold a day that may be later.
var lateDateMetas = []string{"dateupdate", "article:modified_time", "og:updated_time", "datemodified", "lastmodified"}

// dateVars are names under which scripts keep the day of publication.
var dateVars = []string{`"datePublished"`, `"pubDate"`, `"publish_time"`, `"publishTime"`, `"pub_time"`, `"pubtime"`, `"publishDate"`, "publish_time", "createTime", "pubtime", "publishDate", "var ct"}

// published finds the day of publication. In order: what intake said; metas and JSON-LD; lines at the headline; the
// address; scripts; a newspaper's masthead; the last line of the text; metas of a later change; the dateline of the report.
func (s *scan) published(a *about, doc schemas.Document, kept []int, paper bool) schemas.Date {
	if !doc.Published.IsZero() {
		return doc.Published
	}
	rules := []func() schemas.Date{
		func() schemas.Date { return s.metaDate(dateMetas) },
		func() schemas.Date { return varDate(s.jsonld, dateVars[:1]) },
		func() schemas.Date { return a.date },
		func() schemas.Date { return addressDate(append(s.links, doc.Name)) },
		func() schemas.Date { return varDate(s.script, dateVars) },
		func() schemas.Date { return s.masthead(paper) },
		func() schemas.Date { return s.signed(kept) },
		func() schemas.Date { return s.metaDate(lateDateMetas) },
		func() schemas.Date { return s.dateline(kept) },
	}
	for _, rule := range rules {
		if d := rule(); !d.IsZero() {
			return d
		}
	}
	return schemas.Date{}
}

func (s *scan) metaDate(names []string) schemas.Date {
	for _, k := range names {
		if d, _, _ := findDate(s.metas[k]); !d.IsZero() {
			return d
		}
	}
	return schemas.Date{}
}

// addressDate reads the day out of an address: /2018-11/09/, /20181109/, t20181109_123.html.
func addressDate(links []string) schemas.Date {
	for _, l := range links {
		if i := strings.Index(l, "://"); i >= 0 {
			l = l[i+3:]
		}
		if d, _, _ := findDate(l); !d.IsZero() {
			return d
		}
	}
	return schemas.Date{}
}

// varDate looks for the day, or a Unix time in seconds, right behind one of the names.
func varDate(scripts, names []string) schemas.Date {
	for _, name := range names {
		for _, sc := range scripts {
			i := strings.Index(sc, name)
			if i < 0 {
				continue
			}
			rest := sc[i+len(name):]
			v := strings.TrimLeft(rest[:min(len(rest), 48)], " =:\"'\t|")
			if len(v) >= 10 && len(v) < len(rest) {
				if d, start, _ := findDate(v); !d.IsZero() && start <= 1 {
					return d
				}
				if d := unixDate(v); !d.IsZero() {
					return d
				}
			}
		}
	}
	return schemas.Date{}
}

// unixDate reads seconds (or milliseconds) since 1970 as a day in China.
func unixDate(v string) schemas.Date {
	n := 0
	for n < len(v) && v[n] >= '0' && v[n] <= '9' {
		n++
	}
	if n != 10 && n != 13 {
		return schemas.Date{}
	}
	t := time.Unix(int64(atoi(v[:10])), 0).In(time.FixedZone("CST", 8*3600))
	return validDate(t.Year(), int(t.Month()), t.Day())
}

// masthead reads the day of a newspaper's page: a date with its weekday above the text.
func (s *scan) masthead(paper bool) schemas.Date {
	first := s.firstKept()
	for i := 0; i < first; i++ {
		t := s.lines[i].text
		paper = paper || pageLabel(t) || strings.Contains(t, "刊号")
	}
	if paper = paper || pageLabel(s.title); !paper {
		return schemas.Date{}
	}
	for i := 0; i < first; i++ {
		if l := &s.lines[i]; l.runes <= 80 && strings.Contains(l.text, "星期") && !strings.Contains(l.text, "今天") {
			if d, _, _ := findDate(l.text); !d.IsZero() {
				return d
			}
		}
	}
	return schemas.Date{}
}

// signed reads the day that a notice ends with.
func (s *scan) signed(kept []int) schemas.Date {
	for n := len(kept) - 1; n >= 0 && n >= len(kept)-4; n-- {
		if l := s.lines[kept[n]]; l.runes <= 24 {
			if d, _, _ := findDate(l.text); !d.IsZero() {
				return d
			}
		}
	}
	return schemas.Date{}
}

// publisher names who published: what intake said, the paper that the last lines quote, the site, the masthead, the
// 来源 line, the copyright line, the agency that the text begins with.
func (s *scan) publisher(a *about, doc schemas.Document, kept []int) string {
	if doc.Source != "" {
		return doc.Source
	}
	if name := s.quotedPaper(kept); name != "" {
		return name
	}
	site, sure := siteName(s.title)
	name := s.metas["og:site_name"]
	if name == "微信公众平台" { // the platform, not who publishes there
		name = ""
	}
	late := ""
	if !sure {
		site, late = "", site
	}
	for _, v := range []string{name, s.metas["sitename"], s.metas["publisher"], paperName(s.title), site, s.paper(), a.source, s.signature(kept), s.endLine(kept), s.owner(), a.office, late, s.agency(kept)} {
		if strings.IndexFunc(v, han) >= 0 {
			return v
		}
	}
	return ""
}

// quotedPaper reads 据《陕西工人报》 in the last lines.
func (s *scan) quotedPaper(kept []int) string {
	for n := len(kept) - 1; n >= 0 && n >= len(kept)-3; n-- {
		t := s.lines[kept[n]].text
		for _, w := range []string{"据《", "據《", "原载《", "来源：《"} {
			if i := strings.Index(t, w); i >= 0 && utf8.RuneCountInString(t) <= 24 {
				if name, _, ok := strings.Cut(t[i+len(w):], "》"); ok {
					return name
				}
			}
		}
	}
	return ""
}

// paperName reads the paper's name before 数字报 or the like.
func paperName(t string) string {
	for _, w := range []string{"数字报", "电子报", "电子版", "多媒体"} {
		if i := strings.Index(t, w); i > 0 {
			name := strings.TrimSpace(t[:i])
			if j := strings.LastIndexAny(name, " _-|:：>"); j >= 0 {
				name = name[j+1:]
			}
			if n := utf8.RuneCountInString(name); n >= 3 && n <= 12 {
				return name
			}
		}
	}
	return ""
}

// paper is the name in the masthead above the text.
func (s *scan) paper() string {
	for i := 0; i < s.firstKept(); i++ {
		if name := paperName(s.lines[i].text); name != "" {
			return name
		}
	}
	return ""
}

// signature is the office above the day that a notice ends with.
func (s *scan) signature(kept []int) string {
	n := len(kept)
	if n < 3 || s.lines[kept[n-1]].runes > 24 {
		return ""
	}
	if d, _, _ := findDate(s.lines[kept[n-1]].text); d.IsZero() {
		return ""
	}
	office := s.lines[kept[n-2]].text
	for _, o := range organs {
		if k := utf8.RuneCountInString(office); strings.HasSuffix(office, o) && k >= 4 && k <= 24 {
			return office
		}
	}
	return ""
}

// owner is the name in the footer: 主办：某市总工会, 版权所有：某网.
func (s *scan) owner() string {
	for i := len(s.lines) - 1; i >= 0; i-- {
		if s.keep[i] {
			continue
		}
		if v := labelled(s.lines[i].text, []string{"主办单位", "主办", "版权所有"}); v != "" {
			return v
		}
	}
	return ""
}

// agency is whose report the text begins as: 央视网消息（新闻联播）, 新华社北京5月18日电.
func (s *scan) agency(kept []int) string {
	for _, n := range kept[:min(len(kept), 3)] {
		head := []rune(s.lines[n].text)
		head = head[:min(len(head), 24)]
		said := false
		for i, r := range head {
			said = said || r == '讯' || r == '电' && i > 0 && (head[i-1] == '日' || head[i-1] == '社') || r == '息' && i > 0 && head[i-1] == '消'
		}
		for i, r := range head {
			if said && i >= 2 && i < 12 && strings.ContainsRune("社网报台", r) && head[0] != '本' {
				return strings.TrimLeft(string(head[:i+1]), "　 【（(")
			}
		}
	}
	return ""
}
