package pipeline

import (
	"testing"

	"heshu/pipeline/intake"
	"heshu/schemas/region"
)

func TestANameTellsPlaceAndTimeTheNearestFirst(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, region, end string }{
		{"淮阳县/2018年6月/月报.xlsx", "411626", "2018-06-30"},
		{"2018年/太康县7月月报.xls", "411627", "2018-07-31"}, // the folder lends its year
		{"2018年6月/沈丘县2018年7月.xlsx", "411624", "2018-07-31"},
		{"周口市/太康县/x.xlsx", "411627", ""},
		{"太康县与淮阳县.xlsx", "", ""}, // two: neither
		{"周口市/太康县与淮阳县.xlsx", "411600", ""},
		{"411626.xlsx", "411626", ""},
		{"太康县总工会.zip/201807/月报.et", "411627", "2018-07-31"},
		{"鹿邑县7月.xlsx", "411628", ""}, // which year is not said
		{"鹿邑县2018Q3.xlsx", "411628", "2018-09-30"},
		{"鹿邑县2018年第三季度.xlsx", "411628", "2018-09-30"},
		{"鹿邑县2018年度.xlsx", "411628", "2018-12-31"},
		{"月报(1).xlsx", "", ""},
		{"新建文件夹/新建 Microsoft Excel 工作表.xlsx", "", ""},
		{"太康县/2018年6月/news.html", "", ""}, // a page is about what it says
		{"http://x.example/太康县2018年6月.xlsx", "", ""},
	} {
		code, when := named(region.Load(), intake.Item{Receipt: intake.Receipt{Name: c.name}})
		end := ""
		if !when.End.IsZero() {
			end = when.End.String()
		}
		if string(code) != c.region || end != c.end {
			t.Errorf("%s: %s %s, want %s %s", c.name, code, end, c.region, c.end)
		}
	}
}
