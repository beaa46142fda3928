package workbook

import (
	"slices"
	"unicode/utf8"
)

// block is one table of a sheet as rows: its headings and its data, until a new heading begins.
type block struct {
	titles      []int // rows of one text above the heading, outermost first
	head        []int // rows of headings, code rows and unit rows, top first
	first, last int   // rows that hold data, both inclusive
	keyed       bool  // a form of labels and values without column headings
	continues   bool  // the same heading as the block before, repeated by a page break
	cols        []bool
}

// segment cuts the rows into tables.
func segment(v *view, rows []row) []block {
	var blocks []block
	var cur *block
	var pre []int
	for r := range rows {
		if cur != nil && len(pre) == 0 && rows[r].kind == rowText && unclear(v, r, rows[r].anchors, cur.cols) {
			rows[r].kind = rowData
		}
		switch k := rows[r].kind; {
		case k == rowEmpty:
		case k != rowData:
			pre = append(pre, r)
		case cur == nil:
			blocks = append(blocks, openBlock(v, rows, pre, r, nil))
			cur, pre = &blocks[len(blocks)-1], nil
		default:
			if at := newHeading(v, rows, cur, pre, r); at >= 0 {
				blocks = append(blocks, openBlock(v, rows, pre, r, cur))
				cur = &blocks[len(blocks)-1]
			}
			pre = nil
		}
		if rows[r].kind == rowData {
			cur.last = r
			markNumeric(v, r, cur.cols)
		}
	}
	return blocks
}

// unclear reports whether the texts of a row that stand in columns of numbers begin with digits and are no times: 7(28).
func unclear(v *view, r int, anchors []int, cols []bool) bool {
	n := 0
	for _, c := range anchors {
		if c >= len(cols) || !cols[c] {
			continue
		}
		s := v.squashed(r, c)
		if len(s) > 24 || s[0] < '0' || s[0] > '9' || saysTime(s) {
			return false
		}
		n++
	}
	return n > 0
}

// markNumeric notes the columns in which the row holds numbers.
func markNumeric(v *view, r int, cols []bool) {
	for c, k := range v.class[r] {
		if k == number || k == written || k == failed {
			cols[c] = true
		}
	}
}

// lookAhead is how many data rows tell which columns of a table hold numbers.
const lookAhead = 40

// numericFrom returns the columns that hold numbers in the data rows that follow r without another heading between.
func numericFrom(v *view, rows []row, r int) []bool {
	cols := make([]bool, v.cols)
	for n := 0; r < len(rows) && n < lookAhead; r++ {
		switch rows[r].kind {
		case rowData:
			markNumeric(v, r, cols)
			n++
		case rowText, rowCode, rowHead:
			if n > 0 {
				n = lookAhead
			}
		}
	}
	return cols
}

// over returns how many different texts stand over the columns of numbers in a row, those merged from above included,
// and how many such columns they cover.
func over(v *view, r int, cols []bool) (texts, covered int) {
	last := [2]int{-1, -1}
	for c, numeric := range cols {
		if !numeric {
			continue
		}
		hr, hc := v.home(r, c)
		if v.at(hr, hc) != text || len(readNotes(v.words(hr, hc))) > 0 {
			continue
		}
		covered++
		if at := [2]int{hr, hc}; at != last {
			texts++
			last = at
		}
	}
	return texts, covered
}

// own returns how many of the texts that begin in a row stand over columns of numbers.
func own(v *view, r int, anchors []int, cols []bool) int {
	n := 0
	for _, c := range anchors {
		first, last := v.span(r, c)
		for ; first <= last && first < len(cols); first++ {
			if cols[first] {
				n++
				break
			}
		}
	}
	return n
}

// newHeading returns the first row of pre that begins a new table before data row r, -1 if the table goes on.
func newHeading(v *view, rows []row, cur *block, pre []int, r int) int {
	if len(pre) == 0 {
		return -1
	}
	cols := numericFrom(v, rows, r)
	for _, h := range pre {
		if isHeading(v, rows, cur, h, cols) {
			return h
		}
	}
	return -1
}

// headingRunes is how long the words of a heading are at most, on average.
const headingRunes = 24

func isHeading(v *view, rows []row, cur *block, h int, next []bool) bool {
	switch rows[h].kind {
	case rowHead:
		return true
	case rowText:
	default:
		return false
	}
	if isSection(v, h, rows[h].anchors) {
		return false
	}
	runes := 0
	for _, c := range rows[h].anchors {
		runes += utf8.RuneCountInString(v.words(h, c))
	}
	if runes > headingRunes*len(rows[h].anchors) {
		return false
	}
	if repeats(v, cur, h, rows[h].anchors) {
		return true
	}
	before, after := own(v, h, rows[h].anchors, cur.cols), own(v, h, rows[h].anchors, next)
	both := make([]bool, len(next))
	for c := range both {
		both[c] = next[c] || cur.cols[c]
	}
	all := own(v, h, rows[h].anchors, both)
	switch {
	case after == 0:
		return false
	case all >= 2 && (after >= 2 || before >= 1 && len(rows[h].anchors) >= 3):
		return true
	case len(rows[h].anchors) >= 3 || len(rows[h].anchors) >= 2 && len(rows[h].anchors) >= before+1:
		return headWord(v, h, rows[h].anchors, next)
	}
	return false
}

// headWords end headings of columns of numbers.
var headWords = []string{"数量", "金额", "指标值", "人数", "户数", "数值", "合计", "小计", "面积", "产量", "比重", "单价", "总额", "目标值", "完成值", "任务数", "完成数", "数额", "余额"}

// headWord reports whether a text over a column of numbers can only be a heading.
func headWord(v *view, r int, anchors []int, cols []bool) bool {
	for _, c := range anchors {
		if c >= len(cols) || !cols[c] {
			continue
		}
		s := v.words(r, c)
		if unitAtEnd(s) != "" || slices.Contains(headWords, squash(s)) {
			return true
		}
	}
	return false
}

// isSection reports whether a row begins with a bare numeral and names a part of the table: 一 | 村组织情况.
func isSection(v *view, r int, anchors []int) bool {
	return len(anchors) == 2 && hanIndex(squash(v.words(r, anchors[0]))) > 0
}

// repeats reports whether a row says the same as a heading row of the block, as printed pages do.
func repeats(v *view, b *block, r int, anchors []int) bool {
	for _, h := range b.head {
		same, all := 0, 0
		for _, c := range anchors {
			all++
			if squash(v.wordsOf(h, c)) == squash(v.words(r, c)) {
				same++
			}
		}
		if all >= 2 && same*5 >= all*4 {
			return true
		}
	}
	return false
}

// openBlock begins the table whose first data row is r; pre are the rows between it and the table before.
func openBlock(v *view, rows []row, pre []int, r int, prev *block) block {
	b := block{first: r, last: r, cols: make([]bool, v.cols)}
	cols := numericFrom(v, rows, r)
	bottom := -1
	i := len(pre) - 1
loop:
	for ; i >= 0; i-- {
		h := pre[i]
		switch rows[h].kind {
		case rowCode, rowUnit, rowHead:
			b.head = append(b.head, h)
			if rows[h].kind == rowHead {
				bottom = h
			}
		case rowText:
			texts, covered := over(v, h, cols)
			if isSection(v, h, rows[h].anchors) {
				texts = 0
			}
			switch {
			case texts == 0 && bottom < 0 && len(b.head) == 0:
				b.first = h // a row of the data without numbers: 流动资产： … 流动负债：
				continue
			case texts == 0 && bottom >= 0 && !continuesDown(v, h, bottom, rows[h].anchors):
				break loop
			case bottom < 0 && !headsEnough(texts, covered, cols):
				break loop
			}
			b.head = append(b.head, h)
			bottom = h
		case rowTitle:
			switch {
			case groups(v, h, rows[h].anchors[0], bottom, cols, rows, r) || deepens(v, h, rows[h].anchors[0], cols):
				b.head = append(b.head, h)
				bottom = h
			case bottom < 0 && len(b.head) == 0 && headingAbove(v, rows, pre[:i], cols):
				b.first = h // a row of the data without numbers: 一、食品烟酒
			default:
				break loop
			}
		case rowNote:
			if bottom >= 0 {
				break loop
			}
		}
	}
	slices.Reverse(b.head)
	b.titles = titlesOf(v, rows, pre[:i+1], cols, bottom >= 0)
	b.keyed = bottom < 0 || isKeyed(v, rows, r, bottom)
	if b.keyed && bottom >= 0 {
		b.head = nil
	}
	b.continues = prev != nil && !b.keyed && sameHeading(v, prev, &b)
	return b
}

// titlesOf returns the rows of titles among the rows above a table's headings, outermost first.
func titlesOf(v *view, rows []row, above []int, cols []bool, headed bool) []int {
	var titles []int
	for _, h := range slices.Backward(above) {
		if isTitle(v, h, &rows[h], cols) {
			titles = append(titles, h)
		} else if rows[h].kind != rowNote && headed {
			break
		}
	}
	slices.Reverse(titles)
	return titles
}

// isTitle reports whether a row above the headings names the table, or the tables side by side: one text alone, or texts that
// stand over no numbers.
func isTitle(v *view, r int, x *row, cols []bool) bool {
	switch {
	case len(x.notes) > 0:
		return false
	case x.kind == rowText:
		texts, _ := over(v, r, cols)
		return texts == 0
	case x.kind != rowTitle:
		return false
	}
	c := x.anchors[0]
	m, ok := v.merge(r, c)
	if ok && m.Col1 == m.Col0 {
		return false // merged downwards only: a row label
	}
	for i := range v.cols {
		if o, merged := v.merge(r, i); merged && (!ok || o != m) && o.Row0 == r {
			return false // the label of an empty field
		}
	}
	return true
}

// headsEnough reports whether a row of texts covers enough of the columns of numbers to be their heading.
func headsEnough(texts, covered int, cols []bool) bool {
	n := 0
	for _, x := range cols {
		if x {
			n++
		}
	}
	return n <= 1 || covered*2 >= n && (texts >= 2 || texts == covered)
}

// continuesDown reports whether a row above a heading row belongs to it though it covers no number itself.
func continuesDown(v *view, h, bottom int, anchors []int) bool {
	for _, c := range anchors {
		if m, ok := v.merge(h, c); ok && m.Row1 >= bottom {
			return true
		}
	}
	return false
}

// deepens reports whether a row of one text is the lowest level of headings that are merged down to it from above.
func deepens(v *view, h, c int, cols []bool) bool {
	if c >= len(cols) || !cols[c] {
		return false
	}
	texts, covered := over(v, h, cols)
	return texts >= 2 && headsEnough(texts, covered, cols)
}

// groups reports whether a row of one text is a heading of a group of columns, not a title.
func groups(v *view, h, c, bottom int, cols []bool, rows []row, data int) bool {
	first, last := v.span(h, c)
	stub := slices.Index(cols, true)
	switch {
	case stub <= 0 || first < stub || first >= len(cols):
		return false // it reaches over the row labels: a title
	case bottom < 0:
		return first == last && cols[first] && h == data-1
	case first == last:
		return false
	}
	if l, _ := v.span(bottom, first); l < first {
		return false
	}
	_, r := v.span(bottom, last)
	return r <= last
}

// headingAbove reports whether the rows end, but for rows of one text, in a row of headings.
func headingAbove(v *view, rows []row, pre []int, cols []bool) bool {
	for i := len(pre) - 1; i >= 0; i-- {
		h := pre[i]
		switch rows[h].kind {
		case rowText:
			if texts, covered := over(v, h, cols); texts > 0 {
				return headsEnough(texts, covered, cols)
			}
		case rowCode, rowHead, rowUnit:
			return true
		case rowNote:
			return false
		}
	}
	return false
}

// isKeyed reports whether the data row and the row above it are pairs of label and value, one form in two rows.
func isKeyed(v *view, rows []row, r, above int) bool {
	if above != r-1 || rows[above].kind != rowText || len(rows[above].anchors) < 4 && len(rows[above].anchors) != 2 {
		return false
	}
	if next := r + 1; next < len(rows) && rows[next].kind == rowData {
		return false
	}
	var at []int
	for c, k := range v.class[r] {
		if _, home := v.home(r, c); k != empty && home == c {
			at = append(at, c)
		}
	}
	if !slices.Equal(at, rows[above].anchors) || len(at)%2 != 0 {
		return false
	}
	for i, c := range at {
		if i%2 == 0 && v.at(r, c) != text {
			return false
		}
		if i >= 2 && squash(v.words(above, c)) == squash(v.words(above, at[i-2])) {
			return false
		}
	}
	return len(at) >= 4 || merged(v, r, at[1])
}

func merged(v *view, r, c int) bool {
	m, ok := v.merge(r, c)
	return ok && m.Col1 > m.Col0
}

// sameHeading reports whether two blocks have the same headings, one slip of the pen in ten allowed.
func sameHeading(v *view, a, b *block) bool {
	if len(a.head) != len(b.head) || len(a.head) == 0 {
		return false
	}
	same, all := 0, 0
	for i := range a.head {
		for c := 0; c < v.cols; c++ {
			x, y := squash(v.words(a.head[i], c)), squash(v.words(b.head[i], c))
			if x == "" && y == "" {
				continue
			}
			all++
			if x == y {
				same++
			}
		}
	}
	return same*10 >= all*9
}
