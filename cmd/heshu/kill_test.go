package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"heshu/pipeline/warehouse"
)

// kills is how many runs are killed: few by default, HESHU_KILLS for more. The warehouse's own test kills many more in the same
// time; this one kills the whole program.
func kills(t *testing.T) int {
	s := os.Getenv("HESHU_KILLS")
	if s == "" {
		return 2
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// killFiles and killPages are how many documents lie in a folder and on the site; in night n all of them say n.
const (
	killFiles = 3
	killPages = 6
)

func pageOfNight(i, n int) string {
	return fmt.Sprintf("第%d县劳模助力脱贫攻坚\n\n2018-08-31\n\n目前,沈丘县共建产业扶贫项目%d个,受到群众好评。\n", i+1, n)
}

// site serves a feed and a sitemap of pages that say what night it is. It takes its time, as sites do.
type site struct {
	*httptest.Server
	night atomic.Int64
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(5 * time.Millisecond)
		name := strings.TrimPrefix(r.URL.Path, "/")
		i, err := strconv.Atoi(strings.TrimSuffix(name, ".html"))
		switch {
		case name == "feed.xml":
			fmt.Fprintf(w, `<rss version="2.0"><channel><item><link>%[1]s/0.html</link></item><item><link>%[1]s/1.html</link></item></channel></rss>`, s.URL)
		case name == "sitemap.xml":
			fmt.Fprintf(w, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%[1]s/2.html</loc></url><url><loc>%[1]s/3.html</loc></url></urlset>`, s.URL)
		case err == nil && i < killPages:
			title, text, _ := strings.Cut(pageOfNight(killFiles+i, int(s.night.Load())), "\n")
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, "<html><head><title>%s</title></head><body><h1>%[1]s</h1><p>%s</p></body></html>", title, strings.ReplaceAll(text, "\n\n", "</p><p>"))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// office is a folder of configuration, documents and output.
func (s *site) office(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeText(t, filepath.Join(dir, "heshu.yaml"), fmt.Sprintf(`today: "2018-09-03"
sources:
  - path: in
  - feeds: [%[1]s/feed.xml]
    sitemaps: [%[1]s/sitemap.xml]
    urls: [%[1]s/4.html, %[1]s/5.html]
fetch: {contact: test@example.org, delay: 1ms, retries: -1, allow: [127.0.0.0/8]}
`, s.URL), 0o644)
	if err := os.Mkdir(filepath.Join(dir, "in"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// falls makes it night n: on the site, and in the folders.
func (s *site) falls(t *testing.T, n int, dirs ...string) {
	t.Helper()
	s.night.Store(int64(n))
	for _, dir := range dirs {
		for i := range killFiles {
			writeText(t, filepath.Join(dir, "in", fmt.Sprintf("%d.txt", i)), pageOfNight(i, n), 0o644)
		}
	}
}

// program is heshu as a process of its own in dir.
func program(ctx context.Context, dir string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd, out := exec.CommandContext(ctx, "heshu", args...), &bytes.Buffer{} // the test binary under this name; see TestMain
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, out
	return cmd, out
}

// completeNight lets a run end and returns the content's hash.
func completeNight(t *testing.T, dir string) string {
	t.Helper()
	cmd, out := program(t.Context(), dir, "run", "-q")
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() > exitMandatory {
		t.Errorf("%v: %s", err, out)
	}
	rel, err := warehouse.Current(filepath.Join(dir, "out", "releases"))
	if err != nil {
		t.Error(err)
	}
	return rel.Content
}

// toldNight is the night that the current release speaks of; pages that say different nights are neither the old nor the new release.
func toldNight(t *testing.T, dir string) int {
	t.Helper()
	r, err := warehouse.OpenFile(t.Context(), filepath.Join(dir, "out", "releases", "current.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := answer(t.Context(), r, `SELECT min(value)::INT, max(value)::INT, count(*) FROM observation_current WHERE unit = 'project'`)
	if err != nil {
		t.Fatal(err)
	}
	row := got.rows[0]
	if row[0] != row[1] || row[2] != int64(killFiles+killPages) {
		t.Fatalf("the release holds %v (lowest night, highest night, pages), want one night of %d pages", row, killFiles+killPages)
	}
	return int(row[0].(int64))
}

// stage is how far a killed run had come, by what it logged and what it left.
func stage(dir, log string) string {
	there := func(pattern string) bool {
		found, err := filepath.Glob(filepath.Join(dir, "out", pattern))
		return err == nil && len(found) > 0
	}
	switch {
	case strings.Contains(log, "msg=published"):
		return "reporting"
	case there("releases/.building-*"):
		return "publishing"
	case strings.Contains(log, "msg=loaded"):
		return "auditing"
	case strings.Contains(log, "msg=read "):
		return "loading"
	case there("build/work.duckdb"):
		return "fetching"
	}
	return "starting"
}

// killer kills runs in one office at random moments.
type killer struct {
	*rand.Rand
	dir    string
	took   time.Duration  // how long a run takes
	killed map[string]int // by how far the run had come
	all    int
}

// folders below out that a run writes to.
var folders = []string{"build", "store", "handover", "releases", "reports"}

// once starts a run and kills it at any moment, half the time just after a file has come or gone in one of its folders; false if it had
// ended before.
func (k *killer) once(t *testing.T) bool {
	t.Helper()
	ctx, kill := context.WithCancel(t.Context())
	defer kill()
	cmd, out := program(ctx, k.dir, "run", "--log", "text")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	wait := time.Duration(k.Int64N(int64(k.took)))
	if k.IntN(2) == 0 {
		pattern := filepath.Join(k.dir, "out", folders[k.IntN(len(folders))], "*")
		wait = time.Duration(k.IntN(4000)) * time.Microsecond
		go func() {
			for before, now := names(pattern), ""; ctx.Err() == nil; time.Sleep(100 * time.Microsecond) {
				if now = names(pattern); now != before {
					time.AfterFunc(wait, kill)
					return
				}
			}
		}()
	} else {
		time.AfterFunc(wait, kill)
	}
	err := cmd.Wait()
	switch {
	case !cmd.ProcessState.Exited():
		k.killed[stage(k.dir, out.String())]++
		k.all++
		return true
	case cmd.ProcessState.ExitCode() > exitMandatory:
		t.Fatalf("%v: %s", err, out)
	}
	return false
}

// names lists what lies where a pattern says.
func names(pattern string) string {
	found, err := filepath.Glob(pattern)
	if err != nil {
		panic(err) // only a pattern that cannot be read
	}
	return strings.Join(found, "\n")
}

// TestTheProgramKilledAtAnyMomentLosesNothing kills heshu run at random moments: fetching, extracting, loading, publishing. Beside it
// a twin lives through the same nights and is never killed.
func TestTheProgramKilledAtAnyMomentLosesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	dir, twin := s.office(t), s.office(t)
	s.falls(t, 1, dir, twin)
	completeNight(t, twin)
	completeNight(t, dir)
	seed := uint64(time.Now().UnixNano())
	k := &killer{Rand: rand.New(rand.NewPCG(seed, 1)), dir: dir, killed: map[string]int{}}
	n := 1
	for k.all < kills(t) {
		n++
		s.falls(t, n, dir, twin)
		start := time.Now()
		want := completeNight(t, twin)
		k.took = time.Since(start)
		for range min(1+k.IntN(12), kills(t)-k.all) {
			k.once(t)
			if got := toldNight(t, dir); got == n {
				break
			} else if got != n-1 {
				t.Fatalf("seed %d: after a kill in night %d the release says night %d", seed, n, got)
			}
		}
		if got := completeNight(t, dir); got != want || toldNight(t, dir) != n {
			t.Fatalf("seed %d: night %d, killed and run again, has content %s and says night %d; never killed it has %s", seed, n, got, toldNight(t, dir), want)
		}
		if left := halfDone(t, filepath.Join(dir, "out")); len(left) > 0 {
			t.Fatalf("seed %d: night %d, killed and run again, left behind %v", seed, n, left)
		}
	}
	list, err := warehouse.Releases(filepath.Join(dir, "out", "releases"))
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range []string{"current", list[k.IntN(len(list))].Run} { // of any night, from what had come in by then
		cmd, out := program(t.Context(), dir, "rebuild", "--release", run)
		if err := cmd.Run(); err != nil || !strings.Contains(out.String(), "the same content") {
			t.Errorf("rebuilt, the content of %s would be another: %v: %s", run, err, out)
		}
	}
	t.Logf("%d runs killed in %d nights, %v; seed %d", k.all, n-1, k.killed, seed)
}

// halfDone lists the files below a folder that no ended run leaves.
func halfDone(t *testing.T, dir string) (left []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		for _, mark := range []string{"work.duckdb", "spill", "unfinished.txt"} {
			if name == mark {
				left = append(left, path)
			}
		}
		if strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".wal") {
			left = append(left, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}
