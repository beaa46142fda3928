// Package pipeline owns the nightly run: documents in, observations, findings and a release out.
//
// This file is the whole design; the steps live in the packages below. Everything but reading is done by one writer.
package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"heshu/pipeline/handover"
	"heshu/pipeline/intake"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/forms"
	"heshu/schemas/region"
	"heshu/schemas/rules"
)

// Job is what one run works with: the reading code, the reference data, the moment.
type Job struct {
	Config  Config
	Reader  Reader
	Catalog *catalog.Catalog
	Regions *region.Table
	Rules   []rules.Rule
	Forms   *forms.Set
	Now     time.Time // of the clock; Config.Today may set another day for what is due
	Version string    // of the program
	Code    string    // of the reading code and its data: another one reads documents anew
	Log     *slog.Logger

	Progress func(Progress) // told of every step, may be nil; from several goroutines

	laps *stopwatch
}

// Outcome is what a run leaves.
type Outcome struct {
	Night   report.Night
	Release warehouse.Release
	Changed bool // false: nothing is new, the release before still says it all
	Held    bool // the release waits for approval: the pointer names the one before

	Looked, Unresolved int // observations whose evidence was looked up tonight; those whose quote is not at its place
}

// Folders below Config.Out.
// RawDir is where the original bytes are kept.
func (c Config) RawDir() string      { return filepath.Join(c.Out, "store") }
func (c Config) handoverDir() string { return filepath.Join(c.Out, "handover") }

// BuildDir is where the private build file and the lock lie.
func (c Config) BuildDir() string { return filepath.Join(c.Out, "build") }

// ReleaseDir is where the releases and the pointer lie.
func (c Config) ReleaseDir() string { return filepath.Join(c.Out, "releases") }

// ReportDir is where the reports lie.
func (c Config) ReportDir() string { return filepath.Join(c.Out, "reports") }

// memory is what DuckDB may take: with the reading beside it a night of 20,000 documents stays below 1 GB. It spills what is more.
const memory = "256MB"

// Run does one night. Whatever fails, the last release stays in place; an error with a release in the outcome is of what tells of it.
func Run(ctx context.Context, j Job) (out Outcome, err error) {
	begun := time.Now()
	j.laps = newStopwatch(j.Log)
	current, hold, err := j.hold()
	if err != nil {
		return out, err
	}
	go j.Reader.Read(schemas.NewDocument("first.txt", []byte("一"))) // the first text waits for the dictionary: meanwhile the sources are looked through
	w, err := warehouse.Open(ctx, warehouse.Config{Build: j.Config.BuildDir(), Releases: j.Config.ReleaseDir(), Keep: j.Config.Keep, Hold: hold, Memory: memory, Log: j.Log})
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	run := warehouse.NewRun(j.Now, j.Version, j.Code)
	run.RulesVersion = rules.Digest(j.Rules)
	if err := j.plan(ctx, w, run); err != nil {
		return out, err
	}
	j.laps.lap("open")
	j.begin("look")
	var arrived map[schemas.DocumentID]time.Time
	var catching errgroup.Group // the sources are waited for
	catching.Go(func() (err error) { arrived, err = j.catchUp(ctx, w, run); return err })
	came, err := j.intake(ctx, w.Full(), func() { w.ReadAhead(ctx) })
	defer func() { err = errors.Join(err, came.remembered()) }()
	if err := errors.Join(err, catching.Wait()); err != nil {
		return out, err
	}
	j.laps.lap("intake")
	if err := errors.Join(j.keepDecisions(came.store), handover.Sweep(j.Config.handoverDir())); err != nil {
		return out, err
	}
	var most *report.Night
	if came.unread, err = j.fill(ctx, w, run, came.store, arrived, begun, besides{
		sampling: func(ctx context.Context) error { return j.sample(ctx, w, run, came.store, &out) },
		telling: func(ctx context.Context) {
			if n, err := j.factual(ctx, w.Reader(), run.ID, came); err == nil { // else night asks again and says what is wrong
				most = n
			}
		},
	}); err != nil {
		return out, err
	}
	pages, untold, err := j.publish(ctx, w, run, came, most, hold, &out)
	if err != nil {
		return out, err
	}
	j.begin("report")
	out.Held = hold && out.Changed
	if out.Night.Run == "" { // the release was there
		out.Night, untold = j.nightOf(ctx, out.Release, out.Changed, came)
	}
	if out.Night.Held = out.Held; untold == nil && out.Held {
		untold = j.differences(ctx, &out.Night, current, out.Release.Run)
	}
	if untold != nil {
		return out, fmt.Errorf("report: %w", untold)
	}
	err = errors.Join(j.writeReports(out, pages), j.papers(ctx, out))
	j.tell(ctx, out, time.Since(begun))
	j.laps.lap("report")
	return out, err
}

// publish makes the release, while what people read is put together, and drawn unless something is to be added. Untold is what went wrong with
// that: the release stands.
func (j Job) publish(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, came arrival, most *report.Night, hold bool, out *Outcome) (pages []bytes.Buffer, untold, err error) {
	j.begin("publish")
	found := make(chan struct{})
	if most != nil {
		w.Aside(func(r *warehouse.Reader) {
			defer close(found)
			most.Findings, most.Holding, untold = j.findings(ctx, r, run.ID, true)
		})
	} else {
		close(found)
	}
	out.Release, out.Changed, err = w.Publish(ctx, run, func(rel warehouse.Release, r *warehouse.Reader) {
		if <-found; untold == nil {
			out.Night, untold = j.night(ctx, rel, r, true, came, most)
		}
		if untold == nil && !hold {
			pages, untold = j.draw(out.Night)
		}
	})
	<-found
	j.laps.lap("publish")
	return pages, untold, err
}

// catchUp brings in the reference data and what earlier runs left, and tells when each document came in that was read with this code.
func (j Job) catchUp(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run) (map[schemas.DocumentID]time.Time, error) {
	if err := w.PutReference(ctx, j.reference()); err != nil {
		return nil, err
	}
	if err := j.loadFinished(ctx, w, run); err != nil {
		return nil, err
	}
	return w.Arrived(ctx, j.Code)
}

// fill brings in what the raw store holds and the warehouse does not, and holds the statements against each other; arrived is what catchUp told.
// It returns how many documents the time did not suffice for.
func (j Job) fill(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store, arrived map[schemas.DocumentID]time.Time, begun time.Time, meanwhile besides) (left int, err error) {
	if left, err = j.read(ctx, w, run, store, arrived, begun); err != nil {
		return left, err
	}
	j.laps.lap("read")
	if err := j.takeReplies(ctx, w, run, store); err != nil {
		return left, err
	}
	j.laps.lap("replies")
	j.begin("compare")
	return left, j.compare(ctx, w, run, store, meanwhile)
}
