package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"heshu/pipeline"
)

// terminal reports whether a stream is one that people look at.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// bar is one line on a terminal that tells how far a step is: documents, bytes, rate, time left.
type bar struct {
	out io.Writer
	now func() time.Time

	mu          sync.Mutex
	step        string
	begun, last time.Time
}

// show rewrites the line, ten times a second at most.
func (b *bar) show(p pipeline.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if p.Step != b.step {
		b.step, b.begun, b.last = p.Step, now, time.Time{}
	}
	if p.All == 0 {
		fmt.Fprintf(b.out, "\r\033[K%s …\n", p.Step)
		return
	}
	if now.Sub(b.last) < 100*time.Millisecond && p.Done < p.All {
		return
	}
	b.last = now
	fmt.Fprintf(b.out, "\r\033[K%s", line(p, now.Sub(b.begun)))
	if p.Done >= p.All {
		fmt.Fprintln(b.out)
	}
}

// line is the text of the bar.
func line(p pipeline.Progress, took time.Duration) string {
	const width = 24
	full := 0
	if p.All > 0 {
		full = width * p.Done / p.All
	}
	s := fmt.Sprintf("%-5s [%s%s] %d/%d", p.Step, strings.Repeat("=", full), strings.Repeat(" ", width-full), p.Done, p.All)
	if p.Bytes > 0 {
		s += fmt.Sprintf("  %.1f MB", float64(p.Bytes)/1e6)
	}
	if seconds := took.Seconds(); seconds > 0 && p.Done > 0 {
		rate := float64(p.Done) / seconds
		s += fmt.Sprintf("  %.0f/s", rate)
		if p.Done < p.All {
			s += "  " + (time.Duration(float64(p.All-p.Done) / rate * float64(time.Second))).Round(time.Second).String()
		}
	}
	return s
}
