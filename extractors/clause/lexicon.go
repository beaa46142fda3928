package clause

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/go-ego/gse"

	"heshu/schemas/region"
)

//go:generate sh -c "cd dict && go run generate.go"

//go:embed dict/domain.txt
var domainWords string

//go:embed dict/general.txt
var generalWords string

// Lexicon is the dictionary, and the names of places, that reading needs. It is read-only and safe for concurrent
// use; loading it takes about a fifth of a second, so callers keep it.
type Lexicon struct {
	Regions *region.Table
	cutter  *cutter
	domain  map[string]bool // the words of our own dictionary
}

// NewLexicon loads the embedded dictionary: the words of the domain first, for gse keeps the first entry of a word.
func NewLexicon(regions *region.Table) (*Lexicon, error) {
	l := &Lexicon{Regions: regions, domain: map[string]bool{}}
	for line := range strings.Lines(domainWords) {
		word, _, _ := strings.Cut(line, " ")
		l.domain[word] = true
	}
	seg, err := newSegmenter()
	if err != nil {
		return nil, err
	}
	l.cutter = newCutter(seg.Dictionary())
	return l, nil
}

// newSegmenter loads the dictionary into gse: word by word, since gse's own way of loading one also works out what only its search mode and its
// cutting need, for half as much time again. Before it cuts anything CalcToken is to be called.
func newSegmenter() (*gse.Segmenter, error) {
	seg := &gse.Segmenter{SkipLog: true, NotLoadHMM: true, Dict: gse.NewDict()}
	seg.Init()
	for _, w := range particles { // gse levels the frequency of single characters: 项目的 would be 项 and 目的
		if err := seg.AddToken(string(w), 100000, "u"); err != nil {
			return nil, fmt.Errorf("load dictionary: %q: %w", w, err)
		}
	}
	for _, words := range []string{domainWords, generalWords} {
		for line := range strings.Lines(words) {
			word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
			count, class, _ := strings.Cut(rest, " ")
			frequency := seg.Size(3, word, count)
			if frequency == 0 {
				return nil, fmt.Errorf("load dictionary: %q: want a word, how often it is met and its class", line)
			}
			if err := seg.AddToken(word, frequency, class); err != nil {
				return nil, fmt.Errorf("load dictionary: %q: %w", word, err)
			}
		}
	}
	return seg, nil
}

// particles are the characters that are words of their own nearly everywhere.
const particles = "的了和在是有对与为等及从由将以被把已共达约"

// placeNames keeps the names that places have here: a short name that is a word of the domain too (新建), or that
// cuts through words (居民健康保健), names none.
func (t *text) placeNames(all []region.Mention) []region.Mention {
	out := all[:0]
	for _, m := range all {
		if m.Text == "中国" && (m.Start == 0 || !isBoundary(t.runes[m.Start-1])) {
			continue
		}
		if stem := m.End - 1; m.Full && t.words.domain[t.string(span{m.Start, stem})] || t.inPersonName(m) {
			continue // 会同县总工会; 董事长李玉田
		}
		if !m.Full && m.Confidence < 1 && (t.words.domain[m.Text] || !t.levelled(m) && t.cutsWords(span{m.Start, m.End})) {
			continue
		}
		out = append(out, m)
	}
	return out
}

// levelled tells a short form that says its level, 长阳县 of 长阳土家族自治县: 县总工会 begins no word in it.
func (t *text) levelled(m region.Mention) bool {
	return t.runes[m.End-1] == '旗' || m.End-m.Start >= 3 && strings.ContainsRune("县州", t.runes[m.End-1])
}

// inPersonName tells a short name that is the given name of a person: 劳模郑东平.
func (t *text) inPersonName(m region.Mention) bool {
	if m.Full || m.Start < 1 || !surnames.has(t.runes[m.Start-1]) || m.End-m.Start > 2 {
		return false
	}
	return t.titled(span{max(0, m.Start-8), m.Start}, m.Start-1) || m.Start >= 2 && strings.ContainsRune("长家者记员任师授席", t.runes[m.Start-2])
}

// cutsWords tells a stretch whose ends lie inside words.
func (t *text) cutsWords(s span) bool {
	around := span{max(0, s.start-6), min(len(t.runes), s.end+6)}
	for _, w := range t.tokens(around) {
		if w.start < s.start && s.start < w.end || w.start < s.end && s.end < w.end {
			return true
		}
	}
	return false
}

// maxRun caps what is segmented at once: the cost of a run without punctuation grows faster than its length.
const maxRun = 500

// token is a word of the shadow with its part of speech.
type token struct {
	span
	tag tag
}

// tag is a coarse part of speech.
type tag uint8

const (
	tagOther tag = iota
	tagNoun
	tagVerb
	tagVerbNoun // a verb that also stands before a noun: 扶贫, 培训
	tagAttribute
	tagAdverb
	tagPreposition
	tagConjunction
	tagParticle // 的
	tagPronoun
	tagTime
	tagPosition // 上, 中, 以来
	tagPunct
	tagName // person
	tagNumber
)

var tagOf = map[string]tag{
	"n": tagNoun, "nr": tagName, "nrt": tagName, "nrfg": tagName, "ns": tagNoun, "nt": tagNoun, "nz": tagNoun, "ng": tagNoun, "l": tagNoun,
	"j": tagNoun, "i": tagNoun, "an": tagNoun, "s": tagNoun, "v": tagVerb, "vg": tagVerb, "vi": tagVerb, "vq": tagVerb, "vd": tagVerb,
	"vn": tagVerbNoun, "a": tagAttribute, "b": tagAttribute, "ag": tagAttribute, "z": tagAttribute, "d": tagAdverb, "ad": tagAdverb, "dg": tagAdverb,
	"p": tagPreposition, "c": tagConjunction, "uj": tagParticle, "r": tagPronoun, "rr": tagPronoun, "t": tagTime, "tg": tagTime, "f": tagPosition,
	"x": tagOther, "zg": tagOther,
}

// tokens cuts a stretch of the shadow into words.
func (t *text) tokens(s span) []token {
	var out []token
	for start := s.start; start < s.end; start += maxRun {
		end := min(start+maxRun, s.end)
		out = t.cut(out, span{start, end})
	}
	return out
}

func (t *text) cut(out []token, s span) []token {
	first := len(out)
	out = t.words.cutter.cut(out, t.runes[s.start:s.end], s.start, &t.cutting)
	for i := range out[first:] {
		if w := &out[first+i]; w.len() == 1 {
			w.tag = t.tagOfRune(t.runes[w.start], w.tag)
		}
	}
	return out
}

// tagOfRune tags a word of one character, where the general dictionary is least to be trusted.
func (t *text) tagOfRune(r rune, known tag) tag {
	switch r {
	case '的':
		return tagParticle
	case '和', '及', '与', '或', '、':
		return tagConjunction
	case '在', '对', '向', '使', '由', '从', '为', '以', '把', '给', '被', '将', '按', '比', '因', '于', '同':
		return tagPreposition
	case '有', '是', '达', '占', '含', '辖', '建', '设', '修', '送', '发', '办', '帮', '派', '赴', '到', '进', '出', '用', '靠', '做', '搞', '养', '种', '买', '卖', '住', '看', '吃', '走', '坐', '当', '变', '花', '读', '供', '学', '去', '来', '翻', '拿', '搬', '通', '让':
		return tagVerb
	case '要', '能', '可', '会', '共', '已', '均', '约', '近', '再', '又', '都', '也', '还', '先', '后', '仅', '就', '不', '总', '年', '月', '现':
		return tagAdverb
	case '各', '每', '该', '其', '我', '本', '此', '这', '那', '全', '他', '她', '它', '们':
		return tagPronoun
	case '中', '上', '下', '内', '里', '外', '前', '时', '间':
		return tagPosition
	case '了', '着', '过', '等', '者', '所', '之', '第', '多', '余':
		return tagOther
	}
	if r < 0x2e80 || r >= 0x3000 && r < 0x3040 || r >= 0xff00 {
		if r >= '0' && r <= '9' {
			return tagNumber
		}
		if r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return tagNoun
		}
		return tagPunct
	}
	return known
}
