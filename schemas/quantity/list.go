package quantity

import "heshu/schemas"

// DistributeUnits gives the numbers of a list that stand without a unit the unit of its last member:
// 分别为3、5、7户 counts households three times. It returns a copy; the spans stay as written.
func DistributeUnits(text []rune, numbers []Number) []Number {
	out := append([]Number(nil), numbers...)
	for i := len(out) - 2; i >= 0; i-- {
		a, b := &out[i], &out[i+1]
		if a.Unit.Word != "" || b.Unit.Word == "" || a.Class != Cardinal || !b.Class.Figure() || !listed(text, a.End, b.Start) {
			continue
		}
		a.Unit, a.Quantity.Unit = b.Unit, b.Quantity.Unit
		a.Quantity = sharedScale(a.Quantity, b.Quantity)
		if b.Class == Percent || b.Class == Point {
			a.Class = b.Class
		}
	}
	return out
}

// sharedScale gives a the scale word of b where a has none: 3、5、7万元 is 30000 first. 8000、1.2万元 is not.
func sharedScale(a, b schemas.Quantity) schemas.Quantity {
	scale := schemas.NewDecimal(1, int32(b.UnitMult))
	if a.UnitMult != 0 || b.UnitMult < 4 || a.Value.Cmp(scale.Mul(schemas.NewDecimal(1, -1))) >= 0 {
		return a
	}
	a.Value, a.Low, a.High, a.UnitMult = a.Value.Mul(scale), a.Low.Mul(scale), a.High.Mul(scale), b.UnitMult
	return a
}

// listed reports whether text[i:j] is nothing but a list's comma or conjunction.
func listed(t []rune, i, j int) bool {
	if j-i != 1 || i < 0 || j > len(t) {
		return false
	}
	return containsRune("、和与及或", t[i])
}
