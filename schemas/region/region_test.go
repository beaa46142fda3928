package region_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"heshu/schemas"
	"heshu/schemas/region"
)

func TestDivisionsKeepTheirHistory(t *testing.T) {
	t.Parallel()
	table, day := region.Load(), schemas.NewDate
	for _, tt := range []struct {
		code schemas.RegionCode
		at   schemas.Date
		name string // "": not valid on that day
	}{
		{"610424", day(2018, 6, 30), "乾县"},
		{"220723", day(2018, 6, 30), "乾安县"},
		{"410224", day(2014, 9, 8), "开封县"},
		{"410224", day(2014, 9, 9), ""},
		{"410212", day(2014, 9, 9), "祥符区"},
		{"410322", day(2021, 3, 17), "孟津县"},
		{"410308", day(2021, 3, 18), "孟津区"},
		{"419001", day(2018, 6, 30), "济源市"},
		{"411626", day(2019, 6, 26), "淮阳县"},
		{"411603", day(2019, 6, 27), "淮阳区"},
		{"320106", day(2018, 6, 30), "鼓楼区"},
		{"320302", day(2018, 6, 30), "鼓楼区"},
		{"350102", day(2018, 6, 30), "鼓楼区"},
		{"410204", day(2018, 6, 30), "鼓楼区"},
	} {
		r, ok := table.Region(tt.code, tt.at)
		if got := r.Name; ok != (tt.name != "") || ok && got != tt.name {
			t.Errorf("%s on %v is %q (valid: %v), want %q", tt.code, tt.at, got, ok, tt.name)
		}
	}
	for _, tt := range []struct{ from, to schemas.RegionCode }{{"410224", "410212"}, {"410322", "410308"}, {"411626", "411603"}, {"411023", "411003"}} {
		r, _ := table.Region(tt.from, schemas.Date{})
		if r.ValidTo.IsZero() || !slices.Equal(r.Successors, []schemas.RegionCode{tt.to}) {
			t.Errorf("successors of %s, valid to %s, are %v, want %s", tt.from, r.ValidTo, r.Successors, tt.to)
		}
	}
}

// TestSharedNamesAreToldApart: a name that several places share is settled by its parent in the text, then by the
// publisher's own province or city, and by nothing else.
func TestSharedNamesAreToldApart(t *testing.T) {
	t.Parallel()
	table, at := region.Load(), schemas.NewDate(2018, 6, 30)
	for _, tt := range []struct {
		text      string
		publisher schemas.RegionCode
		within    []schemas.RegionCode
		want      schemas.RegionCode
	}{
		{text: "南京市鼓楼区", want: "320106"},
		{text: "徐州市鼓楼区", want: "320302"},
		{text: "福州市鼓楼区", want: "350102"},
		{text: "开封市鼓楼区", want: "410204"},
		{text: "鼓楼区", publisher: "350000", want: "350102"},
		{text: "鼓楼区", publisher: "410200", want: "410204"},
		{text: "鼓楼区", within: []schemas.RegionCode{"320300"}, publisher: "410200", want: "320302"},
		{text: "鼓楼区"},
		{text: "安阳", publisher: "410000", want: "410500"},
		{text: "乾县", want: "610424"},
		{text: "滑县", want: "410526"},
	} {
		got, ok := table.Find(tt.text, region.Context{At: at, Publisher: tt.publisher, Within: tt.within})
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s, published in %q, within %v: %q %v, want %q", tt.text, tt.publisher, tt.within, got, ok, tt.want)
		}
	}
}

// TestDivisionsAgreeWithTheYearEndLists asks for every division of the ministry's lists of 2010 to 2024.
func TestDivisionsAgreeWithTheYearEndLists(t *testing.T) {
	t.Parallel()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "regions.csv"))
	if err != nil {
		t.Skip("no folder shared beside the project: its year-end lists are not compared")
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type state struct {
		code, name string
		year       int
	}
	want, got := map[state]bool{}, map[state]bool{}
	for year := 2010; year <= 2024; year++ {
		end := fmt.Sprintf("%d-12-31", year)
		for _, r := range rows[1:] {
			if code, name, from, to := r[0], r[1], r[4], r[5]; from <= end && (to == "" || to > end) {
				want[state{code, name, year}] = true
			}
		}
		at := schemas.NewDate(year, 12, 31)
		for _, r := range region.Load().All() {
			if r.Level == region.LevelCountry || r.Level == region.LevelZone {
				continue
			}
			if now, ok := region.Load().Region(r.Code, at); ok {
				got[state{string(now.Code), now.Name, year}] = true
			}
		}
	}
	differences := 0
	for _, c := range []struct {
		in, other map[state]bool
		what      string
	}{{want, got, "missing"}, {got, want, "extra"}} {
		for s := range c.in {
			if !c.other[s] {
				if differences++; differences <= 20 {
					t.Errorf("%s: %+v", c.what, s)
				}
			}
		}
	}
	t.Logf("%d states (code, name, year) compared, %d differ", len(want), differences)
}
