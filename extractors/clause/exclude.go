package clause

import (
	"strings"
	"unicode/utf8"

	"heshu/schemas/period"
	"heshu/schemas/quantity"
)

// excluded names why a number states neither how many nor how much, "" for a figure.
func (t *text) excluded(kind BlockKind, numbers []quantity.Number, i int) string {
	n := numbers[i]
	if !n.Class.Figure() {
		return n.Class.String()
	}
	if kind == Note {
		return "page_furniture"
	}
	if t.damaged(n) {
		return Damaged
	}
	if e, ok := t.timeAt(n.CoreStart); ok && e.Start <= n.CoreStart && n.CoreEnd <= e.End {
		return timeClass(e)
	}
	if t.quoted(n) {
		return "name"
	}
	if class := t.lookAlike(numbers, i); class != "" {
		return class
	}
	if n.Class == quantity.Cardinal && n.UnitEnd == n.UnitStart {
		if !t.bareFigure(n) {
			return "bare"
		}
		return ""
	}
	if t.planWord(n) {
		return "plan_points"
	}
	return ""
}

// Damaged is the class of a number that stands beside a character nobody could read: what is left of it is not the number.
const Damaged = "damaged"

func (t *text) damaged(n quantity.Number) bool {
	const lost = '\uFFFD'
	return n.Start > 0 && t.runes[n.Start-1] == lost || n.End < len(t.runes) && t.runes[n.End] == lost
}

// lookAlike names what the grammar of numbers alone cannot tell: it needs the words around.
func (t *text) lookAlike(numbers []quantity.Number, i int) string {
	n := numbers[i]
	core := t.runes[n.CoreStart:n.CoreEnd]
	next := rune(0)
	if n.End < len(t.runes) {
		next = t.runes[n.End]
	}
	switch {
	case len(core) == 1 && (core[0] == '万' || core[0] == '亿') && t.digitsLost(n):
		return "digits_lost"
	case core[0] == '一' && len(core) == 1 && n.Start >= 2 && string(t.runes[n.Start-2:n.Start]) == "最后":
		return quantity.Name.String()
	case core[0] == '一' && len(core) == 1 && (n.Quantity.Unit == "分钱" || n.Quantity.Unit == "分" || n.Quantity.Unit == "块" && next != '钱'):
		return quantity.ArticleWord.String()
	case core[0] == '一' && len(core) == 1 && n.End > n.CoreEnd+2 && string(t.runes[n.End-2:n.End]) == "以上" && strings.Contains("门项种技", n.Quantity.Unit):
		return quantity.ArticleWord.String() // 掌握一门以上实用技术
	case core[0] == '一' && len(core) == 1 && strings.Contains("人户家", n.Quantity.Unit) && n.Quantity.Unit != "" && anyWord(t.runes[max(0, n.CoreStart-2):n.CoreStart], "最高", "最多", "最低", "最少"):
		return quantity.ArticleWord.String() // 最高一人获得3万元
	case n.Quantity.Unit == "位" && next == '数' && core[0] > 0x2e80, n.Quantity.Unit == "次" && n.Start > 0 && t.runes[n.Start-1] == '届':
		return quantity.Ordinal.String()
	case n.Quantity.Unit == "位" && n.Start >= 2 && anyWord(t.runes[n.Start-2:n.Start], "谢谢", "感谢", "你们", "请问"), n.Quantity.Unit == "回" && next == '线':
		return quantity.Name.String()
	case n.Quantity.Unit == "面" && strings.ContainsRune("环临靠", next):
		return quantity.Name.String()
	case n.Quantity.Unit == "口" && n.Start > 0 && t.runes[n.Start-1] == '老':
		return quantity.Name.String()
	case core[0] > 0x2e80 && n.Quantity.Unit == "次" && n.End+1 < len(t.runes) && (string(t.runes[n.End:n.End+2]) == "会议" || string(t.runes[n.End:n.End+2]) == "全会"):
		return quantity.Ordinal.String()
	case n.Quantity.Unit == "届" && (core[0] > 0x2e80 || next == '全' || next == '中' || next == '三'):
		return "ordinal"
	case n.UnitEnd > n.UnitStart && n.Class == quantity.Cardinal && i+1 < len(numbers) && numbers[i+1].Start == n.End && numbers[i+1].Class == quantity.Address:
		return quantity.Address.String()
	case i > 0 && n.UnitEnd == n.UnitStart && n.CoreEnd-n.CoreStart >= 3 && numbers[i-1].Class == quantity.Phone && n.Start-numbers[i-1].End <= 1:
		return quantity.Phone.String()
	case i > 1 && n.UnitEnd == n.UnitStart && n.CoreEnd-n.CoreStart >= 3 && numbers[i-2].Class == quantity.Phone && n.Start-numbers[i-1].End <= 1 && numbers[i-1].Start-numbers[i-2].End <= 1:
		return quantity.Phone.String()
	case i > 0 && numbers[i-1].Class == quantity.Ordinal && t.ordinalGoesOn(numbers[i-1], n):
		return quantity.Ordinal.String()
	case n.Quantity.Unit == "版" && strings.ContainsRune(string(core), '.'):
		return "version"
	case len(core) == 1 && core[0] > 0x2e80 && core[0] != '几' && core[0] != '数' && n.Start > 0 && t.runes[n.Start-1] == '、' && next == '、':
		return quantity.Name.String() // 清泉、六道、圣水等11个变电所
	case string(core) == "千" && next == '百':
		return quantity.Name.String() // 千行百业
	case n.Class == quantity.Range && n.UnitEnd == n.UnitStart && n.CoreEnd-n.CoreStart >= 9:
		return quantity.Identifier.String()
	case len(core) <= 2 && core[0] > 0x2e80 && t.inPlaceName(n):
		return quantity.Name.String()
	}
	return ""
}

// ordinalGoesOn tells the rest of an ordinal that spaces or a list cut: 第 1 1 条, 第2、3条.
func (t *text) ordinalGoesOn(before, n quantity.Number) bool {
	switch n.Quantity.Unit {
	case "条", "章", "款", "项", "版", "届", "期", "次", "季度":
	default:
		return false
	}
	for _, r := range t.runes[before.End:n.Start] {
		if !isSpace(r) && r != '、' && r != '和' && r != '至' {
			return false
		}
	}
	return before.UnitEnd == before.UnitStart || n.Start-before.End <= 2
}

// digitsLost tells a scale word whose digits a content system dropped: 投入资金 万元. 近万份 and 超千万 stand by themselves.
func (t *text) digitsLost(n quantity.Number) bool {
	if n.CoreStart == 0 {
		return true
	}
	prev := t.runes[n.CoreStart-1]
	if strings.ContainsRune("近超过上逾破达成余数几足到", prev) {
		return false
	}
	if n.CoreEnd < len(t.runes) && strings.ContainsRune("余多", t.runes[n.CoreEnd]) {
		return isSpace(prev)
	}
	return true
}

// inPlaceName tells a numeral that begins or ends the name of a village, a township or a hill: 新县八里畈镇七龙山村.
func (t *text) inPlaceName(n quantity.Number) bool {
	end := n.CoreEnd
	for k := end; k < len(t.runes) && k < end+5; k++ {
		r := t.runes[k]
		if strings.ContainsRune("村镇乡屯寨", r) && k > end {
			before := rune(0)
			if n.CoreStart > 0 {
				before = t.runes[n.CoreStart-1]
			}
			if strings.ContainsRune("县市区镇乡村", before) {
				return n.Quantity.Unit != "个" && n.Quantity.Unit != "户"
			}
			return false
		}
		if isBreak(r) || r == '个' || r == '的' {
			return false
		}
	}
	return false
}

func timeClass(e period.Expr) string {
	switch e.Kind {
	case period.Clock:
		return "clock_time"
	case period.Duration, period.Span, period.Recurring:
		return "duration"
	}
	return "date"
}

// timeAt returns the time expression that covers a place.
func (t *text) timeAt(at int) (period.Expr, bool) {
	lo, hi := 0, len(t.times)
	for lo < hi {
		if mid := (lo + hi) / 2; t.times[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(t.times) && t.times[lo].Start <= at {
		return t.times[lo], true
	}
	return period.Expr{}, false
}

// quoted tells a number that fills short quotation marks or stands in a book title: “五个振兴”, 《百名劳模风采录》.
func (t *text) quoted(n quantity.Number) bool {
	const reach = 12
	open := -1
	for i := n.Start - 1; i >= 0 && i >= n.Start-reach; i-- {
		r := t.runes[i]
		if r == '”' || r == '》' || r == '\n' || isStop(r) {
			break
		}
		if r == '“' || r == '《' || r == '‘' {
			open = i
			break
		}
	}
	if open < 0 {
		return false
	}
	for i := n.End; i < len(t.runes) && i-open <= 2*reach; i++ {
		switch t.runes[i] {
		case '”', '》', '’':
			if i == n.End && open == n.Start-1 && n.UnitEnd > n.UnitStart && n.CoreEnd-n.CoreStart >= 3 && t.runes[n.CoreStart] <= '9' {
				return false // “1100万人”是全年目标
			}
			return t.runes[open] == '《' || i-open <= reach && t.runes[open] != '《'
		case '，', '。', '\n', ',':
			return t.runes[open] == '《'
		}
	}
	return false
}

// bareFigure tells a number without measure word that still counts something: 4335万贫困人口, 脱贫人口超千万.
func (t *text) bareFigure(n quantity.Number) bool {
	if n.Quantity.UnitMult >= 3 {
		return true
	}
	before := t.runes[max(0, n.Start-2):n.Start] // 贫困人口超1000
	return n.CoreStart > n.Start && n.CoreEnd-n.CoreStart >= 3 && anyWord(before, "人口", "人数", "会员", "员工", "户数")
}

// planWords are nouns whose number belongs to a plan or a saying, not to a count.
var planWords = []string{
	"阶段", "方面", "环节", "步骤", "层面", "层次", "层级", "亮点", "特点", "要点", "重点任务", "原则", "关系", "意识", "问题", "要求", "目标", "转变", "坚持", "维度", "梯次",
	"部委", "级工会", "级联动", "大行动", "大举措", "大战略", "大平原", "大任务", "大体系", "大工程", "大方面", "项要求", "项原则", "点要求", "字", "部分", "个方面", "回事", "道理",
}

// planWord tells 四个阶段, 三个方面, 市县两级.
func (t *text) planWord(n quantity.Number) bool {
	end := min(len(t.runes), n.End+4)
	after := string(t.runes[n.End:end])
	unit := n.Quantity.Unit
	if core := t.runes[n.CoreStart:n.CoreEnd]; len(core) > 2 && core[0] < 0x2e80 {
		return false // 解决了186个问题
	}
	if rest := strings.TrimPrefix(unit+after, "个"); strings.HasPrefix(rest, "重点") || strings.HasPrefix(rest, "聚焦") {
		next, _ := utf8.DecodeRuneInString(rest[len("重点"):])
		return next == utf8.RuneError || isBreak(next) || strings.ContainsRune("、”", next) // 聚焦产业、人才、民生三个重点
	}
	if unit == "级" || unit == "层" && !storey(after) {
		return true
	}
	if core := t.runes[n.CoreStart]; core > 0x2e80 && unit == "个" && n.End+3 < len(t.runes) && t.runes[n.End] == '“' && (t.runes[n.End+2] == '”' || t.runes[n.End+3] == '”') {
		return true // 三个“精准”
	}
	for _, w := range planWords {
		if strings.HasPrefix(unit+after, w) || strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// storey tells 层 of a building: 五层空间, 六层住宅. 三层含义 and 省市县三层 are a plan's.
func storey(after string) bool {
	for _, w := range []string{"楼", "空间", "住宅", "建筑", "厂房", "商铺", "房", "台", "小楼"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}
