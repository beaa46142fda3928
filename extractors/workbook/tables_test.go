package workbook

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// drawn makes a sheet of a drawing: a line a row, cells parted by |. A cell of digits is a number, of % a percentage; "'12" is a text.
// A cell that says < is merged with the one left of it, ^ with the one above.
func drawn(lines ...string) *sheet.Sheet {
	s := &sheet.Sheet{Name: "表"}
	type at = [2]int
	spans := map[at]*sheet.Range{}
	owner := map[at]at{}
	for r, line := range lines {
		var row []sheet.Cell
		if line != "" {
			for c, w := range strings.Split(line, "|") {
				home := at{r, c}
				switch w {
				case "<":
					home = owner[at{r, c - 1}]
				case "^":
					home = owner[at{r - 1, c}]
				}
				owner[at{r, c}] = home
				if home != (at{r, c}) {
					if spans[home] == nil {
						spans[home] = &sheet.Range{Row0: home[0], Col0: home[1], Row1: home[0], Col1: home[1]}
					}
					spans[home].Row1, spans[home].Col1 = max(spans[home].Row1, r), max(spans[home].Col1, c)
					w = ""
				}
				row = append(row, drawnCell(w))
			}
		}
		s.Rows = append(s.Rows, row)
	}
	for r := range s.Rows {
		for c := range s.Rows[r] {
			if m := spans[at{r, c}]; m != nil {
				s.Merges = append(s.Merges, *m)
			}
		}
	}
	return s
}

func drawnCell(w string) sheet.Cell {
	switch {
	case w == "":
		return sheet.Cell{}
	case w[0] == '\'':
		return sheet.Cell{Kind: sheet.Text, Raw: w[1:], Text: w[1:]}
	case w == "#DIV/0!":
		return sheet.Cell{Kind: sheet.Error, Raw: w, Text: w}
	}
	if d, percent, ok := plain(w); ok {
		raw := d
		if percent {
			v, _ := schemas.ParseDecimal(d)
			raw = v.Mul(schemas.NewDecimal(1, -2)).String()
		}
		return sheet.Cell{Kind: sheet.Number, Raw: raw, Text: w}
	}
	return sheet.Cell{Kind: sheet.Text, Raw: w, Text: w}
}

// reading is what a drawn sheet gave, a line each.
type reading struct {
	figures, issues, exclusions []string
	raw                         []schemas.Figure
}

func readDrawn(t *testing.T, s *sheet.Sheet) reading {
	t.Helper()
	var out reading
	w := newWalk(&sheet.Book{Format: "xlsx", Sheets: []*sheet.Sheet{s}}, "某某.xlsx", Config{})
	numbers := 0
	k := &sink{Visitor: Visitor{
		Figure: func(f schemas.Figure) {
			numbers += f.Numbers
			out.raw = append(out.raw, f)
			line := fmt.Sprintf("%s %s: %s | %s", strings.TrimPrefix(f.Locator.String(), "表!"), f.Quantity.Value, strings.Join(f.Grid.RowPath, "/"), strings.Join(f.Grid.ColumnPath, "/"))
			if f.Unit.Text != "" {
				line += " [" + f.Unit.Text + "]"
			}
			if f.Grid.IsTotal {
				line += " total"
			}
			out.figures = append(out.figures, strings.TrimSpace(line))
		},
		Issue: func(x schemas.Issue) {
			numbers += x.Numbers
			place := "sheet"
			if x.Locator != nil {
				place = strings.TrimPrefix(x.Locator.String(), "表!")
			}
			out.issues = append(out.issues, strings.TrimSpace(fmt.Sprintf("%s %s %s", place, x.Code, x.Missing)))
		},
		Exclusion: func(x schemas.Exclusion) {
			numbers += x.Numbers
			out.exclusions = append(out.exclusions, fmt.Sprintf("%s %s", strings.TrimPrefix(x.Locator.String(), "表!"), x.Class))
		},
	}}
	if p := w.readSheet(s, k); p.Numbers != numbers {
		t.Errorf("the sheet has %d numbers, %d are accounted for", p.Numbers, numbers)
	}
	return out
}

func TestWhatIsNoFigureIsNamed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule  string
		sheet *sheet.Sheet
		want  reading
	}{
		{"sequence numbers, phones and codes", drawn(
			"序号|单位名称|统一社会信用代码|联系电话|人数",
			"1|总工会|91411700123456789|13800000000|5",
		), reading{figures: []string{"E2 5: 总工会 | 人数"}, exclusions: []string{"A2 sequence_number", "C2 code", "D2 phone"}}},
		{"a column without heading that counts the rows", drawn(
			"|地区|人数",
			"1|汝南|5",
			"2|泌阳|6",
		), reading{figures: []string{"C2 5: 汝南 | 人数", "C3 6: 泌阳 | 人数"}, exclusions: []string{"A2 sequence_number", "A3 sequence_number"}}},
		{"a blank form full of codes gives nothing", drawn(
			"生产条件|'8,0,3",
			"指标名称|计量单位|代码|数量",
			"甲|乙|丙|1",
			"一、基层组织|—|—|",
			"乡镇个数|个|1|",
			"村民小组|个|2|",
		), reading{exclusions: []string{"D3 code", "C5 code", "C6 code"}}},
		{"fillers are missing values of a kind, and no zero", drawn(
			"地区|户数|人数|资金",
			"甲县|—|null|5",
			"乙县|$$|…|0",
			"丙县|#DIV/0!|无|6",
		), reading{figures: []string{"D2 5: 甲县 | 资金", "D3 0: 乙县 | 资金", "D4 6: 丙县 | 资金"},
			issues: []string{"B2 missing not_applicable", "C2 missing blank", "B3 missing suppressed", "C3 missing below_unit", "B4 missing unreadable", "C4 missing not_applicable"}}},
		{"a long table's year is its period, not a figure", drawn(
			"name|code|year|population",
			"北京市|110000|2022|1912.8",
			"北京市|110000|2021|1916.1",
		), reading{figures: []string{"D2 1912.8: 北京市/2022 | population", "D3 1916.1: 北京市/2021 | population"},
			exclusions: []string{"B2 code", "C2 date", "B3 code", "C3 date"}}},
		{"numbers stored as text, with separators and signs", drawn(
			"地区|户数|增减",
			"甲县|'1,234|'-3.5",
			"乙县|'18861956|' 12 ",
		), reading{figures: []string{"B2 1234: 甲县 | 户数", "C2 -3.5: 甲县 | 增减", "B3 18861956: 乙县 | 户数", "C3 12: 乙县 | 增减"}}},
		{"two numbers in a cell are none", drawn(
			"地区|户数",
			"甲县|12",
			"乙县|'7(28)",
		), reading{figures: []string{"B2 12: 甲县 | 户数"}, issues: []string{"B3 number"}}},
		{"labels that hold numbers stay labels", drawn(
			"项目|<|数量",
			"年龄分布|35岁以下|3",
			"^|60岁以上|4",
			"月收入|501-1000元|5",
		), reading{figures: []string{"C2 3: 年龄分布/35岁以下 | 数量", "C3 4: 年龄分布/60岁以上 | 数量", "C4 5: 月收入/501-1000元 | 数量"}, exclusions: []string{"B4 label"}}},
		{"a number under no heading is an issue", drawn("|5"), reading{issues: []string{"B1 number"}}},
	} {
		got := readDrawn(t, test.sheet)
		for name, pair := range map[string][2][]string{"figures": {got.figures, test.want.figures}, "issues": {got.issues, test.want.issues}, "exclusions": {got.exclusions, test.want.exclusions}} {
			if !slices.Equal(pair[0], pair[1]) {
				t.Errorf("%s: %s\n got %s\nwant %s", test.rule, name, strings.Join(pair[0], "\n     "), strings.Join(pair[1], "\n     "))
			}
		}
	}
}

func TestTextQuantitiesKeepTheirBounds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"≥190元每人每月": "190 at_least 190..", "不低于60户": "60 at_least 60..", "2.50-4.00": " range 2.5..4", "约5.5万人次": "55000 approx ..", "≤3%": "3 at_most ..3",
	} {
		got := readDrawn(t, drawn("地区|指标值", "甲县|'"+text, "乙县|1", "丙县|2"))
		if len(got.raw) == 0 {
			t.Errorf("%s: no figure", text)
			continue
		}
		q := got.raw[0].Quantity
		if s := fmt.Sprintf("%s %s %s..%s", q.Value, q.Qualifier, q.Low, q.High); s != want {
			t.Errorf("%s = %s, want %s", text, s, want)
		}
	}
}

func TestTablesAreReadUnderTheirHeadings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule  string
		sheet *sheet.Sheet
		want  []string
	}{
		{"a title is no heading; the unit in brackets is the column's", drawn(
			"2018年帮扶情况表|<|<",
			"县区|户数（户）|资金(万元)",
			"汝南县|12|3.5",
		), []string{"B3 12: 汝南县 | 户数（户） [户]", "C3 3.5: 汝南县 | 资金(万元) [万元]"}},
		{"merged headings of two levels", drawn(
			"县区|帮扶|<|脱贫|<",
			"^|户数|人数|户数|人数",
			"汝南县|1|2|3|4",
		), []string{"B3 1: 汝南县 | 帮扶/户数", "C3 2: 汝南县 | 帮扶/人数", "D3 3: 汝南县 | 脱贫/户数", "E3 4: 汝南县 | 脱贫/人数"}},
		{"a group heading written once reaches over the blanks right of it", drawn(
			"县区|帮扶||脱贫|",
			"|户数|人数|户数|人数",
			"汝南县|1|2|3|4",
		), []string{"B3 1: 汝南县 | 帮扶/户数", "C3 2: 汝南县 | 帮扶/人数", "D3 3: 汝南县 | 脱贫/户数", "E3 4: 汝南县 | 脱贫/人数"}},
		{"a heading merged downwards does not reach to the right", drawn(
			"县区|上年收入(元)|",
			"^|^|预计收入(元)",
			"汝南县|1|2",
		), []string{"B3 1: 汝南县 | 上年收入(元) [元]", "C3 2: 汝南县 | 预计收入(元) [元]"}},
		{"group headings out of line follow the repetition below them", drawn(
			"||总额||限上|",
			"县区|4月|1-4月|4月|1-4月|",
			"汝南县|1|2|3|4",
		), []string{"B3 1: 汝南县 | 总额/4月", "C3 2: 汝南县 | 总额/1-4月", "D3 3: 汝南县 | 限上/4月", "E3 4: 汝南县 | 限上/1-4月"}},
		{"其中 belongs to the heading on its left", drawn(
			"县区|年内增加|其中：|<",
			"^|^|新开荒地|园地改耕地",
			"汝南县|5|2|3",
		), []string{"B3 5: 汝南县 | 年内增加", "C3 2: 汝南县 | 年内增加/其中：新开荒地", "D3 3: 汝南县 | 年内增加/其中：园地改耕地"}},
		{"a code row and a unit row are no data", drawn(
			"指标|编号|耕地|园地",
			"计算单位|－|亩|公顷",
			"汇总代码|－|'01|'02",
			"甲镇|'00|10|20",
		), []string{"C4 10: 甲镇 | 耕地 [亩]", "D4 20: 甲镇 | 园地 [公顷]"}},
		{"甲乙丙 letter the columns that hold no figures", drawn(
			"指标名称|计量单位|代码|数量",
			"甲|乙|丙|1",
			"户数|户|1|25",
			"人数|人|2|78",
		), []string{"D3 25: 户数 | 数量 [户]", "D4 78: 人数 | 数量 [人]"}},
		{"years as numbers are headings", drawn(
			"指标|2018|2019|2020",
			"脱贫人数|10|20|30",
		), []string{"B2 10: 脱贫人数 | 2018", "C2 20: 脱贫人数 | 2019", "D2 30: 脱贫人数 | 2020"}},
		{"quarters as bare numbers are headings", drawn(
			"季度|1|2|3|4|全年",
			"培训费|10|20|30|40|100",
		), []string{"B2 10: 培训费 | 1", "C2 20: 培训费 | 2", "D2 30: 培训费 | 3", "E2 40: 培训费 | 4", "F2 100: 培训费 | 全年 total"}},
		{"a unit note names two units; the words of the heading choose", drawn(
			"单位：户、％||",
			"地区|户数|占比重",
			"汝南县|12|3.5",
		), []string{"B3 12: 汝南县 | 户数 [户]", "C3 3.5: 汝南县 | 占比重 [％]"}},
		{"a unit column speaks for its row", drawn(
			"指标|单位|2018年|2019年",
			"投入资金|万元|5|6",
			"培训人数|人次|70|80",
		), []string{"C2 5: 投入资金 | 2018年 [万元]", "D2 6: 投入资金 | 2019年 [万元]", "C3 70: 培训人数 | 2018年 [人次]", "D3 80: 培训人数 | 2019年 [人次]"}},
		{"row labels over several columns are filled down, merged or not", drawn(
			"县|镇|村|户数",
			"从化|吕田|三村|1",
			"||东坑|2",
			"|温泉|密石|3",
			"增城|^|南平|4",
		), []string{"D2 1: 从化/吕田/三村 | 户数", "D3 2: 从化/吕田/东坑 | 户数", "D4 3: 从化/温泉/密石 | 户数", "D5 4: 增城/温泉/南平 | 户数"}},
		{"indentation is a hierarchy, a total is none", drawn(
			"地区|户数",
			"总计|9",
			"驻马店市|5",
			"  汝南县|2",
			"  泌阳县|3",
			"周口市|4",
		), []string{"B2 9: 总计 | 户数 total", "B3 5: 驻马店市 | 户数", "B4 2: 驻马店市/汝南县 | 户数", "B5 3: 驻马店市/泌阳县 | 户数", "B6 4: 周口市 | 户数"}},
		{"padding of uneven width is no hierarchy", drawn(
			"地区|户数",
			"    全  省|9",
			"     武汉市|5",
			"       黄石市|2",
			"      恩施州|3",
		), []string{"B2 9: 全 省 | 户数 total", "B3 5: 武汉市 | 户数", "B4 2: 黄石市 | 户数", "B5 3: 恩施州 | 户数"}},
		{"tables side by side keep their own labels", drawn(
			"资产|行次|年初数|期末数|负债|行次|年初数|期末数",
			"货币|1|10|20|借款|68|30|40",
			"存货|2|11|21|应付|69|31|41",
		), []string{"C2 10: 货币 | 资产/年初数", "D2 20: 货币 | 资产/期末数", "G2 30: 借款 | 负债/年初数", "H2 40: 借款 | 负债/期末数",
			"C3 11: 存货 | 资产/年初数", "D3 21: 存货 | 资产/期末数", "G3 31: 应付 | 负债/年初数", "H3 41: 应付 | 负债/期末数"}},
		{"stacked tables are told apart by their titles", drawn(
			"城镇居民收入|<",
			"地区|收入（元）",
			"武汉|5",
			"农村居民收入|<",
			"地区|收入（元）",
			"武汉|3",
		), []string{"B3 5: 武汉 | 城镇居民收入/收入（元） [元]", "B6 3: 武汉 | 农村居民收入/收入（元） [元]"}},
		{"a page break repeats the headings", drawn(
			"5-3 户数表",
			"地区|户数|人数",
			"合肥|5|9",
			"",
			"5-3 续表1",
			"地区|户数|人数",
			"芜湖|3|8",
		), []string{"B3 5: 合肥 | 户数", "C3 9: 合肥 | 人数", "B7 3: 芜湖 | 户数", "C7 8: 芜湖 | 人数"}},
		{"a form of labels and values", drawn(
			"劳模助力脱贫登记表|<|<|<",
			"劳模人数|35|参与人数|20",
			"帮扶户数|12|脱贫户数|4",
		), []string{"B2 35: 劳模人数 |", "D2 20: 参与人数 |", "B3 12: 帮扶户数 |", "D3 4: 脱贫户数 |"}},
		{"headings of a form's own sections", drawn(
			"预算|部门支出|金额（万元）|收入来源|金额（万元）",
			"^|基本支出|10|财政拨款|12",
			"指标|一级|二级|三级|指标值",
			"^|产出|数量|培训人数（人）|50",
			"^|^|质量|合格率|≥90%",
		), []string{"C2 10: 预算/基本支出 | 部门支出/金额（万元） [万元]", "E2 12: 预算/财政拨款 | 收入来源/金额（万元） [万元]",
			"E4 50: 指标/产出/数量/培训人数（人） | 指标值 [人]", "E5 90: 指标/产出/质量/合格率 | 指标值 [%]"}},
		{"a heading that joins its levels", drawn(
			"单位名称|1-本月;营业收入;千元|上年同期;管理费用;税金;千元",
			"企业1|5|6",
		), []string{"B2 5: 企业1 | 1-本月/营业收入 [千元]", "C2 6: 企业1 | 上年同期/管理费用/税金 [千元]"}},
		{"a percentage shown is a percentage meant", drawn(
			"地区|参与率",
			"汝南县|60.7%",
		), []string{"B2 60.7: 汝南县 | 参与率 [%]"}},
		{"the row's own percent goes before the column's unit", drawn(
			"指标|耕地",
			"计算单位|亩",
			"本年|75",
			"增减%|4.2",
		), []string{"B3 75: 本年 | 耕地 [亩]", "B4 4.2: 增减% | 耕地 [%]"}},
	} {
		got := readDrawn(t, test.sheet)
		if !slices.Equal(got.figures, test.want) {
			t.Errorf("%s:\n got %s\nwant %s", test.rule, strings.Join(got.figures, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}
