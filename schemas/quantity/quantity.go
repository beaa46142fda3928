// Package quantity owns the grammar of written Chinese numbers: "4000多万元" is a value, its bounds and a unit.
//
// The grammar reads a text that hanzi.Fold has folded: simplified characters, half-width signs. Offsets are
// runes of the slice given. Time expressions are the period package's; the caller masks them.
package quantity

import "heshu/schemas"

// Class is what a written number is. The zero value is unset.
type Class uint8

// The classes. Up to Indefinite a number may be a figure; from Ordinal on it only looks like one.
const (
	Cardinal   Class = iota + 1 // 4000多万元
	Percent                     // 40%, 七成, 百分之五
	Point                       // 13.4个百分点
	Fraction                    // 三分之二, 1/3
	Times                       // 1.3倍, 翻一番
	Ratio                       // 5:1
	Range                       // 3000—5000元, 二三十户
	Indefinite                  // 数十, 十几名, 上百
	Ordinal                     // 第九次, 前三
	Name                        // 五一, 三农, "6+1", 二十届三中全会
	Word                        // 一起, 统一, 百姓: no number at all
	DocumentNumber
	Phone
	ClockTime
	Age
	ArticleWord // 一个, 一名, 一批: an article
	Address
	Identifier // COVID-19, G30, a web address
	Sequence   // 一、 (二) 2.1: the number of a heading
	Duration   // 3年, 24小时
	Date       // 2018年, 6月: what the period grammar left
	PlanLevel  // 四个阶段, 两级: stages and levels of a plan
)

var classNames = [...]string{"", "cardinal", "percent", "point", "fraction", "times", "ratio", "range", "indefinite", "ordinal", "name", "word",
	"document_number", "phone", "clock_time", "age", "article_word", "address", "identifier", "sequence_number", "duration", "date", "plan_level"}

// String returns the class's name as exclusions print it.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "invalid"
}

// Figure reports whether a number of the class may state how many or how much.
func (c Class) Figure() bool { return c >= Cardinal && c <= Indefinite }

// Number is one written number and where it stands. Offsets are runes, ends exclusive.
type Number struct {
	Start, End         int // qualifier, numeral, scale, unit and trailing qualifier: 近百名, 40%左右, 不低于1800元
	CoreStart, CoreEnd int // the numeral with its scale words
	UnitStart, UnitEnd int // the unit's words with the scale word that belongs to them (万元); equal if there are none
	Quantity           schemas.Quantity
	Class              Class
	Unit               Unit // what the table knows of the unit; its Word is "" if none is written
	Tokens             int  // numeric tokens the number covers, as CountTokens counts them
}

// Canonical returns value and bounds in the canonical unit, with its code ("" where the noun says it).
// A fraction becomes a percentage of two decimals: 三分之二 is 66.67.
func (n Number) Canonical() (value, low, high schemas.Decimal, code schemas.UnitCode) {
	q := n.Unit.Convert(n.Quantity)
	return q.Value, q.Low, q.High, n.Unit.Code
}

// Convert returns a quantity said in unit u in the canonical unit: × Factor, 翻两番 as 4 times. The zero unit changes nothing.
func (u Unit) Convert(q schemas.Quantity) schemas.Quantity {
	convert := func(d schemas.Decimal) schemas.Decimal {
		switch {
		case !d.IsSet() || !u.Factor.IsSet():
			return d
		case u.Kind == "doubling":
			return doubled(d)
		case u.Kind == "fraction":
			return roundShare(d.Mul(u.Factor))
		}
		return d.Mul(u.Factor)
	}
	q.Value, q.Low, q.High = convert(q.Value), convert(q.Low), convert(q.High)
	return q
}

// roundShare rounds an endless quotient to two decimals; what is exact within eight stays.
func roundShare(d schemas.Decimal) schemas.Decimal {
	if r := d.Round(8); r.Equal(d) || d.Round(2).IsZero() {
		return r
	}
	return d.Round(2)
}

// doubled returns 2^n for 翻n番, for the whole part of n up to 20.
func doubled(n schemas.Decimal) schemas.Decimal {
	one := schemas.NewDecimal(1, 0)
	v := one
	for k := one; k.Cmp(n) <= 0 && k.Cmp(schemas.NewDecimal(20, 0)) <= 0; k = k.Add(one) {
		v = v.Add(v)
	}
	return v
}
