package quantity

import "heshu/schemas"

// classify names the class of a number from the words beside it.
func (s *scanner) classify(n *Number, v *val) Class {
	if c := s.byPlace(n, v); c != 0 {
		return c
	}
	if c := s.byUnit(n, v); c != 0 {
		return c
	}
	if v.class != 0 {
		return v.class
	}
	switch {
	case v.n.pair:
		return Range
	case v.bounds, v.n.bare && v.n.glyphs == 1 && n.Start < n.CoreStart:
		return Indefinite
	}
	return Cardinal
}

// byUnit classifies by the unit: percentages, ages, durations, 一个.
func (s *scanner) byUnit(n *Number, v *val) Class {
	if v.n.tooLong {
		return Identifier
	}
	if s.unitAlone(n, v) {
		return Word
	}
	switch n.Unit.Kind {
	case "percent":
		if v.class == Range {
			return Range
		}
		return Percent
	case "point":
		return Point
	case "times", "doubling":
		return Times
	case "age":
		if v.decimals > 0 {
			return Cardinal // an average: life expectancy
		}
		return Age
	case "time":
		if n.Unit.Word == "年" && v.n.lo.cmp(whole(1000)) > 0 && v.n.lo.cmp(whole(2500)) < 0 {
			return Date
		}
		return Duration
	case "date":
		return s.dateOrAddress(n)
	case "noun", "count":
		if s.oneAsArticle(n, v) {
			return ArticleWord
		}
		if s.serial(n, v) {
			return Ordinal
		}
		if s.planLevel(n, v) {
			return PlanLevel
		}
		if n.Unit.Word == "点" {
			return s.point(n, v)
		}
		if n.Unit.Word == "届" && v.n.han && (v.n.glyphs > 1 || s.congress(n.UnitEnd)) {
			return Name
		}
	}
	return 0
}

// point classifies 点: 上午9点, 七点半 are clock times, 三点意见 is a plan's.
func (s *scanner) point(n *Number, v *val) Class {
	if s.labelled(n.Start, dayParts) || n.UnitEnd < len(s.t) && containsRune("半整钟许前后至", s.t[n.UnitEnd]) || s.t[n.UnitEnd-1] == '半' {
		return ClockTime
	}
	if v.n.han {
		return PlanLevel
	}
	return 0
}

var dayParts = wordList("上午", "下午", "早上", "晚上", "凌晨", "中午", "傍晚", "清晨", "夜里", "晚", "早", "日", "时间")

// congress reports whether a congress follows at i: 七届二中全会, 十届人大.
func (s *scanner) congress(i int) bool {
	for _, w := range congresses {
		if hasRunes(s.t, i, w) || hasRunes(s.t, i+1, w) {
			return true
		}
	}
	return false
}

var congresses = wordList("中全会", "全国", "人大", "政协", "中央", "市委", "省委", "县委", "委员会", "常委")

// serial reports whether a lone numeral counts on: 二期工程, 二次开发. Who counts says 两期, 两次.
func (s *scanner) serial(n *Number, v *val) bool {
	if !v.n.han || v.n.glyphs != 1 || n.Start != n.CoreStart || v.q != 0 {
		return false
	}
	if s.countsOn(n, v) {
		return true
	}
	if s.t[v.start] == '二' {
		return containsRune("期次类项部组批轮号", s.t[v.ue-1])
	}
	if n.Unit.Word != "期" || s.t[v.start] == '两' {
		return false
	}
	for _, w := range works {
		if hasRunes(s.t, n.UnitEnd, w) {
			return true
		}
	}
	return false
}

// countsOn reports whether the number follows an ordinal of the same unit by one: 一类30人、二类58人、三类120人.
func (s *scanner) countsOn(n *Number, v *val) bool {
	for k := len(s.out) - 1; k >= 0 && k >= len(s.out)-4; k-- {
		if p := &s.out[k]; p.Class == Ordinal && p.Unit.Word == n.Unit.Word {
			return p.Quantity.Value.Add(schemas.NewDecimal(1, 0)).Equal(v.lo.decimal())
		}
	}
	return false
}

var works = wordList("工程", "项目", "建设", "改造", "扩建", "规划", "投资", "厂房", "技改", "招标")

// stages are what plans are cut into: 四个阶段. Their number is no figure.
var stages = wordList("阶段", "步骤", "环节", "层级", "层次", "层面", "梯次")

func (s *scanner) planLevel(n *Number, v *val) bool {
	if n.Unit.Word == "级" {
		return v.n.han && v.n.glyphs == 1 && !v.n.bare
	}
	if n.Unit.Word != "个" && n.Unit.Word != "大" {
		return false
	}
	for _, w := range stages {
		if hasRunes(s.t, n.UnitEnd, w) {
			return true
		}
	}
	return false
}

// dateOrAddress classifies 日, 月 and 号: 建设路12号, 3号楼, 21号, 长征二号, 26号文.
func (s *scanner) dateOrAddress(n *Number) Class {
	if n.Unit.Word != "号" {
		return Date
	}
	before, behind := rune(0), rune(0)
	if i := spaceBefore(s.t, n.Start, s.last) - 1; i >= s.last && i >= 0 {
		before = s.t[i]
	}
	if n.UnitEnd < len(s.t) {
		behind = s.t[n.UnitEnd]
	}
	switch {
	case n.Start > 0 && s.t[n.Start-1] == '月':
		return Date
	case containsRune("路街道巷弄村镇里园区幢栋院", before), containsRune("楼院室门", behind):
		return Address
	case containsRune("〕]】)）", before), behind == '文' || behind == '令':
		return DocumentNumber
	case glyphOf(s.t[n.CoreStart]).kind != kDigit:
		return Name
	}
	return Ordinal
}

// unitAlone reports whether a scale word only belongs to a unit: 单位:万元, or 投入 万元 where the digits were lost. 百名劳模 counts.
func (s *scanner) unitAlone(n *Number, v *val) bool {
	if !v.n.bare || v.n.glyphs != 1 || v.class != 0 {
		return false
	}
	i := v.start - 1
	if i >= 0 && isSpace(s.t[i]) && glyphOf(s.t[v.start]).kind == kBig {
		for i > 0 && isSpace(s.t[i]) {
			i--
		}
		return i > 0 && s.t[i] != '\n' // an indented line may begin with 万名
	}
	if v.q != 0 || n.Start != n.CoreStart || n.Unit.Word == "" {
		return false
	}
	return n.Unit.Kind == "money" || s.alone || i >= 0 && containsRune(":：(（/", s.t[i])
}

// oneAsArticle: 一个, 一名, 一批 with nothing around them.
func (s *scanner) oneAsArticle(n *Number, v *val) bool {
	return v.n.han && !v.n.arabic && v.n.glyphs == 1 && s.t[v.n.start] == '一' && v.n.end == v.n.start+1 && v.q == 0 && n.Start == n.CoreStart
}
