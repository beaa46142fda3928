package pipeline

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas/rules"
)

// Rebuild makes a release below dir from nothing but the raw store, decisions included, as it would have been made on the day
// of release like from what had come in by then. The night's own files are not touched.
func Rebuild(ctx context.Context, j Job, like warehouse.Release, dir string) (rel warehouse.Release, err error) {
	store, err := intake.ReadStore(j.Config.RawDir())
	if err != nil {
		return rel, err
	}
	store = store.Until(like.Started)
	j.Now = like.Started.Local() // the day is that of the office
	j.Config.Out = dir
	w, err := warehouse.Open(ctx, warehouse.Config{Build: j.Config.BuildDir(), Releases: j.Config.ReleaseDir(), Log: j.Log})
	if err != nil {
		return rel, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	run := warehouse.NewRun(j.Now, j.Version, j.Code)
	run.RulesVersion = rules.Digest(j.Rules)
	j.Config.Budget = 0
	arrived, err := j.catchUp(ctx, w, run)
	if err != nil {
		return rel, err
	}
	if _, err := j.fill(ctx, w, run, store, arrived, time.Now(), besides{}); err != nil {
		return rel, err
	}
	rel, _, err = w.Publish(ctx, run, nil)
	return rel, err
}

// RebuildDir is where a rebuild lies that is not kept.
func (c Config) ReBuildDir() string { return filepath.Join(c.Out, ".rebuild") }
