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
	"regexp"
	"strings"
	"time"

	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// Hook is told of every run.
type Hook struct {
	URL  string `yaml:"url"`  // gets a POST with JSON; "" is none
	When string `yaml:"when"` // always (default), or trouble: only when something waits for somebody
}

// tell writes the metrics and calls the webhook. What cannot be written or reached is a warning: the release stands.
func (j Job) tell(ctx context.Context, out Outcome, took time.Duration) {
	if err := j.Config.writeMetrics(runMetrics(out, j.Now, took)); err != nil {
		j.Log.Warn("metrics", "error", err.Error())
	}
	n, lang := out.Night, report.Lang(j.Config.Lang)
	if j.Config.Webhook.When == "trouble" && n.Well() {
		return
	}
	waiting := n.Waiting()
	err := j.call(ctx, map[string]any{"run": n.Run, "date": n.Date, "headline": report.Headline(n, lang), "well": n.Well(), "broken": false, "release": n.Release, "held": n.Held,
		"open_findings": waiting.Open, "cannot_verify": waiting.Unverified, "issues": n.Issues(), "missing_returns": len(n.Missing)})
	if err != nil {
		j.Log.Warn("webhook", "error", err.Error())
	}
}

// Broken tells that the run broke, wherever the configuration wants to be told: the page of the morning, the metrics, the webhook. Published
// says that the release was made and something after it went wrong. If another run is at work that one tells. What cannot be
// written or reached is a warning.
func (j Job) Broken(ctx context.Context, published bool, why error) {
	if errors.Is(why, warehouse.ErrLocked) {
		return
	}
	b := report.Breakdown{Date: j.today(), At: j.Now.Format("2006-01-02 15:04"), Published: published, Why: why.Error(), Zh: why.Error()}
	if w, ok := access(why); ok {
		b.Zh = w.Zh
	}
	if rel, err := warehouse.Current(j.Config.ReleaseDir()); err == nil {
		b.Page = pageName(rel.Run) + ".html"
	}
	lang := report.Lang(j.Config.Lang)
	for name, err := range map[string]error{"page": j.writeBreakdown(b), "metrics": j.Config.brokenMetrics(),
		"webhook": j.call(ctx, map[string]any{"date": b.Date, "headline": b.Headline(lang), "well": false, "broken": true, "error": b.Why})} {
		if err != nil {
			j.Log.Warn(name, "error", err.Error())
		}
	}
}

// call posts what matters of the night. Errors do not name the address: it may hold a secret.
func (j Job) call(ctx context.Context, said map[string]any) error {
	if j.Config.Webhook.URL == "" {
		return nil
	}
	b, err := json.Marshal(said)
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
	waiting := n.Waiting()
	list := []metric{
		{"heshu_run_ok", "1 if the last run published a release or found nothing new, 0 if it broke", 1},
		{lastSuccess, "when the last run that did not break began", float64(now.Unix())},
		{"heshu_run_duration_seconds", "how long the last run took", took.Seconds()},
		{"heshu_release_changed", "1 if the last run made a new release", flag(out.Changed)},
		{"heshu_release_held", "1 if a release waits for approval", flag(out.Held)},
		{"heshu_documents", "documents in the release", float64(n.Counts["documents"])},
		{"heshu_observations", "observations in the release", float64(n.Counts["observations"])},
		{"heshu_issues", "reading issues", float64(n.Issues())},
		{"heshu_cannot_verify", "findings that cannot be verified", float64(waiting.Unverified)},
		{"heshu_missing_returns", "returns that are overdue", float64(len(n.Missing))},
		{"heshu_fetch_failures", "addresses that could not be had", float64(len(n.Troubles))},
		{"heshu_left", "addresses and documents that the time did not suffice for", float64(n.Left + n.Unread)},
	}
	for _, s := range []schemas.Severity{schemas.Hint, schemas.Verify, schemas.Mandatory} {
		list = append(list, metric{`heshu_findings_open{severity="` + s.String() + `"}`, "open findings by severity", float64(waiting.Severe[s])})
	}
	return list
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// brokenMetrics says in the metrics file that a run broke; when the last one went well stays.
func (c Config) brokenMetrics() error {
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
	if err := ReplaceFile(c.Metrics, []byte(b.String())); err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	return nil
}
