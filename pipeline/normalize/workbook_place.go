package normalize

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/region"
)

// gridPlace is the region and the unit within it that a row speaks of.
type gridPlace struct {
	code   schemas.RegionCode
	as     schemas.Evidence
	scope  schemas.Scope
	entity string
	rule   string
}

// gridSheet is what the rows of one sheet have in common.
type gridSheet struct {
	parent schemas.RegionCode // the smallest region that holds all places of the rows, "" if there are fewer than two
}

// place resolves the place words of a figure, nearest first, to the codes of a day.
func (g *gridPage) place(f *schemas.Figure, at schemas.Date) gridPlace {
	if n := &g.near; len(f.Grid.Places) > 0 && n.places == &f.Grid.Places[0] && n.count == len(f.Grid.Places) && n.part == f.Part && n.day == at {
		return n.place
	}
	p := g.placeOf(f, at)
	if len(f.Grid.Places) > 0 {
		g.near.places, g.near.count, g.near.part, g.near.day, g.near.place = &f.Grid.Places[0], len(f.Grid.Places), f.Part, at, p
	}
	return p
}

// placeOf is place for words that the figure before did not have.
func (g *gridPage) placeOf(f *schemas.Figure, at schemas.Date) gridPlace {
	k := append(g.key[:0], at.String()...)
	for _, e := range f.Grid.Places {
		k = append(append(k, 0), e.Text...)
		if !inRow(f.Grid, e) {
			k = append(k, 1)
		}
	}
	k = append(k, byte(f.Part), byte(f.Part>>8))
	g.key = k
	p, ok := g.places[string(k)]
	if !ok {
		if len(g.places) > keptMeanings {
			clear(g.places)
		}
		p = g.findPlace(f, at)
		g.places[string(k)] = p
	}
	for _, e := range f.Grid.Places { // the same words elsewhere: this figure's own ones are its evidence
		if e.Text == p.as.Text {
			p.as = e
			break
		}
	}
	return p
}

func (g *gridPage) findPlace(f *schemas.Figure, at schemas.Date) gridPlace {
	row, around := splitPlaces(f.Grid)
	home, said := g.home(around, at)
	rule := "around"
	if home == "" {
		home, rule = g.sheet(f.Part, at).parent, "rows"
	}
	p := g.inRow(row, home, at)
	if p.code != "" {
		return p
	}
	if e, ok := g.stranger(f.Part, row, around, at); ok {
		g.once("region\x00"+e.Text, &schemas.Figure{Part: f.Part, Locator: e.Locator}, schemas.IssueUnknownRegion, strconv.Quote(e.Text)+" is no place that the table of divisions knows, or one of several")
		if inRow(f.Grid, e) && p.entity == "" {
			p.scope, p.entity = schemas.ScopeEntity, bareLabel(e.Text)
		}
	}
	if home != "" {
		p.code, p.as, p.rule = home, said, rule
	}
	return p
}

// divisionEnds end the names of divisions; offices, the names of who reports.
var (
	divisionEnds = []string{"县", "市", "区", "旗"}
	offices      = []string{"统计局", "总工会", "人民政府", "扶贫办", "财政局", "民政局", "农业局"}
)

// stranger is a name that stands where a place's does and is none that the table knows: a row's label beside rows of known
// places, or the unit of the 填报单位 line.
func (g *gridPage) stranger(part int, row, around []schemas.Evidence, at schemas.Date) (schemas.Evidence, bool) {
	for _, e := range row {
		if s := bareLabel(e.Text); g.sheet(part, at).parent != "" && endsWithAny(s, divisionEnds) && utf8.RuneCountInString(s) <= 8 {
			return e, true
		}
	}
	for _, e := range around {
		s := strings.Join(strings.Fields(e.Text), "")
		for _, office := range offices {
			if name, ok := strings.CutSuffix(s, office); ok && endsWithAny(name, divisionEnds) {
				if _, known := g.regionOf(s, g.doc.Region, at); !known {
					return e, true
				}
			}
		}
	}
	return schemas.Evidence{}, false
}

func endsWithAny(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(end string) bool { return len(s) > len(end) && strings.HasSuffix(s, end) })
}

// inRow resolves the labels of a figure's row and column, nearest first.
func (g *gridPage) inRow(row []schemas.Evidence, home schemas.RegionCode, at schemas.Date) gridPlace {
	p := gridPlace{scope: schemas.ScopeRegion, rule: "none"}
	var named schemas.Evidence
	outer := home
	for i := len(row) - 1; i > 0; i-- { // 铜陵市 / 郊区: the outer label settles the inner one
		if code, ok := g.regionOf(row[i].Text, outer, at); ok {
			outer = code
		}
	}
	for i, e := range row {
		with := outer
		if i == len(row)-1 {
			with = home
		}
		if code, ok := g.regionOf(wholePlace(e.Text), with, at); ok && !isBelowCounty(e.Text) && !isDoing(e.Text) {
			p.code, p.as, p.rule = code, e, "row"
			break
		} else if p.entity == "" && isEntity(e.Text) {
			p.scope, p.entity, named = schemas.ScopeEntity, bareLabel(e.Text), e
		}
	}
	if p.code == "" && p.entity != "" {
		if code, ok := g.leading(p.entity, home, at); ok {
			p.code, p.as, p.rule = code, named, "name"
		}
	}
	return p
}

// leading returns the division that the name of an enterprise begins with: 汝南县某某面粉厂.
func (g *gridPage) leading(name string, home schemas.RegionCode, at schemas.Date) (schemas.RegionCode, bool) {
	const longest = 12
	n := 0
	for i, r := range name {
		if n++; n > longest {
			break
		}
		if n < 3 || !strings.ContainsRune("县市区旗", r) {
			continue
		}
		if c, known := g.regionOf(name[:i+utf8.RuneLen(r)], home, at); known {
			return c, true
		}
	}
	return "", false
}

// isDoing reports whether a label names what is done, though a place's name may begin like it: 新建工会 is none of 新建区.
func isDoing(s string) bool {
	return !endsWithAny(bareLabel(s), divisionEnds) && slices.ContainsFunc(doings, func(w string) bool { return w != "合计" && strings.HasPrefix(s, w) })
}

// wholePlace returns 全国 of 全国增速（%）, and any other label as it is: 全国劳模 names no place.
func wholePlace(s string) string {
	for _, place := range []string{"全国", "全省", "全市", "全县", "全区", "全州"} {
		rest, ok := strings.CutPrefix(s, place)
		if ok && slices.ContainsFunc([]string{"增", "平均", "均值", "水平", "总量", "合计", "同比", "完成", "累计"}, func(w string) bool { return strings.HasPrefix(rest, w) }) {
			return place
		}
	}
	return s
}

// splitPlaces parts the place words of the figure's own row and column headings from those around the table.
func splitPlaces(g *schemas.Grid) (row, around []schemas.Evidence) {
	for i, e := range g.Places {
		if !inRow(g, e) {
			return g.Places[:i], g.Places[i:]
		}
	}
	return g.Places, nil
}

// lookPlaces is how many figures of a sheet are asked for their rows' places.
const lookPlaces = 5000

// sheet finds what the places of a sheet's rows have in common.
func (g *gridPage) sheet(part int, at schemas.Date) gridSheet {
	if s, ok := g.sheets[part]; ok {
		return s
	}
	var codes []schemas.RegionCode
	seen := map[string]bool{}
	for i, n := 0, 0; i < len(g.figures) && n < lookPlaces; i++ {
		f := &g.figures[i]
		if f.Part != part || f.Grid == nil {
			continue
		}
		n++
		row, _ := splitPlaces(f.Grid)
		for _, e := range row {
			if seen[e.Text] {
				break
			}
			seen[e.Text] = true
			if code, ok := g.regionOf(e.Text, "", at); ok {
				codes = append(codes, code)
				break
			}
		}
	}
	s := gridSheet{}
	if len(codes) >= 2 {
		s.parent = g.n.regions.CommonParent(codes...)
	}
	g.sheets[part] = s
	return s
}

// inRow reports whether a place word stands in the figure's own row or column headings: labels and division codes.
func inRow(g *schemas.Grid, e schemas.Evidence) bool {
	return slices.Contains(g.RowPath, e.Text) || slices.Contains(g.ColumnPath, e.Text) || e.Text != "" && strings.Trim(e.Text, "0123456789") == ""
}

// home is the region of the lines around the table, or of who submitted it: it settles names that several places share.
func (g *gridPage) home(around []schemas.Evidence, at schemas.Date) (schemas.RegionCode, schemas.Evidence) {
	if n := &g.near; n.homed && n.homeDay == at && slices.Equal(n.around, around) { // rows have the same lines around them
		return n.home, n.homeSaid
	}
	code, said := g.findHome(around, at)
	g.near.homed, g.near.around, g.near.homeDay, g.near.home, g.near.homeSaid = true, around, at, code, said
	return code, said
}

func (g *gridPage) findHome(around []schemas.Evidence, at schemas.Date) (schemas.RegionCode, schemas.Evidence) {
	for _, e := range around {
		if code, ok := g.regionOf(e.Text, g.doc.Region, at); ok {
			return code, e
		}
		if code, ok := g.regionIn(e.Text, at); ok {
			return code, e
		}
		if code, ok := g.regionOf(bareLabel(e.Text), g.doc.Region, at); ok { // 神农架林区（集体单位，2016年）
			return code, e
		}
	}
	if g.doc.Region != "" {
		return g.doc.Region, schemas.Evidence{}
	}
	code, _ := g.n.regions.OfPublisher(g.doc.Source)
	return code, schemas.Evidence{}
}

// regionIn returns the first region that a title or a name speaks of.
func (g *gridPage) regionIn(s string, at schemas.Date) (schemas.RegionCode, bool) {
	s = strings.Join(strings.Fields(s), "")
	text := hanzi.Fold([]rune(s)).Runes
	for _, m := range g.n.regions.Scan(text) {
		if code, ok := g.n.regions.Resolve(m, region.Context{At: at, Publisher: g.doc.Region}); ok {
			return code, true
		}
	}
	lead := s
	if i := strings.IndexAny(s, "0123456789"); i > 0 { // 神农架2016年住户调查资料
		lead = s[:i]
	}
	for _, office := range offices {
		lead, _, _ = strings.Cut(lead, office)
	}
	if lead == s {
		return "", false
	}
	return g.n.regions.Find(lead, region.Context{At: at, Publisher: g.doc.Region})
}

// regionOf resolves one label: a name of the table, a division code, or 全省 and the like.
func (g *gridPage) regionOf(s string, home schemas.RegionCode, at schemas.Date) (schemas.RegionCode, bool) {
	s = strings.TrimLeft(hanzi.Simplified(strings.Join(strings.Fields(s), "")), "#＃")
	if len(s) >= 6 && strings.Trim(s, "0123456789") == "" {
		code := schemas.RegionCode(s[:6])
		_, ok := g.n.regions.Region(code, at)
		return code, ok
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return r < utf8.RuneSelf && unicode.IsLetter(r) }); i > 0 {
		s = s[:i] // 北京 Beijing
	}
	if s == "" || len(s) > 120 {
		return "", false
	}
	c := region.Context{At: at, Publisher: home}
	if home != "" {
		c.Within = []schemas.RegionCode{home}
	}
	if code, ok := g.n.regions.Find(s, c); ok {
		return code, true
	}
	for _, end := range []string{"自治州", "自治县", "州"} { // 恩施自治州: the peoples left out
		if short, ok := strings.CutSuffix(s, end); ok && short != "" {
			return g.n.regions.Find(short, c)
		}
	}
	return "", false
}

// entityEnds are the ends of names of those who are no division of the table.
var entityEnds = []string{"公司", "厂", "合作社", "企业", "集团", "村", "镇", "乡", "街道", "社区", "中心", "医院", "学校", "店", "场", "农场", "林场"}

// doings begin labels that say what is done to those whose names they end like: 扶持创业企业, 覆盖贫困村.
var doings = []string{"扶持", "带动", "结对", "覆盖", "新建", "建设", "开展", "举办", "成立", "惠及", "参与", "培育", "新增", "选派", "组建", "帮扶", "受益", "其中", "合计"}

// kindsOf begin labels that name a kind of units, none of them: 私营企业, 公立医院.
var kindsOf = []string{"国有", "集体", "私营", "民营", "外资", "外商", "港澳台", "股份", "联营", "合资", "公立", "公办", "民办", "其他", "其它", "规模以上", "规上", "限上", "限额以上", "中小", "小微", "大型", "中型", "小型",
	"微型", "各类", "一般", "普通", "重点", "龙头", "非公", "公有"}

// isEntity reports whether a row label names a unit within a region: a village, a township, an enterprise.
func isEntity(s string) bool {
	s = hanzi.Simplified(bareLabel(s))
	if slices.ContainsFunc(doings, func(w string) bool { return strings.HasPrefix(s, w) }) || strings.Contains(s, "结对帮扶") {
		return false
	}
	numbered := false
	if i := strings.IndexAny(s, "0123456789"); i > 0 { // 企业3 of a list without names
		s, numbered = s[:i], true
	}
	return numbered && s == "企业" || endsWithAny(s, entityEnds) && !slices.ContainsFunc(kindsOf, func(w string) bool { return strings.HasPrefix(s, w) })
}

// isBelowCounty reports whether a name is a township's or a village's.
func isBelowCounty(s string) bool {
	return endsWithAny(hanzi.Simplified(bareLabel(s)), []string{"村", "镇", "乡", "街道", "社区", "公司", "合作社", "厂"})
}
