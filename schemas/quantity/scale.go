package quantity

// tens reads 廿 卅 卌.
func (r *reader) tens(i int, g glyph) bool {
	if r.curSet || r.lastSmall == 1 {
		return false
	}
	r.n.han = true
	r.addSection(whole(int64(g.n)), whole(int64(g.n)), 1, false)
	r.scale(i+1, 1, 1)
	return true
}

// small reads 十 百 千 behind a digit, or alone.
func (r *reader) small(i int, g glyph) bool {
	if r.lastSmall != 0 && g.n >= r.lastSmall {
		return false
	}
	if r.curArabic && r.scaleEnd == 0 && !r.scalesArabic(i, g) {
		return false
	}
	if _, n := matchUnit(r.t, i); n >= 2 && r.curSet {
		return false // 三千瓦, 2.4百分点: the scale word belongs to the unit
	}
	if !r.curSet {
		if r.n.glyphs > 0 && g.n > 1 && !r.zero {
			return false
		}
		if r.n.glyphs == 0 {
			r.n.bare = g.n > 1
		}
		r.curLo, r.curHi = whole(1), whole(1)
	}
	r.n.han = true
	r.addSection(r.curLo, r.curHi, int32(g.n), r.curFew)
	r.scale(i+1, g.n, g.n)
	return true
}

// scalesArabic reports whether 十 百 千 may follow Arabic digits: 3千, 2.5千, 35百万, 15千元; 2018百强 is two things.
func (r *reader) scalesArabic(i int, g glyph) bool {
	if r.n.decimals > 0 {
		return g.n > 1
	}
	if r.n.digits <= 1 {
		return true
	}
	if r.n.digits == 4 && year(r.t, r.n.start) || g.n == 1 {
		return false
	}
	u, n := matchUnit(r.t, i+1)
	return nextBig(r.t, i+1) || n > 0 && !u.Noun && u.Kind != "count"
}

// addSection adds a scaled number to what waits for the next big scale word; few fills it up to the next power: 几百 ends at 999.
func (r *reader) addSection(lo, hi amount, exp int32, few bool) {
	lo, hi = lo.shift(exp), hi.shift(exp)
	if few {
		hi = hi.add(whole(1).shift(exp)).add(whole(-1))
	}
	r.secLo, r.secHi, r.secSet = r.secLo.add(lo), r.secHi.add(hi), true
	r.curLo, r.curHi, r.curSet, r.curArabic, r.curFew = amount{}, amount{}, false, false, false
}

// scale notes that a scale word was read: the next one of the section must be smaller, a lone digit may hang on this one.
func (r *reader) scale(end int, small, tail int8) {
	r.lastSmall, r.tail, r.zero = small, tail, false
	r.i, r.n.end, r.scaleEnd = end, end, end
	r.n.glyphs++
}

// big reads 万 亿 兆: it multiplies all that stands before it up to the next larger scale.
func (r *reader) big(i int, g glyph) bool {
	if r.n.glyphs == 0 {
		r.n.bare = true
		r.curLo, r.curHi, r.curSet = whole(1), whole(1), true
	}
	few := r.curFew || r.n.bounds && !r.n.pair
	if r.n.bare && r.curSet {
		r.claimTail() // 百二万 is 120万
	}
	lo, hi := r.secLo.add(r.curLo), r.secHi.add(r.curHi)
	for r.nterms > 0 && r.terms[r.nterms-1].scale <= g.n {
		if r.terms[r.nterms-1].scale == g.n && (r.secSet || r.curSet) {
			return false // 三万五万
		}
		r.nterms--
		lo, hi = lo.add(r.terms[r.nterms].lo), hi.add(r.terms[r.nterms].hi)
	}
	if r.nterms == len(r.terms) || lo.e > 30 {
		return false
	}
	lo, hi = lo.shift(int32(g.n)), hi.shift(int32(g.n))
	if few {
		hi = hi.add(whole(1).shift(int32(g.n))).add(whole(-1))
	}
	r.terms[r.nterms] = term{g.n, lo, hi}
	r.nterms++
	r.secLo, r.secHi, r.secSet, r.lastSmall = amount{}, amount{}, false, 0
	r.curLo, r.curHi, r.curSet, r.curArabic, r.curFew = amount{}, amount{}, false, false, false
	r.n.han = true
	r.scale(i+1, 0, g.n)
	return true
}
