package main

import (
	"strings"
	"testing"
	"time"

	bignight "heshu/fixtures/night"
	"heshu/pipeline"
	"heshu/pipeline/report"
)

// TestANightWhoseTimeIsUpIsGoneOnWith gives a night no time at all: it reads one task, says what is left, and further nights end where one long
// night ends.
func TestANightWhoseTimeIsUpIsGoneOnWith(t *testing.T) {
	t.Parallel()
	short, long := t.TempDir(), t.TempDir()
	for _, dir := range []string{short, long} {
		if err := bignight.Write(dir, bignight.Options{Seed: 3, Workbooks: 10, Pages: 300, Edition: 1}); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := (&app{quiet: true}).config(short+"/heshu.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	first := nightOf(t, cfg, func(c *pipeline.Config) { c.Budget = time.Nanosecond })
	if first.Night.Unread != 54 || first.Night.Well() || !strings.Contains(report.Headline(first.Night, report.Zh), "54 项时间不够") ||
		!strings.Contains(report.Summary(first.Night, report.Zh), "尚有 54 份材料未读") {
		t.Errorf("%d documents left of 310, want 54: %s\n%s", first.Night.Unread, report.Headline(first.Night, report.Zh), report.Summary(first.Night, report.Zh))
	}
	second := nightOf(t, cfg, func(c *pipeline.Config) { c.Budget = time.Nanosecond })
	whole := runNight(t, long, 2)
	if second.Night.Unread != 0 || second.Release.Content != whole.Release.Content {
		t.Errorf("%d left after two nights, content %s, of one long night %s", second.Night.Unread, second.Release.Content, whole.Release.Content)
	}
}
