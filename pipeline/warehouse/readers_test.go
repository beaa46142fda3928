package warehouse_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/warehouse"
)

// readForever opens the current release again and again until the file stop is there, and tells how often, and how many nights
// it met: the soak's reader. Between two reads it rests for a random time of at most the given one: opening takes 40 ms of a
// processor, so that fifty readers without rest would only keep each other, and whoever publishes, from the processors.
func readForever(dir, rest string) error {
	ctx := context.Background()
	most, err := time.ParseDuration(rest)
	if err != nil {
		return err
	}
	reads, nights, parent := 0, map[any]bool{}, os.Getppid()
	for last := false; !last; {
		if os.Getppid() != parent {
			return errors.New("whoever published has gone")
		}
		time.Sleep(rand.N(most))
		last = exists(filepath.Join(dir, "stop")) // once more after the last release
		r, err := warehouse.OpenFile(ctx, filepath.Join(dir, "releases", "current.duckdb"))
		if err != nil {
			return err
		}
		rows, err := r.Query(ctx, `SELECT count(*), max(value)::BIGINT FROM observation_current`)
		if err != nil {
			return err
		}
		rows.Next()
		v, err := rows.Values()
		if err := errors.Join(err, rows.Close(), r.Close()); err != nil {
			return err
		}
		if v[0] != v[1] { // night n has n returns, of which the greatest says n
			return fmt.Errorf("count %v in night %v", v[0], v[1])
		}
		nights[v[0]] = true
		reads++
	}
	fmt.Println(reads, len(nights))
	return nil
}

// soak is how many readers and releases: HESHU_SOAK="50 100" for the full measure.
func soak(t *testing.T) (readers, releases int) {
	readers, releases = 3, 6
	if s := os.Getenv("HESHU_SOAK"); s != "" {
		if _, err := fmt.Sscan(s, &readers, &releases); err != nil {
			t.Fatal(err)
		}
	}
	return readers, releases
}

func TestReadersNeverMeetALockOrAHalfRelease(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	readers, releases := soak(t)
	publish := func(n int) {
		v := strconv.Itoa(n)
		run, _ := f.load("1", form("单位"+v, v+".xlsx", v, night, figure{"projects", "990100", v, ""}))
		f.publish(run)
	}
	publish(1)
	wait := make([]func() (string, error), readers) // until a reader has ended; what it printed
	for i := range wait {
		cmd, out := helper(t, "read", f.dir)
		cmd.Env = append(cmd.Env, fmt.Sprintf("HESHU_TEST_REST=%s", time.Duration(readers)*80*time.Millisecond))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		wait[i] = func() (string, error) {
			err := cmd.Wait()
			return out.String(), err
		}
	}
	for n := 2; n <= releases; n++ {
		publish(n)
	}
	if err := os.WriteFile(filepath.Join(f.dir, "stop"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	reads, met, fewest := 0, 0, releases
	for _, w := range wait {
		out, err := w()
		var n, nights int
		if _, parse := fmt.Sscan(out, &n, &nights); err != nil || parse != nil {
			t.Errorf("reader: %v: %s", err, out)
		}
		reads, met, fewest = reads+n, met+nights, min(fewest, nights)
	}
	t.Logf("%d readers, %d releases, %d reads; a reader met %d releases, the one that met fewest %d", readers, releases, reads, met/readers, fewest)
}

// leaveLog makes a file with a log beside it, as a builder that is killed leaves it.
func leaveLog(dir string) error {
	db, err := sql.Open("duckdb", filepath.Join(dir, "a.duckdb"))
	if err != nil {
		return err
	}
	for _, q := range []string{"CREATE TABLE t AS SELECT 1 AS i", "CHECKPOINT", "SET checkpoint_threshold = '1GB'", "INSERT INTO t SELECT * FROM range(50000)"} {
		if _, err := db.Exec(q); err != nil {
			return err
		}
	}
	os.Exit(0) // without Close: the log stays
	return nil
}

// TestAStaleLogIsWhyNamesAreUsedOnce shows the fault that publishing avoids, and that publishing refuses to walk into it.
func TestAStaleLogIsWhyNamesAreUsedOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd, out := helper(t, "stale", dir)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !exists(filepath.Join(dir, "a.duckdb.wal")) {
		t.Fatal("no log was left: the recipe no longer works")
	}
	db, err := sql.Open("duckdb", filepath.Join(dir, "b.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE t AS SELECT i FROM range(1000) x(i)"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Close(), os.Rename(filepath.Join(dir, "b.duckdb"), filepath.Join(dir, "a.duckdb"))); err != nil {
		t.Fatal(err)
	}
	if r, err := warehouse.OpenFile(context.Background(), filepath.Join(dir, "a.duckdb")); err == nil {
		t.Logf("a renamed file with a stale log holds %s rows, 1000 were written", answer(t, r, "SELECT count(*) FROM t"))
		r.Close()
	}
	f := newFixture(t)
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}))
	stale := filepath.Join(f.dir, "releases", "heshu-"+run.ID+".duckdb.wal")
	if err := os.WriteFile(stale, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := f.w.Publish(context.Background(), run, nil); err == nil || !strings.Contains(err.Error(), "used once") {
		t.Errorf("published beside a stale log: %v", err)
	}
	if _, err := warehouse.Current(filepath.Join(f.dir, "releases")); !errors.Is(err, warehouse.ErrNoRelease) {
		t.Errorf("the pointer moved: %v", err)
	}
}

// hold opens the warehouse and keeps it until it is killed.
func hold(dir string) error {
	_, err := warehouse.Open(context.Background(), warehouse.Config{Build: filepath.Join(dir, "build"), Releases: filepath.Join(dir, "releases")})
	if err != nil {
		return err
	}
	fmt.Println("open")
	time.Sleep(time.Minute)
	return nil
}

func TestASecondRunIsToldWhoHoldsTheLock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cmd, _ := helper(t, "hold", dir)
	cmd.Stdout = nil
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(pipe).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	config := warehouse.Config{Build: filepath.Join(dir, "build"), Releases: filepath.Join(dir, "releases")}
	_, err = warehouse.Open(context.Background(), config)
	if !errors.Is(err, warehouse.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprintf("process %d on ", cmd.Process.Pid)) {
		t.Errorf("error %v, want one that names process %d", err, cmd.Process.Pid)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	w, err := warehouse.Open(context.Background(), config)
	if err != nil {
		t.Fatalf("the lock of a dead process holds: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

func TestAFolderThatCannotBeWrittenLeavesTheReleaseInPlace(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("root writes everywhere")
	}
	f := newFixture(t)
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}))
	before, _ := f.publish(run)
	run, _ = f.load("1", form("乙县", "6月.xlsx", "b", night, figure{"projects", "411722", "1", ""}))
	if err := os.Chmod(filepath.Join(f.dir, "releases"), 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(f.dir, "releases"), 0o755) })
	if _, _, err := f.w.Publish(context.Background(), run, nil); !errors.Is(err, fs.ErrPermission) && (err == nil || !strings.Contains(err.Error(), "ermission")) {
		t.Errorf("error %v, want one about permission", err)
	}
	if now, err := warehouse.Current(filepath.Join(f.dir, "releases")); err != nil || now.Run != before.Run {
		t.Errorf("current release %v, %v", now.Run, err)
	}
}
