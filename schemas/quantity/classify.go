package quantity

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

// oneAsArticle: 一个, 一名, 一批 with nothing around them.
func (s *scanner) oneAsArticle(n *Number, v *val) bool {
	return v.n.han && !v.n.arabic && v.n.glyphs == 1 && s.t[v.n.start] == '一' && v.n.end == v.n.start+1 && v.q == 0 && n.Start == n.CoreStart
}

// byPlace classifies by what stands directly beside the number.
func (s *scanner) byPlace(n *Number, v *val) Class {
	t, i := s.t, n.Start
	if v.n.bare && v.n.glyphs == 1 && i > s.last && t[i-1] == '每' {
		return Name // 每千人口
	}
	if i > s.last && t[i-1] == '前' && (i < 2 || !containsRune("目之以日年提当此先面眼月天会", t[i-2])) {
		return Ordinal
	}
	if s.quoted(n, v) {
		return Name
	}
	if s.nextOrdinal(n, v) {
		return Ordinal
	}
	if n.Unit.Word != "" {
		return 0
	}
	if c := s.behind(n, v); c != 0 {
		return c
	}
	if c := s.headless(n, v); c != 0 {
		return c
	}
	return s.lone(n, v)
}

// nextOrdinal reports whether the number goes on with a list of ordinals: 第一、二、三产业.
func (s *scanner) nextOrdinal(n *Number, v *val) bool {
	i := n.Start - 1
	if i < 1 || s.last != i || s.t[i] != '、' || v.n.glyphs != 1 {
		return false
	}
	p := s.out[len(s.out)-1]
	return p.Class == Ordinal && p.CoreEnd == i && (glyphOf(s.t[i-1]).kind == kDigit) == v.n.arabic
}

// behind classifies a number without a unit by the rune behind it: 二十届, 百强, 8点, 12层.
func (s *scanner) behind(n *Number, v *val) Class {
	if n.End >= len(s.t) {
		return 0
	}
	switch s.t[n.End] {
	case '届', '强', '佳', '大':
		if v.n.glyphs < 3 && v.class == 0 {
			return Name
		}
	case '点', '时':
		if v.n.arabic || v.n.glyphs > 1 || s.t[n.End] == '点' {
			return ClockTime
		}
	case '楼', '层', '室', '栋', '弄':
		return Address
	case '单':
		if hasRunes(s.t, n.End, []rune("单元")) {
			return Address
		}
	}
	return 0
}

// quoted reports whether a number begins a name in quotation marks: “三送”, “四个一”, “1234”. Speech ends with its own mark.
func (s *scanner) quoted(n *Number, v *val) bool {
	if n.Start == 0 || !containsRune("“「‘\"『", s.t[n.Start-1]) || v.n.arabic && n.Unit.Word != "" || v.n.glyphs > 4 || n.Unit.Word != "" && !n.Unit.Noun && n.Unit.Kind != "count" {
		return false
	}
	for i := n.End; i < len(s.t) && i < n.End+9; i++ {
		switch s.t[i] {
		case '”', '」', '’', '"', '』':
			return !containsRune("。！？，；…!?", s.t[i-1])
		case '。', '，', '\n', '“':
			return false
		}
	}
	return false
}

// lone classifies numbers with nothing beside them: a year, a model's number, 三不误.
func (s *scanner) lone(n *Number, v *val) Class {
	if s.alone || n.Start != n.CoreStart || v.q != 0 || v.bounds || v.class != 0 {
		return 0
	}
	if v.n.digits == 4 && v.decimals == 0 && !v.n.han && !v.n.grouped && year(s.t, n.Start) {
		return Date
	}
	if v.n.arabic {
		i := n.Start
		if i > s.last && s.t[i-1] == ' ' {
			i--
		}
		if i > s.last && glyphOf(s.t[i-1]).kind == kLetter && v.n.digits < 5 && !v.n.han {
			return Identifier // Windows 10
		}
		return 0
	}
	if v.n.glyphs == 1 && !v.n.bare && !s.inList(n) {
		return Word
	}
	return 0
}

// inList reports whether a list's comma stands beside the number: 分别为三、五、七户.
func (s *scanner) inList(n *Number) bool {
	return n.End+1 < len(s.t) && s.t[n.End] == '、' && glyphOf(s.t[n.End+1]).numeral() || n.Start > 1 && s.t[n.Start-1] == '、' && s.last == n.Start-1 ||
		n.End+1 < len(s.t) && containsRune("和与", s.t[n.End]) && glyphOf(s.t[n.End+1]).numeral()
}

// headless classifies what stands at the beginning of a line: 一、 (二) 1. are numbers of headings.
func (s *scanner) headless(n *Number, v *val) Class {
	t := s.t
	if n.Unit.Word != "" || n.Start != n.CoreStart || v.n.lo.d.IsSet() || v.bounds || v.class != 0 {
		return 0
	}
	if v.n.arabic && v.n.digits > 11 {
		return Identifier
	}
	i := n.Start
	open := i > 0 && (t[i-1] == '(' || t[i-1] == '（')
	if open {
		i--
	}
	if i > 0 && !containsRune("\n。;；:：", t[i-1]) && !isSpace(t[i-1]) && !(open && v.n.han && !v.n.arabic) {
		return 0
	}
	if n.End >= len(t) || v.n.glyphs > 2 {
		return 0
	}
	switch t[n.End] {
	case ')', '）':
		return Sequence
	case '、', '.', '．':
		if !open && (n.End+1 >= len(t) || glyphOf(t[n.End+1]).kind != kDigit) {
			return Sequence
		}
	}
	return 0
}
