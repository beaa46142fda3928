package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/intake"
	"heshu/pipeline/intake/warc"
	"heshu/schemas"
)

var now = time.Date(2018, 7, 2, 3, 0, 0, 0, time.UTC)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t *testing.T, dir string) *intake.Store {
	t.Helper()
	s, err := intake.OpenStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func scan(t *testing.T, s *intake.Store, source intake.Source, at time.Time) ([]intake.Item, []string) {
	t.Helper()
	items, gone, err := s.Scan(context.Background(), source, intake.Limits{DocumentBytes: 1 << 16, ArchiveBytes: 1 << 21}, at)
	if err != nil {
		t.Fatal(err)
	}
	return items, gone
}

func names(items []intake.Item) string {
	var list []string
	for _, i := range items {
		list = append(list, i.Name)
	}
	return strings.Join(list, " ")
}

func TestContentTellsNewChangedUnchangedAndVanished(t *testing.T) {
	t.Parallel()
	in, raw := t.TempDir(), t.TempDir()
	write(t, in, map[string]string{"甲/6月.xlsx": "one", "乙.html": "two", ".hidden": "x", "甲/~$6月.xlsx": "lock", "丙.txt": "three"})
	source := intake.Source{Path: in, Name: "市总工会", Region: "411700", Exclude: []string{"*.txt"}}
	s := open(t, raw)
	items, _ := scan(t, s, source, now)
	if got := names(items); got != "乙.html 甲/6月.xlsx" {
		t.Fatalf("found %q", got)
	}
	write(t, in, map[string]string{"甲/6月.xlsx": "one, corrected"})
	if err := os.Remove(filepath.Join(in, "乙.html")); err != nil {
		t.Fatal(err)
	}
	write(t, in, map[string]string{"丁.html": "four"})
	s = open(t, raw) // what is known survives the process
	items, gone := scan(t, s, source, now.AddDate(0, 0, 1))
	if names(items) != "丁.html 甲/6月.xlsx" || items[0].State != intake.New || items[1].State != intake.Changed || !slices.Equal(gone, []string{"乙.html"}) {
		t.Errorf("items %+v, gone %v", items, gone)
	}
	again, _ := scan(t, s, source, now.AddDate(0, 0, 2))
	for i, x := range again {
		if x.State != intake.Unchanged || !x.Received.Equal(items[i].Received) {
			t.Errorf("%s: state %v received %v, want unchanged, received %v", x.Name, x.State, x.Received, items[i].Received)
		}
	}
	b, err := s.Get(items[1].Receipt.Document)
	if err != nil || string(b) != "one, corrected" {
		t.Errorf("Get = %q, %v", b, err)
	}
	first := schemas.NewDocument("", []byte("one")).ID
	if b, err := s.Get(first); err != nil || string(b) != "one" {
		t.Errorf("the first version is gone: %q, %v", b, err)
	}
}

func archive(t *testing.T, members ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.CreateHeader(&zip.FileHeader{Name: m[0], NonUTF8: true, Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchivesAreReadWithoutLeavingTheStore(t *testing.T) {
	t.Parallel()
	in, raw := t.TempDir(), t.TempDir()
	write(t, in, map[string]string{
		"a.zip": archive(t, [2]string{"../../escape.xlsx", "e"}, [2]string{"\xbc\xd7\xcf\xd8.xlsx", "gbk name"}, [2]string{"dir\\b.html", "b"},
			[2]string{"same", "1"}, [2]string{"same", "2"}, [2]string{"__MACOSX/._x", "m"}),
		"bomb.zip":   archive(t, [2]string{"zeros", strings.Repeat("0", 2<<20)}),
		"large.zip":  archive(t, [2]string{"big", strings.Repeat("0123456789abcdef", 5000)}),
		"broken.zip": "PK not a zip",
	})
	s := open(t, raw)
	items, _ := scan(t, s, intake.Source{Path: in}, now)
	want := "a.zip/dir/b.html a.zip/escape.xlsx a.zip/same a.zip/same#2 a.zip/甲县.xlsx bomb.zip broken.zip large.zip/big"
	if got := names(items); got != want {
		t.Fatalf("found\n%s\nwant\n%s", got, want)
	}
	for _, i := range items {
		refused := !strings.HasPrefix(i.Name, "a.zip")
		if refused != (len(i.Issues) > 0) {
			t.Errorf("%s: issues %v", i.Name, i.Issues)
		}
	}
	again, _ := scan(t, s, intake.Source{Path: in}, now)
	for _, i := range again {
		if i.State != intake.Unchanged {
			t.Errorf("%s: not known the second time", i.Name)
		}
	}
	left, err := filepath.Glob(filepath.Join(raw, ".tmp-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAnUnfinishedLineOfTheManifestIsDropped(t *testing.T) {
	t.Parallel()
	raw := t.TempDir()
	s := open(t, raw)
	for _, name := range []string{"a", "b"} {
		if _, err := s.Put(intake.Receipt{Series: name, Name: name, Received: now}, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(raw, "manifest.jsonl")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b[:len(b)-7], 0o644); err != nil {
		t.Fatal(err)
	}
	if got := len(open(t, raw).Receipts()); got != 1 {
		t.Errorf("%d receipts, want the finished one", got)
	}
	s = open(t, raw)
	if _, err := s.Put(intake.Receipt{Series: "b", Name: "b", Received: now}, []byte("b")); err != nil {
		t.Fatal(err)
	}
	if got := len(open(t, raw).Receipts()); got != 2 {
		t.Errorf("%d receipts after the second try, want 2", got)
	}
}

func TestDamagedBytesAreNoticed(t *testing.T) {
	t.Parallel()
	raw := t.TempDir()
	s := open(t, raw)
	x, err := s.Put(intake.Receipt{Series: "a", Name: "a", Received: now}, []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(raw, "raw", string(x.Document[:2]), string(x.Document[2:]))
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("b"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(x.Document); err == nil {
		t.Error("Get returned damaged bytes")
	}
	if _, err := s.Get("../../etc/passwd"); err == nil {
		t.Error("Get followed a path")
	}
}

// webArchive writes a .warc.gz file of answers: address, moment, body.
func webArchive(t *testing.T, path string, answers ...[3]string) {
	t.Helper()
	w, err := warc.Create(path, "test", now)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		at, err := time.Parse(time.RFC3339, a[1])
		if err != nil {
			t.Fatal(err)
		}
		e := warc.Exchange{URL: a[0], Time: at, Status: 200, Header: http.Header{"Content-Type": {"text/html; charset=gbk"}}, Body: []byte(a[2])}
		if _, err := w.Put(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestWebArchivesAreLookedInto(t *testing.T) {
	t.Parallel()
	in, raw := t.TempDir(), t.TempDir()
	webArchive(t, filepath.Join(in, "a.warc.gz"), [3]string{"http://x/1", "2018-07-01T00:00:00Z", "first"}, [3]string{"http://x/2", "2018-07-01T00:00:01Z", "other"},
		[3]string{"http://x/1", "2018-07-02T00:00:00Z", "second"}, [3]string{"http://x/large", "2018-07-02T00:00:00Z", strings.Repeat("0", 200<<10)})
	b, err := os.ReadFile(filepath.Join(in, "a.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, in, map[string]string{"cut.warc.gz": string(b[:len(b)/2]), "junk.warc": "no archive\n"})
	s := open(t, raw)
	items, _ := scan(t, s, intake.Source{Path: filepath.Join(in, "a.warc.gz")}, now)
	if got := names(items); got != "http://x/2 http://x/1 http://x/large" {
		t.Fatalf("found %s", got)
	}
	if b, err := s.Get(items[1].Receipt.Document); err != nil || string(b) != "second" || items[1].Charset != "gbk" {
		t.Errorf("the latest answer is %q, %v, charset %q", b, err, items[1].Charset)
	}
	if len(items[2].Issues) != 1 || items[2].Issues[0].Code != schemas.IssueLimit {
		t.Errorf("large: %+v", items[2].Issues)
	}
	scan(t, s, intake.Source{Path: in}, now)
	again, _ := scan(t, s, intake.Source{Path: in}, now)
	refused := map[string]schemas.IssueCode{}
	for _, i := range again {
		if i.State != intake.Unchanged {
			t.Errorf("%s: %v, want unchanged", i.Name, i.State)
		}
		if i.Refused != "" {
			refused[i.Name] = i.Refused
		}
	}
	want := map[string]schemas.IssueCode{"http://x/large": schemas.IssueLimit, "cut.warc.gz": schemas.IssueTruncated, "junk.warc": schemas.IssueUnreadable}
	if !maps.Equal(refused, want) {
		t.Errorf("refused %v, want %v", refused, want)
	}
}
