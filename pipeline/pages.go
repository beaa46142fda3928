package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
)

// pageEndings are the forms of the morning page.
var pageEndings = []string{"html", "txt", "json"}

// pageName is a run's morning page, without its ending.
func pageName(run string) string { return "heshu-" + run }

// ReportPath is the morning page of a release.
func (c Config) ReportPath(run string) string {
	return filepath.Join(c.ReportDir(), pageName(run)+".html")
}

// writeReports writes the morning page beside its text and JSON, named by the release's run, points current.html, .txt and .json to them
// and removes the pages of releases that are not kept any more. Where nothing is new the page of that release stands.
func (j Job) writeReports(out Outcome) error {
	dir := j.Config.ReportDir()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if out.Changed || !j.stands(out.Night) {
		lang := report.Lang(j.Config.Lang)
		for _, end := range pageEndings {
			var b strings.Builder
			var err error
			switch end {
			case "html":
				err = report.HTML(&b, out.Night, lang)
			case "txt":
				err = report.Text(&b, out.Night, lang)
			case "json":
				err = report.JSON(&b, out.Night, lang)
			}
			name := filepath.Join(dir, pageName(out.Release.Run)+"."+end)
			if err == nil {
				err = errors.Join(os.WriteFile(name+".tmp", []byte(b.String()), 0o644), os.Rename(name+".tmp", name))
			}
			if err != nil {
				return fmt.Errorf("write report: %w", err)
			}
		}
	}
	if err := errors.Join(pointPages(dir, out.Release.Run), j.retainPages(dir)); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// stands reports whether the page of the night's release is there and says of the night itself what is true tonight.
func (j Job) stands(n report.Night) bool {
	type said struct {
		Lang     string            `json:"lang"`
		Held     bool              `json:"held"`
		Vanished []string          `json:"vanished"`
		Troubles []report.Trouble  `json:"troubles"`
		Left     int               `json:"left"`
		Unread   int               `json:"unread"`
		Missing  []json.RawMessage `json:"missing"`
	}
	b, err := os.ReadFile(filepath.Join(j.Config.ReportDir(), pageName(n.Run)+".json"))
	var was said
	if err != nil || json.Unmarshal(b, &was) != nil || len(was.Missing) != len(n.Missing) {
		return false
	}
	for i, raw := range was.Missing {
		var m struct{ Unit, Period string }
		if json.Unmarshal(raw, &m) != nil || m.Unit != n.Missing[i].Unit || m.Period != n.Missing[i].Period {
			return false
		}
	}
	return was.Lang == j.Config.Lang && was.Held == n.Held && was.Left == n.Left && was.Unread == n.Unread && slices.Equal(was.Vanished, n.Vanished) && slices.Equal(was.Troubles, n.Troubles)
}

// pointPages makes links of a name that stays to a run's page.
func pointPages(dir, run string) error {
	for _, end := range pageEndings {
		link, to := filepath.Join(dir, "current."+end), pageName(run)+"."+end
		if at, err := os.Readlink(link); err == nil && at == to {
			continue
		}
		tmp := filepath.Join(dir, ".current."+end)
		if err := os.Remove(tmp); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err := errors.Join(os.Symlink(to, tmp), os.Rename(tmp, link)); err != nil {
			return err
		}
	}
	return nil
}

// retainPages removes the pages of releases that retention has removed.
func (j Job) retainPages(dir string) error {
	list, err := warehouse.Releases(j.Config.ReleaseDir())
	if err != nil {
		return err
	}
	kept := map[string]bool{}
	for _, r := range list {
		kept[pageName(r.Run)] = true
	}
	pages, err := filepath.Glob(filepath.Join(dir, pageName("*")))
	if err != nil {
		return err
	}
	for _, path := range pages {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		if !kept[name] {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}
