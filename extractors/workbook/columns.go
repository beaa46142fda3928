package workbook

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

// role is what a column of a table is for.
type role uint8

const (
	roleBlank role = iota
	roleLabel      // says what the row is
	roleData
	roleText     // remarks, names of contacts
	roleCode     // 代码, 身份证号
	roleSequence // 序号, 行次
	roleUnit     // 计量单位
	rolePhone
	roleDate
	roleYear // years or months as row labels
	roleRank // 排名
)

// column is one column of a table.
type column struct {
	role  role
	path  []schemas.Evidence // headings, outermost first
	unit  schemas.Evidence   // from a unit row, or the end of a heading
	leaf  string             // squashed last heading
	key   string             // squashed headings, joined
	count [text + 1]int
	group int
}

// group is a table beside others in the same rows, with its own row labels.
type group struct {
	first, last int   // columns
	stub        []int // label columns, outermost first
	unit        int   // unit column, -1 if none
	prefix      schemas.Evidence
	stubHead    string // squashed heading of the innermost label column
}

// table is a block with its columns understood.
type table struct {
	*block
	v      *view
	rows   []row
	cols   []column
	groups []group
}

func newTable(v *view, rows []row, b *block) *table {
	t := &table{block: b, v: v, rows: rows, cols: make([]column, v.cols)}
	t.countCells()
	t.readHeadings()
	for c := range t.cols {
		t.cols[c].role = t.roleOf(c)
	}
	t.nameRows()
	t.findGroups()
	return t
}

// nameRows makes a column of persons' names the label column where no other stands left of it: a roster.
func (t *table) nameRows() {
	for c := range t.cols {
		switch x := &t.cols[c]; x.role {
		case roleLabel, roleData:
			return
		case roleText:
			if equalsAny(x.leaf, []string{"姓名", "户主", "户主姓名"}) {
				x.role = roleLabel
				return
			}
		}
	}
}

func (t *table) countCells() {
	for r := t.first; r <= t.last; r++ {
		if k := t.rows[r].kind; k == rowCode || k == rowHead || k == rowNote {
			continue
		}
		for c, k := range t.v.class[r] {
			if k == written && t.v.s.Rows[r][c].Kind != 0 && c == 0 {
				k = text // a first column of quantities is a label: 60岁以上
			}
			t.cols[c].count[k]++
		}
	}
	for _, m := range t.v.s.Merges { // a label merged over many rows labels them all
		if m.Row1 >= t.first && m.Row1 > m.Row0 && m.Row0 <= t.last && m.Col0 < len(t.cols) && t.v.at(m.Row0, m.Col0) == text {
			t.cols[m.Col0].count[text] += min(m.Row1, t.last) - max(m.Row0, t.first-1)
		}
	}
}

// Words that name a column which holds no figures.
var (
	sequenceHeads = []string{"序号", "行次", "项次", "栏次", "顺序号", "行号", "序", "No", "NO", "No.", "NO.", "no", "no.", "排序"}
	codeHeads     = []string{"代码", "编码", "编号", "身份证", "信用代码", "组织机构", "区划", "账号", "帐号", "卡号", "证号", "邮编", "邮政编码", "code", "Code", "CODE", "id", "ID", "Id"}
	phoneHeads    = []string{"电话", "手机", "联系方式", "传真"}
	yearHeads     = []string{"年份", "年度", "年", "年月", "月份", "时间", "时期", "日期", "year", "Year", "YEAR", "month", "Month", "年级"}
	rankHeads     = []string{"排名", "名次", "位次", "排位", "序位", "全省排名", "全市排名", "全县排名"}
	spanHeads     = []string{"年龄", "组别", "分组", "区间", "工龄", "档次"}
	textHeads     = []string{"联系人", "姓名", "负责人", "户主", "备注", "说明", "地址", "住址", "填报人", "性别", "职务", "规格", "型号", "规格型号"}
	unitHeads     = []string{"单位", "计量单位", "计算单位", "计价单位", "数量单位", "度量单位"}
)

// says reports whether one of the column's headings is one of the words.
func (x *column) says(words []string) bool {
	for _, e := range x.path {
		if equalsAny(bare(e.Text), words) {
			return true
		}
	}
	return false
}

func equalsAny(s string, words []string) bool {
	for _, w := range words {
		if s == w {
			return true
		}
	}
	return false
}

func (t *table) roleOf(c int) role {
	x := &t.cols[c]
	n := x.count[number] + x.count[written] + x.count[failed]
	words := x.count[text]
	head := x.leaf
	short := utf8.RuneCountInString(head) <= 12
	switch {
	case n+words+x.count[date]+x.count[filler]+x.count[boolean] == 0:
		if head == "" {
			return roleBlank
		}
		return roleData
	case x.says(sequenceHeads) || equalsAny(x.key, sequenceHeads):
		return roleSequence
	case short && head != "" && (containsCode(head) || containsCode(x.key)):
		return roleCode
	case x.count[number] == 0 && x.count[written] > 0 && c > 0 && (containsAny(head, spanHeads) || head != "" && head == t.cols[0].leaf):
		return roleLabel // 40-44 below 年龄
	case equalsAny(head, rankHeads):
		return roleRank
	case short && head != "" && containsAny(head, phoneHeads) && t.mostlyPhones(c):
		return rolePhone
	case equalsAny(head, textHeads) && words+x.count[filler]+x.count[written] > x.count[number]:
		return roleText
	case equalsAny(head, unitHeads) && t.mostlyUnits(c):
		return roleUnit
	case equalsAny(head, yearHeads) && t.mostlyYears(c):
		return roleYear
	case x.count[date] > 0 && x.count[date] >= n && words == 0, t.datesEvents(c):
		return roleDate
	case n > words && (t.lettered(c) || t.isDivisions(c)):
		return roleCode
	case x.count[number] == 0 && words > 0 && t.labelHeading(c):
		return roleLabel
	case words > n:
		if t.isProse(c) || t.isMarks(c) {
			return roleText
		}
		return roleLabel
	case n > 0 && t.isSequence(c):
		return roleSequence
	case n > 0 && head == "" && t.isYears(c):
		return roleYear
	}
	return roleData
}

// containsCode reports whether a heading names codes, not a number of codes.
func containsCode(s string) bool {
	if strings.HasSuffix(s, "数") || strings.HasSuffix(s, "数量") {
		return false
	}
	if strings.HasSuffix(s, "号") && !strings.HasSuffix(s, "型号") && (s[0] < '0' || s[0] > '9') {
		return true // 工号, 学号, 合同号
	}
	for _, w := range codeHeads {
		if s == w || len(w) > 3 && w[0] >= 0x80 && strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// isDivisions reports whether a column holds nothing but statistical division codes of twelve digits.
func (t *table) isDivisions(c int) bool {
	n, ok := 0, true
	t.sample(c, func(_ class, s string) {
		n++
		ok = ok && len(s) == 12 && allDigits(s) && s >= "11" && s < "83"
	})
	return ok && n > 0
}

// lettered reports whether the code row letters the column 甲, 乙 or 丙: such columns name, measure or code the rows.
func (t *table) lettered(c int) bool {
	for _, h := range t.head {
		if t.rows[h].kind != rowCode {
			continue
		}
		switch squash(t.v.wordsOf(h, c)) {
		case "甲", "乙", "丙", "丁", "戊":
			return true
		}
	}
	return false
}

// labelHeading reports whether the column stands under the same heading as the one left of it: 项目 over two columns.
func (t *table) labelHeading(c int) bool {
	for _, h := range t.head {
		if m, ok := t.v.merge(h, c); ok && m.Col0 < c && t.cols[m.Col0].role == roleLabel {
			return true
		}
	}
	return false
}

// proseRunes is how long texts are on average in a column that explains instead of naming.
const proseRunes = 30

// isProse reports whether a column of long texts stands behind one that names the rows.
func (t *table) isProse(c int) bool {
	runes, n := 0, 0
	t.sample(c, func(k class, s string) {
		if k == text {
			runes += utf8.RuneCountInString(s)
			n++
		}
	})
	if n == 0 || runes <= proseRunes*n {
		return false
	}
	for i := 0; i < c; i++ {
		if t.cols[i].role == roleLabel {
			return true
		}
	}
	return false
}

// isMarks reports whether a column of texts only ticks: √ and ×, 是 and 否.
func (t *table) isMarks(c int) bool {
	ok, n := true, 0
	t.sample(c, func(k class, s string) {
		n++
		ok = ok && (k != text || equalsAny(s, []string{"√", "×", "✓", "✗", "是", "否", "有", "无", "Y", "N", "y", "n"}))
	})
	return ok && n > 0
}

// sample calls f for up to 60 cells of the column that hold something.
func (t *table) sample(c int, f func(k class, s string)) {
	n := 0
	for r := t.first; r <= t.last && n < 60; r++ {
		if k := t.v.at(r, c); k != empty && t.rows[r].kind != rowCode && t.rows[r].kind != rowNote {
			n++
			f(k, t.v.squashed(r, c))
		}
	}
}

func (t *table) mostlyUnits(c int) bool {
	units, others := 0, 0
	t.sample(c, func(k class, s string) {
		switch {
		case k == filler:
		case k == written && equalsAny(t.cols[c].leaf, unitHeads): // 500克
			units++
		case k == text && (isUnit(s) || equalsAny(t.cols[c].leaf, unitHeads[1:]) && utf8.RuneCountInString(s) <= 8):
			units++
		default:
			others++
		}
	})
	return units > 0 && units >= others
}

// isPhone reports whether a squashed text may be a telephone number: seven digits or more.
func isPhone(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	return digits >= 7
}

func (t *table) mostlyPhones(c int) bool {
	yes, no := 0, 0
	t.sample(c, func(k class, s string) {
		switch {
		case k == filler:
		case isPhone(s):
			yes++
		case k == number:
			no++
		}
	})
	return no <= yes
}

func (t *table) mostlyYears(c int) bool {
	ok, no := 0, 0
	t.sample(c, func(k class, s string) {
		n, whole := isWhole(s)
		if k == text || k == date || whole && (isYear(s) || n >= 1 && n <= 12 || len(s) == 6 && isYear(s[:4])) {
			ok++
		} else {
			no++
		}
	})
	return ok > 0 && no == 0
}

// datesEvents reports whether a column of years says when something was: 脱贫年度, 建成时间.
func (t *table) datesEvents(c int) bool {
	head := t.cols[c].leaf
	if !endsWithAny(head, []string{"年度", "年份", "时间"}) || strings.ContainsAny(head, "0123456789") {
		return false
	}
	n, ok := 0, true
	t.sample(c, func(k class, s string) {
		if k != filler {
			n++
			ok = ok && (isYear(s) || onlyTime(s) && yearOf(s) != "")
		}
	})
	return ok && n > 0
}

// isYears reports whether a column without heading, left of all others, holds nothing but years.
func (t *table) isYears(c int) bool {
	for i := 0; i < c; i++ {
		if t.cols[i].role != roleBlank {
			return false
		}
	}
	n, ok := 0, true
	t.sample(c, func(_ class, s string) {
		n++
		ok = ok && isYear(s)
	})
	return ok && n >= 2
}

// isSequence reports whether a column without heading that begins the table counts its rows.
func (t *table) isSequence(c int) bool {
	if t.cols[c].leaf != "" {
		return false
	}
	for i := 0; i < c; i++ {
		if t.cols[i].role != roleBlank {
			return false
		}
	}
	n, last, ok := 0, 0, true
	t.sample(c, func(_ class, s string) {
		x, whole := isWhole(s)
		ok = ok && whole && (x == last+1 || n == 0 && x == 1)
		last = x
		n++
	})
	return ok && n >= 2
}
