package warehouse_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// TestMain lets the test binary be the program that is killed, and the readers of the soak.
func TestMain(m *testing.M) {
	var err error
	switch dir := os.Getenv("HESHU_TEST_DIR"); os.Getenv("HESHU_TEST_ROLE") {
	case "run":
		err = wholeRun(dir)
	case "hold":
		err = hold(dir)
	case "read":
		err = readForever(dir, os.Getenv("HESHU_TEST_REST"))
	case "stale":
		err = leaveLog(dir)
	default:
		// Half of a night is waiting for the disk; -parallel says otherwise.
		if err = flag.Set("test.parallel", fmt.Sprint(2*runtime.GOMAXPROCS(0))); err == nil {
			os.Exit(m.Run())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func helper(t testing.TB, role, dir string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd, out := exec.Command(self), &bytes.Buffer{}
	cmd.Env = append(os.Environ(), "HESHU_TEST_ROLE="+role, "HESHU_TEST_DIR="+dir)
	cmd.Stdout, cmd.Stderr = out, out
	return cmd, out
}

// wholeRun is a whole run: folder → raw store → hand-over files → build file → release. A document is a number.
func wholeRun(dir string) error {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, warehouse.Config{Build: filepath.Join(dir, "build"), Releases: filepath.Join(dir, "releases"), Keep: 5, Threads: 1})
	if err != nil {
		return err
	}
	defer w.Close()
	store, err := intake.OpenStore(filepath.Join(dir, "raw"))
	if err != nil {
		return err
	}
	tasks := filepath.Join(dir, "tasks")
	if err := handover.Sweep(tasks); err != nil {
		return err
	}
	if in := filepath.Join(dir, "in"); exists(in) {
		if _, _, err := store.Scan(ctx, intake.Source{Path: in}, intake.Limits{}, time.Now()); err != nil {
			return err
		}
	}
	run := warehouse.NewRun(time.Now(), "test", "1")
	if err := loadAll(ctx, w, store, tasks, run); err != nil {
		return err
	}
	rel, fresh, err := w.Publish(ctx, run, nil)
	if err != nil {
		return err
	}
	fmt.Println(rel.Content, fresh)
	return w.Close()
}

// loadAll hands over what came in since it was last loaded, in order of receipt.
func loadAll(ctx context.Context, w *warehouse.Warehouse, store *intake.Store, tasks string, run warehouse.Run) error {
	arrived, err := w.Arrived(ctx, run.CodeVersion)
	if err != nil {
		return err
	}
	var entries []handover.Entry
	var documents []schemas.Document
	times := ""
	for i := range store.Items() {
		last, known := arrived[i.Receipt.Document]
		if known && !i.Received.After(last) {
			continue
		}
		b, err := store.Get(i.Receipt.Document)
		if err != nil {
			return err
		}
		value, _, _ := strings.Cut(string(b), " ")
		e := form(i.Name, i.Name, string(b), i.Received, figure{"projects", "990100", value, ""})
		e.Series, e.Known = i.Series, known
		entries, documents, times = append(entries, e), append(documents, e.Document), times+i.Received.String()
	}
	if len(entries) == 0 {
		return nil
	}
	m, err := handover.Write(ctx, tasks, handover.NewTask("1", times, documents), entries)
	if err != nil {
		return err
	}
	_, err = w.Load(ctx, run, warehouse.Batch{Task: m.Task, Dir: m.Dir})
	return err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// number is a number of the environment, which CI sets higher, or n.
func number(t *testing.T, name string, n int) int {
	t.Helper()
	if s := os.Getenv(name); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

const crashFiles = 8

// TestKilledAtAnyMomentLosesNothing kills whole runs at random moments. Every night all returns say the night's number:
// a release in which they differ is neither the old nor the new one.
func TestKilledAtAnyMomentLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	begin := time.Now()
	submit(t, dir, 1)
	complete(t, dir)
	took := time.Since(begin)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	published, finished := 1, 0
	for n := 2; n < 2+number(t, "HESHU_KILLS", 4); n++ {
		submit(t, dir, n)
		cmd, out := helper(t, "run", dir)
		start := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("night %d: %v: %s", n, err, out)
			}
			finished++
			took = (took + time.Since(start)) / 2
		case <-time.After(time.Duration(random.Int64N(int64(took)))):
			if err := cmd.Process.Kill(); err != nil && !strings.Contains(err.Error(), "finished") {
				t.Fatal(err)
			}
			<-done
		}
		got := told(t, dir)
		if got != published && got != n {
			t.Fatalf("seed %d: after killing night %d the release says night %d, want %d or %d", seed, n, got, published, n)
		}
		published = got
	}
	content := complete(t, dir)
	if got := told(t, dir); got != 1+number(t, "HESHU_KILLS", 4) {
		t.Errorf("the last run published night %d", got)
	}
	for _, pattern := range []string{"releases/.building-*", "tasks/.task-*", "raw/.tmp-*", "releases/*.wal"} {
		if left, err := filepath.Glob(filepath.Join(dir, pattern)); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
	never := t.TempDir()
	if err := os.CopyFS(filepath.Join(never, "raw"), os.DirFS(filepath.Join(dir, "raw"))); err != nil {
		t.Fatal(err)
	}
	if got := complete(t, never); got != content {
		t.Errorf("content %s after the kills, %s rebuilt without any", content, got)
	}
	t.Logf("%d runs killed, %d had finished before; seed %d", number(t, "HESHU_KILLS", 4)-finished, finished, seed)
}

// submit writes the night's returns.
func submit(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range crashFiles {
		name := filepath.Join(dir, "in", fmt.Sprintf("%d.txt", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(fmt.Sprintf("%d from %d", n, i)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// complete lets a run end and returns the content's hash.
func complete(t *testing.T, dir string) string {
	t.Helper()
	cmd, out := helper(t, "run", dir)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	content, _, _ := strings.Cut(out.String(), " ")
	return content
}

// told is the night that the current release speaks of.
func told(t *testing.T, dir string) int {
	t.Helper()
	r, err := warehouse.OpenFile(context.Background(), filepath.Join(dir, "releases", "current.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got := answer(t, r, `SELECT min(value)::INT, max(value)::INT, count(*) FROM observation_current`)
	var low, high, count int
	if _, err := fmt.Sscanf(got, "%d|%d|%d", &low, &high, &count); err != nil || low != high || count != crashFiles {
		t.Fatalf("the release holds %s (lowest night, highest night, returns), want one night of %d returns", got, crashFiles)
	}
	return low
}
