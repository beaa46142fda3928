// Package pipeline owns the nightly run: documents in, observations, findings and a release out.
//
// This file is the whole design; the steps live in the packages below. Everything but reading is done by one writer.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/intake"
	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas/catalog"
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
	Forms   []warehouse.Form
	Now     time.Time // of the clock; Config.Today may set another day for what is due
	Version string    // of the program
	Code    string    // of the reading code and its data: another one reads documents anew
	Log     *slog.Logger
}

// Outcome is what a run leaves.
type Outcome struct {
	Night   report.Night
	Release warehouse.Release
	Changed bool // false: nothing is new, the release before still says it all

	Looked, Unresolved int // observations whose evidence was looked up tonight; those whose quote is not at its place
}

// Folders below Config.Out.
// RawDir is where the original bytes are kept.
func (c Config) RawDir() string      { return filepath.Join(c.Out, "store") }
func (c Config) handoverDir() string { return filepath.Join(c.Out, "handover") }
func (c Config) buildDir() string    { return filepath.Join(c.Out, "build") }

// ReleaseDir is where the releases and the pointer lie.
func (c Config) ReleaseDir() string { return filepath.Join(c.Out, "releases") }

// ReportDir is where the reports lie.
func (c Config) ReportDir() string { return filepath.Join(c.Out, "reports") }

// Run does one night. Whatever fails, the last release stays in place.
func Run(ctx context.Context, j Job) (out Outcome, err error) {
	w, err := warehouse.Open(ctx, warehouse.Config{Build: j.Config.buildDir(), Releases: j.Config.ReleaseDir(), Keep: j.Config.Keep, Log: j.Log})
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	store, items, err := j.intake(ctx)
	if err != nil {
		return out, err
	}
	if err := handover.Sweep(j.Config.handoverDir()); err != nil {
		return out, err
	}
	run := warehouse.NewRun(j.Now, j.Version, j.Code)
	if err := j.fill(ctx, w, run, store); err != nil {
		return out, err
	}
	if err := j.sample(ctx, w, run, store, &out); err != nil {
		return out, err
	}
	if out.Release, out.Changed, err = w.Publish(ctx, run); err != nil {
		return out, err
	}
	if out.Night, err = j.night(ctx, out, items); err != nil {
		return out, fmt.Errorf("report: %w", err)
	}
	return out, j.writeReports(out)
}

// fill brings in what the raw store holds and the warehouse does not, and holds the statements against each other.
func (j Job) fill(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store) error {
	if err := w.PutReference(ctx, j.reference()); err != nil {
		return err
	}
	if err := j.read(ctx, w, run, store); err != nil {
		return err
	}
	findings, err := j.audit(ctx, w)
	if err != nil {
		return err
	}
	_, err = w.PutFindings(ctx, run, findings)
	return err
}

// intake looks through the sources and keeps what is new in the raw store.
func (j Job) intake(ctx context.Context) (*intake.Store, []intake.Item, error) {
	store, err := intake.OpenStore(j.Config.RawDir())
	if err != nil {
		return nil, nil, err
	}
	var all []intake.Item
	for _, s := range j.Config.Sources {
		source, err := s.intake(j.Config.Out)
		if err != nil {
			return nil, nil, err
		}
		items, gone, err := store.Scan(ctx, source, intake.Limits{DocumentBytes: j.Config.Limits.DocumentBytes}, j.Now)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range gone {
			j.Log.Info("no longer there; what it said is kept", "document", name)
		}
		all = append(all, items...)
	}
	return store, all, nil
}
