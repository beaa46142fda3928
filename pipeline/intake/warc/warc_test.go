package warc_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/intake/warc"
)

var at = time.Date(2018, 8, 8, 1, 15, 0, 123000, time.UTC)

func packed(t testing.TB, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// archive writes a file of two exchanges, one of them compressed by its server.
func archive(t testing.TB) (path string, list []warc.Exchange, places []warc.Place) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.warc.gz")
	w, err := warc.Create(path, "heshu test", at)
	if err != nil {
		t.Fatal(err)
	}
	list = []warc.Exchange{
		{URL: "http://example.com/甲.html", Time: at, Status: 200, Header: http.Header{"Content-Type": {"text/html"}, "Etag": {`"1"`}}, Body: []byte("<p>3人</p>")},
		{URL: "http://example.com/b", Time: at.Add(time.Second), Status: 200, Header: http.Header{"Content-Encoding": {"gzip"}}, Body: packed(t, "五人")},
	}
	for _, e := range list {
		p, err := w.Put(e)
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, p)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path, list, places
}

func TestWhatIsKeptComesBackAsItCame(t *testing.T) {
	t.Parallel()
	path, list, places := archive(t)
	for i, p := range places {
		e, err := warc.ReadAt(path, p, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if want := list[i]; e.URL != want.URL || !e.Time.Equal(want.Time) || !bytes.Equal(e.Body, want.Body) || e.Header.Get("Etag") != want.Header.Get("Etag") {
			t.Errorf("record %d: %+v, want %+v", i, e, want)
		}
	}
	e, err := warc.ReadAt(path, places[1], 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := e.Content(100); err != nil || string(b) != "五人" {
		t.Errorf("content %q, %v", b, err)
	}
	if _, err := e.Content(3); !errors.Is(err, warc.ErrTooLarge) {
		t.Errorf("content over the limit: %v", err)
	}
}

// TestOtherToolsReadIt lets the reference reader of the web archives, warcio, read the file and check every digest.
func TestOtherToolsReadIt(t *testing.T) {
	t.Parallel()
	if err := exec.Command("python3", "-c", "import warcio").Run(); err != nil {
		t.Skip("python3 with warcio is not here: python3 -m pip install warcio")
	}
	path, _, _ := archive(t)
	out, err := exec.Command("python3", "-m", "warcio.cli", "check", "-v", path).CombinedOutput()
	if err != nil || strings.Count(string(out), "digest pass") != 3 {
		t.Errorf("warcio check: %v\n%s", err, out)
	}
	script := `import sys
from warcio.archiveiterator import ArchiveIterator
for r in ArchiveIterator(open(sys.argv[1], "rb")):
    if r.rec_type == "response":
        print(r.rec_headers.get_header("WARC-Target-URI"), r.http_headers.get_statuscode(), r.content_stream().read().decode())`
	out, err = exec.Command("python3", "-X", "utf8", "-c", script, path).CombinedOutput()
	if want := "http://example.com/甲.html 200 <p>3人</p>\nhttp://example.com/b 200 五人\n"; err != nil || string(out) != want {
		t.Errorf("warcio says %q, %v, want %q", out, err, want)
	}
}

func record(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: <%s>\r\nWARC-Date: 2018-08-08T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, len(block), block)
}

const page = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n4\r\n3人\r\n0\r\n\r\n"

func TestFilesOfOthersAreRead(t *testing.T) {
	t.Parallel()
	whole := record("request", "http://a/", "GET / HTTP/1.1\r\n\r\n") + record("response", "http://a/", page) + record("response", "http://large/", page+strings.Repeat("0", 200<<10))
	for _, c := range []struct {
		name, file, want string
		err              error
	}{
		{"plain", whole, "http://a/ 3人;http://large/ cut;", nil},
		{"gzip as a whole", string(packed(t, whole)), "http://a/ 3人;http://large/ cut;", nil},
		{"gzip by record", string(packed(t, record("response", "http://a/", page))) + string(packed(t, record("response", "http://b/", page))), "http://a/ 3人;http://b/ 3人;", nil},
		{"cut within a record", whole[:len(whole)-1000], "http://a/ 3人;", io.ErrUnexpectedEOF},
		{"empty", "", "", nil},
		{"more than may be unpacked", string(packed(t, record("request", "http://a/", strings.Repeat("0", 1<<20)))), "", warc.ErrTooLarge},
		{"a header without end", "WARC/1.1\r\nX: " + strings.Repeat("x", 1<<20), "", warc.ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			err := warc.Read(strings.NewReader(c.file), warc.Limits{Record: 1000, Total: 400 << 10}, func(e warc.Exchange, cut bool) error {
				if cut {
					got += e.URL + " cut;"
					return nil
				}
				b, err := e.Content(100)
				got += e.URL + " " + string(b) + ";"
				return err
			})
			if !errors.Is(err, c.err) || got != c.want {
				t.Errorf("got %q, %v, want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	path, _, _ := archive(f)
	b, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte(record("response", "http://a/", page)))
	f.Add([]byte("WARC/\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = warc.Read(bytes.NewReader(b), warc.Limits{Record: 1 << 16, Total: 1 << 20}, func(e warc.Exchange, _ bool) error {
			if c, err := e.Content(1 << 16); err == nil && len(c) > 1<<16 {
				t.Errorf("%d bytes of content over the limit", len(c))
			}
			return nil
		})
	})
}
