package warehouse

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"
)

const lockName = "heshu.lock"

// ErrLocked says that another run holds the build file.
var ErrLocked = errors.New("another run is at work")

// Holding is who holds the lock, written into the lock file for people to read; the zero value is nobody that is known.
type Holding struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// lock is a file locked by the operating system: it frees itself when its process dies, however it dies.
type lock struct{ file *os.File }

func acquire(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("%s: %w%s", path, ErrLocked, heldBy(f))
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	b, err := json.Marshal(Holding{os.Getpid(), host, time.Now().UTC().Truncate(time.Second)})
	if err == nil {
		err = f.Truncate(0)
	}
	if err == nil {
		_, err = f.WriteAt(append(b, '\n'), 0)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
	}
	return &lock{f}, nil
}

// String tells who holds the lock, to be put behind what is said of it; "" of nobody.
func (h Holding) String() string {
	if h == (Holding{}) {
		return ""
	}
	return fmt.Sprintf(": process %d on %s since %s", h.PID, h.Host, h.Since.Format(time.RFC3339))
}

// heldBy reads who holds the lock; nobody if that cannot be read at this moment.
func heldBy(f *os.File) Holding {
	b, err := io.ReadAll(f)
	var h Holding
	if err != nil || json.Unmarshal(b, &h) != nil {
		return Holding{}
	}
	return h
}

// release gives the lock back, also where a process that this one is just starting still has the file open. The file stays: removing it would
// let two processes lock two files of one name.
func (l *lock) release() error {
	if l == nil {
		return nil
	}
	return errors.Join(l.file.Truncate(0), syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN), l.file.Close())
}
