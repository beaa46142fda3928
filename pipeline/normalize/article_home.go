package normalize

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/region"
)

// homeOf is the publisher's own region.
func (n *Normalizer) homeOf(doc schemas.Document, part schemas.Part) schemas.RegionCode {
	if doc.Region != "" {
		return doc.Region
	}
	for _, name := range []string{doc.Source, part.Publisher, leadingHan(part.Publisher)} {
		if code, ok := n.regions.OfPublisher(plainName(name)); ok {
			if beyond(code) { // a paper of Hong Kong, Macao or Taiwan reports on the mainland as a national one does
				return country
			}
			return code
		}
	}
	return ""
}

// beyond tells Hong Kong, Macao and Taiwan.
func beyond(code schemas.RegionCode) bool {
	return strings.HasPrefix(string(code), "81") || strings.HasPrefix(string(code), "82") || strings.HasPrefix(string(code), "71")
}

// topicOf is the place that a text is about, its own region: the publisher's; of a national publisher the one in the headline,
// else the one that most place names of the text lie in; of an unknown publisher also the one that its lead is about. Where
// nothing says it, a text that speaks of 全市 or 我县 has a region that nobody knows, any other is of the whole country.
func (n *Normalizer) topicOf(p *articlePage, figures []schemas.Figure) (schemas.RegionCode, schemas.Evidence) {
	if levelOf(p.home) > 0 {
		return n.narrowed(p, figures), schemas.Evidence{}
	}
	text := hanzi.Fold([]rune(p.part.Text)).Runes
	title := text[:min(len(text), len([]rune(p.title)))]
	if code, ev := n.commonPlace(title, p, 1, 7); code != "" {
		return code, ev
	}
	if p.home == "" {
		if code, ev := n.commonPlace(leadOf(text), p, 1, 6); code != "" {
			return code, ev
		}
	}
	if code, ev := n.commonPlace(text, p, 3, 7); code != "" {
		return code, ev
	}
	if p.home == "" {
		if code, ok := n.regions.OfPublisher(baseName(p.name)); ok {
			return code, schemas.Evidence{}
		}
		if own := countAny(p.part.Text, ownWords); own > 0 && own > countAny(p.part.Text, nationalWords) {
			return "", schemas.Evidence{}
		}
	}
	return country, schemas.Evidence{}
}

// narrowed is what a text of a province's or a city's own publisher is about: the one city or county that all its place
// words lie in, unless they also name the whole (四川某公司 does not make a city's text one of the whole); far from home the one place that they all lie in.
func (n *Normalizer) narrowed(p *articlePage, figures []schemas.Figure) schemas.RegionCode {
	seen := map[schemas.Locator]bool{}
	var inside, outside []schemas.RegionCode
	county := n.titleCounty(p)
	for i := range figures {
		c := figures[i].Clause
		if figures[i].Part != p.part.Index || c == nil {
			continue
		}
		for _, list := range [][]schemas.Evidence{c.Places, c.Earlier} {
			for _, ev := range list {
				if seen[ev.Locator] {
					continue
				}
				seen[ev.Locator] = true
				level, own := ownLevel(ev.Text)
				if own && (level == levelOf(p.home) || level > 0 && level < levelOf(p.home)) {
					return p.home
				}
				code, ok := n.regions.Find(ev.Text, region.Context{At: p.published, Publisher: p.home})
				switch {
				case own || !ok || code == country:
				case within(p.home, code):
					if county == "" && (code == p.home || levelOf(p.home) < 4) {
						return p.home
					}
				case within(code, p.home):
					inside = append(inside, code)
				default:
					outside = append(outside, code)
				}
			}
		}
	}
	switch common := n.regions.CommonParent(inside...); {
	case len(inside) > 0 && len(inside) >= 2*len(outside) && within(common, p.home):
		return common
	case len(inside) == 0 && len(outside) >= farMentions:
		if common = n.regions.CommonParent(outside...); common != country && n.titled(p, common) {
			return common
		}
	}
	return p.home
}

// titleCounty is the county of the publisher's own that the headline is about, if it names one place only: a wider one that the
// text names too (云南省劳模创新工作室) does not make it one of the whole.
func (n *Normalizer) titleCounty(p *articlePage) (county schemas.RegionCode) {
	for _, m := range n.regions.Scan([]rune(plainName(p.title))) {
		c, ok := n.regions.Resolve(m, region.Context{At: p.published, Publisher: p.home})
		if !ok || levelOf(c) != 6 || !within(c, p.home) || county != "" && county != c {
			return ""
		}
		county = c
	}
	return county
}

// farMentions are how many place words make a local publisher's text one about a place elsewhere.
const farMentions = 3

// titled tells a headline that names a place or one in it.
func (n *Normalizer) titled(p *articlePage, code schemas.RegionCode) bool {
	for _, m := range n.regions.Scan([]rune(plainName(p.title))) {
		if c, ok := n.regions.Resolve(m, region.Context{At: p.published}); ok && (within(c, code) || within(code, c)) && c != country {
			return true
		}
	}
	return false
}

// titleOf is the headline: the one that was found, else a short first line without a full stop.
func titleOf(part schemas.Part) string {
	if part.Title != "" {
		return part.Title
	}
	line, _, more := strings.Cut(part.Text, "\n")
	if n := utf8.RuneCountInString(line); !more || n > maxTitle || strings.ContainsAny(line, "。；！？") {
		return ""
	}
	return line
}

// maxTitle is the longest line that can be a headline, in runes.
const maxTitle = 45

var (
	nationalWords = []string{"我国", "全国", "国务院", "党中央", "中央财政", "各省", "国家卫生", "国家发", "部委"}
	ownWords      = []string{"我市", "全市", "我县", "全县", "我省", "全省", "我区", "全区", "我州", "全州"}
)

func countAny(s string, words []string) int {
	n := 0
	for _, w := range words {
		n += strings.Count(s, w)
	}
	return n
}

// leadRunes is how much of a text its lead is, at least: whole paragraphs.
const leadRunes = 240

// leadOf is the beginning of a text: its headline and first paragraphs.
func leadOf(text []rune) []rune {
	for i := leadRunes; i < len(text); i++ {
		if text[i] == '\n' {
			return text[:i]
		}
	}
	return text
}

// baseName is a document's name without folders and ending.
func baseName(name string) string {
	if i := strings.LastIndexAny(name, "/\\"); i >= 0 {
		name = name[i+1:]
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	return plainName(name)
}

// commonPlace is the smallest region that so many tenths of a text's place words lie in, if there are enough of them;
// 我国 and 国务院 are place words too.
func (n *Normalizer) commonPlace(text []rune, p *articlePage, enough, tenths int) (schemas.RegionCode, schemas.Evidence) {
	counts := map[schemas.RegionCode]int{}
	first := map[schemas.RegionCode]schemas.Evidence{}
	total := countAny(string(text), nationalWords)
	mentions := n.regions.Scan(text)
	for i, m := range mentions {
		code, ok := n.regions.Resolve(m, region.Context{At: p.published})
		if !ok || code == country || i+1 < len(mentions) && mentions[i+1].Start == m.End { // 甘肃东乡 is one place
			continue
		}
		total++
		for level := 2; level <= levelOf(code); level += 2 {
			c := cut(code, level)
			if counts[c]++; c == code && first[c].Text == "" {
				first[c] = schemas.Evidence{Text: m.Text, Locator: schemas.TextSpan{Start: schemas.RuneOffset(m.Start), End: schemas.RuneOffset(m.End)}}
			}
		}
	}
	var best schemas.RegionCode
	for c, k := range counts {
		if k >= enough && 10*k >= tenths*total && levelOf(c) > levelOf(best) {
			best = c // at more than half there is one of a level at most
		}
	}
	return best, first[best]
}
