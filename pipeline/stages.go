package pipeline

import (
	"log/slog"
	"syscall"
	"time"
)

// stopwatch tells the log what each stage of a night took. It is for one goroutine.
type stopwatch struct {
	log  *slog.Logger
	wall time.Time
	cpu  time.Duration
}

func newStopwatch(log *slog.Logger) *stopwatch { return &stopwatch{log, time.Now(), processorTime()} }

// lap ends a stage; a nil stopwatch tells nothing.
func (s *stopwatch) lap(stage string) {
	if s == nil {
		return
	}
	wall, cpu := time.Now(), processorTime()
	s.log.Info("stage", "name", stage, "seconds", wall.Sub(s.wall).Seconds(), "cpu_seconds", (cpu - s.cpu).Seconds())
	s.wall, s.cpu = wall, cpu
}

// processorTime is what the process has used so far, on all processors; 0 where the system does not tell.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
