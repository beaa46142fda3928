package period

// counted reads a number of units of time behind the word that leads it: 3年来, 近三个月, 为期5天, 两年半.
func (p parser) counted(i, j int, lead act) (Expr, bool) {
	c, k, ok := p.amount(p.gap(j))
	if !ok && lead == actLately {
		c, k, ok = p.bareMonths(j)
	}
	if !ok {
		return Expr{}, false
	}
	if m, open := p.connector(k); open && lead == 0 { // 3天—8天
		if d, end, ok := p.amount(m); ok && d.unit == c.unit && d.n > c.n {
			k = end
		}
	}
	e := Expr{Start: i, End: k, Kind: Duration, shape: never, count: c}
	tail, past := p.lastingTail(k, lead)
	switch {
	case lead == actLasting || c.unit == none:
		return e, true
	case lead == actRow:
		if c.unit == year {
			e.count.cal, e.shape, e.Kind = true, lately, Span
		}
		return e, true
	case lead == actLately || lead == actThese || past:
		e.shape, e.Kind, e.End = lately, Span, tail
		if c.n == 0 && !c.half { // 几十年来
			e.shape, e.Kind = now, Vague
		}
		return e, true
	}
	if end, ok := p.beforeTail(k); ok && (c.n > 0 || c.half) {
		e.shape, e.Kind, e.End = ago, Relative, end
		return e, true
	}
	if end, ok := p.has(k, "以后", "之后", "后"); ok && p.beginsClause(i) {
		e.shape, e.Kind, e.End, e.count.n = ago, Relative, end, -c.n
		return e, c.n > 0
	}
	e.End, _ = p.has(k, "内", "之内", "以内")
	return e, true
}

// bareMonths reads the months of 近三月, where 个 is left out.
func (p parser) bareMonths(j int) (count, int, bool) {
	a, k, ok := p.number(j)
	if !ok || !a.chinese {
		return count{}, j, false
	}
	k, ok = p.has(k, "月")
	return count{n: a.n, unit: month}, k, ok
}

// lastingTail reads 来, 以来, 间, 累计 behind an amount; 里 needs 过去 or 近 before it.
func (p parser) lastingTail(k int, lead act) (int, bool) {
	if lead == actLately || lead == actThese {
		if end, ok := p.has(k, "时间里", "时间", "里", "内"); ok {
			return end, true
		}
	}
	return p.has(k, "以来", "来", "间", "累计")
}

// beginsClause tells whether nothing of the clause stands before i: 两年后, not 通缉一年后.
func (p parser) beginsClause(i int) bool {
	switch p.at(i - 1) {
	case 0, ',', '，', '。', ';', '；', ':', '：', '\n', ' ', '“', '(', '（':
		return true
	}
	return false
}

// amount reads a number and a unit of time: 3年, 十余年, 三个半月, 半年, 5天, 2—3个月.
func (p parser) amount(i int) (count, int, bool) {
	var c count
	j := i
	switch p.at(i) {
	case '半':
		c.half, j = true, i+1
	case '几', '数':
		c.more, j = true, i+1
		for scaleOf(p.at(j)) > 0 {
			j++
		}
	default:
		a, k, ok := p.number(i)
		if !ok || a.chinese && !a.placed && a.width > 2 {
			return count{}, i, false
		}
		c.n, j = a.n, k
		if a.chinese && !a.placed && a.width == 2 { // 两三年: from two
			c.n, c.more = a.n/10, true
		}
		if k, ok := p.listed(j); ok {
			if b, k, ok := p.number(k); ok && b.n > a.n && (b.n < 100 || a.n >= 100) { // 三、2020年工作打算 is a heading
				c.more, j = true, k
			}
		}
	}
	j = p.more(&c, p.gap(j))
	whole := j
	if k, ok := p.has(j, "个"); ok {
		j = p.more(&c, k)
		if k, ok := p.has(j, "半"); ok {
			c.half, j = true, k
		}
	}
	u, k, ok := p.timeUnit(j, j > whole)
	if !ok && c.n > 31 {
		u = day
		k, ok = p.has(j, "日")
	}
	if !ok {
		return count{}, i, false
	}
	c.unit = u
	if end, ok := p.has(k, "半"); ok && p.at(end) != '载' {
		c.half, k = true, end
	}
	return c, p.more(&c, k), true
}

func (p parser) more(c *count, j int) int {
	switch p.at(j) {
	case '多', '余', '几':
		c.more = true
		return j + 1
	}
	return j
}

// timeUnit reads a unit of time; behind 个 the unit may be 月.
func (p parser) timeUnit(i int, counted bool) (unit, int, bool) {
	if counted {
		if k, ok := p.has(i, "月"); ok {
			return month, k, true
		}
		if k, ok := p.has(i, "季度"); ok {
			return quarter, k, true
		}
		if k, ok := p.has(i, "星期", "礼拜"); ok {
			return week, k, true
		}
		if k, ok := p.has(i, "工作日", "小时", "钟头", "年头"); ok {
			return none, k, true
		}
		return none, i, false
	}
	if k, ok := p.has(i, "周年", "年度", "年"); ok {
		switch p.at(k) {
		case '级', '代', '龄', '货', '生':
			return none, i, false
		}
		return year, k, true
	}
	if k, ok := p.has(i, "周", "星期", "礼拜"); ok && p.at(k) != '岁' {
		return week, k, true
	}
	if k, ok := p.has(i, "天"); ok {
		return day, k, true
	}
	if k, ok := p.has(i, "日内"); ok {
		return day, k - 1, true
	}
	if k, ok := p.has(i, "小时", "分钟", "秒钟", "昼夜"); ok {
		return none, k, true
	}
	return none, i, false
}

// every reads what recurs: 每年, 每月15日, 每周三, 每3年.
func (p parser) every(i, j int) (Expr, bool) {
	e := Expr{Start: i, Kind: Recurring, shape: never}
	if k, ok := p.has(j, "个月", "个季度", "个周末", "个星期", "个工作日", "季度", "年度", "年", "月", "周末", "周", "星期", "天", "日", "小时", "季", "晚"); ok {
		e.End = k
		if _, end, ok := p.partOfYear(k, point{}); ok {
			e.End = end
		} else if w, _, found := vocabulary.find(p.text, k-1); found && w.act == actWeekday {
			if pt, end, ok := p.weekday(w, k); ok && pt.lo > 0 {
				e.End = end
			}
		}
		return e, true
	}
	if _, k, ok := p.amount(j); ok {
		e.End = k
		return e, true
	}
	return Expr{}, false
}

// era reads a decade or a century: 上世纪90年代, 80年代末, 20世纪70年代, 21世纪.
func (p parser) era(i, base int) (point, int, bool) {
	a, j, ok := p.number(i)
	if !ok {
		if base > 0 {
			return point{year: field{absolute, base}, unit: century}, i, true
		}
		return point{}, i, false
	}
	if k, ok := p.has(j, "世纪"); ok && base == 0 && a.n > 0 && a.n < 30 {
		if pt, end, ok := p.era(k, (a.n-1)*100); ok {
			return pt, end, true
		}
		return point{year: field{absolute, (a.n - 1) * 100}, unit: century}, k, true
	}
	k, ok := p.has(j, "年代")
	if !ok || a.n > 90 || a.n%10 != 0 {
		return point{}, i, false
	}
	if base == 0 {
		base = 1900
		if a.n < 30 {
			base = 2000
		}
	}
	pt := point{year: field{absolute, base + a.n}, unit: decade}
	if end, ok := p.has(k, "末期", "末", "后期"); ok {
		pt.edge, k = AtEnd, end
	} else if end, ok := p.has(k, "初期", "初"); ok {
		pt.edge, k = AtStart, end
	}
	return pt, k, true
}

// clock reads a time of the day: 9时30分, 上午9点, 15:30. i is where it begins, j where its number does.
func (p parser) clock(i, j int) (Expr, bool) {
	a, k, ok := p.number(j)
	if !ok || a.n > 24 || a.width > 3 {
		return Expr{}, false
	}
	if p.at(k) == ':' || p.at(k) == '：' {
		if isDigit(p.at(k+1)) && isDigit(p.at(k+2)) && !isDigit(p.at(k+3)) && p.at(k+1) < '6' {
			k += 3
			if p.at(k) == ':' && isDigit(p.at(k+1)) && isDigit(p.at(k+2)) {
				k += 3
			}
			return Expr{Start: i, End: k, Kind: Clock, shape: never}, true
		}
		return Expr{}, false
	}
	end, hour := p.has(k, "时")
	if !hour {
		if end, hour = p.has(k, "点钟", "点整", "点半"); !hour {
			end, hour = p.has(k, "点")
			_, m, minutes := p.number(end)
			_, minutes2 := p.has(m, "分")
			hour = hour && (i < j || minutes && minutes2)
		}
	}
	if !hour {
		return Expr{}, false
	}
	switch p.at(end) {
	case '段', '期', '代', '候', '间', '点':
		return Expr{}, false
	}
	if _, m, ok := p.number(end); ok {
		if m, ok := p.has(m, "分"); ok {
			end = m
		}
	} else {
		end, _ = p.has(end, "半", "整", "许")
	}
	return Expr{Start: i, End: end, Kind: Clock, shape: never}, true
}

// eventful reads time told by an event: 党的十八大以来, “十三五”期间, 改革开放40年来.
func (p parser) eventful(i int) (Expr, bool) {
	j, _ := p.has(i, "党的", "中共", "全国")
	j, quoted := p.has(j, "“", "\"", "「", "『")
	w, k, ok := vocabulary.find(p.text, j)
	if !ok || w.act != actEvent {
		return Expr{}, false
	}
	if quoted {
		if k, ok = p.has(k, "”", "\"", "」", "』"); !ok {
			return Expr{}, false
		}
	}
	ev := events[w.n]
	e := Expr{Start: i, Kind: Event, event: w.n + 1, shape: plain}
	if end, ok := p.has(k, "期间", "时期"); ok && ev.plan {
		e.End = end
		return e, true
	}
	if end, ok := p.has(k, "开局之年", "开局年", "首年", "开局第一年", "收官之年", "收官年"); ok && ev.plan {
		e.End, e.Kind, e.event = end, Calendar, 0
		e.from = point{unit: year, year: field{absolute, ev.start.Year()}}
		if p.at(k) == '收' {
			e.from.year.n = ev.end.Year()
		}
		return e, true
	}
	if end, ok := p.eventSince(ev, k); ok && (quoted || len(ev.text) > 2 || !ev.plan) {
		e.End, e.Kind, e.shape = end, Since, since
		return e, true
	}
	if end, ok := p.has(k, "末"); ok && ev.plan && (quoted || len(ev.text) > 2) {
		e.End, e.Kind, e.Edge = end, AsOf, AtEnd
		return e, true
	}
	return Expr{}, false
}

// eventSince reads 以来 behind an event, what happened and how long ago between them.
func (p parser) eventSince(ev event, k int) (int, bool) {
	k, _ = p.has(k, "召开", "开局", "启动", "实施", "战略实施", "发生", "开展", "胜利召开")
	if end, ok := p.has(k, "以来"); ok {
		return end, true
	}
	if end, ok := p.has(k, "之后", "以后"); ok && ev.end.Before(ev.start.AddDate(0, 1, 0)) { // 打赢脱贫攻坚战以后 is after its end
		return end, true
	}
	if c, end, ok := p.amount(k); ok && c.unit == year {
		return p.has(end, "以来", "来")
	}
	return k, false
}
