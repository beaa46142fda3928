package main

import (
	"strings"
	"testing"
	"time"

	"heshu/pipeline"
)

func TestTheBarTellsDocumentsBytesRateAndTimeLeft(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	at := time.Date(2026, 11, 26, 2, 30, 0, 0, time.UTC)
	b := &bar{out: &out, now: func() time.Time { return at }}
	b.show(pipeline.Progress{Step: "look"})
	b.show(pipeline.Progress{Step: "read", Done: 0, All: 200})
	at = at.Add(50 * time.Millisecond)
	b.show(pipeline.Progress{Step: "read", Done: 1, All: 200, Bytes: 5e5}) // too soon to be looked at
	at = at.Add(4950 * time.Millisecond)
	b.show(pipeline.Progress{Step: "read", Done: 50, All: 200, Bytes: 2.5e6})
	at = at.Add(5 * time.Second)
	b.show(pipeline.Progress{Step: "read", Done: 200, All: 200, Bytes: 9e6})
	want := "\r\033[Klook …\n" +
		"\r\033[Kread  [                        ] 0/200" +
		"\r\033[Kread  [======                  ] 50/200  2.5 MB  10/s  15s" +
		"\r\033[Kread  [========================] 200/200  9.0 MB  20/s\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
