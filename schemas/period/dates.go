package period

// point reads a place in the calendar at i.
func (p parser) point(i int) (point, int, bool) {
	if w, j, ok := vocabulary.find(p.text, i); ok {
		if pt, k, ok := p.wordPoint(w, i, j); ok {
			return pt, k, true
		}
	}
	if pt, j, ok := p.iso(i); ok {
		return pt, j, true
	}
	if pt, j, ok := p.absoluteYear(i); ok {
		return pt, j, true
	}
	if pt, j, ok := p.era(i, 0); ok {
		return pt, j, true
	}
	return p.partOfYear(i, point{})
}

// wordPoint reads a point that begins with a word.
func (p parser) wordPoint(w word, i, j int) (point, int, bool) {
	switch w.act {
	case actYear, actYearOf:
		return p.wordYear(w, j)
	case actYears:
		return point{year: field{relative, w.n}, unit: year, hi: 1}, j, true
	case actMonth:
		return p.monthTail(point{month: field{relative, w.n}, unit: month}, j)
	case actMonthOf:
		return p.monthTail(point{month: field{anaphor, w.n}, unit: month}, j)
	case actDay:
		return point{day: field{relative, w.n}, unit: day}, j, true
	case actDayOf:
		return point{day: field{anaphor, w.n}, unit: day}, j, true
	case actWeek, actWeekday:
		return p.weekday(w, j)
	case actQuarter:
		return p.quarterEdge(point{away: field{relative, w.n}, unit: quarter}, j)
	case actTen:
		return point{month: field{anaphor, 0}, unit: tenDays, lo: w.n, hi: w.n}, j, true
	case actEdge:
		return point{month: field{anaphor, 0}, unit: month, edge: Edge(w.n)}, j, !isDigit(p.at(i - 1))
	case actDecade:
		return p.era(j, w.n)
	case actHalf, actYearEdge, actFirst, actFestival:
		return p.partOfYear(i, point{})
	}
	return point{}, i, false
}

// wordYear reads what follows 去年.
func (p parser) wordYear(w word, j int) (point, int, bool) {
	switch p.at(j) {
	case '纪', '级', '龄', '轻', '画':
		return point{}, j, false
	}
	pt := point{year: field{relative, w.n}, unit: year}
	if w.act == actYearOf {
		pt.year.mode = anaphor
	}
	return p.yearTail(pt, j)
}

func (p parser) weekday(w word, j int) (point, int, bool) {
	pt := point{unit: week}
	if w.act == actWeek {
		pt.away = field{relative, w.n}
	}
	n := digitOf(p.at(j))
	switch p.at(j) {
	case '日', '天':
		n = 7
	case '末':
		if w.act == actWeek {
			n = 6
		}
	case '1', '2', '3', '4', '5', '6':
		n = int(p.at(j) - '0')
	}
	switch {
	case n >= 1 && n <= 7 && p.at(j) != '两':
		pt.lo = n
		return pt, j + 1, true
	case w.act == actWeekday:
		return point{}, j, false
	}
	return pt, j, true
}

// absoluteYear reads 2018年, 二〇一八年, 98年4月, 2016—2018年 and what follows.
func (p parser) absoluteYear(i int) (point, int, bool) {
	apostrophe := false
	if r := p.at(i); (r == '\'' || r == '’') && isDigit(p.at(i+1)) {
		apostrophe = true
		i++
	}
	a, j, ok := p.number(i)
	if !ok || a.placed {
		return point{}, i, false
	}
	if pt, k, ok := p.yearPair(a, j); ok {
		return pt, k, true
	}
	k, ok := p.has(p.gap(j), "财年", "年")
	if !ok {
		return p.bareYear(a, j)
	}
	y, ok := fullYear(a)
	if !ok || p.at(k) == '代' || p.at(k) == '级' && a.width == 4 {
		return point{}, i, false
	}
	pt, end, ok := p.yearTail(point{year: field{absolute, y}, unit: year}, k)
	if a.width == 2 && !apostrophe && !p.terse && pt.unit == year && !shortYear(a) {
		return point{}, i, false // 18年 is as well how long
	}
	return pt, end, ok
}

// shortYear tells the two-figure years that are no durations: 〇八年, 08年, 九八年, 97年.
func shortYear(a numeral) bool {
	return a.n < 10 || a.chinese || a.n > 80 && a.n%10 != 0
}

// yearPair reads 2016—2018年, 2016、2017年.
func (p parser) yearPair(a numeral, j int) (point, int, bool) {
	y, ok := fullYear(a)
	if !ok || a.width != 4 {
		return point{}, j, false
	}
	k, ok := p.connector(j)
	if !ok && (p.at(j) == '、' || p.at(j) == '和') {
		k, ok = j+1, true
	}
	if !ok {
		return point{}, j, false
	}
	b, k, ok := p.number(p.gap(k))
	if !ok {
		return point{}, j, false
	}
	end, ok := p.has(k, "年度", "年")
	z, ok2 := fullYear(b)
	if !ok || !ok2 || z <= y {
		return point{}, j, false
	}
	return point{year: field{absolute, y}, unit: year, hi: z}, end, true
}

// bareYear reads the years of forms and names: 2018.
func (p parser) bareYear(a numeral, j int) (point, int, bool) {
	y, ok := fullYear(a)
	if !p.terse || !ok || a.width != 4 {
		return point{}, j, false
	}
	if pt, k, ok := p.yearTail(point{year: field{absolute, y}, unit: year}, j); ok && k > j {
		return pt, k, true
	}
	return point{year: field{absolute, y}, unit: year}, j, true
}

// fullYear gives the year of four figures or two: 98 is 1998, 18 is 2018.
func fullYear(a numeral) (int, bool) {
	switch {
	case a.placed:
		return 0, false
	case a.width == 4 && a.n >= 1000 && a.n < 3000:
		return a.n, true
	case a.width == 2 && a.n <= 30:
		return 2000 + a.n, true
	case a.width == 2:
		return 1900 + a.n, true
	}
	return 0, false
}

// yearTail reads the part of a year that follows it: 2018年8月, 去年底, 2016年度.
func (p parser) yearTail(pt point, j int) (point, int, bool) {
	j, _ = p.has(j, "度", "内")
	k := p.gap(j)
	k, whole := p.has(k, "全年")
	if whole {
		return pt, k, true
	}
	if sub, end, ok := p.partOfYear(k, pt); ok {
		return sub, end, true
	}
	if of, ok := p.has(k, "的"); ok { // 去年的10月
		if sub, end, ok := p.partOfYear(of, pt); ok {
			return sub, end, true
		}
	}
	for e, words := range [][]string{AtStart: {"伊始", "初"}, AtEnd: {"末", "底"}} {
		if end, ok := p.has(j, words...); ok {
			pt.edge = Edge(e)
			return pt, end, true
		}
	}
	return pt, j, true
}

// partOfYear reads a half, a quarter, months or a day of the year in pt.
func (p parser) partOfYear(i int, pt point) (point, int, bool) {
	if w, j, ok := vocabulary.find(p.text, i); ok {
		switch w.act {
		case actHalf:
			pt.unit, pt.lo, pt.hi = half, w.n, w.n
			return pt, j, true
		case actYearEdge:
			if w.n == 2 && (p.at(j) == '国' || p.at(j) == '央' || p.at(j) == '共') || isDigit(p.at(i-1)) || p.at(i-1) == '大' {
				return point{}, i, false
			}
			pt.unit, pt.edge = year, Edge(w.n)
			return pt, j, true
		case actFestival:
			if fest, k, ok := p.festive(w, pt, j); ok {
				return fest, k, true
			}
		case actFirst:
			unit, n, k, ok := p.firstOf(j)
			if ok {
				pt.unit, pt.lo, pt.hi = unit, 1, n
				return pt, k, true
			}
			return point{}, i, false
		case actLast:
			unit, n, k, ok := p.firstOf(j)
			if ok && pt.year.mode != missing {
				pt.unit, pt.lo, pt.hi = unit, 13-n, 12
				if unit == quarter {
					pt.lo, pt.hi = 5-n, 4
				}
				return pt, k, true
			}
		}
	}
	if r := p.at(i); p.terse && (r == 'h' || r == 'H') && (p.at(i+1) == '1' || p.at(i+1) == '2') && !isDigit(p.at(i+2)) {
		n := int(p.at(i+1) - '0')
		pt.unit, pt.lo, pt.hi = half, n, n
		return pt, i + 2, true
	}
	if k, ok := p.has(i, "第"); ok && pt.year.mode != missing {
		if a, k, ok := p.number(k); ok && a.n >= 1 && a.n <= 12 {
			if k, ok := p.has(k, "个月"); ok {
				pt.unit, pt.lo, pt.hi = month, a.n, a.n
				return pt, k, true
			}
		}
	}
	if q, j, ok := p.quarterName(i); ok {
		pt.unit, pt.lo, pt.hi = quarter, q[0], q[1]
		return p.quarterEdge(pt, j)
	}
	return p.monthDay(i, pt)
}

// first reads the unit of 前三季度 behind 前.
func (p parser) first(i int) (unit, int, bool) {
	u, _, j, ok := p.firstOf(i)
	return u, j, ok
}

func (p parser) firstOf(i int) (unit, int, int, bool) {
	a, j, ok := p.number(i)
	if !ok || a.n < 1 {
		return none, 0, i, false
	}
	if k, ok := p.has(j, "个季度", "季度"); ok && a.n <= 4 {
		return quarter, a.n, k, true
	}
	if k, ok := p.has(j, "个月", "月份", "月"); ok && a.n <= 12 {
		return month, a.n, k, true
	}
	return none, 0, i, false
}

// quarterName reads 一季度, 第三季度, 一至三季度, Q1, Q1季度.
func (p parser) quarterName(i int) ([2]int, int, bool) {
	if r := p.at(i); (r == 'Q' || r == 'q') && p.at(i+1) >= '1' && p.at(i+1) <= '4' && !isDigit(p.at(i+2)) {
		n := int(p.at(i+1) - '0')
		j, _ := p.has(i+2, "季度")
		return [2]int{n, n}, j, true
	}
	j, _ := p.has(i, "第")
	if k, ok := p.has(j, "首季度", "首季"); ok {
		return [2]int{1, 1}, k, true
	}
	a, j, ok := p.number(j)
	if !ok || a.n < 1 || a.n > 4 {
		return [2]int{}, i, false
	}
	b := a
	if k, ok := p.listed(j); ok {
		k, _ = p.has(k, "第")
		if c, end, ok := p.number(k); ok && c.n > a.n && c.n <= 4 {
			b, j = c, end
		}
	}
	k, ok := p.has(j, "季度")
	return [2]int{a.n, b.n}, k, ok
}

// listed reads what joins two numbers before their one unit: 1至6月, 一、二季度.
func (p parser) listed(i int) (int, bool) {
	if j, ok := p.connector(i); ok {
		return j, true
	}
	if p.at(i) == '、' {
		return i + 1, true
	}
	return i, false
}

func (p parser) quarterEdge(pt point, j int) (point, int, bool) {
	if k, ok := p.has(j, "末", "底"); ok {
		pt.edge = AtEnd
		return pt, k, true
	}
	if k, ok := p.has(j, "初"); ok {
		pt.edge = AtStart
		return pt, k, true
	}
	return pt, j, true
}

// monthDay reads 8月, 8月31日, 1至6月, 31日, 12—19日.
func (p parser) monthDay(i int, pt point) (point, int, bool) {
	a, j, ok := p.number(i)
	if !ok || a.n < 1 || a.n > 31 {
		return point{}, i, false
	}
	b := numeral{}
	if k, ok := p.listed(j); ok {
		if c, end, ok := p.number(p.gap(k)); ok && c.n > a.n && c.n <= 31 {
			if _, unit := p.monthUnit(end); unit || p.dayUnit(end) {
				b, j = c, end
			}
		}
	}
	if k, ok := p.monthUnit(j); ok && a.n <= 12 && b.n <= 12 {
		if b.n != 0 {
			pt.unit, pt.lo, pt.hi = month, a.n, b.n
			return pt, k, true
		}
		pt.unit, pt.month = month, field{absolute, a.n}
		return p.monthTail(pt, k)
	}
	if p.dayUnit(p.gap(j)) && pt.year.mode == missing {
		pt.unit, pt.day, pt.hi = day, field{absolute, a.n}, b.n
		return pt, p.gap(j) + 1, p.standsAsDay(a, i, p.gap(j))
	}
	return point{}, i, false
}

func (p parser) monthUnit(i int) (int, bool) { return p.has(p.gap(i), "月份", "月") }

func (p parser) dayUnit(i int) bool { return p.at(i) == '日' || p.at(i) == '号' }

// standsAsDay tells a bare day of the month from 三日游, 3号楼, 一日.
func (p parser) standsAsDay(a numeral, i, j int) bool {
	if a.chinese && a.width < 2 || p.at(i-1) == '第' {
		return false
	}
	next := p.at(j + 1)
	if p.at(j) == '号' && !p.standsFree(i, j+1) {
		return false
	}
	switch next {
	case '游', '内', '元', '本', '语', '程', '均':
		return false
	}
	return true
}

// monthTail reads the part of a month that follows it.
func (p parser) monthTail(pt point, j int) (point, int, bool) {
	k := p.gap(j)
	if w, end, ok := vocabulary.find(p.text, k); ok && (w.act == actTen || w.act == actEdge) {
		if w.act == actTen {
			pt.unit, pt.lo, pt.hi = tenDays, w.n, w.n
		} else {
			pt.edge = Edge(w.n)
		}
		return pt, end, true
	}
	if end, ok := p.has(j, "当月"); ok {
		return pt, end, true
	}
	if end, ok := p.has(j, "中下旬"); ok {
		pt.unit, pt.lo, pt.hi = tenDays, 2, 3
		return pt, end, true
	}
	if end, ok := p.has(j, "上中旬"); ok {
		pt.unit, pt.lo, pt.hi = tenDays, 1, 2
		return pt, end, true
	}
	if pt2, end, ok := p.dayOf(pt, k); ok {
		return pt2, end, true
	}
	if end, ok := p.has(j, "底", "末"); ok {
		pt.edge = AtEnd
		return pt, end, true
	}
	if end, ok := p.has(j, "初"); ok {
		pt.edge = AtStart
		return pt, end, true
	}
	return pt, j, true
}

// dayOf reads the day, or the days, of a month.
func (p parser) dayOf(pt point, i int) (point, int, bool) {
	a, j, ok := p.number(i)
	if !ok || a.n < 1 || a.n > 31 {
		return point{}, i, false
	}
	hi := 0
	if k, ok := p.listed(j); ok {
		if b, end, ok := p.number(k); ok && b.n > a.n && b.n <= 31 && p.dayUnit(end) {
			hi, j = b.n, end
		}
	}
	j = p.gap(j)
	switch {
	case p.dayUnit(j):
		j++
	case !p.endsBareDay(j):
		return point{}, i, false
	}
	pt.unit, pt.day, pt.hi = day, field{absolute, a.n}, hi
	return pt, j, true
}

// endsBareDay tells whether a day without 日 ends at j: 1月3至2月10, 10月22.
func (p parser) endsBareDay(j int) bool {
	switch p.at(j) {
	case 0, '至', '到', '-', '—', '~', '～', ',', '，', '。', ')', '）', ';', '；':
		return p.at(j) != ',' || !isDigit(p.at(j+1))
	}
	return false
}

// standsFree tells a date in 号 from a number in a row (嫦娥5号, 3号楼): it begins a clause or follows 于, and no name goes on behind it.
func (p parser) standsFree(i, j int) bool {
	switch p.at(i - 1) {
	case 0, ',', '，', '。', ';', '；', '\n', '(', '（', ' ', '于', '在', '至', '到', '从', '自', '月', '是', '的':
	default:
		return false
	}
	switch p.at(j) {
	case '楼', '院', '线', '文', '令', '房', '地', '馆', '门', '厅', '机', '车', '公', '矿', '井', '段', '路', '店', '厂', '桥', '台', '病', '煤', '卫', '火', '飞', '航', '工', '仓', '库', '基', '棚', '大', '小', '村', '组', '宿', '会', '通', '入', '出', '站', '码', '船', '塔', '炉', '轮':
		return false
	}
	return true
}
