package quantity

import (
	"fmt"
	"strings"
	"testing"

	"heshu/schemas"
)

// show prints the numbers of a text: as written, value with its bounds where they differ, unit, class.
func show(text string) string {
	t := []rune(text)
	var b []string
	for _, n := range Scan(t) {
		q := n.Quantity
		v := q.Value.String()
		switch q.Qualifier {
		case 0:
			v = "-"
		case schemas.Exact:
		default:
			v = fmt.Sprintf("%s[%s,%s]", v, q.Low, q.High)
		}
		b = append(b, strings.ReplaceAll(fmt.Sprintf("%s %s %s %s", string(t[n.Start:n.End]), v, q.Unit, n.Class), "  ", " "))
	}
	return strings.Join(b, "; ")
}

type sentence struct{ text, want string }

func checkSentences(t *testing.T, cases []sentence) {
	t.Helper()
	for _, c := range cases {
		if got := show(c.text); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
		checkScan(t, []rune(c.text))
	}
}

func TestQualifiersSetTheBounds(t *testing.T) {
	t.Parallel()
	checkSentences(t, []sentence{
		{"投入4000多万元", "4000多万元 40000000[40000000,] 元 cardinal"},
		{"带动30余万人", "30余万人 300000[300000,] 人 cardinal"},
		{"每亩不低于1800元", "不低于1800元 1800[1800,] 元 cardinal"},
		{"产值1.5万元以上", "1.5万元以上 15000[15000,] 元 cardinal"},
		{"来了上百人", "上百人 100[100,] 人 indefinite"},
		{"万余亩林地", "万余亩 10000[10000,] 亩 cardinal"},
		{"近百名职工", "近百名 100[,100] 名 indefinite"},
		{"不足百个", "不足百个 100[,100] 个 indefinite"},
		{"可以最高贷款20万元", "20万元 200000[,200000] 元 cardinal"},
		{"占40%左右", "40%左右 40[,] % percent"},
		{"约4.1亿元", "约4.1亿元 410000000[,] 元 cardinal"},
		{"三百来户", "三百来户 300[,] 户 cardinal"},
		{"约三千余人", "约三千余人 3000[3000,] 人 cardinal"},
		{"近百余名", "近百余名 100[,] 名 indefinite"},
		{"节约20万元，签约30户，最近5次", "20万元 200000 元 cardinal; 30户 30 户 cardinal; 5次 5 次 cardinal"},
	})
}

func TestIndefiniteNumbersAndRangesHaveBoundsOnly(t *testing.T) {
	t.Parallel()
	checkSentences(t, []sentence{
		{"数十家企业", "数十家 [20,99] 家 indefinite"},
		{"十几名工人", "十几名 [11,19] 名 indefinite"},
		{"数千人，几千元", "数千人 [2000,9999] 人 indefinite; 几千元 [2000,9999] 元 indefinite"},
		{"二三十户，十五六人，三五百个", "二三十户 [20,30] 户 range; 十五六人 [15,16] 人 range; 三五百个 [300,500] 个 range"},
		{"增收3000—5000元", "3000—5000元 [3000,5000] 元 range"},
		{"3000元至5000元不等", "3000元至5000元不等 [3000,5000] 元 range"},
		{"3-5万元，1万—5万元", "3-5万元 [30000,50000] 元 range; 1万—5万元 [10000,50000] 元 range"},
		{"两到三千户", "两到三千户 [2000,3000] 户 range"},
		{"由903户增加到1112户", "903户 903 户 cardinal; 1112户 1112 户 cardinal"},
		{"5人到3家企业", "5人 5 人 cardinal; 3家 3 家 cardinal"},
	})
}

func TestNumeralsOfAllWritings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"3万5千": "35000", "1.2亿": "120000000", "一千二百": "1200", "廿二": "22", "卅": "30", "三百一": "310", "三万五": "35000", "13万2": "132000", "两万零五十": "20050",
		"壹佰玖拾万叁仟玖佰柒拾壹": "1903971", "三百五十万亿": "350000000000000", "一亿零一": "100000001", "二〇一八": "2018", "1,286.5": "1286.5", ".5": "0.5", "-3.2": "-3.2", "负二": "-2",
		"1点45": "1.45", "二十点一万": "201000", "1万600": "10600", "10k": "10000", "百二万": "1200000", "两个亿": "200000000",
	} {
		n, ok := Parse(text)
		if !ok || n.Quantity.Value.String() != want {
			t.Errorf("Parse(%s) = %s %v, want %s", text, n.Quantity.Value, ok, want)
		}
	}
}

func TestSharesAndMultiples(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"40%": "40 percent", "百分之四十": "40 percent", "千分之三": "0.3 percent", "七成": "70 percent", "两成五": "25 percent", "八五折": "85 percent", "三分之二": "66.67 percent",
		"1/4": "25 percent", "负一又二分之一": "-150 percent", "5.7个百分点": "5.7 percent", "1.3倍": "1.3 times", "翻两番": "4 times", "258平方公里": "258000000 m2", "2公顷": "30 mu",
		"123元1角1分": "123.11 CNY", "两块九毛九": "2.99 CNY", "三斤半": "3.5 item", "1.8万人次": "18000 person_time",
	} {
		n, _ := Parse(text)
		if v, _, _, code := n.Canonical(); v.String()+" "+string(code) != want {
			t.Errorf("%s is %s %s, want %s", text, v, code, want)
		}
	}
	checkSentences(t, []sentence{
		{"超过一半的村，省下一半", "超过一半 0.5[0.5,] 分之 fraction; 一 1 word"},
		{"收入比为5:1", "5:1 5 ratio"},
	})
}

func TestAdjacentAndListedNumbersStayApart(t *testing.T) {
	t.Parallel()
	checkSentences(t, []sentence{
		{"带动73.76万户292.32万人", "73.76万户 737600 户 cardinal; 292.32万人 2923200 人 cardinal"},
		{"18 760 人，1 200 平方米", "18 760 人 18760 人 cardinal; 1 200 平方米 1200 平方米 cardinal"},
		{"分别为3、5、7户", "3 3 cardinal; 5 5 cardinal; 7户 7 户 cardinal"},
	})
	text := []rune("分别投入3、5和7万元")
	var got []string
	for _, n := range DistributeUnits(text, Scan(text)) {
		got = append(got, n.Quantity.Value.String()+n.Quantity.Unit)
	}
	if s := strings.Join(got, " "); s != "30000元 50000元 70000元" {
		t.Errorf("shared unit: %s", s)
	}
}

func TestDigitsAndScalePrintedAreKept(t *testing.T) {
	t.Parallel()
	n, ok := Parse("7127.85万元")
	if q := n.Quantity; !ok || q.Decimals != 2 || q.UnitMult != 4 || q.Value.String() != "71278500" || q.Unit != "元" {
		t.Errorf("7127.85万元 = %+v", q)
	}
	if got := string([]rune("7127.85万元")[n.UnitStart:n.UnitEnd]); got != "万元" {
		t.Errorf("the unit as written is %q", got)
	}
	if got := string([]rune("7127.85万元")[n.CoreStart:n.CoreEnd]); got != "7127.85万" {
		t.Errorf("the numeral is %q", got)
	}
}

func TestUnitsOfHeadersAndNouns(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"万元": "CNY 10000", "单位:亿元": "CNY 100000000", "(公顷)": "mu 15", "千公顷": "mu 15000", "平方公里": "m2 1000000", "个村": "village 1", "个乡镇": "township 1", "人次": "person_time 1",
		"万人次": "person_time 10000", "％": "percent 1", "人(户)": "person 1", "单位：万 人": "person 10000", "万": " 10000", "吨": "t 1", "万千瓦时": "kWh 10000",
	} {
		u, ok := LookupUnit(words)
		if got := string(u.Code) + " " + u.Factor.String(); !ok || got != want {
			t.Errorf("LookupUnit(%s) = %s %v, want %s", words, got, ok, want)
		}
	}
	for _, words := range []string{"", "备注", "万头大蒜", "2018"} {
		if u, ok := LookupUnit(words); ok {
			t.Errorf("LookupUnit(%s) = %+v, want none", words, u)
		}
	}
	for noun, want := range map[string]schemas.UnitCode{"种植专业合作社": "organization", "扶贫车间": "site", "帮扶项目": "project", "贫困村": "village", "公益岗位": "post", "志愿服务队": "team", "贫困家庭": "household", "下岗职工": "person", "路灯": "item"} {
		if got, _ := NounUnit(noun); got != want {
			t.Errorf("NounUnit(%s) = %s, want %s", noun, got, want)
		}
	}
}
