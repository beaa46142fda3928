package warehouse_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"heshu/pipeline/warehouse"
)

// smallDisk mounts a file system of its own at dir, or skips the test where that is not allowed.
func smallDisk(t *testing.T, dir, options string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("heshu-test", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("mounting needs root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

// onSmallDisk is a warehouse with one release, its folder name (build or releases) on a disk of its own.
func onSmallDisk(t *testing.T, name, options string) (*fixture, warehouse.Release) {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	smallDisk(t, filepath.Join(f.dir, name), options)
	f.reopen()
	t.Cleanup(func() { f.w.Close() })
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}))
	rel, _ := f.publish(run)
	return f, rel
}

// intact checks that the release stands as it was and that nothing half done lies beside it.
func (f *fixture) intact(rel warehouse.Release) {
	f.t.Helper()
	now, err := warehouse.Current(filepath.Join(f.dir, "releases"))
	if err != nil || now.Run != rel.Run {
		f.t.Errorf("current release %v, %v, want %s", now.Run, err, rel.Run)
	}
	if err := now.CheckFile(); err != nil {
		f.t.Error(err)
	}
	if got := f.query(`SELECT number FROM observation_current`); got != "12" {
		f.t.Errorf("the release says %s", got)
	}
	left, err := filepath.Glob(filepath.Join(f.dir, "releases", "[^o]*"))
	if err != nil || len(left) != 4 { // file, manifest, two pointers; other is what fills the disk
		f.t.Errorf("beside the release: %v, %v", left, err)
	}
}

func TestADiskThatIsFullLeavesTheReleaseInPlace(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"releases", "build"} {
		f, rel := onSmallDisk(t, name, "size=24m")
		dir := filepath.Join(f.dir, name)
		fill(t, filepath.Join(dir, "other"))
		f.runs++
		run := warehouse.NewRun(night.AddDate(0, 0, f.runs), "test", "1")
		err := f.nightOf(run, "7")
		if err == nil || !strings.Contains(err.Error(), "space") {
			t.Errorf("%s full: error %v, want one about space", name, err)
		}
		if err := f.w.Close(); err != nil {
			t.Errorf("%s full: close: %v", name, err)
		}
		f.w = nil
		f.intact(rel)
		if err := os.Remove(filepath.Join(dir, "other")); err != nil {
			t.Fatal(err)
		}
		f.reopen()
		if err := f.nightOf(run, "7"); err != nil {
			t.Errorf("%s has space again: %v", name, err)
		}
		f.reopen()
		if got := f.query(`SELECT string_agg(number, ' ' ORDER BY number) FROM observation_current`); got != "12 7" {
			t.Errorf("%s has space again: the release says %s", name, got)
		}
	}
}

// fill takes all the space that is left.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	for {
		if _, err := f.Write(block); err != nil {
			return
		}
	}
}

// nightOf opens the warehouse if need be, loads one return and publishes.
func (f *fixture) nightOf(run warehouse.Run, value string) error {
	batch, err := handOver(filepath.Join(f.dir, "tasks"), "1", value, form("乙县", "6月.xlsx", "b"+value, run.Started, figure{"projects", "411722", value, ""}))
	if err != nil {
		return err
	}
	if _, err := f.w.Load(context.Background(), run, batch); err != nil {
		return err
	}
	_, _, err = f.w.Publish(context.Background(), run, nil)
	return err
}

func TestADiskThatIsReadOnlyLeavesTheReleaseInPlace(t *testing.T) {
	t.Parallel()
	f, rel := onSmallDisk(t, "releases", "size=24m")
	dir := filepath.Join(f.dir, "releases")
	if err := syscall.Mount("heshu-test", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("remounting needs root: %v", err)
	}
	f.runs++
	err := f.nightOf(warehouse.NewRun(night.AddDate(0, 0, f.runs), "test", "1"), "7")
	if err == nil || !strings.Contains(strings.ToLower(err.Error()), "read-only") {
		t.Errorf("error %v, want one about a read-only file system", err)
	}
	f.intact(rel)
}
