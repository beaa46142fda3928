package workbook

// findGroups cuts the table into the tables that stand side by side in it, and finds each one's row labels.
func (t *table) findGroups() {
	start := 0
	seen := false // a column of data, codes or units has been seen in this group
	for c := range t.cols {
		switch t.cols[c].role {
		case roleLabel, roleYear:
			if seen && t.beginsGroup(start, c) {
				t.closeGroup(start, c-1)
				start, seen = c, false
			}
		case roleBlank, roleSequence:
		default:
			seen = true
		}
	}
	t.closeGroup(start, len(t.cols)-1)
	t.shareStubs()
	t.prefixGroups()
}

// beginsGroup reports whether the text column c begins another table beside the one that begins at start.
func (t *table) beginsGroup(start, c int) bool {
	if t.cols[c].role == roleYear && t.cols[c].leaf != "" && t.cols[c].leaf != t.firstStubLeaf(start, c) {
		return false
	}
	next := t.nextFilled(c)
	if next < 0 {
		return false
	}
	if t.keyed {
		return true
	}
	if c > 0 && t.cols[c-1].role == roleBlank {
		return true // an empty column parts them
	}
	if leaf := t.firstStubLeaf(start, c); leaf != "" && leaf == t.cols[c].leaf {
		return true
	}
	first := -1
	stub := false
	for i := start; i < c; i++ {
		switch t.cols[i].role {
		case roleLabel, roleYear:
			stub = true
		case roleBlank:
		default:
			if first < 0 && (stub || i == start) {
				first = i
			}
		}
	}
	return stub && first >= 0 && t.cols[first].leaf != "" && t.cols[first].leaf == t.cols[next].leaf
}

// firstStubLeaf returns the heading of the innermost label column before end of the group that begins at start.
func (t *table) firstStubLeaf(start, end int) string {
	leaf := ""
	for i := start; i < end; i++ {
		switch t.cols[i].role {
		case roleLabel, roleYear:
			leaf = t.cols[i].leaf
		case roleBlank, roleSequence:
		default:
			return leaf
		}
	}
	return leaf
}

// nextFilled returns the first column right of c that is no text column, -1 if there is none.
func (t *table) nextFilled(c int) int {
	for i := c + 1; i < len(t.cols); i++ {
		switch t.cols[i].role {
		case roleLabel, roleYear, roleBlank:
		default:
			return i
		}
	}
	return -1
}

// closeGroup records the columns from first to last as one group.
func (t *table) closeGroup(first, last int) {
	if first > last {
		return
	}
	g := group{first: first, last: last, unit: -1}
	data := false
	for c := first; c <= last; c++ {
		t.cols[c].group = len(t.groups)
		switch t.cols[c].role {
		case roleLabel, roleYear:
			if data {
				t.cols[c].role = roleText
				continue
			}
			g.stub = append(g.stub, c)
			g.stubHead = t.cols[c].leaf
			if n := len(t.cols[c].path); n > 0 {
				g.prefix = t.cols[c].path[n-1]
			}
		case roleUnit:
			if g.unit < 0 {
				g.unit = c
			}
		case roleData:
			data = true
		}
	}
	t.groups = append(t.groups, g)
}

// shareStubs gives the groups on the right the section labels that stand left of the first group's own labels.
func (t *table) shareStubs() {
	if len(t.groups) < 2 {
		return
	}
	first := t.groups[0].stub
	for i := 1; i < len(t.groups); i++ {
		g := &t.groups[i]
		if n := len(first) - len(g.stub); n > 0 && len(g.stub) > 0 && t.tall(first[n-1]) {
			g.stub = append(append([]int(nil), first[:n]...), g.stub...)
		}
	}
}

// tall reports whether the column's labels are merged over several rows: sections.
func (t *table) tall(c int) bool {
	for r := t.first; r <= t.last; r++ {
		if m, ok := t.v.merge(r, c); ok && m.Row1 > m.Row0 {
			return true
		}
	}
	return false
}

// prefixGroups keeps a group's own label heading only where it tells groups with the same headings apart: 部门预算支出 | 预算金额 | 收入来源 | 预算金额.
func (t *table) prefixGroups() {
	for i := range t.groups {
		g := &t.groups[i]
		apart := false
		for j := range t.groups {
			o := &t.groups[j]
			if i != j && g.stubHead != "" && o.stubHead != "" && g.stubHead != o.stubHead && t.firstData(g) == t.firstData(o) {
				apart = true
			}
		}
		if !apart {
			g.prefix.Text = ""
		}
	}
}

func (t *table) firstData(g *group) string {
	for c := g.first; c <= g.last; c++ {
		if t.cols[c].role == roleData {
			return t.cols[c].key
		}
	}
	return ""
}
