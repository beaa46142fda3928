package quantity

// look is a number that only looks like one: the span start:end, its core and class.
func look(start, end, core int, c Class) Number {
	return Number{Start: start, End: end, CoreStart: core, CoreEnd: end, UnitStart: end, UnitEnd: end, Class: c}
}

// pattern finds what begins with digits and is no number: dates, clock times, telephone and document numbers, 6+1, 5G.
func (s *scanner) pattern(i int) (Number, int, bool) {
	t := s.t
	e := runEnd(t, i)
	if e >= len(t) {
		return s.longDigits(i, e)
	}
	switch t[e] {
	case '-', '/', '.':
		if end, c := s.chain(i, e); c != 0 {
			if c == Phone {
				end = s.morePhones(end)
			}
			return look(i, end, i, c), end, true
		}
		if s.heading(i, e) {
			return look(i, e, i, Sequence), e + 1, true
		}
		if n, ok := s.ratio(i); ok {
			return n, n.End, true
		}
	case ':', '：':
		if end, c := clock(t, i, e); c != 0 {
			return look(i, end, i, c), end, true
		}
		if n, ok := s.ratio(i); ok {
			return n, n.End, true
		}
	case '·':
		if k := runEnd(t, e+1); k > e+1 {
			return look(i, k, i, Name), k, true // 3·15
		}
	case '+', '×':
		if e+1 < len(t) && (glyphOf(t[e+1]).numeral() || glyphOf(t[e+1]).kind == kLetter) {
			end := plusEnd(t, e)
			return look(i, end, i, Name), end, true
		}
	case '〕', ']', ')', '】', '）':
		if end := documentNumber(t, i, e); end > 0 {
			return look(max(i-1, 0), end, i, DocumentNumber), end, true
		}
	}
	if glyphOf(t[e]).kind == kLetter {
		return s.glued(i, e)
	}
	return s.longDigits(i, e)
}

// longDigits takes runs of 11 and more digits without a unit: telephone numbers, ids.
func (s *scanner) longDigits(i, e int) (Number, int, bool) {
	n := e - i
	if n == 11 && s.t[i] == '1' && !measured(s.t, e) && (e >= len(s.t) || s.t[e] != '.') {
		return look(i, e, i, Phone), e, true
	}
	if n == 5 && s.t[i] == '1' && s.t[i+1] == '2' && !measured(s.t, e) && (e >= len(s.t) || s.t[e] != '.' && s.t[e] != ',') {
		return look(i, e, i, Phone), e, !s.alone // 12351, 12345: public hotlines
	}
	if n >= 3 && n <= 12 && !measured(s.t, e) && s.labelled(i, phoneLabels) {
		return look(i, e, i, Phone), e, true
	}
	if n >= 3 && !measured(s.t, e) && s.labelled(i, idLabels) {
		return look(i, e, i, Identifier), e, true
	}
	if n >= 15 && !s.alone && !measured(s.t, e) {
		return look(i, e, i, Identifier), e, true
	}
	return Number{}, 0, false
}

// labels stand before digits that name something: 邮编450000.
var phoneLabels, idLabels = wordList("电话", "热线", "传真", "手机", "微信", "来电"), wordList("邮编", "邮政编码", "编号", "证号", "代码", "账号", "帐号", "卡号", "学号", "工号", "牌号", "统一社会信用代码", "QQ", "文号", "号码", "批号", "刊号", "标识码", "公网安备", "ICP备", "许可证")

func wordList(words ...string) [][]rune {
	var out [][]rune
	for _, w := range words {
		out = append(out, []rune(w))
	}
	return out
}

// labelled reports whether one of the words stands at most 3 runes before i, behind the last number.
func (s *scanner) labelled(i int, words [][]rune) bool {
	for _, w := range words {
		for gap := range 4 {
			k := i - gap - len(w)
			if k >= s.last && hasRunes(s.t, k, w) {
				return true
			}
		}
	}
	return false
}

// morePhones passes over what goes on a telephone number: an extension, a second number.
func (s *scanner) morePhones(i int) int {
	for i+1 < len(s.t) && (containsRune("-、/转 ", s.t[i])) {
		e := runEnd(s.t, i+1)
		if n := e - i - 1; n < 3 || n > 8 || measured(s.t, e) {
			break
		}
		i = e
	}
	return i
}

// heading reports whether the digits i:e number a heading that begins with a year: 1.2018年6月.
func (s *scanner) heading(i, e int) bool {
	k := runEnd(s.t, e+1)
	return s.t[e] == '.' && e-i <= 2 && k == e+5 && year(s.t, e+1) && k < len(s.t) && s.t[k] == '年' && (i == 0 || s.t[i-1] == '\n' || isSpace(s.t[i-1]))
}

// chain reads 2018-08-31, 2018/8/31, 0396-1234567, 400-123-4567, 1.2.3.
func (s *scanner) chain(i, e int) (int, Class) {
	t, sep := s.t, s.t[e]
	lens := [4]int{e - i}
	n, end := 1, e
	for end < len(t) && t[end] == sep && n < 4 {
		k := runEnd(t, end+1)
		if k == end+1 {
			break
		}
		lens[n] = k - end - 1
		n, end = n+1, k
	}
	switch {
	case sep == '/' && n == 2 && end < len(t) && glyphOf(t[end]).kind == kLetter:
		for end < len(t) && glyphOf(t[end]).kind == kLetter {
			end++
		}
		return end, Identifier
	case n == 3 && lens[0] == 4 && lens[1] <= 2 && lens[2] <= 2:
		return end, Date
	case n == 3 && sep == '.':
		return end, Sequence
	case n == 4 && sep == '.':
		return end, Identifier
	case sep == '-' && n > 1 && !measured(t, end) && s.labelled(i, phoneLabels):
		return end, Phone
	case sep == '-' && (n == 2 && t[i] == '0' && lens[0] >= 3 && lens[0] <= 4 && lens[1] >= 7 && lens[1] <= 8 || n == 3 && lens[0] == 3 && lens[1] >= 3 && lens[2] >= 3):
		return end, Phone
	case sep != '.' && n == 2 && lens[0] == 4 && lens[1] == 4 && year(t, i) && year(t, e+1) && !measured(t, end):
		return end, Date
	}
	return 0, 0
}

func year(t []rune, i int) bool {
	return t[i] == '1' && t[i+1] == '9' || t[i] == '2' && t[i+1] == '0'
}

// clock reads 8:30, 14:30:05.
func clock(t []rune, i, e int) (int, Class) {
	k := runEnd(t, e+1)
	if e-i > 2 || k-e-1 != 2 || glyphOf(t[e+1]).n > 5 || e-i == 2 && (glyphOf(t[i]).n > 2 || glyphOf(t[i]).n == 2 && glyphOf(t[i+1]).n > 4) {
		return 0, 0
	}
	if k+2 < len(t) && t[k] == t[e] && runEnd(t, k+1) == k+3 {
		k += 3
	}
	return k, ClockTime
}

// ratio reads 5:1 and 2.6:1; 87:9:4 has no single value.
func (s *scanner) ratio(i int) (Number, bool) {
	a, ok1 := arabic(s.t, i)
	e := a.end
	if e+1 >= len(s.t) || s.t[e] != ':' && s.t[e] != '：' || glyphOf(s.t[e+1]).kind != kDigit {
		return Number{}, false
	}
	b, ok2 := arabic(s.t, e+1)
	if !ok1 || !ok2 || b.v.zero() || a.tooLong || b.tooLong {
		return Number{}, false
	}
	n := look(i, b.end, i, Ratio)
	for n.End+1 < len(s.t) && (s.t[n.End] == ':' || s.t[n.End] == '：') && glyphOf(s.t[n.End+1]).kind == kDigit {
		n = look(i, runEnd(s.t, n.End+1), i, Ratio)
	}
	if n.End > b.end {
		return n, true
	}
	v := val{lo: amount{d: divide(amount{}, a.v, b.v).d.Round(4)}, decimals: a.decimals}
	n.Quantity = v.quantity(0, false)
	return n, true
}

func plusEnd(t []rune, i int) int {
	for i < len(t) && (t[i] == '+' || t[i] == '×' || glyphOf(t[i]).kind == kDigit || glyphOf(t[i]).kind == kLetter || glyphOf(t[i]).kind == kHan) {
		i++
	}
	for i < len(t) && glyphOf(t[i]).numeral() {
		i++
	}
	return i
}

// documentNumber reads 〔2018〕6号 from its year on.
func documentNumber(t []rune, i, e int) int {
	if e-i != 4 || i == 0 || !containsRune("〔[(【（", t[i-1]) {
		return 0
	}
	j := e + 1
	if j < len(t) && t[j] == '第' {
		j++
	}
	for j < len(t) && isSpace(t[j]) && j < e+3 {
		j++
	}
	k := runEnd(t, j)
	if k < len(t) && k > j && isSpace(t[k]) {
		k++
	}
	if k == j || k >= len(t) || t[k] != '号' {
		return 0
	}
	return k + 1
}

// glued takes digits that letters follow: 5G, 4K, 5A级, unless the letters are a unit or a scale.
func (s *scanner) glued(i, e int) (Number, int, bool) {
	t := s.t
	if _, n := matchUnit(t, e); n > 1 || n == 1 && t[e] != 'G' && t[e] != 'A' {
		return Number{}, 0, false
	}
	k := e
	for k < len(t) && (glyphOf(t[k]).kind == kLetter || glyphOf(t[k]).kind == kDigit) {
		k++
	}
	if k == e+1 && (t[e] == 'k' || t[e] == 'K' || t[e] == 'M') || t[e] == 'e' && e+1 < len(t) && glyphOf(t[e+1]).kind == kDigit {
		return Number{}, 0, false
	}
	if u, n := matchUnit(t, e+1); n > 0 && (t[e] == 'k' || t[e] == 'K' || t[e] == 'M') && u.Kind == "money" {
		return Number{}, 0, false
	}
	return look(i, k, i, Identifier), k, true
}

// latin passes over a Latin word; digits glued to it are an identifier: COVID-19, G30, a web address.
func (s *scanner) latin(i int) int {
	t := s.t
	j, digit := i, -1
	for j < len(t) {
		k := glyphOf(t[j]).kind
		if k == kDigit && digit < 0 {
			digit = j
		}
		if k != kLetter && k != kDigit && !(containsRune("-_./:?=&%#@+~", t[j]) && j+1 < len(t) && joinsLatin(t[j+1])) {
			break
		}
		j++
	}
	if digit < 0 {
		return j
	}
	if u, n := matchUnit(t, i); n == digit-i && u.Kind == "money" {
		return digit
	}
	if j < len(t) && t[j] == '%' { // SA51%股权: the name ends before the number
		k := j
		for k > i && (glyphOf(t[k-1]).kind == kDigit || t[k-1] == '.') {
			k--
		}
		for k < j && t[k] == '.' {
			k++
		}
		if k == digit {
			return digit
		}
		if k < j {
			return s.emit(look(i, k, digit, Identifier), k)
		}
	}
	return s.emit(look(i, j, digit, Identifier), j)
}

func joinsLatin(r rune) bool {
	k := glyphOf(r).kind
	return k == kLetter || k == kDigit || r == '/'
}

// ordinal reads 第 and its number: 第九次, 第1-3名.
func (s *scanner) ordinal(i int) int {
	j := s.space(i + 1)
	if j >= len(s.t) || !glyphOf(s.t[j]).numeral() {
		return i + 1
	}
	v, ok := s.value(j)
	if !ok {
		return i + 1
	}
	n := Number{Start: i, End: v.end, CoreStart: j, CoreEnd: v.coreEnd, UnitStart: v.us, UnitEnd: v.ue, Class: Ordinal, Quantity: v.quantity(v.q, false)}
	if v.unit != nil {
		n.Unit = *v.unit
		n.Quantity.Unit = n.Unit.Word
	}
	if n.Unit.Word == "号" && v.end < len(s.t) && containsRune("令文", s.t[v.end]) {
		n.Class = DocumentNumber
	}
	if i >= 2 && hasRunes(s.t, i-2, []rune("倒数")) && i-2 >= s.last {
		n.Start = i - 2
	}
	return s.emit(n, n.End)
}

// half reads 半 where it is a number: 半个, 半数 is a word.
func (s *scanner) half(i int) int {
	p := s.space(i + 1)
	u, k := matchUnit(s.t, p)
	if k == 0 || i > 0 && isHan(s.t[i-1]) && containsRune("一大多过上下前后月夜对", s.t[i-1]) {
		return i + 1
	}
	v := val{start: i, coreEnd: i + 1, end: p + k, lo: amount{c: 5, e: -1}, unit: u, us: p, ue: p + k, decimals: 1}
	if u.Word == "折" {
		v.lo = whole(5)
	}
	v.hi = v.lo
	v.n.start, v.n.end, v.n.glyphs = i, i+1, 1
	return s.number(v)
}
