package workbook

import (
	"math"
	"strconv"
	"strings"

	"heshu/extractors/workbook/sheet"
)

// scale says how the shares of a row or column are written.
type scale uint8

const (
	scaleUnseen  scale = iota
	scaleWritten       // as their unit says, or in per cent: 96
	scaleParts         // as parts of one: 0.96
	scaleUnsure        // 0.05 may be 5 % or 0.05 %
)

// Words of shares: those that are small as a rule, so that 0.85 may well be per cent; those that are no shares; those that may
// exceed the whole.
var (
	growthWords = []string{"增长", "增速", "增幅", "同比", "环比", "增减率", "升降", "变动率"}
	smallShares = []string{"发生率", "返贫率", "失业率", "死亡率", "出生率", "病死率", "增长率", "不良率", "流失率", "漏评率", "错退率", "差错率", "投诉率", "事故率", "离职率", "利率", "税率", "费率", "征收率", "波动率", "患病率", "感染率"}
	noShares    = []string{"汇率", "频率", "效率", "倍率", "功率", "速率", "分辨率", "曲率", "斜率"}
	overShares  = []string{"完成", "收缴", "到位", "执行", "兑现", "达成", "实现"}
)

// isShare reports whether a bare heading names a share that a number without a sign may give as a part of one.
func isShare(leaf string) bool {
	return (endsWithAny(leaf, shareEnds) || containsAny(leaf, growthWords) && !strings.HasSuffix(leaf, "额") && !strings.HasSuffix(leaf, "量") && !strings.HasSuffix(leaf, "数")) && !endsWithAny(leaf, noShares)
}

// share is one number of a line of shares: where it stands across the line, its value and half a unit of its last digit.
type share struct {
	at      int
	v, half float64
	signed  bool // shown with a per cent sign
	formula string
}

// line is a column of shares, or a row of them, and how to look at the lines beside it.
type line struct {
	leaf   string
	shares []share
	beside []int                           // lines that hold counts
	value  func(k, at int) (float64, bool) // of line k
}

// scaleOf decides how the shares of the cell's line are written; percent tells that a heading or a note names per cent.
func (rd *reader) scaleOf(r, c int, row *rowFacts, percent bool) scale {
	leaf := rd.cols[c].leaf
	if n := len(row.path); n > 0 && !isShare(leaf) {
		rowLeaf := strings.TrimRight(bare(row.path[n-1]), ":")
		if !isShare(rowLeaf) {
			return scaleWritten
		}
		if row.scale == scaleUnseen {
			row.scale = rd.rowLine(r, c, rowLeaf).scale(percent)
		}
		return row.scale
	}
	if !isShare(leaf) {
		return scaleWritten
	}
	if rd.byCol[c].scale == scaleUnseen {
		rd.byCol[c].scale = rd.columnLine(c, leaf).scale(percent)
	}
	return rd.byCol[c].scale
}

// lineSample bounds how many numbers of a line, and how many lines beside it, are looked at.
const lineSample = 24

func (rd *reader) columnLine(c int, leaf string) *line {
	l := &line{leaf: leaf, value: func(k, at int) (float64, bool) { return rd.v.float(at, k) }}
	for r := rd.first; r <= rd.last && len(l.shares) < lineSample; r++ {
		if rd.rows[r].kind == rowData {
			l.take(rd.v, r, c, r)
		}
	}
	g := &rd.groups[rd.cols[c].group]
	for k := max(g.first, c-lineSample/2); k <= min(g.last, c+lineSample/2); k++ {
		if k != c && rd.cols[k].role == roleData {
			l.beside = append(l.beside, k)
		}
	}
	return l
}

func (rd *reader) rowLine(r, c int, leaf string) *line {
	l := &line{leaf: leaf, value: func(k, at int) (float64, bool) { return rd.v.float(k, at) }}
	g := &rd.groups[rd.cols[c].group]
	for i := g.first; i <= g.last && len(l.shares) < lineSample; i++ {
		if rd.cols[i].role == roleData {
			l.take(rd.v, r, i, i)
		}
	}
	for k := max(rd.first, r-lineSample/2); k <= min(rd.last, r+lineSample/2); k++ {
		if k != r && rd.rows[k].kind == rowData && !rd.keyed {
			l.beside = append(l.beside, k)
		}
	}
	return l
}

// take adds the number of a cell to the line.
func (l *line) take(v *view, r, c, at int) {
	x, ok := v.float(r, c)
	if !ok || v.class[r][c] != number {
		return
	}
	shown := v.squashed(r, c)
	l.shares = append(l.shares, share{at: at, v: x, half: math.Pow10(-decimalsOf(shown)) * 0.51, signed: strings.HasSuffix(shown, "%"), formula: v.s.Formulas[[2]int{r, c}]})
}

// float returns the number of a cell as stored, of 75% typed as text 0.75; it is for comparing, never for a value.
func (v *view) float(r, c int) (float64, bool) {
	if v.at(r, c) != number {
		return 0, false
	}
	x := &v.s.Rows[r][c]
	if x.Kind == sheet.Number {
		f, err := strconv.ParseFloat(x.Raw, 64)
		return f, err == nil
	}
	digits, percent, ok := plain(v.squashed(r, c))
	f, err := strconv.ParseFloat(digits, 64)
	if percent {
		f /= 100
	}
	return f, ok && err == nil
}

// scale weighs what the lines beside, the neighbours and the words say, in this order.
func (l *line) scale(percent bool) scale {
	parts, hundred := l.proved(1), l.proved(100)
	switch {
	case parts > hundred && (!percent || parts > 1):
		return scaleParts
	case hundred > parts, percent:
		return scaleWritten
	}
	return l.guess()
}

// proved returns for how many shares two numbers beside them, always of the same two lines, give them as so many parts of the whole;
// 0 unless they do for nearly all. The parts of a whole that add up to it prove it too, and so do formulas that divide.
func (l *line) proved(whole float64) int {
	best := max(l.addUp(whole), l.divided(whole))
	for _, a := range l.beside {
		for _, b := range l.beside {
			if a != b {
				best = max(best, l.ratio(a, b, whole))
			}
		}
	}
	return best
}

// ratio counts the shares that line a gives of line b, or of its growth over b.
func (l *line) ratio(a, b int, whole float64) int {
	said, agree := 0, 0
	for _, s := range l.shares {
		x, okA := l.value(a, s.at)
		y, okB := l.value(b, s.at)
		if !okA || !okB || y == 0 || s.v == 0 || s.signed {
			continue
		}
		said++
		q := x / y
		if containsAny(l.leaf, growthWords) || strings.Contains(l.leaf, "增") {
			q--
		}
		if math.Abs(q*whole-s.v) <= max(s.half, math.Abs(s.v)*1e-9) {
			agree++
		}
	}
	if agree*5 < said*4 || agree == 1 && len(l.shares) > 1 {
		return 0
	}
	return agree
}

// divided counts the shares that a formula makes by division, times a hundred or not.
func (l *line) divided(whole float64) int {
	n := 0
	for _, s := range l.shares {
		if strings.Contains(s.formula, "/") && strings.Contains(s.formula, "100") == (whole == 100) {
			n++
		}
	}
	return n
}

// addUp counts the shares if they are parts that add up to the whole: 占比 0.5, 0.3 and 0.2.
func (l *line) addUp(whole float64) int {
	if len(l.shares) < 2 || !endsWithAny(l.leaf, []string{"占比", "比重", "比例", "百分比"}) {
		return 0
	}
	sum, half := 0.0, 0.0
	for _, s := range l.shares {
		if s.signed {
			return 0
		}
		sum, half = sum+s.v, half+s.half
	}
	last := l.shares[len(l.shares)-1]
	if math.Abs(sum-whole) <= half || math.Abs(last.v-whole) <= last.half && math.Abs(sum-2*whole) <= half {
		return len(l.shares)
	}
	return 0
}

// guess goes by the neighbours and the words alone.
func (l *line) guess() scale {
	most, least, signed, bare := 0.0, math.Inf(1), 0.0, 0
	over := 0
	for _, s := range l.shares {
		v := math.Abs(s.v)
		if s.signed {
			signed = max(signed, v)
			continue
		}
		bare++
		most, least = max(most, v), min(least, v)
		if v > 1 {
			over++
		}
	}
	small := containsAny(l.leaf, smallShares) || containsAny(l.leaf, growthWords)
	switch {
	case bare == 0 || most == 0:
		return scaleWritten
	case signed > 0 && most <= 1.5 && signed >= 0.1: // 75% and 0.8 in one column
		return scaleParts
	case most > 2 || over > 0 && (small || !containsAny(l.leaf, overShares) || over*2 > bare && bare > 1):
		return scaleWritten
	case small || most < 0.5:
		return scaleUnsure
	}
	return scaleParts
}
