package normalize

import (
	"strings"

	"heshu/schemas"
	"heshu/schemas/region"
)

const country schemas.RegionCode = "100000"

// homeOf is the publisher's own region.
func (n *Normalizer) homeOf(doc schemas.Document, part schemas.Part) schemas.RegionCode {
	if doc.Region != "" {
		return doc.Region
	}
	for _, name := range []string{doc.Source, part.Publisher} {
		if code, ok := n.regions.OfPublisher(name); ok {
			return code
		}
	}
	return ""
}

// levelOf is how many digits of a code say something: 0 country, 2 province, 4 city, 6 county.
func levelOf(code schemas.RegionCode) int {
	s := string(code)
	switch {
	case code == "" || code == country:
		return 0
	case strings.HasSuffix(s, "0000"):
		return 2
	case strings.HasSuffix(s, "00"):
		return 4
	}
	return 6
}

// within reports whether a code lies in another, or is it.
func within(code, of schemas.RegionCode) bool {
	if of == country {
		return true
	}
	return strings.HasPrefix(string(code), string(of)[:levelOf(of)])
}

// topicOf is the place that a text of a national publisher is about: that of its headline, else of its first paragraph.
func (n *Normalizer) topicOf(p *articlePage) (schemas.RegionCode, schemas.Evidence) {
	if levelOf(p.home) > 0 {
		return p.home, schemas.Evidence{}
	}
	text := []rune(p.part.Text)
	start, lines := 0, 0
	for i := 0; i <= len(text) && lines < 2; i++ {
		if i < len(text) && text[i] != '\n' {
			continue
		}
		line := text[start:i]
		if code, ev := n.firstPlace(line, start, p); code != "" {
			return code, ev
		}
		if len(line) > 0 {
			lines++
		}
		start = i + 1
	}
	return country, schemas.Evidence{}
}

// firstPlace resolves the first place word of a line; 我国 and 全国 stand for the country.
func (n *Normalizer) firstPlace(line []rune, offset int, p *articlePage) (schemas.RegionCode, schemas.Evidence) {
	s := string(line)
	if strings.Contains(s, "我国") || strings.Contains(s, "全国") {
		return country, schemas.Evidence{}
	}
	for _, m := range n.regions.Scan(line) {
		if code, ok := n.regions.Resolve(m, region.Context{At: p.published}); ok {
			return code, schemas.Evidence{Text: string(line[m.Start:m.End]),
				Locator: schemas.TextSpan{Start: schemas.RuneOffset(offset + m.Start), End: schemas.RuneOffset(offset + m.End)}}
		}
	}
	return "", schemas.Evidence{}
}

// region resolves the place words that govern the figure.
func (r *reading) region() {
	o, p := r.o, r.page
	rule := "publisher"
	r.sure.region = 0.95
	for i, ev := range r.c.Places {
		code, ok := r.place(i, ev)
		if !ok {
			continue
		}
		if r.c.Subject != "" && levelOf(code) < levelOf(p.topic) && within(p.topic, code) {
			break // 河南豫坡酒业: a wider place in a name says less than the publisher does
		}
		o.Region, o.RegionAs, o.RegionFrom = code, ev.Text, ev.Locator
		rule = "place-words"
		break
	}
	if o.Region == "" {
		o.Region, o.RegionAs, o.RegionFrom = p.topic, p.topicAs.Text, p.topicAs.Locator
		r.sure.region = 0.92
	}
	p.n.step(o, "region", rule, evidenceText(r.c.Places), string(o.Region))
}

// place resolves one place word; own words (全市, 该县) look for what they stand for among the ones behind it.
func (r *reading) place(i int, ev schemas.Evidence) (schemas.RegionCode, bool) {
	if level, ok := ownLevel(ev.Text); ok {
		if level == 0 {
			return country, true
		}
		for j := i + 1; j < len(r.c.Places); j++ {
			if _, own := ownLevel(r.c.Places[j].Text); own {
				continue
			}
			if code, ok := r.named(r.c.Places[j].Text); ok && levelOf(code) == level {
				return code, true
			}
		}
		home := r.page.topic
		if levelOf(home) >= level && level > 0 {
			return cut(home, level), true
		}
		return "", false
	}
	return r.named(ev.Text)
}

// cut widens a code to a level.
func cut(code schemas.RegionCode, level int) schemas.RegionCode {
	return schemas.RegionCode(string(code)[:level] + "000000"[level:])
}

// ownLevel is the level of a word like 全市, 我省, 该县, 省总; false for a name.
func ownLevel(w string) (int, bool) {
	rs := []rune(w)
	if len(rs) != 2 {
		return 0, false
	}
	k := rs[1]
	if strings.ContainsRune("总委政", rs[1]) {
		k = rs[0]
	} else if !strings.ContainsRune("全我本该此", rs[0]) {
		return 0, false
	}
	switch k {
	case '国':
		return 0, true
	case '省':
		return 2, true
	case '市', '州':
		return 4, true
	case '县', '区', '旗', '镇', '乡', '村':
		return 6, true
	}
	return 0, false
}

// named resolves a name by its parents in the text, then by the publisher.
func (r *reading) named(w string) (schemas.RegionCode, bool) {
	p := r.page
	at := p.published
	if !r.o.Period.End.IsZero() {
		at = r.o.Period.End
	}
	if strings.Contains(w, "、") {
		return r.group(strings.Split(w, "、"))
	}
	rs := []rune(w)
	var code schemas.RegionCode
	for _, m := range p.n.regions.Scan(rs) {
		c, ok := p.n.regions.Resolve(m, region.Context{At: at, Within: []schemas.RegionCode{code}, Publisher: p.home})
		if ok {
			code = c
		}
	}
	return code, code != ""
}

// group is the smallest region that covers all the places of a list.
func (r *reading) group(names []string) (schemas.RegionCode, bool) {
	var codes []schemas.RegionCode
	for _, name := range names {
		if code, ok := r.named(name); ok {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return "", false
	}
	return r.page.n.regions.CommonParent(codes...), true
}
