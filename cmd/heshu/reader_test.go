package main

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"heshu/schemas"
)

// TestWorkbooksAreLargeByWhatTheyHold: a packed one by what it unpacks to, any other by its own size; a page never is.
func TestWorkbooksAreLargeByWhatTheyHold(t *testing.T) {
	t.Parallel()
	packed := func(n int) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		f, err := z.Create("xl/worksheets/sheet1.xml")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(bytes.Repeat([]byte("<c/>"), n/4)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		name  string
		data  []byte
		large bool
	}{
		{"a.xlsx", packed(largeUnpacked / 2), false},
		{"b.xlsx", packed(2 * largeUnpacked), true},
		{"c.csv", []byte(strings.Repeat("1,2\n", largePlain/8)), false},
		{"d.csv", []byte(strings.Repeat("1,2\n", largePlain/2)), true},
		{"e.html", []byte("<p>" + strings.Repeat("1,2\n", largePlain/2)), false},
	} {
		if got := isLarge(schemas.NewDocument(c.name, c.data)); got != c.large {
			t.Errorf("%s of %d bytes: large is %t", c.name, len(c.data), got)
		}
	}
}
