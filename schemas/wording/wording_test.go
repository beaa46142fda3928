package wording

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"heshu/schemas"
)

// TestEveryIssueCodeHasWords: whatever code an issue can have, it is told in both languages, with what to do about it.
func TestEveryIssueCodeHasWords(t *testing.T) {
	t.Parallel()
	codes := issueCodes(t)
	if len(codes) < 18 {
		t.Fatalf("only %d codes are declared", len(codes))
	}
	for _, code := range codes {
		k, ok := Of(code)
		if !ok {
			t.Errorf("%s has no words", code)
			continue
		}
		for what, w := range map[string]Words{"name": k.Name, "says": k.Says, "do": k.Do} {
			if !han(w.Zh) || w.En == "" || han(w.En) {
				t.Errorf("%s of %s: %q in Chinese, %q in English", what, code, w.Zh, w.En)
			}
		}
		if w := Issue(code, "a message that nobody raises"); w.Zh != k.Says.Zh {
			t.Errorf("%s with an unknown message is told as %q", code, w.Zh)
		}
	}
	if n := len(known().Issues); n != len(codes) {
		t.Errorf("%d codes have words, %d are declared", n, len(codes))
	}
}

// TestEveryMessageIsToldInChinese: the messages that the code raises issues with are those of the list, and the other way round.
func TestEveryMessageIsToldInChinese(t *testing.T) {
	t.Parallel()
	raised := messages(t)
	if len(raised) < 50 {
		t.Fatalf("only %d messages were found in the code", len(raised))
	}
	listed := map[string]bool{}
	for _, m := range known().Messages {
		if key := plain(m.En); listed[key] {
			t.Errorf("%q stands twice", m.En)
		} else {
			listed[key] = true
		}
		if !han(m.Zh) {
			t.Errorf("%q is told as %q", m.En, m.Zh)
		}
		for i := range m.verbs {
			if m.verbs[i] != 'v' && !strings.Contains(m.Zh, fmt.Sprintf("{%d}", i+1)) && m.verbs[i] != 's' {
				t.Errorf("%q: %q leaves detail %d out", m.En, m.Zh, i+1)
			}
		}
	}
	for m, where := range raised {
		if !listed[plain(m)] {
			t.Errorf("%s: %q has no Chinese in wordings.yaml", where, m)
		}
	}
	text := sources(t)
	for _, m := range known().Messages {
		longest := ""
		for _, p := range m.pieces {
			if len(p) > len(longest) {
				longest = p
			}
		}
		longest, _, _ = strings.Cut(longest, ": ") // what stands behind comes from another place
		if longest, _, _ = strings.Cut(longest, " but"); !strings.Contains(text, longest) {
			t.Errorf("%q: no code says %q any more", m.En, longest)
		}
	}
}

// TestEverySayingIsToldInChinese: what the doctor finds and advises is in the list, with all its details.
func TestEverySayingIsToldInChinese(t *testing.T) {
	t.Parallel()
	said := sayings(t)
	if len(said) < 50 {
		t.Fatalf("only %d sayings were found in the code", len(said))
	}
	listed := map[string]bool{}
	for _, m := range known().Sayings {
		if _, ok := said[m.En]; !ok {
			t.Errorf("%q: no code says it any more", m.En)
		}
		listed[m.En] = true
		if !han(m.Zh) {
			t.Errorf("%q is told as %q", m.En, m.Zh)
		}
		for i := range m.verbs {
			if !strings.Contains(m.Zh, fmt.Sprintf("{%d}", i+1)) {
				t.Errorf("%q: %q leaves detail %d out", m.En, m.Zh, i+1)
			}
		}
	}
	for m, where := range said {
		if !listed[m] {
			t.Errorf("%s: %q has no Chinese in wordings.yaml", where, m)
		}
	}
	if got := Say("%d units, %d periods", 5, 1); got != (Words{"5 个单位，1 个时期", "5 units, 1 periods"}) {
		t.Errorf("said as %+v", got)
	}
}

func TestIssuesAreToldWithTheirDetails(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code        schemas.IssueCode
		message, zh string
	}{
		{schemas.IssueNumber, `"7(28)" cannot be read as one number`, "「7(28)」不是一个数字，没有采用"},
		{schemas.IssueFormulaNoValue, `3 formulas of sheet "表\"1" have no saved result`, `工作表「表"1」有 3 个公式没有保存计算结果`},
		{schemas.IssueConflict, `"2018年8月" says 2018-08-01/2018-08-31, "2018-07" says 2018-07-01/2018-07-31: the nearer one is taken`,
			"时期说法不一：「2018年8月」是 2018-08-01/2018-08-31，「2018-07」是 2018-07-01/2018-07-31；取离数字较近的一处"},
		{schemas.IssueLimit, `sheet "表1" could be read in part only: workbook larger than the limit`, "工作表「表1」只读出一部分（表格超过大小限制）"},
		{schemas.IssueTruncated, `sheet "表1" could be read in part only: xml: end of token`, "工作表「表1」只读出一部分"},
		{schemas.IssueUnreadable, `more of the same: text number 7 is not in the file`, "同类问题还有很多：单元格的文字（第 7 条）在文件里找不到"},
		{schemas.IssueUnknownType, "not a workbook but a picture (PNG)", "不是表格文件，而是 PNG 图片"},
		{schemas.IssueInternal, "runtime error: index out of range", "程序读取此文件时出错，其他文件不受影响"},
		{schemas.IssueUnreadable, "", "文件或其中一部分读不出来"},
	} {
		if got := Issue(c.code, c.message); got.Zh != c.zh || c.message != "" && got.En != c.message {
			t.Errorf("%s %q is told as %+v, want %q", c.code, c.message, got, c.zh)
		}
	}
}

// FuzzDetails: the details that a message was made with are told in Chinese, whatever they are.
func FuzzDetails(f *testing.F) {
	f.Add("表1", 3)
	f.Add("a\"b\\ says , {2}", 0)
	f.Fuzz(func(t *testing.T, name string, n int) {
		n = max(n, 0)
		for _, c := range []struct{ text, zh string }{
			{fmt.Sprintf("%d formulas of sheet %q have no saved result", n, name), "工作表「" + name + "」有 " + fmt.Sprint(n) + " 个公式没有保存计算结果"},
			{fmt.Sprintf("the number %q stands under no heading", name), "数字「" + name + "」没有表头，没有采用"},
		} {
			zh, ok := Chinese(c.text)
			if want := unsaid.Replace(c.zh); !ok || strings.ToValidUTF8(name, "") == name && unsaid.Replace(zh) != want {
				t.Errorf("%q is told as %q (%t), want %q", c.text, zh, ok, want)
			}
		}
	})
}

// han reports whether a text holds a Chinese character.
func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
