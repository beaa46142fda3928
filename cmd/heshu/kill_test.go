package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/warehouse"
)

// kills is how many runs are killed: few by default, HESHU_KILLS for more. The warehouse's own test kills many more in the same
// time; this one kills the whole program.
func kills(t *testing.T) int {
	s := os.Getenv("HESHU_KILLS")
	if s == "" {
		return 4
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// killPages is how many pages there are; in night n all of them say n.
const killPages = 5

func nightPages(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range killPages {
		text := fmt.Sprintf("第%d县劳模助力脱贫攻坚\n\n2018-08-31\n\n目前,沈丘县共建产业扶贫项目%d个,受到群众好评。\n", i+1, n)
		if err := os.WriteFile(filepath.Join(dir, "in", fmt.Sprintf("%d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// program is heshu as a process of its own in dir.
func program(ctx context.Context, dir string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd, out := exec.CommandContext(ctx, "heshu", args...), &bytes.Buffer{} // the test binary under this name; see TestMain
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, out, out
	return cmd, out
}

func completeNight(t *testing.T, dir string) {
	t.Helper()
	cmd, out := program(t.Context(), dir, "run", "-q", "in")
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() > exitMandatory {
		t.Fatalf("%v: %s", err, out)
	}
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
	if row[0] != row[1] || row[2] != int64(killPages) {
		t.Fatalf("the release holds %v (lowest night, highest night, pages), want one night of %d pages", row, killPages)
	}
	return int(row[0].(int64))
}

// TestTheProgramKilledAtAnyMomentLosesNothing kills heshu run at random moments.
func TestTheProgramKilledAtAnyMomentLosesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "in"), 0o755); err != nil {
		t.Fatal(err)
	}
	nightPages(t, dir, 1)
	start := time.Now()
	completeNight(t, dir)
	took := time.Since(start)
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 1))
	published, last, finished := 1, 1+kills(t), 0
	for n := 2; n <= last; n++ {
		nightPages(t, dir, n)
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.Int64N(int64(took))))
		cmd, out := program(ctx, dir, "run", "-q", "in")
		start := time.Now()
		err := cmd.Run()
		switch {
		case ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded):
		case cmd.ProcessState.ExitCode() > exitMandatory:
			t.Fatalf("night %d: %v: %s", n, err, out)
		default:
			finished++
			took = (took + time.Since(start)) / 2
		}
		cancel()
		got := toldNight(t, dir)
		if got != published && got != n {
			t.Fatalf("seed %d: after killing night %d the release says night %d, want %d or %d", seed, n, got, published, n)
		}
		published = got
	}
	completeNight(t, dir)
	if got := toldNight(t, dir); got != last {
		t.Errorf("the last run published night %d, want %d", got, last)
	}
	for _, pattern := range []string{"releases/.building-*", "releases/*.wal", "handover/.task-*", "store/.tmp-*", "build/work*"} {
		if left, err := filepath.Glob(filepath.Join(dir, "out", pattern)); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
	cmd, out := program(t.Context(), dir, "rebuild")
	if err := cmd.Run(); err != nil || !strings.Contains(out.String(), "the same content") {
		t.Errorf("never killed, the content would be another: %v: %s", err, out)
	}
	t.Logf("%d runs killed, %d had finished before; seed %d", kills(t)-finished, finished, seed)
}
