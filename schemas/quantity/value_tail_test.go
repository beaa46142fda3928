package quantity

import "testing"

// What hangs on a unit belongs to its number, and is no number of its own.
func TestTailsBehindUnits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, value, unit string }{
		{"1米75", "1.75", "米"}, {"三亩二分", "3.2", "亩"}, {"3亩5分", "3.5", "亩"}, {"三斤半", "3.5", "斤"}, {"九块九", "9.9", "块"},
	} {
		numbers := Scan([]rune("共" + c.text + "。"))
		if len(numbers) != 1 || numbers[0].Quantity.Value.String() != c.value || numbers[0].Quantity.Unit != c.unit {
			t.Errorf("%s: %+v", c.text, numbers)
		}
	}
	for _, text := range []string{"长3米20棵树", "宽3米20.5亩", "占地三亩二分之一"} {
		if n := len(Scan([]rune(text))); n != 2 {
			t.Errorf("%s: %d numbers, want 2", text, n)
		}
	}
}
