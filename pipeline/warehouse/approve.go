package warehouse

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Waiting lists the releases that are newer than the current one and whole: those that wait for approval, the newest first.
func Waiting(dir string) ([]Release, error) {
	list, err := Releases(dir)
	if err != nil {
		return nil, err
	}
	current, err := Current(dir)
	if errors.Is(err, ErrNoRelease) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	for i, r := range list {
		if r.Run <= current.Run {
			return list[:i], nil
		}
	}
	return list, nil
}

// Approve moves the pointer to a release that waits, "" for the newest. The file is checked against its manifest first. It takes
// the lock of the build folder: no run may be at work.
func Approve(c Config, run string) (rel Release, err error) {
	if err := os.MkdirAll(c.Build, 0o755); err != nil {
		return rel, fmt.Errorf("make folder: %w", err)
	}
	l, err := acquire(filepath.Join(c.Build, lockName))
	if err != nil {
		return rel, err
	}
	defer func() { err = errors.Join(err, l.release()) }()
	waiting, err := Waiting(c.Releases)
	if err != nil {
		return rel, err
	}
	if len(waiting) == 0 {
		return rel, ErrNothingWaits
	}
	rel = waiting[0]
	if run != "" {
		if rel, err = Find(c.Releases, run); err != nil {
			return rel, err
		}
	}
	if err := rel.CheckFile(); err != nil {
		return rel, fmt.Errorf("approve: %w", err)
	}
	return rel, point(c.Releases, rel.File)
}

// withdraw removes the releases that wait, but for that of a run, "" for none. A newer one waits in their place, or the change that they
// waited for was taken back.
func (w *Warehouse) withdraw(but string) error {
	waiting, err := Waiting(w.config.Releases)
	if err != nil {
		return err
	}
	for _, r := range waiting {
		if r.Run == but {
			continue
		}
		w.log.Info("no longer waits for approval", "release", r.File)
		if err := errors.Join(os.Remove(r.manifestPath()), os.Remove(r.Path())); err != nil {
			return fmt.Errorf("withdraw: %w", err)
		}
	}
	return nil
}

// ErrNothingWaits says that there is no release to approve.
var ErrNothingWaits = errors.New("no release waits for approval")

// Holder tells who holds the lock of a build folder; held is false if nobody does. A name left in a lock that nobody
// holds is a run that was killed.
func Holder(build string) (who Holding, held bool, err error) {
	f, err := os.Open(filepath.Join(build, lockName))
	if errors.Is(err, fs.ErrNotExist) {
		return who, false, nil
	}
	if err != nil {
		return who, false, fmt.Errorf("lock: %w", err)
	}
	defer f.Close()
	who = heldBy(f)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return who, false, fmt.Errorf("lock: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return who, true, nil
	}
	return who, false, err
}
