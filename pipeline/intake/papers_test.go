package intake_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"heshu/pipeline/intake"
)

func TestAPaperIsKeptEachTimeItSaysSomethingElse(t *testing.T) {
	t.Parallel()
	raw := t.TempDir()
	s := open(t, raw)
	for i, text := range []string{"one", "one", "two", "one"} {
		if err := s.KeepPaper("decisions", []byte(text), now.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Put(intake.Receipt{Series: "a", Name: "a", Received: now.Add(time.Hour)}, []byte("one")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(raw, "papers.jsonl")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"document":"half`); err != nil { // as a killed run leaves it
		t.Fatal(err)
	}
	f.Close()
	s = open(t, raw)
	said := func(s *intake.Store) string {
		text := ""
		for _, x := range s.Papers("decisions") {
			b, err := s.Get(x.Document)
			if err != nil {
				t.Fatal(err)
			}
			text += string(b) + " "
		}
		return text
	}
	if got := said(s); got != "one two one " {
		t.Errorf("the papers said %q", got)
	}
	if n := len(slices.Collect(s.Items())); n != 1 {
		t.Errorf("%d documents, want 1: papers are none", n)
	}
	for at, want := range map[time.Duration]struct {
		papers    string
		documents int
	}{0: {"one ", 0}, time.Hour: {"one ", 1}, 2 * time.Hour: {"one two ", 1}, -time.Hour: {"", 0}} {
		then := s.Until(now.Add(at))
		if got := said(then); got != want.papers || len(slices.Collect(then.Items())) != want.documents {
			t.Errorf("after %v the papers said %q and there were %d documents, want %+v", at, got, len(slices.Collect(then.Items())), want)
		}
	}
	if err := s.KeepPaper("decisions", []byte("three"), now.Add(5*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := said(open(t, raw)); got != "one two one three " {
		t.Errorf("after half a line the papers said %q", got)
	}
}
