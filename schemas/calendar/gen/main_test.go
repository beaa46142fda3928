package main

import "testing"

// New Year's Day's holiday belongs to the year that begins, though its first days lie in the old one.
func TestHolidaysOfAYear(t *testing.T) {
	t.Parallel()
	got, err := stretches([]string{"2018-12-29,makeup,元旦\n", "2018-12-30,holiday,元旦\n", "2019-01-01,holiday,元旦\n", "2019-02-04,holiday,春节\n"})
	const want = "2019,元旦,2018-12-30,2019-01-01\n2019,春节,2019-02-04,2019-02-04\n"
	if err != nil || got != want {
		t.Errorf("-want %q\n+got  %q, %v", want, got, err)
	}
}

func TestBrokenPackageIsAnError(t *testing.T) {
	t.Parallel()
	if _, _, err := generate(t.TempDir()); err == nil {
		t.Error("no error without dist/chinese-days.json")
	}
}
