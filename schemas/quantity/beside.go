package quantity

// byPlace classifies by what stands directly beside the number.
func (s *scanner) byPlace(n *Number, v *val) Class {
	t, i := s.t, n.Start
	if v.n.bare && v.n.glyphs == 1 && i > s.last && t[i-1] == '每' {
		return Name // 每千人口
	}
	if i > s.last && t[i-1] == '前' && (i < 2 || !containsRune("目之以日年提当此先面眼月天会", t[i-2])) {
		return Ordinal
	}
	if n.Start < s.nameEnd || s.quoted(n, v) {
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
			if containsRune("。！？，；…!?", s.t[i-1]) {
				return false
			}
			s.nameEnd = i
			return true
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
