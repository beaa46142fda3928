package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"heshu/pipeline"
)

// common is the folder of what several tests look at and none changes.
var common string

// suite are the tests with their common folder.
type suite struct{ *testing.M }

func (s suite) Run() int {
	dir, err := os.MkdirTemp("", "heshu-common")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	common = dir
	limitMemory() // as the program does, for the nights that are lived through here
	// Half of a night is waiting for the disk; -parallel says otherwise.
	if err := flag.Set("test.parallel", fmt.Sprint(2*runtime.GOMAXPROCS(0))); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return s.M.Run()
}

// demonstrated is one night over the bundled fixtures, at one job, into common/out. Lived through once, for all tests that look at it
// or go on from a copy.
var demonstrated = sync.OnceValues(func() (pipeline.Outcome, error) {
	cfg, err := demonstrationConfig()
	if err != nil {
		return pipeline.Outcome{}, err
	}
	cfg.Out, cfg.Jobs = filepath.Join(common, "out"), 1
	return live(context.Background(), cfg)
})

// theNight is demonstrated.
func theNight(t *testing.T) pipeline.Outcome {
	t.Helper()
	out, err := demonstrated()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// copyOfTheNight puts a copy of what the night left into dir/out.
func copyOfTheNight(dir string) error {
	if _, err := demonstrated(); err != nil {
		return err
	}
	if out, err := exec.Command("cp", "-a", filepath.Join(common, "out"), dir).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// demonstrationConfig is the configuration of the bundled fixtures, wherever the tests run.
func demonstrationConfig() (pipeline.Config, error) {
	path, err := filepath.Abs(filepath.Join(root, "fixtures", "zhoukou", "heshu.yaml"))
	if err != nil {
		return pipeline.Config{}, err
	}
	return (&app{quiet: true}).config(path, nil)
}

// live does one night.
func live(ctx context.Context, cfg pipeline.Config) (pipeline.Outcome, error) {
	j, err := jobOf(cfg)
	if err != nil {
		return pipeline.Outcome{}, err
	}
	return pipeline.Run(ctx, j)
}

// jobOf is a night's work, told to nobody.
func jobOf(cfg pipeline.Config) (pipeline.Job, error) {
	a := &app{stdout: &strings.Builder{}, stderr: &strings.Builder{}, quiet: true}
	log, err := a.logger("none")
	if err != nil {
		return pipeline.Job{}, err
	}
	return a.job(cfg, log)
}

// afterNight goes on from the night over the bundled fixtures, which zhoukou.yaml would live through: after-night.
func afterNight(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: after-night")
	}
	ts.Check(copyOfTheNight(ts.MkAbs(".")))
}

// demonstration writes zhoukou.yaml: the demonstration's configuration with its documents where they are and out here, and
// later.yaml, which has the folder more besides.
func demonstration(dir, fixtures string) error {
	b, err := os.ReadFile(filepath.Join(fixtures, "zhoukou", "heshu.yaml"))
	if err != nil {
		return err
	}
	from := filepath.Join(fixtures, "zhoukou") + string(filepath.Separator)
	text := strings.NewReplacer("out: ../../out", "out: out", "path: submissions", "path: "+from+"submissions", "path: pages", "path: "+from+"pages").Replace(string(b))
	later := strings.Replace(text, "\nreturns:", "\n  - path: more\nreturns:", 1)
	return errors.Join(os.WriteFile(filepath.Join(dir, "zhoukou.yaml"), []byte(text), 0o644), os.WriteFile(filepath.Join(dir, "later.yaml"), []byte(later), 0o644))
}
