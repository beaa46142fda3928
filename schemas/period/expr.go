package period

// expr reads the time expression at i.
func (p parser) expr(i int) (Expr, bool) {
	begins := vocabulary.begins(p.at(i))
	if begins.list != 0 {
		if w, j, ok := vocabulary.find(p.text, i); ok {
			if e, ok := p.led(w, i, j); ok {
				return e, true
			}
			if pt, k, ok := p.wordPoint(w, i, j); ok {
				return p.from(pt, i, k, plain), true
			}
		}
	}
	if begins.as&leadEvent != 0 {
		if e, ok := p.eventful(i); ok {
			return e, true
		}
	}
	if begins.as&leadNumber == 0 {
		return Expr{}, false
	}
	if e, ok := p.clock(i, i); ok {
		return e, true
	}
	if e, ok := p.dated(i, i, plain); ok {
		return e, true
	}
	return p.counted(i, i, 0)
}

// led reads an expression that begins with a word that is no date of its own.
func (p parser) led(w word, i, j int) (Expr, bool) {
	switch w.act {
	case actNow:
		if k, ok := p.startsDay(i, j); ok { // 至今年6月, 截至今日 stands
			return p.prefixed(i, k, until)
		}
		j, _ = p.has(j, "为止", "止")
		return Expr{Start: i, End: j, Kind: AsOf, shape: now}, true
	case actVague, actBare:
		if e, ok := p.counted(i, j, actLately); w.text == "最近" && ok {
			return e, true
		}
		kind := Vague
		if w.act == actBare {
			kind = Since
		}
		return Expr{Start: i, End: j, Kind: kind, shape: now}, true
	case actUpTo:
		return p.prefixed(i, j, upTo)
	case actSince:
		return p.sinceLed(w, i, j)
	case actUntil:
		if p.joinsVerb(i) {
			return Expr{}, false
		}
		return p.prefixed(i, j, until)
	case actLately, actThese, actRow, actLasting:
		return p.counted(i, j, w.act)
	case actEvery:
		return p.every(i, j)
	case actClock:
		return p.clock(i, j)
	}
	return Expr{}, false
}

// startsDay tells whether the 今 that ends a word of the present begins 今年, 今天 …; then the date starts there.
func (p parser) startsDay(i, j int) (int, bool) {
	if p.at(j-1) != '今' || j-1 == i {
		return 0, false
	}
	switch p.at(j) {
	case '年', '天', '日', '晚', '晨', '早', '春', '夏', '秋', '冬':
		return j - 1, true
	}
	return 0, false
}

// joinsVerb tells whether 到 or 至 belongs to a verb that takes an object, not a time: 收到2018年资金.
func (p parser) joinsVerb(i int) bool {
	switch p.at(i - 1) {
	case '收', '得', '拿', '看', '受', '见', '找', '遇', '领', '接', '听', '想', '提', '说', '谈', '达', '甚', '以', '感', '做', '办', '争', '签', '报', '迟', '周':
		return true
	}
	return false
}

// prefixed reads the date behind 截至, 到.
func (p parser) prefixed(i, j int, s shape) (Expr, bool) {
	j = p.gap(j)
	if e, ok := p.eventful(j); ok && e.shape == plain {
		e.Start, e.shape, e.Kind = i, s, kindOf(s)
		return e, true
	}
	return p.dated(i, j, s)
}

func kindOf(s shape) Kind {
	switch s {
	case upTo:
		return AsOf
	case until:
		return Until
	case since:
		return Since
	}
	return Calendar
}

// sinceLed reads what stands behind 自 or 从: 自2016年(起, 以来), 从去年9月起, 从2008年到2018年. 从 alone does not say how long.
func (p parser) sinceLed(w word, i, j int) (Expr, bool) {
	switch p.at(i - 1) {
	case '来', '各', '独', '亲', '服', '跟', '随', '顺', '源':
		return Expr{}, false
	}
	j = p.gap(j)
	e, ok := p.eventful(j)
	if !ok {
		e, ok = p.dated(i, j, plain)
	}
	if !ok {
		return Expr{}, false
	}
	e.Start = i
	switch {
	case e.shape == plain && w.n == 0:
		e.shape, e.Kind = since, Since
	case e.shape != since && e.shape != ranged:
		return Expr{}, false
	}
	return e, true
}

// dated reads a point or two joined by 至, and what follows them; s is what went before.
func (p parser) dated(i, j int, s shape) (Expr, bool) {
	pt, k, ok := p.point(j)
	if !ok {
		return Expr{}, false
	}
	return p.from(pt, i, k, s), true
}

// from reads what follows a point that ends at k.
func (p parser) from(from point, i, k int, s shape) Expr {
	e := Expr{Start: i, End: k, Kind: Calendar, Edge: from.edge, from: from, shape: s}
	if from.isRelative() {
		e.Kind = Relative
	}
	if s != plain {
		e.Kind = kindOf(s)
	}
	if s == plain && from.edge != 0 && from.unit == year {
		e.Kind = AsOf
	}
	to, k, ok := p.joined(e)
	if !ok {
		to, k, ok = p.between(e)
	}
	if ok {
		e.to, e.End, e.shape, e.Edge = to, k, ranged, to.edge
		if s != plain {
			e.from, e.shape = to, s
		}
		e.End, _ = p.has(p.recounted(e.End), "期间", "之间", "间", "止", "为止")
		return e
	}
	return p.closed(e)
}

func (p point) isRelative() bool {
	return p.year.mode == relative || p.month.mode == relative || p.day.mode == relative || p.away.mode == relative || p.unit == week
}

// joined reads the second point of a range.
func (p parser) joined(e Expr) (point, int, bool) {
	j, ok := p.connector(p.gap(e.End))
	if !ok {
		if k, open := p.has(e.End, "起至", "起到", "开始到", "开始至"); open {
			j, ok = k, true
		}
	}
	if !ok {
		return point{}, 0, false
	}
	j = p.gap(j)
	to, k, ok := p.point(j)
	if !ok || to.unit < e.from.unit && to.year.mode == missing {
		return point{}, 0, false
	}
	return to, k, true
}

// between reads the second point of 三月和九月之间.
func (p parser) between(e Expr) (point, int, bool) {
	j, ok := p.has(e.End, "和", "与")
	if !ok {
		return point{}, 0, false
	}
	to, k, ok := p.point(j)
	if !ok {
		return point{}, 0, false
	}
	_, ok = p.has(k, "之间", "间", "期间")
	return to, k, ok
}

// connector reads what joins the two ends of a range.
func (p parser) connector(i int) (int, bool) {
	switch p.at(i) {
	case '至', '到', '-', '—', '–', '─', '~', '～', '－', '―', '−':
	default:
		return i, false
	}
	j := i + 1
	if p.at(i) == p.at(j) && p.at(i) != '至' && p.at(i) != '到' {
		j++
	}
	return j, true
}

// closed reads what follows a point: 以来, 起, 前, 同期.
func (p parser) closed(e Expr) Expr {
	j := e.End
	if k, ok := p.has(j, "同期"); ok {
		e.End, e.Base = k, true
		return e
	}
	with := false
	if k, ok := p.has(j, "或", "及"); ok {
		if _, with = p.has(k, "之前", "以前", "之后", "以后"); with {
			j = k
		}
	}
	if k, ok := p.sinceTail(j); ok && e.shape == plain {
		e.End, e.shape, e.Kind = k, since, Since
		return e
	}
	if k, ok := p.beforeTail(j); ok && e.from.unit != week {
		e.End = k
		if e.shape == plain {
			e.shape, e.Kind, e.before = until, Until, !with
		}
		return e
	}
	if k, ok := p.has(j, "为止", "止"); ok && e.shape != plain {
		e.End = k
	}
	if k, ok := p.sinceClause(j); ok && e.shape == plain {
		e.End, e.shape, e.Kind = k, since, Since
	}
	return e
}

// recounted steps over the count of a range just said: 2008年到2012年五年间.
func (p parser) recounted(j int) int {
	if c, k, ok := p.amount(j); ok && c.unit == year && c.n < 100 {
		k, _ = p.has(k, "以来", "来", "间")
		return k
	}
	return j
}

// sinceClause reads up to the 以来 that ends what happened at a point: 去年5月项目启动以来.
func (p parser) sinceClause(j int) (int, bool) {
	for k := j; k < j+20; k++ {
		switch p.at(k) {
		case 0, ',', '，', '。', ';', '；', ':', '：', '、', '\n', '(', '（', ')', '）':
			return j, false
		case '以':
			if p.at(k+1) != '来' {
				continue
			}
			switch p.at(k - 1) {
			case '年', '月', '日', '期', '直', '初', '底', '末', '大', '度':
				return j, false
			}
			return k + 2, true
		}
	}
	return j, false
}

// sinceTail reads 以来 and its like.
func (p parser) sinceTail(j int) (int, bool) {
	if k, ok := p.has(j, "以来", "起至今", "开始至今", "至今", "到现在", "至目前", "到目前为止", "到目前", "以后", "之后", "开始"); ok {
		if _, day := p.startsDay(j, k); !day {
			return k, true
		}
		return j, false
	}
	if k, ok := p.has(j, "来"); ok && (p.at(k) == 0 || p.at(k) == '，' || p.at(k) == ',') { // 今年来，
		return k, true
	}
	if k, ok := p.has(j, "起"); ok {
		switch p.at(k) {
		case '来', '点', '草', '码', '飞', '用', '始', '义', '初', '因', '源', '诉', '步', '家', '价', '伏', '重', '到':
			return j, false
		}
		return k, true
	}
	return j, false
}

// beforeTail reads 前 where it makes a deadline: 年底前, 10月前, not 前往 or 前三季度.
func (p parser) beforeTail(j int) (int, bool) {
	if k, ok := p.has(j, "之前", "以前"); ok {
		return k, true
	}
	k, ok := p.has(j, "前")
	if !ok {
		return j, false
	}
	switch p.at(k) {
	case '后', '往', '来', '夕', '期', '身', '列', '景', '线', '任', '沿', '端', '提', '进', '途', '台', '述', '去', '半', '辈', '卫':
		return j, false
	}
	if _, _, ok := p.first(k); ok {
		return j, false
	}
	return k, true
}

// comparesAt tells whether the expression is what something is compared with: 比上年, 较2017年, 与去年相比.
func (p parser) comparesAt(e Expr) bool {
	if e.Base {
		return true
	}
	switch p.at(e.Start - 1) {
	case '比', '较':
		return true
	}
	_, ok := p.has(e.End, "相比", "比,", "比，")
	return ok
}
