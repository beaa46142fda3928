package pipeline

import (
	"errors"
	"testing"

	"heshu/pipeline/intake"
	"heshu/schemas"
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

func TestWhatAFormSaysGoesBeforeItsName(t *testing.T) {
	t.Parallel()
	j := Job{Regions: region.Load()}
	july := schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(2018, 7, 31)}
	reading := func(publisher string, codes ...schemas.RegionCode) Reading {
		r := Reading{Extraction: schemas.Extraction{Kind: schemas.Workbook, Parts: []schemas.Part{{Publisher: publisher}}}}
		for _, code := range codes {
			r.Observations = append(r.Observations, schemas.Observation{Form: "monthly", Region: code, Period: july})
		}
		return r
	}
	broken := Reading{Err: errors.New("damaged")}
	page := Reading{Extraction: schemas.Extraction{Kind: schemas.Article}}
	for _, c := range []struct {
		what   string
		item   intake.Receipt
		read   Reading
		region schemas.RegionCode
		end    string
	}{
		{"the configuration before all", intake.Receipt{Region: "410100", Period: schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(2018, 5, 31)}}, reading("太康县总工会", "411627"), "410100", "2018-05-31"},
		{"the unit on the form", intake.Receipt{}, reading("太康县总工会", "411627"), "411627", "2018-07-31"},
		{"the region of the rows, which the hidden identity gives", intake.Receipt{}, reading("", "411627"), "411627", "2018-07-31"},
		{"the region that holds all rows", intake.Receipt{}, reading("", "411627", "411628"), "411600", "2018-07-31"},
		{"the name of a form that says nothing", intake.Receipt{}, reading("", ""), "411626", "2018-07-31"},
		{"the name of a file that cannot be read", intake.Receipt{}, broken, "411626", "2018-06-30"},
		{"of a page nothing", intake.Receipt{}, page, "", ""},
	} {
		c.item.Name = "淮阳县/2018年6月/月报.xlsx"
		item := intake.Item{Receipt: c.item}
		c.read.Document = j.told(item)
		var said saying
		for i := range c.read.Observations {
			said.take(&c.read.Observations[i])
		}
		if d := j.entry(item, c.read, &said).Document; d.Region != c.region || d.Period.End.String() != c.end {
			t.Errorf("%s: %s %s, want %s %s", c.what, d.Region, d.Period.End, c.region, c.end)
		}
	}
}
