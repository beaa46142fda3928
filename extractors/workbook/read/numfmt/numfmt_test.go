package numfmt

import "testing"

func TestFormatShowsWhatASpreadsheetShows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		v    float64
		want string
	}{
		{"General", 0, "0"},
		{"General", 22314, "22314"},
		{"General", -0.1, "-0.1"},
		{"General", 1.0 / 3, "0.333333333"},
		{"General", 0.1 + 0.2, "0.3"},
		{"General", 1234.56789012345, "1234.56789"},
		{"General", 12345678901, "12345678901"},
		{"General", 123456789012, "1.23457E+11"},
		{"General", 0.00001, "0.00001"},
		{"General", 0.0000123456789, "1.23457E-05"},
		{`General"户"`, 4893, "4893户"},
		{"G/通用格式", 12.5, "12.5"},
		{"0", 2.5, "3"},
		{"0", -2.5, "-3"},
		{"0", -0.4, "0"},
		{"0.00", 2.675, "2.68"},
		{"0.00", 1.005, "1.01"},
		{"0.00", 1234567.891, "1234567.89"},
		{"0.0", 99.95, "100.0"},
		{"#,##0", 1234567, "1,234,567"},
		{"#,##0", 0, "0"},
		{"#,##0", 123, "123"},
		{"#,##0.00", -1234.5, "-1,234.50"},
		{"#,###", 0, ""},
		{"#.##", 0.5, ".5"},
		{"#.##", 12, "12."},
		{".00", 12.345, "12.35"},
		{"0.0#", 1.25, "1.25"},
		{"0.0#", 1.2, "1.2"},
		{"0,", 12345678, "12346"},
		{"#,##0.0,,", 123456789, "123.5"},
		{"0%", 0.1234, "12%"},
		{"0.00%", -0.1234, "-12.34%"},
		{"00000", 42, "00042"},
		{"000-0000", 5551234, "555-1234"},
		{"0;0", -3298, "3298"},
		{"0_);(0)", -5, "(5)"},
		{"0_);(0)", 5, "5 "},
		{`0.00"万元"`, 410.25, "410.25万元"},
		{`#,##0\ ;[Red]\-#,##0`, -1234, "-1,234"},
		{"0;-0;;@", 0, ""},
		{`"有";"无";"零"`, 0, "零"},
		{`"有";"无";"零"`, -1, "无"},
		{`_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, 0, " -   "},
		{`_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, 1234.5, " 1,234.50 "},
		{"[>=10000]0!.0,\"万\";0", 52000, "5.2万"},
		{"[>=10000]0!.0,\"万\";0", 520, "520"},
		{"[<0]\"减\"0;0", -7, "减7"},
		{"[=1]\"是\";[=0]\"否\";General", 0, "否"},
		{"[=1]\"是\";[=0]\"否\";General", 3, "3"},
		{"[$¥-804]#,##0.00", 1234.5, "¥1,234.50"},
		{"0.00E+00", 12345, "1.23E+04"},
		{"0.00E+00", 0.00012345, "1.23E-04"},
		{"0.00E+00", 9.999e9, "1.00E+10"},
		{"##0.0E+0", 12345, "12.3E+3"},
		{"# ?/?", 1.25, "1 1/4"},
		{"# ??/??", 0.3333333, "1/3"},
		{"# ?/4", 2.5, "2 2/4"},
		{"yyyy/m/d", 43435, "2018/12/1"},
		{`yyyy"年"m"月"`, 43252, "2018年6月"},
		{`yyyy"年"m"月"d"日"`, 43413, "2018年11月9日"},
		{"yyyy年m月", 43252, "2018年6月"},
		{"yyyy\\-mm\\-dd", 43413, "2018-11-09"},
		{"yyyy-mm-dd hh:mm:ss", 43413.5, "2018-11-09 12:00:00"},
		{"h:mm AM/PM", 0.75, "6:00 PM"},
		{`上午/下午h"时"mm"分"`, 0.25, "上午6时00分"},
		{"[h]:mm", 1.5, "36:00"},
		{"mm:ss.0", 0.0001, "00:08.6"},
		{"h:mm", 0.99999, "23:59"}, {"h:mm", 0.999999, "0:00"},
		{"aaaa", 43413, "星期五"},
		{"[$-804]dddd", 43413, "星期五"},
		{"dddd", 43413, "Friday"},
		{"d-mmm-yy", 43413, "9-Nov-18"},
		{`[DBNum1][$-804]yyyy"年"m"月"d"日"`, 43413, "二〇一八年十一月九日"},
		{"[DBNum1]General", 1205, "一千二百〇五"},
		{"[DBNum2]General", 110000, "壹拾壹万"},
		{"yyyy/m/d", 60, "1900/2/29"},
		{"yyyy/m/d", 1, "1900/1/1"},
		{"yyyy/m/d", -1, "-1"},
		{"@", 12.5, "12.5"},
		{"", 12.5, "12.5"},
		{";;;", 12.5, ""},
	} {
		if got := string(Compile(c.code).Append(nil, c.v, false)); got != c.want {
			t.Errorf("%q of %v: got %q, want %q", c.code, c.v, got, c.want)
		}
	}
}

func TestOnlyDatesAreDates(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"General": false, "0.00": false, "#,##0.00": false, `0"月"`: false, `0"d"`: false, "[Red]0": false, "0\\d": false, "[$-804]0.0": false,
		"yyyy/m/d": true, `m"月"`: true, "[h]:mm": true, "yyyy年": true, "aaaa": true, "@": false,
	} {
		if got := Compile(code).IsDate(43413); got != want {
			t.Errorf("%q is a date format: got %v, want %v", code, got, want)
		}
	}
}

func TestTextSectionShowsTexts(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"General": "甲", "@": "甲", `0;-0;0;@"县"`: "甲县", `@"县"`: "甲县", "0;0;0;": "", "0.00": "甲"} {
		if got := string(Compile(code).AppendText(nil, "甲")); got != want {
			t.Errorf("%q of 甲: got %q, want %q", code, got, want)
		}
	}
}

func TestDatesFrom1904(t *testing.T) {
	t.Parallel()
	if got := string(Compile("yyyy-mm-dd").Append(nil, 0, true)); got != "1904-01-01" {
		t.Errorf("day 0 of 1904: got %s", got)
	}
}

func FuzzFormatNeverPanics(f *testing.F) {
	f.Add(`_ * #,##0.00_ ;[>=1]\-0.0E+0;@`, 1.5)
	f.Add(`[DBNum1][h]yyyy"年"m.000 # ?/?`, -1e300)
	f.Fuzz(func(t *testing.T, code string, v float64) {
		c := Compile(code)
		_ = c.Append(nil, v, false)
		_ = c.Append(nil, v, true)
		_ = c.AppendText(nil, "甲")
		_ = c.IsDate(v)
	})
}
