package quantity

// kind is what a rune may be in a number; most runes of a text are of kind 0 and cost one look-up.
type kind uint8

const (
	kDigit    kind = iota + 1 // 0-9 and full-width
	kHan                      // 零 一 … 九 两 幺, financial forms
	kTens                     // 廿 卅 卌
	kSmall                    // 十 百 千
	kBig                      // 万 亿 兆
	kFew                      // 几 数
	kHalf                     // 半 对(折)
	kOrdinal                  // 第
	kLetter                   // A-Z a-z
	kPoint                    // . of ".5"
	kCurrency                 // $ ￥
)

// glyph is one rune of the grammar: its kind and its worth (digit value, or power of ten of a scale).
type glyph struct {
	kind kind
	n    int8
}

const tableSize = 0x10000

var glyphs = buildGlyphs()

func buildGlyphs() *[tableSize]glyph {
	var t [tableSize]glyph
	put := func(k kind, n int8, runes string) {
		for _, r := range runes {
			t[r] = glyph{k, n}
		}
	}
	for i := range int8(10) {
		t['0'+rune(i)], t['０'+rune(i)] = glyph{kDigit, i}, glyph{kDigit, i}
	}
	for i, s := range []string{"零〇○", "一壹幺弌", "二贰貳弍两兩", "三叁參叄弎参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"} {
		put(kHan, int8(i), s)
	}
	put(kTens, 2, "廿")
	put(kTens, 3, "卅")
	put(kTens, 4, "卌")
	put(kSmall, 1, "十拾")
	put(kSmall, 2, "百佰")
	put(kSmall, 3, "千仟")
	put(kBig, 4, "万萬")
	put(kBig, 8, "亿億")
	put(kBig, 12, "兆")
	put(kFew, 0, "几幾数數")
	put(kHalf, 0, "半")
	put(kOrdinal, 0, "第")
	put(kPoint, 0, ".")
	put(kCurrency, 0, "$￥¥€£")
	for r := 'a'; r <= 'z'; r++ {
		t[r], t[r-'a'+'A'] = glyph{kLetter, 0}, glyph{kLetter, 0}
	}
	return &t
}

func glyphOf(r rune) glyph {
	if r < 0 || r >= tableSize {
		return glyph{}
	}
	return glyphs[r]
}

// numeral reports whether r is a numeral character: part of a numeric token.
func (g glyph) numeral() bool { return g.kind >= kDigit && g.kind <= kBig }

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', 0xA0, 0x2009, 0x202F, 0x3000, 0x2002, 0x2003:
		return true
	}
	return false
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// CountTokens counts the numeric tokens of a text: maximal runs of digits and numerals. A lone financial
// numeral (队伍, 大陆, 收拾) is no token unless a digit or scale stands beside it.
func CountTokens(text []rune) int { return CountTokensIn(text, 0, len(text)) }

// CountTokensIn counts the tokens of a text that begin in text[start:end]; counts of adjoining spans add up.
func CountTokensIn(text []rune, start, end int) int {
	n := 0
	for i := max(start, 0); i < min(end, len(text)); i++ {
		if tokenStart(text, i) {
			n++
		}
	}
	return n
}

func tokenStart(t []rune, i int) bool {
	if !glyphOf(t[i]).numeral() || i > 0 && sameToken(t[i-1], t[i]) {
		return false
	}
	return !lonely(t[i]) || i+1 < len(t) && sameToken(t[i], t[i+1])
}

// sameToken tells whether two neighbours belong to one token: 队伍140余人 begins at the 1.
func sameToken(a, b rune) bool {
	return glyphOf(a).numeral() && glyphOf(b).numeral() && !(lonely(a) && glyphOf(b).kind == kDigit)
}

// lonely runes are numerals only beside others: 队伍, 大陆, 放肆, 收拾, 零售, 预兆.
func lonely(r rune) bool {
	switch r {
	case '伍', '陆', '陸', '肆', '拾', '零', '兆', '參', '参', '○', '幺':
		return true
	}
	return false
}
