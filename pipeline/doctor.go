package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/calendar"
	"heshu/schemas/region"
	"heshu/schemas/wording"
)

// Health is how one check ended.
type Health uint8

// The healths; the zero value is unset.
const (
	Fine    Health = iota + 1
	Warning        // runs will go on, but somebody should look
	Failure        // the next run will break
)

// String is the health's code.
func (h Health) String() string { return [...]string{"", "ok", "warning", "failure"}[min(h, Failure)] }

// Words is the health for people.
func (h Health) Words() wording.Words {
	return [...]wording.Words{{}, say("ok"), say("warning"), say("failure")}[min(h, Failure)]
}

// Check is one thing that was looked at, what was found, and what to do about it.
type Check struct {
	Name   wording.Words
	Health Health
	Found  wording.Words
	Do     wording.Words // none if nothing is to be done
}

// Doctor looks at all that a run needs. It writes a test file into the out folder and removes it, and changes nothing else.
func Doctor(ctx context.Context, c Config, regions *region.Table, now time.Time) []Check {
	var list []Check
	for _, look := range []func() []Check{
		func() []Check { return c.checkSources() },
		func() []Check { return c.checkReturns(regions, now) },
		func() []Check { return c.checkOwn() },
		func() []Check { return []Check{c.checkWrite(), c.checkDisk(), c.checkLock()} },
		func() []Check {
			return []Check{c.checkPointer(ctx), c.checkBuild(ctx), c.checkClock(now), c.checkLeft()}
		},
	} {
		list = append(list, look()...)
	}
	return list
}

// say tells what the doctor finds and advises in both languages; the Chinese of each format stands in schemas/wording.
func say(format string, args ...any) wording.Words { return wording.Say(format, args...) }

func fine(name wording.Words, format string, args ...any) Check {
	return Check{name, Fine, say(format, args...), wording.Words{}}
}

// access tells an error of a file that is not there, or that the user may not use; false for other errors.
func access(err error) (wording.Words, bool) {
	var at *fs.PathError
	switch {
	case errors.As(err, &at) && errors.Is(err, fs.ErrNotExist):
		return say("%s is not there", at.Path), true
	case errors.As(err, &at) && errors.Is(err, fs.ErrPermission):
		return say("this user may not use %s", at.Path), true
	}
	return wording.Words{}, false
}

// trouble tells an error, in words where it can.
func trouble(err error) wording.Words {
	if w, ok := access(err); ok {
		return w
	}
	return say("error: %s", err)
}

// checkSources opens every source, without reading it.
func (c Config) checkSources() []Check {
	if len(c.Sources) == 0 {
		return []Check{{say("sources"), Failure, say("the configuration names none"), say("write what to read under sources: (heshu.example.yaml explains every line)")}}
	}
	var list []Check
	fetched := 0
	for i, s := range c.Sources {
		name := say("source %d", i+1)
		if s.fetched() {
			fetched++
		}
		if _, err := s.intake(c.Out); err != nil {
			list = append(list, Check{name, Failure, trouble(err), say("correct it in the configuration")})
			continue
		}
		for _, path := range append([]string{s.Path}, s.Lists...) {
			if path == "" {
				continue
			}
			f, err := os.Open(path)
			if err != nil {
				list = append(list, Check{name, Failure, trouble(err), say("make it, correct the path, or give this user the right to read it")})
				continue
			}
			f.Close()
			list = append(list, fine(name, "%s can be read", path))
		}
	}
	if fetched > 0 && !c.Offline {
		client, err := c.Fetch.client("doctor")
		if err != nil {
			return append(list, Check{say("fetch"), Failure, trouble(err), say("correct it under fetch:")})
		}
		defer client.Close()
		found := say("%d sources are asked for over the network, in the name of %s", fetched, c.Fetch.Contact)
		for _, s := range c.Sources {
			for _, address := range append(append(append([]string(nil), s.URLs...), s.Feeds...), s.Sitemaps...) {
				if p := client.Through(address); p != "" {
					found = say("%d sources are asked for over the network, in the name of %s, through the proxy %s", fetched, c.Fetch.Contact, p)
				}
			}
		}
		list = append(list, Check{say("fetch"), Fine, found, wording.Words{}})
	}
	return list
}

// checkReturns looks whether the units' regions are known, and the calendar their due days.
func (c Config) checkReturns(regions *region.Table, now time.Time) []Check {
	var list []Check
	for i, r := range c.Returns {
		name := say("returns %d", i+1)
		terms, err := r.terms(schemas.DateOf(now))
		if err != nil {
			list = append(list, Check{name, Failure, trouble(err), say("correct it in the configuration")})
			continue
		}
		unknown := 0
		for _, t := range terms {
			if _, ok := t.due(); !ok {
				unknown++
			}
		}
		if unknown > 0 {
			list = append(list, Check{name, Warning, say("%d of %d due days are unknown: the calendar knows %d to %d", unknown, len(terms), calendar.FirstYear, calendar.LastYear),
				say("install a version that knows these years")})
		}
		for _, u := range r.Units {
			if _, ok := regions.Region(u.Region, schemas.Date{}); !ok {
				list = append(list, Check{name, Warning, say("%s: no table knows the region %q", u.Name, u.Region), say("correct the code, six digits of GB/T 2260")})
			}
		}
		list = append(list, fine(name, "%d units, %d periods", len(r.Units), len(terms)))
	}
	return list
}

// checkWrite tries what a run does with files: write, sync, rename, link, remove.
func (c Config) checkWrite() Check {
	name, do := say("test write"), say("give this user the right to write there, or name another folder under out:")
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return Check{name, Failure, trouble(err), do}
	}
	dir, err := os.MkdirTemp(c.Out, ".doctor-")
	if err != nil {
		return Check{name, Failure, trouble(err), do}
	}
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	err = os.WriteFile(a, []byte("heshu"), 0o644)
	for _, step := range []func() error{func() error { return os.Rename(a, b) }, func() error { return os.Link(b, a) }, func() error { return os.Symlink("b", filepath.Join(dir, "c")) }} {
		if err == nil {
			err = step()
		}
	}
	if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
		return Check{name, Failure, trouble(err), say("give this user the right to write there; the file system must know hard and symbolic links")}
	}
	return fine(name, "%s can be written, renamed and linked in", c.Out)
}

// checkDisk compares what is free with what a run copies: the build file, and a release of its size.
func (c Config) checkDisk() Check {
	name := say("disk")
	var fs syscall.Statfs_t
	if err := syscall.Statfs(c.Out, &fs); err != nil {
		return Check{name, Failure, trouble(err), wording.Words{}}
	}
	free := int64(fs.Bavail) * int64(fs.Bsize)
	var build int64
	if info, err := os.Stat(filepath.Join(c.BuildDir(), "build.duckdb")); err == nil {
		build = info.Size()
	}
	need := 3*build + 1<<30
	gigabytes := func(n int64) string { return fmt.Sprintf("%.1f", float64(n)/1e9) }
	found, room := say("%s GB free, the next run may need %s GB", gigabytes(free), gigabytes(need)), say("make room, or keep fewer releases (keep:)")
	switch {
	case free < need/2:
		return Check{name, Failure, found, room}
	case free < need:
		return Check{name, Warning, found, room}
	}
	return Check{name, Fine, found, wording.Words{}}
}

func (c Config) checkLock() Check {
	name := say("lock")
	who, held, err := warehouse.Holder(c.BuildDir())
	since := who.Since.Format(time.RFC3339)
	switch {
	case err != nil:
		return Check{name, Failure, trouble(err), say("give this user the right to read it")}
	case held:
		return Check{name, Warning, say("a run is at work: process %d on %s since %s", who.PID, who.Host, since), say("wait for it; a second run would end at once")}
	case who != (warehouse.Holding{}):
		return fine(name, "free; the last holder was killed: process %d on %s since %s; the next run cleans up", who.PID, who.Host, since)
	}
	return fine(name, "free")
}

// checkPointer opens what readers open, and compares it with its manifest.
func (c Config) checkPointer(ctx context.Context) Check {
	name := say("release")
	rel, err := warehouse.Current(c.ReleaseDir())
	if errors.Is(err, warehouse.ErrNoRelease) {
		return Check{name, Warning, say("nothing has been published yet"), say("heshu run makes a release")}
	}
	if err == nil {
		err = rel.CheckFile()
	}
	if err == nil {
		var r *warehouse.Reader
		if r, err = warehouse.OpenFile(ctx, rel.Path()); err == nil {
			err = r.Close()
		}
	}
	if err != nil {
		do := say("move %s, the .json beside it and current.* away: heshu run then makes the release again, and heshu rebuild compares it with the raw store",
			cmp.Or(rel.File, "current.duckdb"))
		return Check{name, Failure, trouble(err), do}
	}
	waiting, err := warehouse.Waiting(c.ReleaseDir())
	if err != nil {
		return Check{name, Failure, trouble(err), wording.Words{}}
	}
	if len(waiting) > 0 && c.Approve {
		return Check{name, Warning, say("%s waits for approval", waiting[0].File), say("heshu approve --show, then heshu approve")}
	}
	return fine(name, "%s is whole", rel.File)
}

// checkBuild opens the private build file.
func (c Config) checkBuild(ctx context.Context) Check {
	name := say("build file")
	path := filepath.Join(c.BuildDir(), "build.duckdb")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fine(name, "none yet: the next run reads all that the raw store has")
	}
	r, err := warehouse.OpenFile(ctx, path)
	if err == nil {
		err = r.Close()
	}
	if err != nil {
		return Check{name, Failure, trouble(err), say("put the last backup of %s in its place; without one move it away: heshu run reads all again, but the history of corrections is lost", path)}
	}
	return fine(name, "%s can be opened", path)
}

// checkClock looks for a clock that went back, and for a zone that is not China's: days are those of the machine's zone.
func (c Config) checkClock(now time.Time) Check {
	name := say("clock")
	if rel, err := warehouse.Current(c.ReleaseDir()); err == nil && rel.Started.After(now) {
		return Check{name, Failure, say("it says %s, but a release was made at %s", now.UTC().Format(time.RFC3339), rel.Started.Format(time.RFC3339)),
			say("set the clock: a release must be newer than the one before")}
	}
	if now.Year() < calendar.FirstYear || now.Year() > calendar.LastYear {
		return Check{name, Warning, say("it says %d, a year that the calendar does not know", now.Year()), say("set the clock, or install a newer version")}
	}
	if _, offset := now.Zone(); offset != 8*3600 {
		return Check{name, Warning, say("the time zone is %s, not China's: days begin at another hour", now.Format("MST -07:00")), say("set TZ=Asia/Shanghai for the run")}
	}
	return fine(name, "it says %s", now.Format(time.RFC3339))
}

// checkLeft counts what killed runs left half done.
func (c Config) checkLeft() Check {
	n, name := 0, say("leftovers")
	for _, pattern := range []string{filepath.Join(c.ReleaseDir(), ".building-*"), filepath.Join(c.handoverDir(), ".task-*"), filepath.Join(c.RawDir(), ".tmp-*"), filepath.Join(c.FetchDir(), "unfinished.txt")} {
		left, err := filepath.Glob(pattern)
		if err != nil {
			return Check{name, Failure, trouble(err), wording.Words{}}
		}
		n += len(left)
	}
	if n > 0 {
		return fine(name, "%d of a run that was stopped or killed; the next run goes on or cleans up", n)
	}
	return fine(name, "none")
}
