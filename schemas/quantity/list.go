package quantity

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
		if b.Class == Percent || b.Class == Point {
			a.Class = b.Class
		}
	}
	return out
}

// listed reports whether text[i:j] is nothing but a list's comma or conjunction.
func listed(t []rune, i, j int) bool {
	if j-i != 1 || i < 0 || j > len(t) {
		return false
	}
	return containsRune("、和与及或", t[i])
}
