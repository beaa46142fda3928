package pipeline

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"heshu/pipeline/intake"
)

// arrival is what came in tonight.
type arrival struct {
	store    *intake.Store
	items    []intake.Item
	vanished []string  // names that came in before and are not there any more
	troubles []Trouble // addresses that could not be had
	left     int       // addresses that the time did not suffice for
	unread   int       // documents that the time did not suffice for

	remembered func() error // waits until it is written down which files were looked at
}

// Trouble is an address that could not be had, and why.
type Trouble struct{ Address, Why string }

// intake looks through the sources, asks servers, and keeps what is new in the raw store. It calls news, maybe often, when a source has any.
func (j Job) intake(ctx context.Context, rehash bool, news func()) (came arrival, err error) {
	came.remembered = func() error { return nil }
	if came.store, err = intake.OpenStore(j.Config.RawDir()); err != nil {
		return came, err
	}
	came.store.Rehash = rehash
	var f *fetcher
	complete := false
	defer func() { err = errors.Join(err, f.close(complete)) }()
	for _, s := range j.Config.Sources {
		if s.fetched() {
			if f == nil {
				if f, err = j.openFetcher(); err != nil {
					return came, err
				}
			}
			if err := j.fetch(ctx, f, s, &came); err != nil {
				return came, err
			}
		}
		if s.Path == "" {
			continue
		}
		if err := j.scan(ctx, s, &came); err != nil {
			return came, err
		}
		if slices.ContainsFunc(came.items, func(i intake.Item) bool { return i.State != intake.Unchanged }) {
			news()
		}
	}
	for _, name := range came.vanished {
		j.Log.Info("no longer there; what it said is kept", "document", name)
	}
	complete = true
	var remembering errgroup.Group
	remembering.Go(came.store.Remember)
	came.remembered = remembering.Wait
	return came, nil
}

// scan looks through one folder, file or archive.
func (j Job) scan(ctx context.Context, s Source, came *arrival) error {
	source, err := s.intake(j.Config.Out)
	if err != nil {
		return err
	}
	items, gone, err := came.store.Scan(ctx, source, intake.Limits{DocumentBytes: j.Config.Limits.DocumentBytes}, j.Now)
	if err != nil {
		return err
	}
	came.items, came.vanished = append(came.items, items...), append(came.vanished, gone...)
	return nil
}

// Progress is how far a step of the run is.
type Progress struct {
	Step      string // look, fetch, read, compare, publish, report
	Done, All int    // addresses, documents; both 0 where a step begins that counts nothing
	Bytes     int64  // read so far
}

func (j Job) progress(step string, done, all int, bytes int64) {
	if j.Progress != nil {
		j.Progress(Progress{step, done, all, bytes})
	}
}

// begin tells that a step begins that counts nothing.
func (j Job) begin(step string) { j.progress(step, 0, 0, 0) }

// counter counts the documents of a run. It is for one goroutine.
type counter struct {
	job       Job
	done, all int
	bytes     int64
}

func (c *counter) add(bytes int64) {
	c.done, c.bytes = c.done+1, c.bytes+bytes
	c.job.progress("read", c.done, c.all, c.bytes)
}

// until is when the time for a run is used up, zero for never.
func (c Config) until(begun time.Time) time.Time {
	if c.Budget <= 0 {
		return time.Time{}
	}
	return begun.Add(c.Budget)
}

// late reports whether the time for a run is used up.
func (c Config) late(begun time.Time) bool { return c.Budget > 0 && time.Since(begun) > c.Budget }
