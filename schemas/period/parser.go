package period

// parser reads one text. It keeps no state besides: every method takes the offset to read at and returns the one behind.
type parser struct {
	text  []rune
	terse bool // forms and names: bare years, 2018.07, 201807
}

const maxDigits = 8

func (p parser) scan() []Expr {
	var out []Expr
	for i := 0; i < len(p.text); {
		if vocabulary.begins(p.text[i]) == (lead{}) || p.otherWord(i) {
			i++
			continue
		}
		if e, ok := p.expr(i); ok && e.End > i {
			e.Base = p.comparesAt(e)
			out = append(out, e)
			i = e.End
			continue
		}
		i = p.pass(i)
	}
	return out
}

// otherWord tells characters that only look like the beginning of a time: 项目前期, 100家以上年产值, 一月能挣3000元.
func (p parser) otherWord(i int) bool {
	switch p.text[i] {
	case '目':
		return p.at(i-1) == '项'
	case '上':
		return p.at(i-1) == '以'
	case '一':
		if k, ok := p.has(i, "一月"); ok {
			_, each := p.has(k, "收入", "工资", "能", "可", "挣", "赚", "下来", "才", "就")
			return each
		}
	}
	return false
}

// pass steps over what begins no expression: a whole number, so that none starts inside it.
func (p parser) pass(i int) int {
	if !isDigit(p.at(i)) {
		return i + 1
	}
	for isDigit(p.at(i)) || (p.at(i) == '.' || p.at(i) == ',') && isDigit(p.at(i+1)) {
		i++
	}
	return i
}

func (p parser) at(i int) rune {
	if i < 0 || i >= len(p.text) {
		return 0
	}
	return p.text[i]
}

// has tells whether one of the Chinese words stands at i, and where it ends; the first that fits is taken.
func (p parser) has(i int, words ...string) (int, bool) {
	if i < 0 || i >= len(p.text) || p.text[i] >= '0' && p.text[i] < 0x80 {
		return i, false // no word begins with a letter or a figure
	}
	for _, w := range words {
		k := i
		for _, r := range w {
			if p.at(k) != r {
				k = -1
				break
			}
			k++
		}
		if k >= 0 {
			return k, true
		}
	}
	return i, false
}

// gap steps over one space between the parts of a date.
func (p parser) gap(i int) int {
	if p.at(i) == ' ' {
		return i + 1
	}
	return i
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// numeral is a number as written.
type numeral struct {
	n       int
	width   int  // digits or characters
	chinese bool // 二〇一八, 十二
	placed  bool // with 十 百 千 as place words
}

func digitOf(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	}
	return -1
}

// number reads a whole number at i, up to maxDigits long.
func (p parser) number(i int) (numeral, int, bool) {
	if isDigit(p.at(i)) {
		n, k := 0, i
		for ; isDigit(p.at(k)); k++ {
			if k-i >= maxDigits {
				return numeral{}, i, false
			}
			n = n*10 + int(p.at(k)-'0')
		}
		if prev := p.at(i - 1); isDigit(prev) || (prev == '.' || prev == ',') && isDigit(p.at(i-2)) {
			return numeral{}, i, false
		}
		return numeral{n: n, width: k - i}, k, true
	}
	return p.chineseNumber(i)
}

func (p parser) chineseNumber(i int) (numeral, int, bool) {
	total, digit, k, placed := 0, -1, i, false
	for ; k-i <= maxDigits; k++ {
		r := p.at(k)
		if d := digitOf(r); d >= 0 {
			if digit >= 0 && !placed {
				digit = digit*10 + d
			} else {
				digit = d
			}
			continue
		}
		scale := scaleOf(r)
		if scale == 0 {
			break
		}
		switch {
		case digit < 0:
			digit = 1
		case digit > 9:
			digit /= 10 // 二三十: from twenty
		}
		total, digit, placed = total+digit*scale, -1, true
	}
	if k == i || k-i > maxDigits {
		return numeral{}, i, false
	}
	if digit > 0 {
		total += digit
	}
	return numeral{n: total, width: k - i, chinese: true, placed: placed}, k, true
}

func scaleOf(r rune) int {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

// trimField takes the label and the brackets off a field of a form: 填报时期:2018年6月, (2018年上半年).
func trimField(t []rune) []rune {
	for k, r := range t {
		if r == ':' || r == '：' {
			if !isDigit(t[max(k-1, 0)]) {
				t = t[k+1:]
			}
			break
		}
	}
	blank := func(r rune) bool {
		switch r {
		case ' ', '\u3000', '\u00a0', '\t', '\n', '(', ')', '（', '）', '[', ']', '【', '】', '。', ',', '，':
			return true
		}
		return false
	}
	for len(t) > 0 && blank(t[0]) {
		t = t[1:]
	}
	for len(t) > 0 && blank(t[len(t)-1]) {
		t = t[:len(t)-1]
	}
	return t
}
