package intake

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestAFileIsKnownByItsStamp writes other bytes of the same length into a file and sets its time back, which nobody does: such a file is taken
// for unchanged until files are read again anyway. What was written just before a scan is read whatever its stamp says.
func TestAFileIsKnownByItsStamp(t *testing.T) {
	t.Parallel()
	dir, in := t.TempDir(), t.TempDir()
	name, long := filepath.Join(in, "a.txt"), time.Now().Add(-time.Hour)
	write := func(text string, at time.Time) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	scan := func(rehash bool) State {
		t.Helper()
		s, err := OpenStore(dir)
		if err != nil {
			t.Fatal(err)
		}
		s.Rehash = rehash
		items, _, err := s.Scan(t.Context(), Source{Path: in}, Limits{}, time.Now())
		if err == nil {
			err = s.Remember()
		}
		if err != nil || len(items) != 1 {
			t.Fatalf("%d items, %v", len(items), err)
		}
		return items[0].State
	}
	for _, step := range []struct {
		what   string
		text   string
		at     time.Time
		rehash bool
		want   State
	}{
		{"a new file", "11", long, false, New},
		{"the same", "11", long, false, Unchanged},
		{"another one of the same stamp", "22", long, false, Unchanged},
		{"that one, read again", "22", long, true, Changed},
		{"another time", "33", long.Add(time.Second), false, Changed},
		{"another length", "444", long.Add(time.Second), false, Changed},
		{"just written", "555", time.Now().Add(time.Hour), false, Changed},
		{"just written again", "666", time.Now().Add(time.Hour), false, Changed},
	} {
		write(step.text, step.at)
		if got := scan(step.rehash); got != step.want {
			t.Errorf("%s: %v, want %v", step.what, got, step.want)
		}
	}
}
