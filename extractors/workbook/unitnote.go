package workbook

import (
	"slices"
	"strings"

	"heshu/schemas"
)

// unitNote is a unit, or several, that a line gives for what is around it: 单位：户、人; 金额单位：万元.
type unitNote struct {
	words string // 单位, 金额单位, 面积单位
	value string
	at    schemas.Cell
}

func unitNotes(v *view, notes []note) []unitNote {
	var out []unitNote
	for _, n := range notes {
		if n.kind == noteUnit {
			out = append(out, unitNote{words: n.key, value: n.value, at: v.locator(n.r, n.c)})
		}
	}
	return out
}

// counts are the ends of headings that say how many of what there are; an amount of money is none of them.
var counts = []string{"户数", "人数", "人次", "人口", "人口数", "村数", "个数", "家数", "场次", "场数", "次数", "项目数", "单位数", "企业数", "岗位数", "车间数", "期数", "件数", "份数"}

// countOf are the ends of headings whose unit can only be the one named here.
var countOf = []struct{ end, unit string }{{"户数", "户"}, {"人次", "人次"}, {"人次数", "人次"}, {"人数", "人"}, {"人口数", "人"}, {"场次", "场"}}

// shareEnds are the ends of headings of shares, which have no unit but per cent or per mille.
var shareEnds = []string{"率", "占比", "比重", "比例", "百分比"}

// opposes reports whether a unit, written for what stands around, cannot be that of a heading: 万元 of 户数, 户 of 人数, 元 of 收缴率.
func opposes(unit, leaf string) bool {
	switch {
	case isMoney(unit):
		return endsWithAny(leaf, counts) || endsWithAny(leaf, shareEnds)
	case endsWithAny(leaf, shareEnds):
		return equalsAny(unit, []string{"人", "户", "个", "家", "村", "人次", "项", "场", "亩"})
	case !equalsAny(unit, []string{"人", "户", "家", "人次"}):
		return false
	}
	for _, c := range countOf {
		if strings.HasSuffix(leaf, c.end) {
			return unit != c.unit
		}
	}
	return false
}

// unitFor chooses among the notes of one place the unit that a heading asks for, with its last level for what it counts.
func unitFor(notes []unitNote, heading, leaf string) schemas.Evidence {
	var special, plain schemas.Evidence
	for _, n := range notes {
		kind := unitKindOf(n.words)
		u := pickUnit(n.value, heading, leaf)
		switch {
		case u == "" || opposes(u, leaf):
		case kind == nil:
			if plain.Text == "" {
				plain = schemas.Evidence{Text: u, Locator: n.at}
			}
		case containsAny(heading, kind):
			return schemas.Evidence{Text: u, Locator: n.at}
		case special.Text == "" && !saysShare(heading) && !otherKind(heading, kind):
			special = schemas.Evidence{Text: u, Locator: n.at}
		}
	}
	if plain.Text != "" {
		return plain
	}
	return special
}

// unitKindOf returns the words of the headings that a note's own words restrict it to: 金额单位 is for money.
func unitKindOf(words string) []string {
	switch {
	case strings.HasPrefix(words, "金额"), strings.HasPrefix(words, "货币"):
		return moneyWords
	case strings.HasPrefix(words, "面积"):
		return areaWords
	}
	return nil
}

// otherKind reports whether a heading speaks of another kind of unit than the one with these words.
func otherKind(heading string, words []string) bool {
	for _, k := range unitKinds {
		if !slices.Equal(k.words, words) && containsAny(heading, k.words) {
			return true
		}
	}
	return false
}

// unitNote returns the unit that what stands around the table gives for a heading's words: its notes, titles, the sheet, the
// cover, the file.
func (s *setting) unitNote(v *view, heading, leaf string) schemas.Evidence {
	if e := unitFor(s.units, heading, leaf); e.Text != "" {
		return e
	}
	for _, e := range s.titles {
		if u := unitAtEnd(e.Text); u != "" && !opposes(u, leaf) {
			return schemas.Evidence{Text: u, Locator: e.Locator}
		}
	}
	for _, n := range s.notes {
		if n.kind == noteSubject {
			if u := unitAtEnd(n.value); u != "" {
				return schemas.Evidence{Text: u, Locator: v.locator(n.r, n.c)}
			}
		}
	}
	if u := unitInName(s.sheet.Text); u != "" && !opposes(u, leaf) {
		return schemas.Evidence{Text: u}
	}
	for _, notes := range [...][]unitNote{s.lent, s.cover.units} {
		if e := unitFor(notes, heading, leaf); e.Text != "" {
			return e
		}
	}
	if u := unitInName(s.document.Text); u != "" && !opposes(u, leaf) {
		return schemas.Evidence{Text: u}
	}
	return schemas.Evidence{}
}

// lend keeps the unit notes around a table for the tables of later sheets that have the same headings, and takes those of an earlier
// one for a table without any.
func (t *table) lend(s *setting) {
	var b strings.Builder
	for c := range t.cols {
		b.WriteString(t.cols[c].key)
		b.WriteByte(0)
	}
	key := strings.Trim(b.String(), "\x00")
	if key == "" {
		return
	}
	if len(s.units) == 0 {
		s.lent = s.cover.lent[key]
		return
	}
	if s.cover.lent == nil {
		s.cover.lent = map[string][]unitNote{}
	}
	s.cover.lent[key] = s.units
}
