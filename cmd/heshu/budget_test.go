package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	bignight "heshu/fixtures/night"
	"heshu/pipeline"
	"heshu/pipeline/report"
)

// TestANightWhoseTimeIsUpIsGoneOnWith gives nights no time at all: each reads one document and says what is left; a night with time
// ends where one long night ends.
func TestANightWhoseTimeIsUpIsGoneOnWith(t *testing.T) {
	t.Parallel()
	short, long := t.TempDir(), t.TempDir()
	for _, dir := range []string{short, long} {
		if err := bignight.Write(dir, bignight.Options{Seed: 3, Workbooks: 10, Pages: 60, Edition: 1}); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := (&app{quiet: true}).config(short+"/heshu.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []int{69, 68} {
		n := nightOf(t, cfg, func(c *pipeline.Config) { c.Budget = time.Nanosecond }).Night
		headline, summary := report.Headline(n, report.Zh), report.Summary(n, report.Zh)
		if n.Unread != left || n.Well() || !strings.Contains(headline, fmt.Sprintf("%d 项时间不够", left)) ||
			!strings.Contains(summary, fmt.Sprintf("尚有 %d 份材料未读", left)) {
			t.Errorf("%d documents left of 70, want %d: %s\n%s", n.Unread, left, headline, summary)
		}
	}
	last := nightOf(t, cfg, func(*pipeline.Config) {})
	whole := runNight(t, long, 2)
	if last.Night.Unread != 0 || last.Release.Content != whole.Release.Content {
		t.Errorf("%d left after three nights, content %s, of one long night %s", last.Night.Unread, last.Release.Content, whole.Release.Content)
	}
}
