package quantity

import "heshu/schemas"

// hint is a qualifier word: what it does to the bounds, and what must not stand beside it.
type hint struct {
	word   []rune
	q      schemas.Qualifier
	unless string // runes that make another word of it: 节约, 签约
	scale  bool   // only before a number that begins with a scale word: 上百, 过万
	apart  bool   // the word qualifies but is no part of the number as written: 最高贷款100万元
}

func hints(q schemas.Qualifier, unless string, scale bool, words ...string) []hint {
	var out []hint
	for _, w := range words {
		out = append(out, hint{word: []rune(w), q: q, unless: unless, scale: scale})
	}
	return out
}

// before lists the qualifiers that stand before a number, by their last rune, longest first.
var before = indexHints(true,
	hints(schemas.Approx, "节签条合预契公制毁违特邀履续解守失婚赴誓立缔规集相大隐简纽", false, "约"),
	hints(schemas.Approx, "", false, "大约", "大概", "大致", "约为", "约有", "约合", "约占", "约达", "大约有", "大概有", "估计", "约计", "差不多", "大体", "约在"),
	hints(schemas.AtLeast, "赶反高", false, "超"),
	hints(schemas.AtLeast, "", false, "超过", "逾", "突破", "至少", "不低于", "不少于", "不小于", "高于", "大于", "多于", "不下于", "不止", "最低", "最少", "起码",
		"至少有", "至少是", "不低于(含)", "不少于(含)", ">", ">=", "≧", "多过", "大过", "等于或大于", "等于或多于", "大于或者等于", "至少达", "超出", "已超", "大于等于", "不亚于", "超过了", "突破了", "足有", "大于或等于", "≥", "年逾", "达到或超过"),
	hints(schemas.AtLeast, "心舍容坐装住拿", false, "不下"),
	hints(schemas.AtLeast, "通经超不", true, "过"),
	hints(schemas.AtLeast, "", false, "占比过", "比例过", "收入过", "人均过", "总额过", "规模过", "产值过", "总量过"),
	hints(schemas.AtLeast, "", true, "上"),
	hints(schemas.AtMost, "附最临邻靠亲贴相远就迫逼新切毗", false, "近"),
	hints(schemas.AtMost, "得找想看见料遇收碰听吃买感做", false, "不到"),
	hints(schemas.AtMost, "", false, "将近", "接近", "不足", "未到", "未突破", "未超", "没有超过", "没超过", "最高", "不超过", "不超", "未超过", "最多", "至多", "不高于", "低于", "少于", "小于", "不大于", "不多于",
		"几近", "几乎", "近乎", "未满", "不满", "小于等于", "顶多", "最高达", "最高可达", "最高为", "控制在", "小于或等于", "≤", "上限为", "<", "<=", "≦", "等于或小于", "等于或少于", "少过", "小过", "小于或者等于", "未达到", "未达", "不超过(含)", "不高于(含)"),
	apart(schemas.AtMost, []string{"最高", "最多"}, givingVerbs),
	apart(schemas.AtLeast, []string{"最低", "最少", "至少"}, givingVerbs),
)

// apart lists qualifiers that stand before the verb of a number: 最高贷款100万元.
func apart(q schemas.Qualifier, words, verbs []string) []hint {
	var out []hint
	for _, w := range words {
		for _, v := range verbs {
			out = append(out, hint{word: []rune(w + v), q: q, apart: true})
		}
	}
	return out
}

var givingVerbs = []string{"贷款", "可贷", "可贷款", "可申请", "可申领", "可获", "可获得", "可享受", "可", "为", "授信", "补贴", "补助", "奖励", "奖补", "给予", "支持", "资助", "额度", "额度为", "可补贴", "可补助", "可奖励", "增收", "投入"}

// after lists the qualifiers that stand behind a number, by their first rune, longest first.
var after = indexHints(false,
	hints(schemas.Approx, "侧手脚两边", false, "左右"),
	hints(schemas.Approx, "班学车楼一游级联齐班同文功", false, "上下"),
	hints(schemas.Approx, "", false, "上下浮动", "不等", "上下不等", "光景"),
	hints(schemas.AtLeast, "", false, "以上", "及以上", "或以上", "(含)以上", "及其以上", "含以上", "或者更多", "或更多", "开外", "有余", "往上", "朝上", "挂零", "出头", "之上"),
	hints(schemas.AtLeast, "多次名位个元人年样数年额", false, "余"),
	hints(schemas.AtLeast, "次样数年种元功少久方重媒边亏半项家", false, "多"),
	hints(schemas.AtMost, "几是为", false, "以下"),
	hints(schemas.AtMost, "", false, "以内", "之内", "及以下", "或以下", "(含)以下", "之下", "不到", "封顶", "或更少", "或者更少"),
	hints(schemas.AtMost, "", false, "内"),
)

func indexHints(last bool, lists ...[]hint) map[rune][]hint {
	m := map[rune][]hint{}
	for _, list := range lists {
		for _, h := range list {
			key := h.word[0]
			if last {
				key = h.word[len(h.word)-1]
			}
			m[key] = insertHint(m[key], h)
		}
	}
	return m
}

func insertHint(list []hint, h hint) []hint {
	i := 0
	for i < len(list) && len(list[i].word) >= len(h.word) {
		i++
	}
	list = append(list, hint{})
	copy(list[i+1:], list[i:])
	list[i] = h
	return list
}

// hintBefore returns the qualifier that ends at i (exclusive) and begins at or behind floor, with its start.
func hintBefore(t []rune, i, floor int, bare bool) (hint, int, bool) {
	i = spaceBefore(t, i, floor)
	if i <= floor {
		return hint{}, 0, false
	}
	for _, h := range before[t[i-1]] {
		if h.scale && !bare {
			continue
		}
		if s := endsWith(t, i, floor, h.word); s >= 0 && !(s > 0 && containsRune(h.unless, t[s-1])) {
			return h, s, true
		}
	}
	return hint{}, 0, false
}

func spaceBefore(t []rune, i, floor int) int {
	for k := 0; k < 2 && i > floor && isSpace(t[i-1]); k++ {
		i--
	}
	return i
}

// endsWith returns where the word begins that ends at i, -1 if it does not; single spaces inside are passed over.
func endsWith(t []rune, i, floor int, w []rune) int {
	for k := len(w) - 1; k >= 0; k-- {
		if k < len(w)-1 {
			i = spaceBefore(t, i, floor)
		}
		if i <= floor || t[i-1] != w[k] {
			return -1
		}
		i--
	}
	return i
}

// hintAfter returns the qualifier that begins at i, with its end.
func hintAfter(t []rune, i int) (hint, int, bool) {
	if i < len(t) && isSpace(t[i]) {
		i++
	}
	if i >= len(t) {
		return hint{}, 0, false
	}
	for _, h := range after[t[i]] {
		e := i + len(h.word)
		if !hasRunes(t, i, h.word) || e < len(t) && containsRune(h.unless, t[e]) {
			continue
		}
		return h, e, true
	}
	return hint{}, 0, false
}

func containsRune(set string, r rune) bool {
	for _, c := range set {
		if c == r {
			return true
		}
	}
	return false
}

// compared reads 比170低 around a number and widens it.
func (s *scanner) compared(n *Number) (schemas.Qualifier, bool) {
	i, j := spaceBefore(s.t, n.Start, s.last), s.space(n.End)
	if i <= s.last || j >= len(s.t) || s.t[i-1] != '比' {
		return 0, false
	}
	q := schemas.AtLeast
	switch s.t[j] {
	case '大', '高', '多', '长', '重':
	case '小', '低', '少', '短', '轻':
		q = schemas.AtMost
	default:
		return 0, false
	}
	n.Start, n.End = i-1, j+1
	return q, true
}
