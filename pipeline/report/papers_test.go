package report

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"heshu/schemas"
)

// sample has n findings of one unit, each with the unit's cell and an article's sentence.
func sample(n int) Papers {
	p := Papers{Release: "20180820", Date: schemas.NewDate(2018, 8, 20), Passed: 7, Places: map[schemas.ObservationID]Place{}, Replies: map[string]Reply{}}
	for i := range n {
		own, paper := schemas.ObservationID(fmt.Sprintf("o%d", i)), schemas.ObservationID(fmt.Sprintf("p%d", i))
		p.Places[own] = Place{Document: "7月月报.xlsx", Source: "甲县总工会", Locator: "月报表!L5", Number: "3120", Quote: "3120", Row: []Beside{{"K5", "培训场次", "46", false}, {"L5", "培训人数", "3120", true}}}
		p.Places[paper] = Place{Document: "a.html", Source: "乙日报", Locator: "61-73", Number: "3210人", Quote: "培训3210人", Before: "截至目前，", After: "；</script><b>"}
		p.Findings = append(p.Findings, Finding{Finding: schemas.Finding{ID: fmt.Sprintf("f%d", i), Rule: "reported-published", RuleVersion: 2, Severity: schemas.Verify, Outcome: schemas.Open, Unit: "甲县总工会",
			Left: schemas.NewDecimal(3120, 0), Right: schemas.NewDecimal(int64(3210+i), 0), Diagnosis: "digits_transposed: 3120 ↔ 3210", MessageZh: fmt.Sprintf("第%d条：上报 3120人，公开“3210人”", i), MessageEn: "differs",
			ActionZh: "请说明", Inputs: []schemas.ObservationID{own, paper}},
			Evidence: []Evidence{{own, "7月月报.xlsx", "月报表!L5", "3120", "3120"}, {paper, "a.html", "61-73", "3210人", "培训3210人"}}})
		p.Figures = append(p.Figures, Stated{ID: own, Indicator: "people_trained", Label: "培训人数", Region: fmt.Sprintf("41%02d00", i%18+1), RegionName: fmt.Sprint("市", i), Value: schemas.NewDecimal(int64(100+i), 0), Unit: "人", Period: fmt.Sprint("≤2018-", i/18)})
	}
	return p
}

func TestAReturnSlipComesBackWithItsReplies(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := SlipXLSX(&out, sample(3), "甲县总工会", Zh); err != nil {
		t.Fatal(err)
	}
	if !IsSlip(out.Bytes()) {
		t.Fatal("the slip is not known as one")
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if ok, target, err := f.GetCellHyperLink("退回单", "E5"); err != nil || !ok || target != "7月月报.xlsx#'月报表'!L5" {
		t.Errorf("E5 links to %q (%v, %v)", target, ok, err)
	}
	if v, err := f.GetCellValue("退回单", "H5"); err != nil || v != "像是相邻两位数字颠倒：3120 ↔ 3210" {
		t.Errorf("the arithmetic is %q (%v)", v, err)
	}
	for cell, text := range map[string]string{"J3": "李明", "J6": " 报道有误，已请更正 "} {
		if err := f.SetCellValue("退回单", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	var back bytes.Buffer
	if _, err := f.WriteTo(&back); err != nil {
		t.Fatal(err)
	}
	got, err := ReadSlip(back.Bytes())
	want := Reply{Finding: "f1", RuleVersion: 2, Left: schemas.NewDecimal(3120, 0), Right: schemas.NewDecimal(3211, 0), Unit: "甲县总工会", Name: "李明", Text: "报道有误，已请更正"}
	if err != nil || len(got) != 1 || got[0].Finding != want.Finding || got[0].Text != want.Text || got[0].Name != want.Name || !got[0].Right.Equal(want.Right) || got[0].Unit != want.Unit {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestAnOrdinaryWorkbookIsNoSlip(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Workbook(&out, sample(2), Zh); err != nil {
		t.Fatal(err)
	}
	if IsSlip(out.Bytes()) || IsSlip([]byte("PK")) || IsSlip(nil) {
		t.Error("something else is taken for a slip")
	}
}

// TestTheReportNeedsNothingButItself looks for what a browser would fetch, and for text that would end the script.
func TestTheReportNeedsNothingButItself(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := Board(&out, sample(5), Zh); err != nil {
		t.Fatal(err)
	}
	page := strings.Replace(out.String(), echarts, "", 1)
	if found := regexp.MustCompile(`(?i)(src|href)\s*=|@import|url\(|https?://`).FindString(page); found != "" {
		t.Errorf("the page has %q", found)
	}
	if strings.Contains(page, "；</script>") || strings.Count(page, "<script>") != 2 {
		t.Error("a quote ends the script")
	}
	if !strings.Contains(page, "default-src 'none'") {
		t.Error("the page does not forbid requests")
	}
}

// TestABrowserShowsFiveThousandFindings opens the report in headless Chromium; it is skipped where there is none.
func TestABrowserShowsFiveThousandFindings(t *testing.T) {
	t.Parallel()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium: apt-get install chromium fonts-noto-cjk")
	}
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	var out bytes.Buffer
	if err := Board(&out, sample(5000), Zh); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "report.html")
	probe := `<script>addEventListener("load",function(){setTimeout(function(){document.title="rows "+document.querySelectorAll("#findings tbody tr").length+" svg "+document.querySelectorAll(".chart svg").length+" wide "+(document.documentElement.scrollWidth>innerWidth)},500)})</script>`
	body := out.String()
	i := strings.LastIndex(body, "</body>")
	body = strings.Replace(body[:i], "default-src 'none'; ", "", 1) + probe + body[i:]
	if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	dom, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+name).Output()
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	title := regexp.MustCompile(`<title>([^<]*)</title>`).FindSubmatch(dom)
	if len(title) < 2 || !strings.HasPrefix(string(title[1]), "rows 100 svg 2 wide false") {
		t.Errorf("the page says %q, want 100 rows at first, two charts, nothing wider than the window", title)
	} else {
		t.Logf("%s, %d MB", title[1], out.Len()>>20)
	}
}
