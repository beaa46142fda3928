package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"heshu/pipeline/report"
	"heshu/schemas"
)

// Hook is told of every run.
type Hook struct {
	URL  string `yaml:"url"`  // gets a POST with JSON; "" is none
	When string `yaml:"when"` // always (default), or trouble: only when something waits for somebody
}

// tell writes the metrics and calls the webhook. A webhook that cannot be reached does not break the night.
func (j Job) tell(ctx context.Context, out Outcome, took time.Duration) error {
	if err := j.Config.writeMetrics(runMetrics(out, j.Now, took)); err != nil {
		return err
	}
	if j.Config.Webhook.URL == "" || j.Config.Webhook.When == "trouble" && out.Night.Well() {
		return nil
	}
	if err := j.call(ctx, out.Night); err != nil {
		j.Log.Warn("webhook", "error", err.Error())
	}
	return nil
}

// call posts what matters of the night. Errors do not name the address: it may hold a secret.
func (j Job) call(ctx context.Context, n report.Night) error {
	lang := report.Lang(j.Config.Lang)
	b, err := json.Marshal(map[string]any{"run": n.Run, "date": n.Date, "headline": report.Headline(n, lang), "well": n.Well(), "release": n.Release, "held": n.Held,
		"open_findings": len(n.Open()), "cannot_verify": len(n.Unverified()), "issues": n.Issues(), "missing_returns": len(n.Missing)})
	if err != nil {
		return fmt.Errorf("webhook: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, j.Config.Webhook.URL, bytes.NewReader(b))
	if err != nil {
		return errors.New("webhook: its address cannot be read")
	}
	req.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("webhook at %s cannot be reached", req.URL.Host)
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("webhook at %s says %s", req.URL.Host, response.Status)
	}
	return nil
}

// metric is one line of a Prometheus text file with what it means.
type metric struct {
	name, help string
	value      float64
}

const lastSuccess = "heshu_last_success_timestamp_seconds"

func runMetrics(out Outcome, now time.Time, took time.Duration) []metric {
	n := out.Night
	severe := map[schemas.Severity]int{}
	for _, f := range n.Open() {
		severe[f.Severity]++
	}
	list := []metric{
		{"heshu_run_ok", "1 if the last run published a release or found nothing new, 0 if it broke", 1},
		{lastSuccess, "when the last run that did not break began", float64(now.Unix())},
		{"heshu_run_duration_seconds", "how long the last run took", took.Seconds()},
		{"heshu_release_changed", "1 if the last run made a new release", flag(out.Changed)},
		{"heshu_release_held", "1 if a release waits for approval", flag(out.Held)},
		{"heshu_documents", "documents in the release", float64(n.Counts["documents"])},
		{"heshu_observations", "observations in the release", float64(n.Counts["observations"])},
		{"heshu_issues", "reading issues", float64(n.Issues())},
		{"heshu_cannot_verify", "findings that cannot be verified", float64(len(n.Unverified()))},
		{"heshu_missing_returns", "returns that are overdue", float64(len(n.Missing))},
		{"heshu_fetch_failures", "addresses that could not be had", float64(len(n.Troubles))},
		{"heshu_left", "addresses and documents that the time did not suffice for", float64(n.Left + n.Unread)},
	}
	for _, s := range []schemas.Severity{schemas.Hint, schemas.Verify, schemas.Mandatory} {
		list = append(list, metric{`heshu_findings_open{severity="` + s.String() + `"}`, "open findings by severity", float64(severe[s])})
	}
	return list
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// BrokenMetrics says in the metrics file that a run broke; when the last one went well stays.
func (c Config) BrokenMetrics() error {
	if c.Metrics == "" {
		return nil
	}
	list := []metric{{"heshu_run_ok", "1 if the last run published a release or found nothing new, 0 if it broke", 0}}
	b, err := os.ReadFile(c.Metrics)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("metrics: %w", err)
	}
	if m := regexp.MustCompile(`(?m)^` + lastSuccess + ` (\S+)$`).FindStringSubmatch(string(b)); m != nil {
		var at float64
		if _, err := fmt.Sscanf(m[1], "%g", &at); err == nil {
			list = append(list, metric{lastSuccess, "when the last run that did not break began", at})
		}
	}
	return c.writeMetrics(list)
}

// writeMetrics writes the text file that node_exporter's textfile collector reads: whole, or not at all.
func (c Config) writeMetrics(list []metric) error {
	if c.Metrics == "" {
		return nil
	}
	var b strings.Builder
	seen := map[string]bool{}
	for _, m := range list {
		name, _, _ := strings.Cut(m.name, "{")
		if !seen[name] {
			fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s gauge\n", name, m.help, name)
		}
		seen[name] = true
		fmt.Fprintf(&b, "%s %.15g\n", m.name, m.value)
	}
	tmp := filepath.Join(filepath.Dir(c.Metrics), "."+filepath.Base(c.Metrics)+".tmp")
	if err := errors.Join(os.WriteFile(tmp, []byte(b.String()), 0o644), os.Rename(tmp, c.Metrics)); err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	return nil
}
