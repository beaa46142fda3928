package quantity

import (
	_ "embed"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

//go:embed units.csv
var unitsCSV string

//go:embed nouns.csv
var nounsCSV string

// Unit is one unit word as the table knows it.
type Unit struct {
	Word   string // as written, without scale words: 元, 人次, 平方公里; LookupUnit keeps them (万元)
	Code   schemas.UnitCode
	Factor schemas.Decimal // of the canonical unit
	Kind   string          // count noun place percent point fraction times doubling money area mass length volume … time date age
	Noun   bool            // a classifier (个, 家, 项): the counted noun says the unit; Code is what it is without one, often ""
}

// unitRow is a unit with what the matcher needs.
type unitRow struct {
	Unit
	runes  []rune
	unless string // runes that may not follow: they make another word of it
}

var (
	units     = mustUnits(unitsCSV)
	unitIndex = indexUnits(units)
	headUnits = indexHeads(units)
	nounCodes = mustNouns(nounsCSV)
)

// kindHead marks units that only headers write as one word: 个村. In a text the noun stays outside the number.
const kindHead = "head"

// rows splits an embedded table into fields; lines that begin with # are comments.
func rows(csv string, fields int) [][]string {
	var out [][]string
	for i, line := range strings.Split(csv, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, ",")
		if len(f) != fields {
			panic(fmt.Sprintf("quantity: line %d of an embedded table has %d fields, want %d", i+1, len(f), fields))
		}
		out = append(out, f)
	}
	return out
}

func mustUnits(csv string) []unitRow {
	var out []unitRow
	for _, f := range rows(csv, 5) {
		factor, err := schemas.ParseDecimal(f[2])
		if err != nil {
			panic("quantity: factor of unit " + f[0])
		}
		for _, w := range strings.Split(f[0], "|") {
			u := Unit{w, schemas.UnitCode(f[1]), factor, f[3], f[3] == "noun"}
			out = append(out, unitRow{u, []rune(w), f[4]})
		}
	}
	return out
}

// unitTable lists the units that begin with each rune, longest first. A look-up costs two loads: it is asked for behind every number.
type unitTable struct {
	list [][]*unitRow // list[0] is empty
	of   *[tableSize]uint16
}

func (t *unitTable) at(r rune) []*unitRow {
	if r < 0 || r >= tableSize {
		return nil
	}
	return t.list[t.of[r]]
}

func indexUnits(units []unitRow) unitTable {
	t := unitTable{list: [][]*unitRow{nil}, of: new([tableSize]uint16)}
	for i := range units {
		u := &units[i]
		if u.Kind == kindHead {
			continue
		}
		id := &t.of[u.runes[0]]
		if *id == 0 {
			*id = uint16(len(t.list))
			t.list = append(t.list, nil)
		}
		t.list[*id] = append(t.list[*id], u)
	}
	for _, list := range t.list {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].runes) > len(list[j].runes) })
	}
	return t
}

func indexHeads(units []unitRow) map[string]*Unit {
	m := map[string]*Unit{}
	for i := range units {
		if units[i].Kind == kindHead {
			m[units[i].Word] = &units[i].Unit
		}
	}
	return m
}

// longestNoun is the length in bytes of the longest noun of the table.
var longestNoun = func() int {
	n := 0
	for noun := range nounCodes {
		n = max(n, len(noun))
	}
	return n
}()

func mustNouns(csv string) map[string]schemas.UnitCode {
	m := map[string]schemas.UnitCode{}
	for _, f := range rows(csv, 2) {
		m[f[0]] = schemas.UnitCode(f[1])
	}
	return m
}

// NounUnit returns the unit of what a bare 个 counts, by the longest suffix of the noun that the table knows:
// 蔬菜种植专业合作社 is an organization. Unknown nouns are "item", false.
func NounUnit(noun string) (schemas.UnitCode, bool) {
	for len(noun) > longestNoun {
		_, n := utf8.DecodeRuneInString(noun)
		noun = noun[max(n, len(noun)-longestNoun-utf8.UTFMax):]
	}
	for i := range noun {
		if code, ok := nounCodes[noun[i:]]; ok {
			return code, true
		}
	}
	return "item", false
}

// Units returns the table of unit words.
func Units() []Unit {
	out := make([]Unit, len(units))
	for i := range units {
		out[i] = units[i].Unit
	}
	return out
}

// matchUnit returns the longest unit word that begins at i, with its length; 0 for none.
func matchUnit(t []rune, i int) (*Unit, int) {
	if i >= len(t) {
		return nil, 0
	}
	for _, u := range unitIndex.at(t[i]) {
		if hasRunes(t, i, u.runes) && u.fits(t, i+len(u.runes)) {
			return &u.Unit, len(u.runes)
		}
	}
	return nil, 0
}

func hasRunes(t []rune, i int, w []rune) bool {
	if i < 0 || i+len(w) > len(t) {
		return false
	}
	for k, r := range w {
		if t[i+k] != r {
			return false
		}
	}
	return true
}

// fits reports whether the unit word may end at i: no Latin letter goes on, no rune that makes another word of it.
func (u *unitRow) fits(t []rune, i int) bool {
	if i >= len(t) {
		return true
	}
	if glyphOf(u.runes[len(u.runes)-1]).kind == kLetter && (glyphOf(t[i]).kind == kLetter || glyphOf(t[i]).kind == kDigit) {
		return false
	}
	return u.unless == "" || !strings.ContainsRune(u.unless, t[i])
}

// LookupUnit reads a unit as headers and notes write it: "万元", "单位:亿元", "(公顷)", "万人次", "个村", "％".
// The factor includes the scale words.
func LookupUnit(words string) (Unit, bool) {
	w := cleanUnit(words)
	if w == "" {
		return Unit{}, false
	}
	t := []rune(w)
	exp, i := int32(0), 0
	for i < len(t) {
		u, n := matchUnit(t, i)
		if head := headUnits[string(t[i:])]; head != nil {
			u, n = head, len(t)-i
		}
		if n > 0 && i+n == len(t) {
			found := *u
			found.Factor = u.Factor.Mul(schemas.NewDecimal(1, exp))
			found.Word = w
			return found, true
		}
		g := glyphOf(t[i])
		if g.kind != kSmall && g.kind != kBig {
			return Unit{}, false
		}
		exp += int32(g.n)
		i++
	}
	return Unit{Word: w, Factor: schemas.NewDecimal(1, exp), Kind: "scale"}, true
}

// cleanUnit strips what stands around a unit in headers: spaces, 单位:, brackets.
func cleanUnit(s string) string {
	s = strings.Join(strings.Fields(s), "")
	for _, p := range []string{"计量单位", "金额单位", "货币单位", "单位", "以", "按"} {
		s = strings.TrimPrefix(s, p)
	}
	s = strings.TrimLeft(s, ":：为是")
	for _, p := range []string{"()", "（）", "[]", "【】", "〔〕", "<>"} {
		r := []rune(p)
		if t := []rune(s); len(t) > 2 && t[0] == r[0] && t[len(t)-1] == r[1] {
			return cleanUnit(string(t[1 : len(t)-1]))
		}
	}
	return strings.TrimRight(strings.TrimSuffix(s, "计"), "。,，;；")
}
