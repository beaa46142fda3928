package report

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"

	"heshu/schemas"
)

// morning is a night with n open findings, every second one of an earlier night, and, unless n is 0, one of each other thing that a page tells.
func morning(n int) Night {
	night := Night{Run: "20180820T000000000000Z", Date: schemas.NewDate(2018, 8, 20), Release: "heshu-20180820T000000000000Z.duckdb", Counts: map[string]int{"observations": 14}, Arrived: Tally{New: 2, Unchanged: 1}}
	for i := range n {
		f := schemas.Finding{ID: fmt.Sprint(i), Rule: "counties-to-city", Severity: schemas.Mandatory, Outcome: schemas.Open, Unit: "甲县总工会", MessageZh: fmt.Sprintf("第%d项不符<b>", i), MessageEn: fmt.Sprintf("number %d does not fit<b>", i),
			Diagnosis: "unit_slip: 596 × 10000 = 5960000", ActionZh: "请核对", ActionEn: "look at it", Basis: "exact"}
		night.Findings = append(night.Findings, Finding{Finding: f, State: Age(1 + i%2), Evidence: []Evidence{{Document: "甲县.xlsx", Locator: "表1!C7", Number: "596", Quote: "596"}}})
	}
	if n == 0 {
		night.Documents = []Document{{Name: "甲县.xlsx", State: New, Observations: 14}}
		return night
	}
	due, late := schemas.NewDate(2018, 7, 31), 14
	night.Findings = append(night.Findings, Finding{Finding: schemas.Finding{ID: "r", Outcome: schemas.Agree, MessageZh: "已改正", MessageEn: "put right"}, State: Resolved},
		Finding{Finding: schemas.Finding{ID: "u", Severity: schemas.Verify, Outcome: schemas.CannotVerify, MessageZh: "缺三县", MessageEn: "three are missing"}})
	night.Documents = []Document{{Name: "甲县.xlsx", State: New}, {Name: "乙县.xlsx", State: Changed, Issues: []IssueLine{NewIssueLine(schemas.Issue{Locator: schemas.Cell{Sheet: "表1", Row: 1, Column: 1}, Code: schemas.IssueTruncated, Message: "a quoted field has no end"}, "表1")}}}
	night.Missing = []Standing{{Unit: "丙县总工会", Period: "2018-07", State: Missing, Due: &due, Late: &late, Today: night.Date}}
	night.Troubles = []Trouble{NewTrouble("http://x.example/a", "http://x.example/a: the server says 404 Not Found")}
	night.Vanished = []string{"旧.html"}
	night.Held = true
	night.Differences = []Difference{{Action: "R", Indicator: "people_trained", Label: "培训人数", Region: "411626", Place: "淮阳县", Period: "2018-07", Source: "丁县总工会", Old: "3120", New: "3210"}}
	night.Otherwise = []Otherwise{{Action: "A", Because: "rules", Rule: "own", Severity: schemas.Hint, New: schemas.Open, Zh: "规则新增", En: "by a new rule"}}
	return night
}

// written is a night's page, text and JSON, the page without its marks.
func written(t *testing.T, n Night, lang Lang) (page, text, object string) {
	t.Helper()
	var a, b, c strings.Builder
	for _, err := range []error{HTML(&a, n, lang), Text(&b, n, lang), JSON(&c, n, lang)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return html.UnescapeString(a.String()), b.String(), c.String()
}

func TestPageTextAndJSONTellTheSame(t *testing.T) {
	t.Parallel()
	for lang, facts := range map[Lang][]string{
		Zh: {"第0项不符<b>", "第6项不符<b>", "请核对", "表1!C7", "已改正", "缺三县", "引号没有成对", "请重新报送完整的文件", "丙县总工会", "2018-07-31", "http://x.example/a", "网站没有这个网页（404）", "旧.html",
			"培训人数", "淮阳县", "3120", "3210", "规则新增", "新数据待批准"},
		En: {"number 0 does not fit<b>", "look at it", "put right", "three are missing", "a quoted field has no end", "404 Not Found", "send the whole file again", "丙县总工会", "http://x.example/a", "旧.html", "by a new rule", "waits for heshu approve"},
	} {
		n := morning(7)
		page, text, object := written(t, n, lang)
		for _, fact := range append(facts, Headline(n, lang)) {
			for what, got := range map[string]string{"page": page, "text": text, "JSON": object} {
				if !strings.Contains(got, fact) {
					t.Errorf("%s: the %s does not say %q", lang, what, fact)
				}
			}
		}
		if !strings.HasPrefix(text, Headline(n, lang)+"\n"+Summary(n, lang)+"\n") || !strings.Contains(page, Summary(n, lang)) {
			t.Errorf("%s: the headline and the summary do not stand on top", lang)
		}
		last := -1
		for _, f := range []string{"引号没有成对", n.Open()[0].MessageZh, n.Open()[6].MessageZh, "缺三县", "已改正"} { // broken, new, open, unverified, resolved
			if i := strings.Index(text, f); lang == Zh && i < last {
				t.Errorf("%q comes too early in the text", f)
			} else {
				last = i
			}
		}
	}
	if open := morning(7).Open(); open[0].State != Fresh || open[3].State != Fresh || open[4].State != Still {
		t.Error("findings of tonight do not come first")
	}
}

func TestANightWithoutTroubleSaysThatAllIsWell(t *testing.T) {
	t.Parallel()
	page, text, object := written(t, morning(0), Zh)
	for what, got := range map[string]string{"page": page, "text": text, "JSON": object} {
		if !strings.Contains(got, "一切正常：1 份材料，14 条数据") {
			t.Errorf("the %s does not say that all is well", what)
		}
	}
	if strings.Count(text, "\n") != 2 || !strings.Contains(object, `"well": true`) || !strings.Contains(object, `"findings": []`) {
		t.Errorf("%s\n%s", text, object)
	}
}

func TestThousandsOfFindingsAreCountedNotAllShown(t *testing.T) {
	t.Parallel()
	page, text, object := written(t, morning(5000), Zh)
	if !strings.Contains(page, "另有 4500 项") || len(page) > 1<<20 || strings.Contains(page, "src=") || strings.Contains(page, "<link") {
		t.Errorf("the page has %d bytes, or loads something, or does not say how many findings it leaves out", len(page))
	}
	if !strings.Contains(text, "另有 4800 项") || len(text) > 100<<10 {
		t.Errorf("the text has %d bytes, or does not say how many findings it leaves out", len(text))
	}
	var all struct{ Findings []json.RawMessage }
	if err := json.Unmarshal([]byte(object), &all); err != nil || len(all.Findings) != 5002 {
		t.Errorf("%d findings in the JSON, %v", len(all.Findings), err)
	}
}

func TestPlacesOfIssuesAreToldInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part       int
		sheet      string
		at         schemas.Locator
		zh, en, id string
	}{
		{0, "表1", schemas.Cell{Sheet: "表1", Row: 7, Column: 3}, "工作表「表1」单元格 C7", `sheet "表1", cell C7`, "表1!C7"},
		{0, "None", schemas.Cell{Sheet: "None", Row: 7, Column: 3}, "单元格 C7", "cell C7", "None!C7"},
		{1, "表2", nil, "工作表「表2」", `sheet "表2"`, ""},
		{-1, "", nil, "整份材料", "as a whole", ""},
		{0, "", schemas.TextSpan{Start: 13, End: 40}, "第 14 至 40 字", "characters 14 to 40", "13-40"},
		{1, "", schemas.TextSpan{Start: 13, End: 40}, "第 2 篇第 14 至 40 字", "article 2, characters 14 to 40", "13-40"},
		{1, "", nil, "第 2 篇", "article 2", ""},
	} {
		i := NewIssueLine(schemas.Issue{Part: c.part, Locator: c.at, Code: schemas.IssueCharset}, c.sheet)
		if i.Where(Zh) != c.zh || i.Where(En) != c.en || i.Place != c.id {
			t.Errorf("part %d, %v: %q, %q, %q", c.part, c.at, i.Where(Zh), i.Where(En), i.Place)
		}
	}
}

func TestPlacesInTextsAreToldInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, zh, en string }{
		{"61-73", "第 62 至 73 字", "characters 62 to 73"}, {"月报表!L5", "月报表!L5", "月报表!L5"}, {"", "", ""}, {"5-3", "5-3", "5-3"},
	} {
		if zh, en := spot(c.at, Zh), spot(c.at, En); zh != c.zh || en != c.en {
			t.Errorf("%q is told as %q and %q", c.at, zh, en)
		}
	}
}
