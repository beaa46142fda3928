package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	bignight "heshu/fixtures/night"
)

// paper is a site that serves the bundled pages, says who asked, and can be made to hang at a page.
type paper struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
	hang  string
	hung  chan struct{}
}

// hangAt makes the site hang at a path; "" at none.
func (p *paper) hangAt(path string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hang = path
}

// times is how often a path was asked for.
func (p *paper) times(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

func newPaper(t *testing.T) *paper {
	t.Helper()
	p := &paper{asked: map[string]int{}, hung: make(chan struct{}, 100)}
	files := http.FileServer(http.Dir(filepath.Join(root, "fixtures", "zhoukou", "pages")))
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked[r.URL.Path]++
		hang := r.URL.Path == p.hang
		p.mu.Unlock()
		if r.URL.Path == "/hook" {
			b, err := io.ReadAll(r.Body)
			if err != nil || r.Method != http.MethodPost || !strings.Contains(string(b), `"headline":"`) || !strings.Contains(string(b), `"well":false`) {
				t.Errorf("the webhook got %s %s, %v", r.Method, b, err)
			}
			return
		}
		if !strings.HasPrefix(r.UserAgent(), "heshu/") || !strings.Contains(r.UserAgent(), "test@example.org") {
			t.Errorf("user agent %q", r.UserAgent())
		}
		switch {
		case hang:
			p.hung <- struct{}{}
			<-r.Context().Done()
		case r.URL.Path == "/feed.xml":
			fmt.Fprint(w, `<rss version="2.0"><channel><item><link>/zkzgh-20180808.html</link></item><item><link>/luyi-hant.html</link></item></channel></rss>`)
		default:
			files.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *paper) config(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "heshu.yaml")
	writeText(t, path, fmt.Sprintf(`today: "2018-08-20"
metrics: heshu.prom
webhook: {url: %[1]s/hook, when: trouble}
sources:
  - feeds: [%[1]s/feed.xml]
    urls: [%[1]s/huaiyang-0810.htm, %[1]s/shenqiu-20180815.html, %[1]s/zkw-table.html, %[1]s/never.html]
fetch: {contact: test@example.org, delay: 1ms, retries: -1, allow: [127.0.0.0/8]}
`, p.URL), 0o644)
	return path
}

// heshu starts the program itself, in a folder.
func heshu(t *testing.T, dir string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := exec.LookPath("heshu") // the test binary under this name; see TestMain
	if err != nil {
		t.Fatal(err)
	}
	cmd, out := exec.Command(self, args...), &bytes.Buffer{}
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, out
	return cmd, out
}

func exitStatus(t *testing.T, cmd *exec.Cmd, out *bytes.Buffer, want int) {
	t.Helper()
	err := cmd.Run()
	if got := cmd.ProcessState.ExitCode(); got != want {
		t.Fatalf("%v ended with %d (%v), want %d\n%s", cmd.Args[1:], got, err, want, out)
	}
}

func TestAFetchThatIsKilledGoesOn(t *testing.T) {
	t.Parallel()
	for name, how := range map[string]syscall.Signal{"killed": syscall.SIGKILL, "stopped": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, dir := newPaper(t), t.TempDir()
			p.config(t, dir)
			p.hangAt("/zkw-table.html")
			cmd, out := heshu(t, dir, "run", "--log", "none")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			<-p.hung
			second, said := heshu(t, dir, "run", "--log", "none")
			exitStatus(t, second, said, exitBroken)
			if want := fmt.Sprintf("another run is at work: process %d on", cmd.Process.Pid); !strings.Contains(said.String(), want) {
				t.Errorf("a second run says %q, want %q", said, want)
			}
			if err := cmd.Process.Signal(how); err != nil {
				t.Fatal(err)
			}
			cmd.Wait()
			if got := cmd.ProcessState.ExitCode(); how == syscall.SIGTERM && got != exitInterrupted {
				t.Errorf("stopped: status %d, want %d\n%s", got, exitInterrupted, out)
			}
			p.hangAt("")
			cmd, out = heshu(t, dir, "run", "--log", "none")
			exitStatus(t, cmd, out, exitFindings) // an address that is not there
			for path, want := range map[string]int{"/zkw-table.html": 2, "/huaiyang-0810.htm": 1, "/feed.xml": 1, "/hook": 1} {
				if got := p.times(path); got != want {
					t.Errorf("%s was asked for %d times, want %d", path, got, want)
				}
			}
			if !strings.Contains(out.String(), "never.html: 网站没有这个网页（404）") || !strings.Contains(out.String(), "1 个网址未取到") {
				t.Errorf("the run says\n%s", out)
			}
			offline(t, p, dir)
		})
	}
}

// offline runs without any server, not even the webhook's, and finds nothing new.
func offline(t *testing.T, p *paper, dir string) {
	t.Helper()
	p.Close()
	cmd, out := heshu(t, dir, "run", "--offline", "--log", "none")
	exitStatus(t, cmd, out, exitFindings)
	if !strings.Contains(out.String(), "没有新内容") {
		t.Errorf("offline the run says\n%s", out)
	}
	b, err := os.ReadFile(filepath.Join(dir, "heshu.prom"))
	if err != nil || !strings.Contains(string(b), "\nheshu_run_ok 1\n") || !strings.Contains(string(b), "\nheshu_documents 5\n") || !strings.Contains(string(b), "\nheshu_fetch_failures 1\n") {
		t.Errorf("metrics: %v\n%s", err, b)
	}
}

func TestARunThatIsStoppedKeepsWhatItRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := bignight.Write(dir, bignight.Options{Seed: 2, Workbooks: 20, Pages: 600, Edition: 1}); err != nil {
		t.Fatal(err)
	}
	cmd, _ := heshu(t, dir, "run", "--log", "text")
	cmd.Stderr = nil
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := 0
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "msg=read ") {
			if read++; read == 10 {
				if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != exitInterrupted {
		t.Fatalf("status %d after %d documents, want %d", got, read, exitInterrupted)
	}
	again, out := heshu(t, dir, "run", "--log", "text")
	again.Run()
	if got := strings.Count(out.String(), "msg=read "); got+read != 620 {
		t.Errorf("%d documents read before, %d after, want %d together", read, got, 620)
	}
}

func TestAHundredNightsWithoutNewsLeaveNothing(t *testing.T) {
	t.Parallel()
	p, dir := newPaper(t), t.TempDir()
	p.config(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	nights := 3
	if os.Getenv("HESHU_NIGHTS") != "" {
		if _, err := fmt.Sscan(os.Getenv("HESHU_NIGHTS"), &nights); err != nil {
			t.Fatal(err)
		}
	}
	var before map[string]int64
	for n := range nights + 1 {
		var out bytes.Buffer
		if code := run(ctx, []string{"run", "--config", filepath.Join(dir, "heshu.yaml"), "--log", "none"}, strings.NewReader(""), &out, &out); code != exitFindings {
			t.Fatalf("night %d ended with %d\n%s", n, code, &out)
		}
		after := sizes(t, filepath.Join(dir, "out"))
		for name, size := range after {
			if old, ok := before[name]; before != nil && (!ok || old != size) {
				t.Fatalf("night %d: %s has %d bytes, had %d", n, name, size, old)
			}
		}
		before = after
	}
}

// sizes lists the files below a folder; the lock's holder is not counted.
func sizes(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			out[path] = info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
