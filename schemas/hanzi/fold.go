package hanzi

import "strings"

// Fold returns the shadow of a text, for matching:
//   - full-width digits, letters and marks become narrow (，、。 stay), other code points of one character become the usual one;
//   - zero-width runes, soft hyphens and byte order marks are dropped, spaces of any width become ' ';
//   - spaces and single line breaks inside a number are dropped (7 127.85, 1, 234, 4.1 亿元);
//   - separators of thousands become ',' (22，314);
//   - if the text is traditional, it is simplified.
//
// The cost is linear in the text.
func Fold(original []rune) Shadow {
	t := tables()
	s := Shadow{Runes: make([]rune, 0, len(original)), At: make([]int32, 0, len(original)+1)}
	chinese, sure := 0, 0
	for i, r := range original {
		if uint32(r) <= 0xffff {
			c := t.class[r]
			chinese += int(c & isHan)
			sure += int(c & isTraditional >> 1)
			if c&(isWide|isDropped|isSpace) != 0 || r == '，' {
				if c&isDropped != 0 {
					continue
				}
				if c&isWide != 0 {
					r = rune(t.to[r])
				} else if c&isSpace != 0 {
					if insideNumber(original, i) {
						continue
					}
					r = rune(t.to[r])
				} else if separatesThousands(original, i) {
					r = ','
				}
			}
		}
		s.Runes = append(s.Runes, r)
		s.At = append(s.At, int32(i))
	}
	s.At = append(s.At, int32(len(original)))
	if sure > 0 && sure*10 >= chinese {
		simplify(s.Runes)
	}
	return s
}

// group returns the run of digits that ends before i (step -1) or starts at i (step 1), at most 8 long,
// and the rune beyond it, 0 at the text's end. Runes without width are skipped.
func group(text []rune, i, step int) (digits []rune, beyond rune) {
	for n := 0; i >= 0 && i < len(text) && n < 16; i, n = i+step, n+1 {
		r := narrow(text[i])
		switch {
		case r == 0:
		case r >= '0' && r <= '9' && len(digits) < 8:
			digits = append(digits, r)
		default:
			return digits, r
		}
	}
	return digits, 0
}

// narrow returns the narrow form of a rune, 0 for one that is dropped.
func narrow(r rune) rune {
	if r < 0x80 || uint32(r) > 0xffff {
		return r
	}
	t := tables()
	switch c := t.class[r]; {
	case c&isDropped != 0:
		return 0
	case c&(isWide|isSpace) != 0:
		return rune(t.to[r])
	}
	return r
}

// separatesThousands reports whether the Chinese comma at i stands in 22，314: one to three digits before, groups of three after.
func separatesThousands(text []rune, i int) bool {
	after, beyond := group(text, i+1, 1)
	if len(after) != 3 || beyond == '，' && !separatesThousandsNext(text, i+1) {
		return false
	}
	before, beyond := group(text, i-1, -1)
	if len(before) == 0 || len(before) > 3 || before[len(before)-1] == '0' {
		return false
	}
	return !strings.ContainsRune("第.,-/·", beyond) || beyond == 0 || beyond == ','
}

// separatesThousandsNext reports whether the next Chinese comma has three digits after it too.
func separatesThousandsNext(text []rune, i int) bool {
	for ; i < len(text) && text[i] != '，'; i++ {
	}
	after, _ := group(text, i+1, 1)
	return len(after) == 3
}

// insideNumber reports whether the space or line break at i belongs to a run of them inside one number.
func insideNumber(text []rune, i int) bool {
	const longest = 4
	first, last, breaks := i, i, 0
	for first > 0 && i-first < longest && blank(text[first-1]) {
		first--
	}
	for last+1 < len(text) && last-i < longest && blank(text[last+1]) {
		last++
	}
	if last-first >= longest {
		return false
	}
	for _, r := range text[first : last+1] {
		if r == '\n' {
			breaks++
		}
	}
	before, left := group(text, first-1, -1)
	after, right := group(text, last+1, 1)
	switch {
	case breaks > 1:
		return false
	case breaks == 1:
		return last == first && len(before) > 0 && len(after) > 0 && han(left) && (han(right) || right == '%')
	case len(before) > 0 && len(after) == 0: // 4.1 亿元, 12 .5, 35 %
		return strings.ContainsRune("万亿%‰", right) && !year(before) || right == '.' && digitAt(text, last+2)
	case len(before) == 0 && len(after) > 0: // 1, 234 and 12. 5
		return left == ',' && len(after) == 3 && digitAt(text, first-2) || left == '.' && digitAt(text, first-2) && inSentence(text, first-2)
	case len(before) > 0:
		return len(after) == 3 && len(before) <= 3 && before[len(before)-1] != '0' && left != '.' && right != ' '
	}
	return false
}

func blank(r rune) bool { return uint32(r) <= 0xffff && tables().class[r]&(isSpace|isDropped) != 0 }

func han(r rune) bool { return uint32(r) <= 0xffff && tables().class[r]&isHan != 0 }

func digitAt(text []rune, i int) bool {
	if i < 0 || i >= len(text) {
		return false
	}
	r := narrow(text[i])
	return r >= '0' && r <= '9'
}

// year reports whether digits, last one first, are a year: 2018 万人马拉松 is not 20.18 million.
func year(digits []rune) bool {
	return len(digits) == 4 && (digits[3] == '2' && digits[2] == '0' || digits[3] == '1' && digits[2] == '9')
}

// inSentence reports whether a Chinese character stands before the digits that end at i: 1. 5 at the start of a line is a list.
func inSentence(text []rune, i int) bool {
	_, left := group(text, i, -1)
	return han(left)
}
