package quantity

// classify names the class of a number from the words beside it.
func (s *scanner) classify(n *Number, v *val) Class {
	if c := s.byUnit(n, v); c != 0 {
		return c
	}
	if c := s.byPlace(n, v); c != 0 {
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
		return Age
	case "time":
		if n.Unit.Word == "年" && v.n.lo.cmp(whole(1000)) > 0 && v.n.lo.cmp(whole(2500)) < 0 {
			return Date
		}
		return Duration
	case "date":
		return s.dateOrAddress(n)
	case "score":
		return Score
	case "noun", "count":
		if s.oneAsArticle(n, v) {
			return ArticleWord
		}
	}
	return 0
}

func (s *scanner) dateOrAddress(n *Number) Class {
	if n.Unit.Word != "号" {
		return Date
	}
	if i := n.Start - 1; i >= s.last && i >= 0 && containsRune("路街道巷弄村镇里园区幢栋院", s.t[i]) {
		return Address
	}
	if n.UnitEnd < len(s.t) && containsRune("楼院室门", s.t[n.UnitEnd]) {
		return Address
	}
	return DocumentNumber
}

// oneAsArticle: 一个, 一名, 一批 with nothing around them.
func (s *scanner) oneAsArticle(n *Number, v *val) bool {
	return v.n.han && !v.n.arabic && v.n.glyphs == 1 && s.t[v.n.start] == '一' && v.n.end == v.n.start+1 && v.q == 0 && n.Start == n.CoreStart
}

// byPlace classifies by what stands directly beside the number.
func (s *scanner) byPlace(n *Number, v *val) Class {
	t, i := s.t, n.Start
	if i > s.last && t[i-1] == '前' && (i < 2 || !containsRune("目之以日年提当此先面眼月天会", t[i-2])) {
		return Ordinal
	}
	e := n.End
	if e >= len(t) {
		return s.headless(n, v)
	}
	if n.Unit.Word == "" {
		switch t[e] {
		case '届':
			return Name
		case '强', '佳':
			return Name
		case '号':
			return s.dateOrAddress(n)
		case '点', '时':
			return ClockTime
		case '楼', '层', '室', '栋', '弄':
			return Address
		}
	}
	return s.headless(n, v)
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
	if i > 0 && !containsRune("\n。;；:：", t[i-1]) && !isSpace(t[i-1]) {
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
