package workbook

import (
	"slices"
	"strings"
	"unicode/utf8"

	"heshu/schemas/hanzi"
)

// noteKind is what a line beside the table says.
type noteKind uint8

const (
	noteOther    noteKind = iota + 1 // sources, signatures, explanations
	noteUnit                         // 单位：万元
	noteReporter                     // 填报单位：汝南县总工会
	notePeriod                       // 填报时期：2018年7月
	noteSubject                      // 指标：国内生产总值(亿元)
	noteMaker                        // 制表机关：神农架林区统计局
	noteSent                         // 报送日期：2018年7月31日
)

// noteKeys are the words before a colon that make a cell a note, the longer before the shorter that it ends with.
var noteKeys = []struct {
	key  string
	kind noteKind
}{
	{"填报单位", noteReporter}, {"报送单位", noteReporter}, {"上报单位", noteReporter}, {"编报单位", noteReporter}, {"编制单位", noteReporter}, {"报告单位", noteReporter},
	{"填表单位", noteReporter}, {"制表单位", noteReporter}, {"统计单位", noteReporter}, {"单位名称", noteReporter}, {"部门名称", noteReporter}, {"综合机关名称", noteReporter},
	{"综合制表机关", noteReporter}, {"填报机关", noteReporter}, {"填报地区", noteReporter}, {"单位(盖章)", noteReporter}, {"单位（盖章）", noteReporter}, {"贫困村", noteReporter},
	{"计量单位", noteUnit}, {"计算单位", noteUnit}, {"金额单位", noteUnit}, {"货币单位", noteUnit}, {"面积单位", noteUnit}, {"数量单位", noteUnit}, {"单位", noteUnit},
	{"所在县", noteReporter}, {"所在县区", noteReporter}, {"所在县(区)", noteReporter}, {"所在县（区）", noteReporter}, {"所在县市区", noteReporter}, {"所在区县", noteReporter}, {"所在乡镇", noteReporter}, {"所在乡(镇)", noteReporter},
	{"所在乡（镇）", noteReporter}, {"所在村", noteReporter}, {"所在地区", noteReporter}, {"所属县区", noteReporter}, {"所属乡镇", noteReporter},
	{"报送日期", noteSent}, {"上报日期", noteSent}, {"报送时间", noteSent}, {"上报时间", noteSent}, {"填报日期", noteSent}, {"填表日期", noteSent}, {"报出日期", noteSent}, {"填表时间", noteOther},
	{"填报时期", notePeriod}, {"报告期", notePeriod}, {"报表时期", notePeriod}, {"统计时期", notePeriod}, {"统计时间", notePeriod}, {"数据时间", notePeriod}, {"所属时期", notePeriod},
	{"填报时间", notePeriod}, {"报告时间", notePeriod}, {"填报年月", notePeriod}, {"年月", notePeriod}, {"时间", notePeriod}, {"年度", notePeriod}, {"月份", notePeriod},
	{"指标", noteSubject}, {"指标名称", noteSubject}, {"统计指标", noteSubject},
	{"制表日期", noteOther}, {"资料来源", noteOther}, {"数据来源", noteOther}, {"来源", noteOther},
	{"数据库", noteOther}, {"表号", noteOther}, {"制表机关", noteMaker}, {"制定机关", noteOther}, {"批准机关", noteOther}, {"批准文号", noteOther}, {"备案机关", noteOther}, {"备案文号", noteOther},
	{"文号", noteOther}, {"有效期至", noteOther}, {"有效期", noteOther}, {"单位负责人", noteOther}, {"统计负责人", noteOther}, {"负责人", noteOther}, {"填报人", noteOther}, {"填表人", noteOther},
	{"制表人", noteOther}, {"审核人", noteOther}, {"复核人", noteOther}, {"审核", noteOther}, {"制表", noteOther}, {"经办人", noteOther}, {"联系人", noteOther}, {"联系电话", noteOther}, {"电话", noteOther},
	{"说明", noteOther}, {"填表说明", noteOther}, {"注", noteOther}, {"附注", noteOther}, {"注释", noteOther}, {"备注", noteOther}, {"附报", noteOther}, {"平衡关系", noteOther}, {"指标关系", noteOther},
	{"审核关系", noteOther}, {"报表专业", noteOther}, {"报表类别", noteOther}, {"领导签名", noteOther}, {"统计员签名", noteOther}, {"签名", noteOther},
}

// note is one key and its value in a cell beside the table.
type note struct {
	kind  noteKind
	key   string
	value string
	r, c  int
}

// readNotes returns the notes of a cell's tidy words; none means that the cell is no note.
func readNotes(words string) []note {
	if words == "" {
		return nil
	}
	if utf8.RuneCountInString(words) > 160 || isPageMark(words) {
		return []note{{kind: noteOther, value: words}}
	}
	folded := strings.Map(func(r rune) rune {
		if r == '：' {
			return ':'
		}
		return r
	}, hanzi.Simplified(words))
	var out []note
	rest := folded
	for {
		i := strings.IndexByte(rest, ':')
		if i < 0 {
			break
		}
		kind, key, extra := lastKey(rest[:i])
		if len(out) == 0 && (kind == 0 || utf8.RuneCountInString(extra) > 8) {
			return bareUnitNote(words)
		}
		if kind != 0 {
			out = append(out, note{kind: kind, key: key})
		}
		if n := len(out); kind != 0 && n > 1 { // the text before this key is the value of the one before
			out[n-2].value = strings.TrimSpace(cutKey(rest[:i], key))
		}
		rest = rest[i+1:]
	}
	if len(out) == 0 {
		return bareUnitNote(words)
	}
	out[len(out)-1].value = strings.TrimSpace(rest)
	for i := range out {
		out[i].value = verbatim(words, folded, out[i].value)
		if out[i].kind == noteUnit {
			out[i].value = strings.TrimRight(strings.TrimLeft(out[i].value, "（( "), "）)。; ")
		}
	}
	return out
}

// verbatim returns the words of a part of their shadow, which has as many runes.
func verbatim(words, shadow, part string) string {
	at := strings.Index(shadow, part)
	if at < 0 || strings.Contains(words, part) {
		return part
	}
	n := utf8.RuneCountInString(shadow[:at])
	return string([]rune(words)[n : n+utf8.RuneCountInString(part)])
}

// lastKey finds the key that ends a text, and what stands before it: the word behind the last space if it is a key by itself
// (汝南县总工会 2018年7月31日 单位), else one written with spaces between its characters (填 报 单 位).
func lastKey(s string) (kind noteKind, key, extra string) {
	s = strings.TrimRight(s, " ")
	if i := strings.LastIndexByte(s, ' '); i >= 0 {
		word := strings.Trim(s[i+1:], "（(【[")
		if kind, key, extra = noteKey(word); kind != 0 && extra == "" {
			return kind, key, ""
		}
	}
	return noteKey(strings.Trim(strings.ReplaceAll(s, " ", ""), "（(【["))
}

// noteKey returns the kind of the note whose key ends the text, the key, and what stands before it.
func noteKey(s string) (kind noteKind, key, extra string) {
	for _, k := range noteKeys {
		if strings.HasSuffix(s, k.key) {
			extra := s[:len(s)-len(k.key)]
			if k.kind == noteUnit && k.key == "单位" && extra != "" && !strings.HasSuffix(extra, "）") && !strings.HasSuffix(extra, ")") {
				return noteOther, k.key, extra // 帮扶单位: names an organisation
			}
			return k.kind, k.key, extra
		}
	}
	return 0, s, s
}

// pairKeys are the keys of a form's head that speaks of one project: the row below them is another's.
var pairKeys = []string{"项目名称", "主管部门", "实施单位", "项目单位", "建设单位", "预算单位", "预算部门", "承办单位", "项目负责人", "负责人", "联系人", "联系电话", "项目类别", "项目属性", "项目编码", "项目期", "资金用途"}

// pairNotes reads a row of keys and values in cells of their own, without colons: 部门名称 | 湛江市人力资源和社会保障局.
func pairNotes(v *view, r int, anchors []int) []note {
	var out []note
	for i := 0; i+1 < len(anchors); i += 2 {
		key, value := squash(v.words(r, anchors[i])), v.words(r, anchors[i+1])
		kind, _, extra := noteKey(key)
		switch {
		case extra != "" && !slices.Contains(pairKeys, key):
			return nil
		case kind == noteReporter && key != "单位名称" && endsWithAny(squash(value), reporterEnds):
		case kind == notePeriod && saysTime(value):
		case slices.Contains(pairKeys, key) && !slices.Contains(pairKeys, squash(value)):
			if kind = noteOther; endsWithAny(key, []string{"部门", "单位"}) && endsWithAny(squash(value), reporterEnds) {
				kind = noteReporter
			}
		default:
			return nil
		}
		out = append(out, note{kind: kind, key: key, value: value, r: r, c: anchors[i+1]})
	}
	if len(anchors)%2 != 0 {
		return nil
	}
	return out
}

// reporterEnds end the names of those who report.
var reporterEnds = []string{"局", "会", "委", "办", "厅", "部", "院", "校", "所", "站", "中心", "公司", "县", "市", "区", "镇", "乡", "村", "街道"}

// cutKey removes the key, which may be written with spaces, from the end of the text.
func cutKey(s, key string) string {
	left := utf8.RuneCountInString(key)
	for s != "" && left > 0 {
		r, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
		if r != ' ' {
			left--
		}
	}
	return s
}

// bareUnitNote reads a unit note that is written without a colon: （单位 万元）.
func bareUnitNote(words string) []note {
	s := strings.Trim(words, "（）() ")
	for _, key := range []string{"计量单位", "金额单位", "单位"} {
		if v, ok := strings.CutPrefix(s, key+" "); ok && isUnit(v) {
			return []note{{kind: noteUnit, key: key, value: v}}
		}
	}
	return nil
}

// isPageMark reports whether the words number a page: 第03页, 共5页, - 3 -.
func isPageMark(s string) bool {
	t := squash(s)
	if strings.HasPrefix(t, "第") && strings.HasSuffix(t, "页") || strings.HasPrefix(t, "共") && strings.HasSuffix(t, "页") {
		return utf8.RuneCountInString(t) <= 12
	}
	return len(t) <= 8 && len(t) > 2 && t[0] == '-' && t[len(t)-1] == '-' && allDigits(t[1:len(t)-1])
}
