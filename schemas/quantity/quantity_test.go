package quantity

import (
	"fmt"
	"strings"
	"testing"
)

// show prints the numbers of a text as span=value[low,high]qualifier unit class.
func show(text string) string {
	t := []rune(text)
	var b []string
	for _, n := range Scan(t) {
		q := n.Quantity
		v := q.Value.String()
		if q.Qualifier.String() != "exact" {
			v = fmt.Sprintf("%s[%s,%s]", v, q.Low, q.High)
		}
		if q.Qualifier == 0 {
			v = "-"
		}
		b = append(b, fmt.Sprintf("%s=%s%s %s", string(t[n.Start:n.End]), v, q.Unit, n.Class))
	}
	return strings.Join(b, "; ")
}

func TestNumbersOfSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"投入4000多万元", "4000多万元=40000000[40000000,]元 cardinal"},
		{"近百名职工", "近百名=100[,100]名 indefinite"},
		{"占40%左右", "40%左右=40[,]% percent"},
		{"带动30余万人", "30余万人=300000[300000,]人 cardinal"},
		{"每亩不低于1800元", "不低于1800元=1800[1800,]元 cardinal"},
		{"约4.1亿元", "约4.1亿元=410000000[,]元 cardinal"},
		{"带动73.76万户292.32万人", "73.76万户=737600户 cardinal; 292.32万人=2923200人 cardinal"},
		{"增收3000—5000元", "3000—5000元=[3000,5000]元 range"},
		{"二三十户", "二三十户=[20,30]户 range"},
		{"数十家企业", "数十家=[20,99]家 indefinite"},
		{"十几名工人", "十几名=[11,19]名 indefinite"},
		{"上百人", "上百人=100[100,]人 indefinite"},
		{"数千人", "数千人=[2000,9999]人 indefinite"},
	} {
		if got := show(c.text); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
