package normalize

import (
	"slices"
	"strings"

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

// place resolves the place words of a figure, nearest first.
func (g *gridPage) place(f *schemas.Figure) gridPlace {
	k := g.key[:0]
	for _, e := range f.Grid.Places {
		k = append(append(k, e.Text...), 0)
	}
	if cells := f.Grid.Places; len(cells) > 0 && cells[0].Locator != nil {
		k = append(k, cells[0].Locator.String()...)
	}
	g.key = k
	if p, ok := g.places[string(k)]; ok {
		return p
	}
	if len(g.places) > keptMeanings {
		clear(g.places)
	}
	p := g.findPlace(f)
	g.places[string(k)] = p
	return p
}

func (g *gridPage) findPlace(f *schemas.Figure) gridPlace {
	p := gridPlace{scope: schemas.ScopeRegion, rule: "none"}
	row, around := f.Grid.Places, f.Grid.Places
	for i, e := range f.Grid.Places {
		if !inRow(f.Grid, e) {
			row, around = f.Grid.Places[:i], f.Grid.Places[i:]
			break
		}
		around = nil
	}
	home, at := g.home(around)
	for _, e := range row {
		if p.code != "" {
			break
		}
		if code, ok := g.regionOf(e.Text, home); ok && !isBelowCounty(e.Text) {
			p.code, p.as, p.rule = code, e, "row"
		} else if p.entity == "" && isEntity(e.Text) {
			p.scope, p.entity = schemas.ScopeEntity, bareLabel(e.Text)
		}
	}
	if p.code == "" && home != "" {
		p.code, p.as, p.rule = home, at, "around"
	}
	return p
}

// inRow reports whether a place word stands in the figure's own row or column headings: labels and division codes.
func inRow(g *schemas.Grid, e schemas.Evidence) bool {
	return slices.Contains(g.RowPath, e.Text) || slices.Contains(g.ColumnPath, e.Text) || e.Text != "" && strings.Trim(e.Text, "0123456789") == ""
}

// home is the region of the lines around the table, or of who submitted it: it settles names that several places share.
func (g *gridPage) home(around []schemas.Evidence) (schemas.RegionCode, schemas.Evidence) {
	for _, e := range around {
		if code, ok := g.regionOf(e.Text, g.doc.Region); ok {
			return code, e
		}
		if code, ok := g.regionIn(e.Text); ok {
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
func (g *gridPage) regionIn(s string) (schemas.RegionCode, bool) {
	text := hanzi.Fold([]rune(s)).Runes
	for _, m := range g.n.regions.Scan(text) {
		if code, ok := g.n.regions.Resolve(m, region.Context{At: g.doc.Published, Publisher: g.doc.Region}); ok {
			return code, true
		}
	}
	return "", false
}

// regionOf resolves one label: a name of the table, a division code, or 全省 and the like.
func (g *gridPage) regionOf(s string, home schemas.RegionCode) (schemas.RegionCode, bool) {
	s = strings.TrimLeft(strings.Join(strings.Fields(s), ""), "#＃")
	if len(s) >= 6 && strings.Trim(s, "0123456789") == "" {
		code := schemas.RegionCode(s[:6])
		_, ok := g.n.regions.Region(code, g.doc.Published)
		return code, ok
	}
	if s == "" || len(s) > 120 {
		return "", false
	}
	if code, ok := g.n.regions.Own(s, home, g.doc.Published); ok {
		return code, true
	}
	c := region.Context{At: g.doc.Published, Publisher: home}
	if home != "" {
		c.Within = []schemas.RegionCode{home}
	}
	return g.n.regions.Find(s, c)
}

// entityEnds are the ends of names of those who are no division of the table.
var entityEnds = []string{"公司", "厂", "合作社", "企业", "集团", "村", "镇", "乡", "街道", "社区", "中心", "医院", "学校", "店", "场", "农场", "林场"}

// isEntity reports whether a row label names a unit within a region: a village, a township, an enterprise.
func isEntity(s string) bool {
	s = bareLabel(s)
	if i := strings.IndexAny(s, "0123456789"); i > 0 {
		s = s[:i]
	}
	for _, end := range entityEnds {
		if strings.HasSuffix(s, end) && len(s) > len(end) || s == "企业" {
			return true
		}
	}
	return false
}

// isBelowCounty reports whether a name is a township's or a village's.
func isBelowCounty(s string) bool {
	s = bareLabel(s)
	for _, end := range []string{"村", "镇", "乡", "街道", "社区", "公司", "合作社", "厂"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
