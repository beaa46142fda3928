package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/warehouse"
)

func TestABrokenNightIsToldWhereverTheConfigurationWants(t *testing.T) {
	t.Parallel()
	var told []map[string]any
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var said map[string]any
		if err := json.NewDecoder(r.Body).Decode(&said); err != nil {
			t.Error(err)
		}
		told = append(told, said)
	}))
	defer hook.Close()
	dir := t.TempDir()
	j := Job{Config: Config{Out: dir, Lang: "en", Metrics: filepath.Join(dir, "heshu.prom"), Webhook: Hook{URL: hook.URL, When: "trouble"}}, Now: time.Now(), Log: slog.New(slog.DiscardHandler)}
	j.Broken(t.Context(), false, fmt.Errorf("x: %w: process 1", warehouse.ErrLocked)) // the run at work tells
	if _, err := os.Stat(j.Config.ReportDir()); len(told) > 0 || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("told %v, %v", told, err)
	}
	j.Broken(t.Context(), false, errors.New("disk <full>"))
	if len(told) != 1 || told[0]["broken"] != true || told[0]["well"] != false || told[0]["error"] != "disk <full>" {
		t.Errorf("the webhook was told %v", told)
	}
	for end, want := range map[string]string{"html": "disk &lt;full&gt;", "txt": "nothing has been published yet: disk <full>", "json": `"error": "disk <full>"`} {
		if b, err := os.ReadFile(filepath.Join(j.Config.ReportDir(), "current."+end)); err != nil || !strings.Contains(string(b), want) {
			t.Errorf("current.%s: %v\n%s", end, err, b)
		}
	}
}

// TestMetricsAreInTheFormatOfTextFiles holds the file against the rules of Prometheus' text format: HELP and TYPE once before a
// name's samples, names and labels of the allowed letters, a number, a line end at the end.
func TestMetricsAreInTheFormatOfTextFiles(t *testing.T) {
	t.Parallel()
	c := Config{Metrics: filepath.Join(t.TempDir(), "heshu.prom")}
	if err := c.writeMetrics(runMetrics(Outcome{}, time.Unix(1795703857, 0), 1500*time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	lint := func(samples int) {
		b, err := os.ReadFile(c.Metrics)
		if err != nil || !strings.HasSuffix(string(b), "\n") {
			t.Fatalf("%v\n%s", err, b)
		}
		help, kind, seen := map[string]bool{}, map[string]bool{}, map[string]bool{}
		sample := regexp.MustCompile(`^([a-z_]+)(\{[a-z_]+="[^"\\\n]*"\})? (-?[0-9.e+]+)$`)
		for line := range strings.Lines(string(b)) {
			line = strings.TrimSuffix(line, "\n")
			f := strings.Fields(line)
			switch {
			case strings.HasPrefix(line, "# HELP ") && len(f) > 3 && !help[f[2]] && !kind[f[2]]:
				help[f[2]] = true
			case strings.HasPrefix(line, "# TYPE ") && len(f) == 4 && f[3] == "gauge" && help[f[2]] && !kind[f[2]]:
				kind[f[2]] = true
			default:
				m := sample.FindStringSubmatch(line)
				if m == nil || !kind[m[1]] || seen[m[1]+m[2]] {
					t.Errorf("%q is no sample, or without its type before it, or there twice", line)
					continue
				}
				seen[m[1]+m[2]] = true
			}
		}
		if len(seen) != samples {
			t.Errorf("%d samples, want %d\n%s", len(seen), samples, b)
		}
	}
	lint(15)
	if err := c.brokenMetrics(); err != nil {
		t.Fatal(err)
	}
	lint(2)
	if b, err := os.ReadFile(c.Metrics); err != nil || !strings.Contains(string(b), "\nheshu_run_ok 0\n") || !strings.Contains(string(b), lastSuccess+" 1795703857\n") {
		t.Errorf("%v\n%s", err, b)
	}
}
