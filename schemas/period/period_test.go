package period

import (
	"strings"
	"testing"

	"heshu/schemas"
)

func mustDate(t *testing.T, s string) schemas.Date {
	t.Helper()
	if s == "" {
		return schemas.Date{}
	}
	d, err := schemas.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// show is how the tests write a period: kind start..end.
func show(p schemas.Period, ok bool) string {
	if !ok {
		return "-"
	}
	return p.Kind.String() + " " + p.Start.String() + ".." + p.End.String()
}

func TestParseFollowsTheSpecification(t *testing.T) {
	t.Parallel()
	const ref = "2018-06-30"
	for _, c := range []struct{ text, ref, want string }{
		{"目前", ref, "as_of ..2018-06-30"},
		{"截至目前", ref, "as_of ..2018-06-30"},
		{"现已", ref, "as_of ..2018-06-30"},
		{"今年以来", ref, "range 2018-01-01..2018-06-30"},
		{"今年5月以来", ref, "range 2018-05-01..2018-06-30"},
		{"去年", ref, "year 2017-01-01..2017-12-31"},
		{"去年10月", ref, "month 2017-10-01..2017-10-31"},
		{"去年年底", "2017-12-24", "as_of ..2016-12-31"},
		{"去年底", ref, "as_of ..2017-12-31"},
		{"2016年底", ref, "as_of ..2016-12-31"},
		{"3年来", ref, "range 2015-07-01..2018-06-30"},
		{"近三年", ref, "range 2015-07-01..2018-06-30"},
		{"两年多来", ref, "range 2016-07-01..2018-06-30"},
		{"五年来", "2017-05-18", "range 2012-05-19..2017-05-18"},
		{"这五年", "2017-05-18", "range 2012-05-19..2017-05-18"},
		{"连续五年", "2017-12-24", "range 2013-01-01..2017-12-31"},
		{"2013年至2016年", ref, "range 2013-01-01..2016-12-31"},
		{"2016-2018年", ref, "range 2016-01-01..2018-12-31"},
		{"前三季度", "2018-11-09", "range 2018-01-01..2018-09-30"},
		{"今年前三季度", "2020-10-16", "range 2020-01-01..2020-09-30"},
		{"上半年", "2018-08-31", "half 2018-01-01..2018-06-30"},
		{"一季度", "2018-04-05", "quarter 2018-01-01..2018-03-31"},
		{"三季度", "2017-12-24", "quarter 2017-07-01..2017-09-30"},
		{"截至9月底", "2020-10-16", "as_of ..2020-09-30"},
		{"截至2018年6月底", ref, "as_of ..2018-06-30"},
		{"党的十八大以来", ref, "range 2012-11-08..2018-06-30"},
		{"十九大以来", ref, "range 2017-10-18..2018-06-30"},
		{"“十三五”期间", ref, "range 2016-01-01..2020-12-31"},
		{"改革开放40年来", ref, "range 1978-12-18..2018-06-30"},
		{"到2020年", ref, "as_of ..2020-12-31"},
		{"年底前", ref, "as_of ..2018-12-31"},
		{"年初", "2016-12-29", "as_of ..2016-01-01"},
		{"明年", "2020-10-16", "year 2021-01-01..2021-12-31"},
		{"1至11月", "2016-12-29", "range 2016-01-01..2016-11-30"},
		{"去年以来", "2019-10-17", "range 2018-01-01..2019-10-17"},
		{"自2010年以来", "2015-03-01", "range 2010-01-01..2015-03-01"},
		{"11月25日至28日", "2018-11-30", "range 2018-11-25..2018-11-28"},
		{"11月25日至12月3日", "2018-12-05", "range 2018-11-25..2018-12-03"},
		{"11月26日", "2018-11-09", "day 2017-11-26..2017-11-26"},
		{"26日", "2018-11-09", "day 2018-10-26..2018-10-26"},
		{"去年8月底", ref, "month 2017-08-01..2017-08-31"},
		{"二〇一八年十一月九日", ref, "day 2018-11-09..2018-11-09"},
		{"2018-08-31", "", "day 2018-08-31..2018-08-31"},
		{"2018/8/31", "", "day 2018-08-31..2018-08-31"},
		{"2018.8.31", "", "day 2018-08-31..2018-08-31"},
		{"2018年1-6月", "", "range 2018-01-01..2018-06-30"},
		{"2018.07", "", "month 2018-07-01..2018-07-31"},
		{"201807", "", "month 2018-07-01..2018-07-31"},
		{"2018年上半年", "", "half 2018-01-01..2018-06-30"},
		{"2018年度", "", "year 2018-01-01..2018-12-31"},
		{"填报时期:2018年6月", "", "month 2018-06-01..2018-06-30"},
		{"2016q1", "", "quarter 2016-01-01..2016-03-31"},
		{"2016-04", "", "month 2016-04-01..2016-04-30"},
		{"2016h1", "", "half 2016-01-01..2016-06-30"},
		{"2018", "", "year 2018-01-01..2018-12-31"},
		{"十年前", "2015-03-01", "year 2005-01-01..2005-12-31"},
		{"昨日", ref, "day 2018-06-29..2018-06-29"},
		{"上周", "2018-06-27", "range 2018-06-18..2018-06-24"},
		{"近日", ref, "as_of ..2018-06-30"},
		{"去年11月至今年3月", ref, "range 2017-11-01..2018-03-31"},
		{"2017年至今", ref, "range 2017-01-01..2018-06-30"},
		{"以来", ref, "as_of ..2018-06-30"},
		{"每年", ref, "-"},
		{"为期5天", ref, "-"},
		{"目前", "", "-"},
		{"8月31日", "", "-"},
	} {
		if got := show(Parse(c.text, mustDate(t, c.ref))); got != c.want {
			t.Errorf("%s on %s:\n-want %s\n+got  %s", c.text, c.ref, c.want, got)
		}
	}
}

// What Scan finds in running text: words, kind and, on 21 November 2018, the period.
func TestScanRunningText(t *testing.T) {
	t.Parallel()
	ref := schemas.NewDate(2018, 11, 21)
	for _, c := range []struct{ text, want string }{
		{"去年5月项目启动以来,已培训3000人", "去年5月项目启动以来 since range 2017-05-01..2018-11-21"},
		{"自2015年条例实施以来", "自2015年条例实施以来 since range 2015-01-01..2018-11-21"},
		{"活动开展以来,捐款3万元", "以来 since as_of ..2018-11-21"},
		{"2008年到2012年五年间", "2008年到2012年五年间 calendar range 2008-01-01..2012-12-31"},
		{"比去年增加,较上年同期提高", "去年 relative base year 2017-01-01..2017-12-31|上年同期 relative base year 2017-01-01..2017-12-31"},
		{"收到2018年资金", "2018年 calendar year 2018-01-01..2018-12-31"},
		{"发射5号卫星,3号楼", ""},
		{"有周末,每周三休息", "每周三 recurring -"},
		{"大年初八返厂", ""},
		{"这一两年来", "这一两年来 span range 2017-11-22..2018-11-21"},
		{"几十年来", "几十年来 vague as_of ..2018-11-21"},
		{"通缉一年后", "一年 duration -"},
		{"今年春节期间走访", "今年春节期间 relative range 2018-02-15..2018-02-21"},
		{"国庆节走访", "国庆节 calendar day 2018-10-01..2018-10-01"},
		{"荣获五一劳动奖章", ""},
		{"9月当月新增", "9月当月 calendar month 2018-09-01..2018-09-30"},
		{"投入200.55万元,12345年", "12345年 duration -"},
		{"2010年以来连续5年增产", "2010年以来 since range 2010-01-01..2018-11-21|连续5年 span range 2014-01-01..2018-12-31"},
		{"10月前往调研", "10月 calendar month 2018-10-01..2018-10-31"},
		{"10月底前完成", "10月底前 until as_of ..2018-10-31"},
		{"2015年前不足百个", "2015年前 until as_of ..2014-12-31"},
		{"服务期100日", "100日 duration -"},
	} {
		text := []rune(c.text)
		got := ""
		for _, e := range Scan(text) {
			base := ""
			if e.Base {
				base = "base "
			}
			got += "|" + string(text[e.Start:e.End]) + " " + e.Kind.String() + " " + base + show(e.Resolve(ref))
		}
		if got = strings.TrimPrefix(got, "|"); got != c.want {
			t.Errorf("%s:\n-want %s\n+got  %s", c.text, c.want, got)
		}
	}
}

// A passage lends its year, month and day to what has none of its own.
func TestResolveInPassage(t *testing.T) {
	t.Parallel()
	ref := schemas.NewDate(2018, 11, 21)
	near := schemas.Period{Kind: schemas.Month, Start: schemas.NewDate(2014, 3, 1), End: schemas.NewDate(2014, 3, 31)}
	for words, want := range map[string]string{
		"8月":    "month 2014-08-01..2014-08-31",
		"当年":    "year 2014-01-01..2014-12-31",
		"次年":    "year 2015-01-01..2015-12-31",
		"当月":    "month 2014-03-01..2014-03-31",
		"15日":   "day 2014-03-15..2014-03-15",
		"今年":    "year 2018-01-01..2018-12-31",
		"年底":    "as_of ..2014-12-31",
		"2016年": "year 2016-01-01..2016-12-31",
	} {
		e, ok := ParseExpr(words)
		if got := show(e.ResolveIn(ref, near)); !ok || got != want {
			t.Errorf("%s:\n-want %s\n+got  %s", words, want, got)
		}
	}
}

func TestSoFarEndsOnTheDayOfPublication(t *testing.T) {
	t.Parallel()
	ref := schemas.NewDate(2019, 10, 17)
	p, _ := Parse("今年", ref)
	if got := show(SoFar(p, ref), true); got != "range 2019-01-01..2019-10-17" {
		t.Errorf("今年 so far is %s", got)
	}
	p, _ = Parse("去年", ref)
	if got := show(SoFar(p, ref), true); got != "year 2018-01-01..2018-12-31" {
		t.Errorf("去年 so far is %s", got)
	}
}
