package workbook

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// readHeadings gives every column its headings and the unit that they name.
func (t *table) readHeadings() {
	shifted := t.shiftedLabels()
	for c := range t.cols {
		x := &t.cols[c]
		for i, h := range t.head {
			switch t.rows[h].kind {
			case rowCode:
				continue
			case rowUnit:
				s := t.v.wordsOf(h, c)
				if !isUnitLabel(s) && (isUnit(s) && t.unitStyle(h, s) || t.labelledUnits(h) && utf8.RuneCountInString(s) <= 6 && !stems[squash(s)]) {
					x.unit = schemas.Evidence{Text: strings.Trim(s, "()（）[]【】 "), Locator: t.home(h, c)}
				}
				if (isUnit(s) == t.unitStyle(h, s) || t.labelledUnits(h)) && !t.divided(i, c) && !t.parts(i, c) {
					continue
				}
			}
			if e, ok := shifted[[2]int{h, c}]; ok {
				x.add(e)
			} else if e := t.heading(i, c); e.Text != "" {
				x.add(e)
			}
		}
		t.splitJoined(x)
		x.joinParts()
		if c > 0 {
			x.hang(&t.cols[c-1])
		}
		t.unitFromPath(x)
		if n := len(x.path); n > 0 {
			x.leaf = bare(x.path[n-1].Text)
		}
		var b strings.Builder
		for _, e := range x.path {
			b.WriteString(squash(e.Text))
		}
		x.key = b.String()
	}
}

// divided reports whether the cell of a unit row names what is counted over several headings of the row below: 户 and 人 over
// 计划 and 实际 are headings themselves.
func (t *table) divided(i, c int) bool {
	m, ok := t.v.merge(t.head[i], c)
	if !ok || !equalsAny(squash(t.v.wordsOf(t.head[i], c)), []string{"人", "户", "村", "乡", "镇", "县"}) || m.Col1 == m.Col0 || i+1 >= len(t.head) || t.rows[t.head[i+1]].kind != rowText {
		return false
	}
	_, own := t.v.home(t.head[i+1], m.Col1)
	return own > m.Col0
}

// parts reports whether the cell of a unit row parts what one heading above counts: 场次 and 人次 below 一季度.
func (t *table) parts(i, c int) bool {
	if t.labelledUnits(t.head[i]) || strings.ContainsAny(t.v.wordsOf(t.head[i], c), "(（[【") {
		return false
	}
	for j := i - 1; j >= 0; j-- {
		m, ok := t.v.merge(t.head[j], c)
		switch {
		case t.v.at(t.v.home(t.head[j], c)) != text:
			continue
		case !ok || m.Col1 == m.Col0:
			return false
		}
		for k := m.Col0; k <= m.Col1; k++ {
			if w := t.v.wordsOf(t.head[i], k); w != "" && w != t.v.wordsOf(t.head[i], c) {
				return true
			}
		}
		return false
	}
	return false
}

// unitStyle reports whether a cell of a unit row is written as its units are: bracketed if most of them are.
func (t *table) unitStyle(h int, s string) bool {
	in, out := 0, 0
	for _, c := range t.rows[h].anchors {
		if w := t.v.words(h, c); isUnit(w) {
			if strings.ContainsAny(w, "(（[【") {
				in++
			} else {
				out++
			}
		}
	}
	return in <= out || strings.ContainsAny(s, "(（[【")
}

// labelledUnits reports whether the unit row says that it is one.
func (t *table) labelledUnits(h int) bool {
	return len(t.rows[h].anchors) > 0 && isUnitLabel(t.v.words(h, t.rows[h].anchors[0]))
}

// isUnitLabel reports whether a unit row's first words are its name.
func isUnitLabel(s string) bool { return equalsAny(squash(s), unitHeads) }

// bare squashes a heading and drops the unit in brackets at its end.
func bare(s string) string {
	q := strings.TrimRight(squash(s), footnotes)
	u := unitAtEnd(q)
	if u == "" {
		return q
	}
	q = strings.TrimSuffix(strings.TrimRight(q, ")]】"), u)
	return strings.TrimRight(q, "([【/,:;")
}

func (t *table) home(r, c int) schemas.Cell {
	return t.v.locator(t.v.home(r, c))
}

// add appends a level unless it repeats the one before.
func (x *column) add(e schemas.Evidence) {
	if n := len(x.path); n > 0 && squash(x.path[n-1].Text) == squash(e.Text) {
		return
	}
	x.path = append(x.path, e)
}

// heading returns what the i-th heading row says over column c, "" where it says nothing of its own.
func (t *table) heading(i, c int) schemas.Evidence {
	h := t.head[i]
	if m, ok := t.v.merge(h, c); ok {
		if m.Row1 >= t.first && m.Row1 > m.Row0 {
			return schemas.Evidence{} // it reaches into the data: a section's label
		}
		if m.Row0 != h && i > 0 && t.head[i-1] >= m.Row0 {
			return schemas.Evidence{} // said by the row above
		}
		return t.said(m.Row0, m.Col0)
	}
	switch t.v.at(h, c) {
	case text, number, date, written:
		return t.said(h, c)
	case filler:
		return schemas.Evidence{}
	}
	if s := t.spreads(i, c); s >= 0 {
		return t.said(h, s)
	}
	return schemas.Evidence{}
}

// said returns the words of a heading cell, nothing for a note.
func (t *table) said(r, c int) schemas.Evidence {
	w := t.v.words(r, c)
	if w == "" || len(readNotes(w)) > 0 || stems[squash(w)] {
		return schemas.Evidence{}
	}
	return schemas.Evidence{Text: w, Locator: t.v.locator(r, c)}
}

// spreads returns the column whose heading also stands over the blank cell at column c of the i-th heading row: a group
// heading written once, without merging. It returns -1 where there is none.
func (t *table) spreads(i, c int) int {
	h := t.head[i]
	if !t.saidBelow(i, c) {
		return -1
	}
	for k := 0; k < t.v.cols; k++ {
		if m, ok := t.v.merge(h, k); ok && m.Col1 > m.Col0 && m.Row0 == h && k > 0 {
			return -1 // the sheet merges its groups: a blank is a blank
		}
	}
	for s := c - 1; s >= 0; s-- {
		for _, above := range t.head[:i] {
			if t.v.at(above, s+1) != empty {
				return -1 // another group of the level above begins between the two
			}
		}
		switch t.v.at(h, s) {
		case empty:
			continue
		case text:
			if _, ok := t.v.merge(h, s); ok || !t.saidBelow(i, s) || len(readNotes(t.v.words(h, s))) > 0 {
				return -1
			}
			return s
		}
		return -1
	}
	return -1
}

// saidBelow reports whether a heading row below the i-th says something of its own in column c.
func (t *table) saidBelow(i, c int) bool {
	for _, h := range t.head[min(i+1, len(t.head)):] {
		if k := t.v.at(h, c); t.rows[h].kind != rowCode && (k == text || k == number) {
			return true
		}
	}
	return false
}

// shiftedLabels finds group headings that stand out of line: k texts without merging over a row of headings that repeats k times.
func (t *table) shiftedLabels() map[[2]int]schemas.Evidence {
	out := map[[2]int]schemas.Evidence{}
	for i := 0; i+1 < len(t.head); i++ {
		h, below := t.head[i], t.head[i+1]
		anchors := t.rows[h].anchors
		if t.rows[h].kind != rowText || len(anchors) < 2 || t.rows[below].kind == rowCode {
			continue
		}
		var leaves []string
		var at []int
		for c := range t.block.cols {
			if t.block.cols[c] {
				leaves, at = append(leaves, squash(t.v.words(below, c))), append(at, c)
			}
		}
		k := len(anchors)
		if len(leaves) == 0 || len(leaves)%k != 0 || len(leaves) == k || !periodic(leaves, len(leaves)/k) || t.anyMerged(h, anchors) || anchors[0] == at[0] {
			continue
		}
		for j, c := range at {
			out[[2]int{h, c}] = t.said(h, anchors[j/(len(leaves)/k)])
		}
	}
	return out
}

func (t *table) anyMerged(r int, anchors []int) bool {
	for _, c := range anchors {
		if _, ok := t.v.merge(r, c); ok {
			return true
		}
	}
	return false
}

func periodic(s []string, p int) bool {
	for i := range s {
		if s[i] == "" || s[i] != s[i%p] {
			return false
		}
	}
	return true
}

// isPart reports whether a heading says that it is a part of the one left of it: 其中：女, #种植业.
func isPart(s string) bool { return startsWithAny(squash(s), []string{"其中", "#"}) }

// joinParts writes 其中： and the heading below it as one level.
func (x *column) joinParts() {
	for i := 0; i+1 < len(x.path); i++ {
		if s := squash(x.path[i].Text); s == "其中:" || s == "其中" {
			x.path[i+1].Text = x.path[i].Text + x.path[i+1].Text
			x.path = append(x.path[:i], x.path[i+1:]...)
		}
	}
}

// hang puts a heading that begins with 其中 under the heading of the column left of it.
func (x *column) hang(left *column) {
	for i, e := range x.path {
		if !isPart(e.Text) {
			continue
		}
		if i >= len(left.path) {
			return
		}
		for k := 0; k < i; k++ {
			if left.path[k] != x.path[k] {
				return
			}
		}
		if whole := left.path[i]; !isPart(whole.Text) && !isTotal(whole.Text) {
			path := append([]schemas.Evidence(nil), x.path[:i]...)
			x.path = append(append(path, whole), x.path[i:]...)
		}
		return
	}
}

// splitJoined splits a heading that joins its levels by semicolons: 1-本月;营业收入;千元.
func (t *table) splitJoined(x *column) {
	if len(x.path) != 1 || !strings.ContainsAny(x.path[0].Text, ";；") {
		return
	}
	parts := strings.FieldsFunc(x.path[0].Text, func(r rune) bool { return r == ';' || r == '；' })
	at := x.path[0].Locator
	x.path = nil
	for i, p := range parts {
		p = strings.TrimSpace(p)
		if i == len(parts)-1 && i > 0 && isUnit(p) {
			x.unit = schemas.Evidence{Text: p, Locator: at}
			break
		}
		x.add(schemas.Evidence{Text: p, Locator: at})
	}
}

// unitFromPath finds the column's unit in its headings, the nearest first, and drops levels that are a unit and no more.
func (t *table) unitFromPath(x *column) {
	for i := len(x.path) - 1; i >= 0; i-- {
		e := x.path[i]
		switch {
		case len(x.path) > 1 && i == len(x.path)-1 && isUnit(e.Text) && strings.ContainsAny(e.Text, "(（[【"):
			x.path = x.path[:i]
			e.Text = strings.Trim(e.Text, "()（）[]【】 ")
		default:
			e.Text = unitAtEnd(e.Text)
		}
		if e.Text != "" && x.unit.Text == "" {
			x.unit = e
		}
	}
}
