package extractors

import (
	"strings"
	"testing"

	"heshu/schemas"
)

// tablePage is a notice with a table: two rows of headings, cells that span others, a unit note and a unit column by column.
const tablePage = `<html><head><meta charset="utf-8"><title>2018年上半年某市劳模帮扶情况通报</title></head><body><div id="content">
<h1>2018年上半年某市劳模帮扶情况通报</h1>
<p>今年以来，全市各级工会组织广大劳模投身脱贫攻坚，取得了明显成效，现将有关情况通报如下，望各单位对照检查。</p>
<p>表1 各县劳模帮扶情况</p><p>单位：万元、户</p>
<table><tr><td rowspan="2">序号</td><td rowspan="2">县区</td><td colspan="2">2017年</td><td colspan="2">2018年1-6月</td></tr>
<tr><td>投入资金（万元）</td><td>帮扶贫困户（户）</td><td>投入资金（万元）</td><td>帮扶贫困户（户）</td></tr>
<tr><td>1</td><td>汝南县</td><td>1,234.5</td><td>345</td><td>567.8</td><td>210</td></tr>
<tr><td>2</td><td>平舆县</td><td>980</td><td>210</td><td>—</td><td>156</td></tr>
<tr><td colspan="2">合计</td><td>2214.5</td><td>555</td><td>567.8</td><td>366</td></tr></table>
<p>其中，全市共有劳模312名参与帮扶，带动就业的效果在各县都十分明显。</p></div></body></html>`

// A table inside a page is read like a sheet: every number under its headings, with unit, period and place, and the words at
// each locator are what the figure says stands there.
func TestTablesInPages(t *testing.T) {
	t.Parallel()
	x, err := Extract(List(Config{}), schemas.NewDocument("notice.html", []byte(tablePage)))
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Parts) != 1 {
		t.Fatalf("%d articles, want 1", len(x.Parts))
	}
	text := []rune(x.Parts[0].Text)
	at := func(l schemas.Locator) string {
		s, _ := l.(schemas.TextSpan)
		words, _ := s.In(text)
		return words
	}
	var got []string
	for _, f := range x.Figures {
		if words := at(f.Locator); words != f.Quote {
			t.Errorf("%v holds %q, quoted %q", f.Locator, words, f.Quote)
		}
		if f.Grid == nil {
			continue
		}
		got = append(got, strings.Join([]string{f.Number, strings.Join(f.Grid.RowPath, "/"), strings.Join(f.Grid.ColumnPath, "/"), f.Unit.Text, f.Grid.Times[0].Text}, " "))
		if e := f.Grid.Times[0]; at(e.Locator) != e.Text {
			t.Errorf("time %q is said to stand at %v, which holds %q", e.Text, e.Locator, at(e.Locator))
		}
	}
	want := []string{
		"1,234.5 汝南县 2017年/投入资金（万元） 万元 2017年", "345 汝南县 2017年/帮扶贫困户（户） 户 2017年",
		"567.8 汝南县 2018年1-6月/投入资金（万元） 万元 2018年1-6月", "210 汝南县 2018年1-6月/帮扶贫困户（户） 户 2018年1-6月",
		"980 平舆县 2017年/投入资金（万元） 万元 2017年", "210 平舆县 2017年/帮扶贫困户（户） 户 2017年", "156 平舆县 2018年1-6月/帮扶贫困户（户） 户 2018年1-6月",
		"2214.5 合计 2017年/投入资金（万元） 万元 2017年", "555 合计 2017年/帮扶贫困户（户） 户 2017年",
		"567.8 合计 2018年1-6月/投入资金（万元） 万元 2018年1-6月", "366 合计 2018年1-6月/帮扶贫困户（户） 户 2018年1-6月",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if last := x.Figures[len(x.Figures)-1]; last.Grid != nil || last.Number != "312名" {
		t.Errorf("the last figure is %q, want the text's 312名 behind the table", last.Number)
	}
	sum := 0
	for _, f := range x.Figures {
		sum += f.Numbers
	}
	for _, e := range x.Exclusions {
		if e.Part == 0 {
			sum += e.Numbers
		}
	}
	if sum != x.Parts[0].Numbers {
		t.Errorf("%d numbers in figures and exclusions, %d in the text", sum, x.Parts[0].Numbers)
	}
}
