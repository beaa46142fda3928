package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){
		"heshu": main,
	})
}

// TestScripts runs the command lines of testdata/script; $FIXTURES is the folder of the bundled fixtures,
// zhoukou.yaml the demonstration's configuration.
// UPDATE_SCRIPTS=1 rewrites the expected outputs, which are then read in the diff.
func TestScripts(t *testing.T) {
	t.Parallel()
	fixtures, err := filepath.Abs(filepath.Join("..", "..", "fixtures"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		RequireExplicitExec: true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "hostile": hostile, "bad": bad, "fill": fill, "after-night": afterNight},
		Setup: func(e *testscript.Env) error {
			e.Setenv("FIXTURES", fixtures)
			return demonstration(e.WorkDir, fixtures)
		},
	})
}

// exits runs a command and checks its exit status: exits 64 heshu frobnicate.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	status := "0"
	var e *exec.ExitError
	switch {
	case errors.As(err, &e):
		status = strconv.Itoa(e.ExitCode())
	case err != nil:
		ts.Fatalf("%s: %v", args[1], err)
	}
	if status != args[0] {
		ts.Fatalf("%s ended with %s, want %s", strings.Join(args[1:], " "), status, args[0])
	}
}

// fill writes texts into cells of a workbook's first sheet: fill slip.xlsx J5 text.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args)%2 == 0 {
		ts.Fatalf("usage: fill FILE [CELL TEXT]...")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	for i := 1; i < len(args); i += 2 {
		ts.Check(f.SetCellValue(f.GetSheetName(0), args[i], args[i+1]))
	}
	ts.Check(errors.Join(f.Save(), f.Close()))
}
