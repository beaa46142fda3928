package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/region"
)

const country schemas.RegionCode = "100000"

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

// region resolves the place words that govern the figure.
func (r *reading) region() {
	o, p := r.o, r.page
	rule := "publisher"
	r.sure.region = sound
	for i, ev := range r.c.Places {
		code, ok := r.place(i, ev)
		if !ok || organs[ev.Text] && r.inVillage() && len(r.c.Earlier) > 0 {
			continue
		}
		if r.awayAndBack(ev, code, r.c.Places[i+1:]) {
			continue
		}
		if r.c.Subject != "" && levelOf(code) < levelOf(p.topic) && within(p.topic, code) {
			break // 河南豫坡酒业: a wider place in a name says less than the publisher does
		}
		if _, own := ownLevel(ev.Text); !own && levelOf(code) > 0 && levelOf(code) < levelOf(p.topic) && within(p.topic, code) && r.inPassing(ev.Text) {
			continue // 依托云南省劳模创新工作室
		}
		o.Region, o.RegionAs, o.RegionFrom = code, ev.Text, ev.Locator
		r.narrow(ev, r.c.Places[i+1:], r.c.Earlier)
		if rule = "place-words"; !strings.Contains(r.c.SentenceText, ev.Text) {
			r.sure.region = placeCarried
		}
		break
	}
	if (o.Region == "" || r.titlePlace()) && (levelOf(p.home) == 0 && r.local() || levelOf(p.topic) < 6 && (r.inVillage() || r.goesOnWith())) {
		for _, ev := range r.c.Earlier {
			if code, ok := r.named(ev.Text); ok && within(code, p.topic) && (o.Region == "" || within(code, o.Region)) {
				o.Region, o.RegionAs, o.RegionFrom, rule = code, ev.Text, ev.Locator, "earlier-paragraph"
				r.sure.region, r.earlier = placeEarlier, code
				break
			}
		}
	}
	if b := p.before; o.Region == "" && b != nil && b.earlier != "" && countAny(r.c.SentenceText, nationalWords) == 0 {
		o.Region, rule = b.earlier, "as-the-figure-before" // the paragraph goes on where it is
		r.sure.region, r.earlier = placeEarlier, b.earlier
	}
	if b := p.before; b != nil && b.region != "" && b.sentence == r.c.Sentence && b.index == r.c.Index && r.c.Before == "、" && !p.n.regions.Contains(b.region, o.Region) {
		o.Region, o.RegionAs, o.RegionFrom, rule = b.region, "", nil, "as-the-figure-before" // 乙县的14个卫生院、3个中心
	}
	if r.tooMany(o.Region) {
		p.outgrown, p.outgrownIn = o.Region, r.c.Paragraph
	}
	if o.Region != "" && o.Region == p.outgrown && p.outgrownIn == r.c.Paragraph && !strings.Contains(r.c.SentenceText, o.RegionAs) {
		o.Region, o.RegionAs, o.RegionFrom, rule = country, "", nil, "more-than-it-has"
	}
	if o.Region == "" {
		o.Region, o.RegionAs, o.RegionFrom = p.topic, p.topicAs.Text, p.topicAs.Locator
		if r.sure.region = placeDefault; levelOf(p.home) == 0 {
			r.sure.region = placeTopic
		}
	}
	p.n.step(o, "region", rule, evidenceText(r.c.Places), string(o.Region))
}

// awayAndBack tells a place outside of what the text is about that only the sentences before named, where one inside was named
// too: 在杭州开设直营店2家，…。区内126家基层工会….
func (r *reading) awayAndBack(ev schemas.Evidence, code schemas.RegionCode, others []schemas.Evidence) bool {
	topic := r.page.topic
	if levelOf(topic) == 0 || within(code, topic) || within(topic, code) || strings.Contains(r.c.SentenceText, ev.Text) {
		return false
	}
	for _, list := range [][]schemas.Evidence{others, r.c.Earlier} {
		for _, p := range list {
			if c, ok := r.named(p.Text); ok && within(c, topic) {
				return true
			}
		}
	}
	return false
}

// inPassing tells a place of the sentence that no clause begins with.
func (r *reading) inPassing(w string) bool {
	before, _, ok := strings.Cut(r.c.SentenceText, w)
	last, _ := utf8.DecodeLastRuneInString(before)
	return ok && before != "" && !strings.ContainsRune("，,；;：:、。在", last)
}

// narrow takes the county that was said before where the city of a body's own name would be taken: 兰州市七里河区西果园镇…。兰州某合作社….
func (r *reading) narrow(ev schemas.Evidence, lists ...[]schemas.Evidence) {
	o := r.o
	if r.c.Subject == "" || levelOf(o.Region) == 6 || !strings.Contains(r.c.Subject, ev.Text) {
		return
	}
	for _, list := range lists {
		for _, p := range list {
			if code, ok := r.named(p.Text); ok && levelOf(code) == 6 && within(code, o.Region) {
				o.Region, o.RegionAs, o.RegionFrom = code, p.Text, p.Locator
				return
			}
		}
	}
}

// goesOnWith tells a figure of somebody of whom the paragraphs before have spoken already: their place is its place.
func (r *reading) goesOnWith() bool {
	if r.c.Subject == "" || len(r.c.Earlier) == 0 || len(r.page.part.Text) > shortText {
		return false
	}
	before, _, ok := strings.Cut(r.page.part.Text, r.c.SentenceText)
	return ok && strings.Contains(before, r.c.Subject)
}

// tooMany tells a count of counties or provinces that a region said before does not have: 江西… . 如今，832个脱贫县….
func (r *reading) tooMany(code schemas.RegionCode) bool {
	if level := levelOf(code); level == 0 || level == 6 || !r.o.Value.IsSet() {
		return false
	}
	label := r.label()
	if r.o.Unit != "county" && !strings.HasPrefix(label, "省") {
		return false
	}
	have := 0
	if r.o.Unit == "county" {
		have = r.page.n.countiesIn(code, r.page.published)
	}
	return schemas.NewDecimal(int64(have), 0).Cmp(r.o.Value) < 0
}

// countiesIn is how many counties a province or a city has.
func (n *Normalizer) countiesIn(code schemas.RegionCode, at schemas.Date) int {
	k := 0
	for _, c := range n.regions.Children(code, at) {
		if levelOf(c.Code) == 6 {
			k++
		} else {
			k += n.countiesIn(c.Code, at)
		}
	}
	return k
}

// titlePlace tells that only the headline's place was found: an earlier paragraph's is nearer.
func (r *reading) titlePlace() bool {
	at, ok := r.o.RegionFrom.(schemas.TextSpan)
	return ok && int(at.End) <= utf8.RuneCountInString(r.page.title) && r.c.Paragraph > 0
}

// organs are the words of a publisher's own organs; where they act they are not what the figures are of: 省总工会驻某村工作队.
var organs = map[string]bool{"省总": true, "市总": true, "县总": true, "区总": true, "省委": true, "市委": true, "县委": true, "区委": true, "省政": true, "市政": true, "县政": true, "区政": true}

// inVillage tells a sentence about a village that it does not name: the earlier paragraph's.
func (r *reading) inVillage() bool {
	return hasAny(strings.ReplaceAll(r.c.SentenceText, "驻村工作队", ""), "全村", "该村", "村里", "村组", "村工作队")
}

// local tells a sentence that goes on at the place of the paragraphs before: it speaks of people and places there.
func (r *reading) local() bool {
	if r.o.Unit == "county" {
		return false
	}
	return r.c.Subject != "" || hasAny(strings.ReplaceAll(r.c.SentenceText, "其他", ""), "当地", "这里", "那里", "村里", "镇里", "乡里", "县里", "他", "她", "家里", "全家", "镇长", "村支书", "村干部", "老乡", "村民", "全村", "全镇", "村子", "该村", "社里", "厂里", "园区")
}

// place resolves one place word; own words (全市, 该县) look for what they stand for among the ones behind it.
func (r *reading) place(i int, ev schemas.Evidence) (schemas.RegionCode, bool) {
	if level, ok := ownLevel(ev.Text); ok {
		if level == 0 {
			return country, levelOf(r.page.home) == 0 || ev.Text == "我国" || ev.Text == "全国"
		}
		if home := r.page.topic; strings.HasSuffix(ev.Text, "市") && isMunicipality(home) {
			return cut(home, 2), true
		}
		for _, list := range [][]schemas.Evidence{r.c.Places[i+1:], r.c.Earlier} {
			if code, ok := r.antecedent(list, level, ev.Text); ok {
				return code, true
			}
			if levelOf(r.page.topic) >= level && !strings.HasPrefix(ev.Text, "该") {
				break // the earlier paragraphs' 全市 is the publisher's own
			}
		}
		home := r.page.topic
		if levelOf(home) >= level && level > 0 {
			return cut(home, level), true
		}
		return "", false
	}
	code, ok := r.named(ev.Text)
	return code, ok && !r.farWord(ev.Text, code) && !r.farBody(ev.Text, code)
}

// farBody tells a place far from what the text is about that only names a body: 是中国铁路沈阳局集团管辖的车站, 邀请北京某大学专家.
func (r *reading) farBody(w string, code schemas.RegionCode) bool {
	topic := r.page.topic
	if levelOf(topic) == 0 || levelOf(code) == 0 || within(code, cut(topic, 2)) {
		return false
	}
	_, after, ok := strings.Cut(r.c.SentenceText, w)
	if !ok {
		return false
	}
	rs := []rune(after)
	for i := range min(len(rs), 8) {
		if !unicode.Is(unicode.Han, rs[i]) || rs[i] == '的' {
			return false
		}
		if i > 0 && hasAny(string(rs[i-1:i+1]), "大学", "学院", "集团", "公司", "银行", "医院", "协会", "商会", "局集") {
			return true
		}
	}
	return false
}

// farWord tells the short name of a county outside the province that the text is about, with a word going on behind it: it is
// hardly that county.
func (r *reading) farWord(w string, code schemas.RegionCode) bool {
	topic := r.page.topic
	if levelOf(code) != 6 || levelOf(topic) == 0 || within(code, cut(topic, 2)) || utf8.RuneCountInString(w) != 2 {
		return false
	}
	before, after, ok := strings.Cut(r.c.SentenceText, w)
	if last, _ := utf8.DecodeLastRuneInString(before); ok && strings.ContainsRune("赴到在驻对向往为给援", last) || hasAny(r.page.part.Text, w+"市", w+"县", w+"区", w+"旗") {
		return false
	}
	if !ok { // carried from before
		_, after, _ = strings.Cut(r.page.part.Text, w)
	}
	next, _ := utf8.DecodeRuneInString(after)
	return unicode.Is(unicode.Han, next) && !strings.ContainsRune("等和与的及两县市区籍人有在是、", next)
}

// antecedent is the nearest named place of a level that an own word may stand for; a county-level city is a 市 too.
func (r *reading) antecedent(list []schemas.Evidence, level int, word string) (schemas.RegionCode, bool) {
	for _, p := range list {
		if _, own := ownLevel(p.Text); own {
			continue
		}
		code, ok := r.named(p.Text)
		if home := r.page.topic; !ok || levelOf(home) > 0 && !strings.HasPrefix(word, "该") && !within(code, home) {
			continue // 全市 of a city's paper is no other city
		}
		if levelOf(code) == level || level == 4 && levelOf(code) == 6 && strings.HasSuffix(word, "市") && strings.HasSuffix(p.Text, "市") && !strings.HasPrefix(word, "我") {
			return code, true
		}
	}
	return "", false
}

// isMunicipality tells a place in 北京, 天津, 上海 or 重庆: cities without one above them.
func isMunicipality(code schemas.RegionCode) bool {
	for _, p := range []string{"11", "12", "31", "50"} {
		if strings.HasPrefix(string(code), p) {
			return true
		}
	}
	return false
}

// cut widens a code to a level.
func cut(code schemas.RegionCode, level int) schemas.RegionCode {
	return schemas.RegionCode(string(code)[:level] + "000000"[level:])
}

// ownLevel is the level of a word like 全市, 我省, 该县, 省总; false for a name.
func ownLevel(w string) (int, bool) {
	rs := []rune(w)
	if w == "中央" || w == "国家" || w == "国务院" {
		return 0, true
	}
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
	if code == "" { // a name that is one only by the words behind it in the text: 解放区总工会
		return p.n.regions.Find(w, region.Context{At: at, Publisher: p.home})
	}
	return code, true
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

// plainName is a publisher's name in simplified characters; 陜 is a common slip for 陝.
func plainName(name string) string {
	return hanzi.Simplify(strings.ReplaceAll(name, "陜", "陕"))
}

// leadingHan is the beginning of a name up to its first mark: a source line may run on into counters.
func leadingHan(name string) string {
	if i := strings.IndexAny(name, "：:（( 0123456789,，·"); i > 0 {
		return strings.TrimSuffix(name[:i], "阅读")
	}
	return name
}
