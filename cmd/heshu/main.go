// Command heshu turns workbooks and pages into figures that can be trusted, compared and reconciled.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// version is set by the linker.
var version = "dev"

// Exit codes are a contract (README: Exit codes).
const (
	exitClean       = 0
	exitFindings    = 1 // verify or hint findings are open, or some documents had issues
	exitMandatory   = 2 // mandatory findings are open
	exitBroken      = 3 // the run is broken: nothing was published, the last release still stands
	exitUsage       = 64
	exitInterrupted = 130
)

// memoryLimit is how far Go's own memory grows before garbage is collected; DuckDB's has a limit of its own. GOMEMLIMIT says otherwise.
const memoryLimit = 420 << 20

// limitMemory sets it. Below the limit collecting garbage is work for nothing.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
		debug.SetGCPercent(-1)
	}
}

func main() {
	limitMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// coded is an error that asks for an exit code of its own; a nil cause prints nothing.
type coded struct {
	code  int
	cause error
}

func (e coded) Error() string {
	if e.cause == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.cause.Error()
}

func (e coded) Unwrap() error { return e.cause }

func usage(format string, args ...any) error { return coded{exitUsage, fmt.Errorf(format, args...)} }

// run is the whole command: it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot(stdin, stdout, stderr)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var c coded
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, syscall.EPIPE): // the reader has seen enough
		return exitClean
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "heshu: interrupted")
		return exitInterrupted
	case errors.As(err, &c):
		if c.cause != nil {
			fmt.Fprintln(stderr, "heshu:", c.cause)
		}
		return c.code
	}
	fmt.Fprintln(stderr, "heshu:", err)
	return exitBroken
}
