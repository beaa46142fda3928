package quantity

// numeral is a number without unit and outer qualifiers: 3万5千, 1.2亿多, 数十, 二三十, 一百二.
type numeral struct {
	start, end int
	lo, hi     amount // equal unless bounds only
	bounds     bool   // only bounds are said: 数十, 二三十
	pair       bool   // 二三十: a range, not an indefinite number
	more       bool   // 多 余 inside
	about      bool   // 来 inside
	bare       bool   // begins with a scale word: 百余, 千亩
	decimals   int
	mult       int // power of ten of the trailing scale words
	mantissa   amount
	arabic     bool // holds Arabic digits
	han        bool // holds Chinese numerals
	glyphs     int  // numeral characters read
	digits     int  // Arabic digits before the point, where the number is nothing else
	grouped    bool
	tooLong    bool
	str        bool // a string of Chinese digits: 二〇一八
}

// term is one finished part of a sum: what stood before a big scale word.
type term struct {
	scale int8
	lo    amount
	hi    amount
}

// reader reads one numeral. Digits wait in cur until a scale word or the end claims them.
type reader struct {
	t []rune
	i int
	n numeral

	terms     [6]term
	nterms    int
	secLo     amount // below the next big scale
	secHi     amount
	secSet    bool
	lastSmall int8 // last small scale in the section; 0: none
	curLo     amount
	curHi     amount
	curSet    bool
	curArabic bool
	curFew    bool // 几: fills up to the next power
	zero      bool // 零 before cur: no colloquial tail
	tail      int8 // scale a colloquial tail would hang on; 0: none
	scaleEnd  int  // end of the last scale word
}

// readNumeral reads the numeral that begins at i, or says there is none.
func readNumeral(t []rune, i int) (numeral, bool) {
	r := reader{t: t, i: i}
	r.n.start = i
	for r.step() {
	}
	return r.finish()
}

// step reads one more piece and reports whether there was one.
func (r *reader) step() bool {
	i := r.skip(r.i)
	if i >= len(r.t) {
		return false
	}
	g := glyphOf(r.t[i])
	if i > r.i && !r.joins(g, i) {
		return false
	}
	switch g.kind {
	case kDigit, kPoint:
		return r.arabic(i)
	case kHan:
		return r.han(i)
	case kTens:
		return r.tens(i, g)
	case kSmall:
		return r.small(i, g)
	case kBig:
		return r.big(i, g)
	case kFew:
		return r.few(i)
	}
	return r.mark(i)
}

// skip passes over spaces inside a numeral: 二十 亿.
func (r *reader) skip(i int) int {
	if r.n.glyphs == 0 {
		return i
	}
	for k := 0; k < 2 && i < len(r.t) && isSpace(r.t[i]); k++ {
		i++
	}
	return i
}

// joins reports whether what stands behind a space still belongs to the numeral.
func (r *reader) joins(g glyph, i int) bool {
	switch g.kind {
	case kBig:
		return r.curSet || r.secSet
	case kDigit:
		return !r.curSet && r.scaleEnd > 0 && r.n.arabic
	case kSmall:
		return r.curSet && !r.curArabic
	}
	return g.kind == kHan && !r.n.arabic && r.scaleEnd > 0 && i+1 < len(r.t) && glyphOf(r.t[i+1]).kind == kSmall
}

func (r *reader) arabic(i int) bool {
	if r.curSet || r.t[i] == '.' && r.n.glyphs > 0 {
		return false
	}
	l, ok := arabic(r.t, i)
	if !ok {
		return false
	}
	r.n.arabic = true
	r.n.tooLong, r.n.grouped, r.n.decimals = l.tooLong, l.grouped, l.decimals
	if r.n.glyphs == 0 {
		r.n.digits = l.digits
	}
	r.setCur(l.v, l.v, l.end, l.end-i)
	r.curArabic = true
	return true
}

// setCur lets a number wait for its scale word; it returns true.
func (r *reader) setCur(lo, hi amount, end, glyphs int) bool {
	r.curLo, r.curHi, r.curSet, r.curArabic, r.curFew = lo, hi, true, false, false
	r.i, r.n.end = end, end
	r.n.glyphs += glyphs
	return true
}

// han reads a run of Chinese digits: one digit, 零五, an approximate pair 二三, or a string 二〇一八.
func (r *reader) han(i int) bool {
	if r.curSet {
		return false
	}
	j := r.hanRun(i)
	if j == i {
		return false
	}
	k, started := i, r.n.glyphs > 0
	if started {
		for k < j && glyphOf(r.t[k]).n == 0 {
			k++
		}
		r.zero = r.zero || k > i
	}
	r.n.han = true
	switch j - k {
	case 0: // 一百零几万, 1千零20
		r.i, r.n.end = j, j
		r.n.glyphs += j - i
		return true
	case 1:
		return r.hanDigit(k, j, j-i)
	case 2:
		a, b := glyphOf(r.t[k]).n, glyphOf(r.t[k+1]).n
		if a == 3 && b == 2 && r.t[k+1] == '两' { // 三两天
			a, b = b, a
		}
		if approxPair(a, b) && (started || pairEnds(r.t, j)) {
			r.n.bounds, r.n.pair = true, true
			return r.setCur(whole(int64(a)), whole(int64(b)), j, j-i)
		}
	}
	if started {
		return r.hanDigit(k, k+1, k+1-i)
	}
	return r.digitString(i, j)
}

func (r *reader) hanDigit(k, end, glyphs int) bool {
	d := whole(int64(glyphOf(r.t[k]).n))
	return r.setCur(d, d, end, glyphs)
}

// hanRun returns the end of the run of Chinese digits at i, without a last 两 that is a unit: 二两, 两万两.
func (r *reader) hanRun(i int) int {
	j := i
	for j < len(r.t) && glyphOf(r.t[j]).kind == kHan {
		j++
	}
	if r.t[j-1] != '两' || j-i == 1 && r.scaleEnd != i || j == 1 {
		return j
	}
	if j < len(r.t) {
		if k := glyphOf(r.t[j]).kind; k == kSmall || k == kBig {
			return j
		}
		if _, n := matchUnit(r.t, j); n > 0 && j-i == 2 && (r.t[i] == '一' || r.t[i] == '三') {
			return j
		}
	}
	return j - 1
}

// approxPair reports whether two digits side by side say "a or b": 二三十, 三五百.
func approxPair(a, b int8) bool { return a > 0 && (b == a+1 || a == 3 && b == 5) }

// pairEnds reports whether a pair may end at i: a scale word or a unit follows.
func pairEnds(t []rune, i int) bool {
	if i >= len(t) {
		return false
	}
	if k := glyphOf(t[i]).kind; k == kSmall || k == kBig {
		return true
	}
	_, n := matchUnit(t, i)
	return n > 0
}

// digitString reads 二〇一八 or 一七二〇.
func (r *reader) digitString(i, j int) bool {
	r.n.str = true
	if j-i > maxDigits {
		r.n.tooLong = true
		return r.setCur(amount{}, amount{}, j, j-i)
	}
	b := make([]byte, 0, maxDigits)
	for _, c := range r.t[i:j] {
		b = append(b, '0'+byte(glyphOf(c).n))
	}
	v := digitsAmount(b)
	return r.setCur(v, v, j, j-i)
}

// few reads 几 and 数: 几百, 十几, 数千万.
func (r *reader) few(i int) bool {
	if r.curSet {
		return false
	}
	next := glyph{}
	if j := r.skip(i + 1); j < len(r.t) {
		next = glyphOf(r.t[j])
	}
	first := r.n.glyphs == 0
	if first && next.kind != kSmall && next.kind != kBig {
		return false
	}
	if !first && (r.t[i] == '数' || r.scaleEnd == 0) {
		return false
	}
	low := int64(1)
	if first || next.kind == kSmall {
		low = 2
	}
	r.n.bounds = true
	r.setCur(whole(low), whole(9), i+1, 1)
	r.curFew = true
	return true
}

// mark reads what stands inside a numeral besides its digits: 多 余 来, 点.
func (r *reader) mark(i int) bool {
	switch r.t[i] {
	case '多', '余':
		if r.n.glyphs == 0 || r.curSet && !r.curArabic && r.scaleEnd == 0 && !nextBig(r.t, i+1) {
			return false
		}
		if nextBig(r.t, r.skip(i+1)) {
			r.n.more = true
			r.i = r.skip(i + 1)
			return true
		}
	case '来':
		if r.scaleEnd == i && nextBig(r.t, i+1) {
			r.n.about = true
			r.i = i + 1
			return true
		}
	case '点':
		return r.hanPoint(i)
	}
	return false
}

func nextBig(t []rune, i int) bool { return i < len(t) && glyphOf(t[i]).kind == kBig }

// hanPoint reads 点 and the digits behind it: 三点一四, 1点45. 八点三十 is a clock time.
func (r *reader) hanPoint(i int) bool {
	if r.n.decimals > 0 || !r.curSet && !r.secSet && r.nterms == 0 {
		return false
	}
	j := r.skip(i + 1)
	b := make([]byte, 0, maxDigits)
	for ; j < len(r.t) && len(b) < maxDigits; j++ {
		g := glyphOf(r.t[j])
		if g.kind != kDigit && g.kind != kHan || r.t[j] == '两' {
			break
		}
		b = append(b, '0'+byte(g.n))
	}
	if len(b) == 0 || j < len(r.t) && glyphOf(r.t[j]).kind == kSmall && (glyphOf(r.t[j]).n == 1) {
		return false
	}
	r.claimTail()
	frac := digitsAmount(b).shift(int32(-len(b)))
	r.n.decimals = len(b)
	r.setCur(r.curLo.add(frac), r.curHi.add(frac), j, len(b))
	r.curArabic = true
	r.tail = 0
	return true
}

// claimTail gives a digit that hangs on a scale word its worth: 三百一 is 310, 13万2 is 132000.
func (r *reader) claimTail() {
	if !r.curSet || r.tail == 0 || r.zero || r.tail == 1 || r.n.more {
		return
	}
	if r.curArabic && (r.n.decimals > 0 || r.curLo.cmp(whole(9)) > 0) {
		return
	}
	if r.curFew {
		return
	}
	r.curLo, r.curHi = r.curLo.shift(int32(r.tail-1)), r.curHi.shift(int32(r.tail-1))
}

func (r *reader) finish() (numeral, bool) {
	n := &r.n
	if n.glyphs == 0 || n.end == n.start {
		return *n, false
	}
	if !n.arabic && n.end-n.start > 0 && r.onlyZero() && n.glyphs > 1 {
		n.str = true
	}
	r.claimTail()
	n.lo, n.hi = r.secLo.add(r.curLo), r.secHi.add(r.curHi)
	for k := range r.nterms {
		n.lo, n.hi = n.lo.add(r.terms[k].lo), n.hi.add(r.terms[k].hi)
	}
	if !r.curSet && (n.arabic || !r.secSet) {
		n.mult = int(r.trailing())
		n.mantissa = n.lo.shift(int32(-n.mult))
	} else {
		n.mantissa = n.lo
	}
	return *n, true
}

func (r *reader) onlyZero() bool { return r.nterms == 0 && !r.secSet && r.curLo.zero() }

// trailing returns the power of ten of the scale words that end the numeral.
func (r *reader) trailing() int32 {
	var p int32
	for j := r.n.end - 1; j >= r.n.start; j-- {
		g := glyphOf(r.t[j])
		switch {
		case g.kind == kBig, g.kind == kSmall && r.n.arabic:
			p += int32(g.n)
		case r.t[j] == '多', r.t[j] == '余', r.t[j] == '来', isSpace(r.t[j]):
		default:
			return p
		}
	}
	return p
}
