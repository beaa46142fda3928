package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
)

// pageEndings are the forms of the morning page, as they are written: the last says that the page is whole.
var pageEndings = []string{"html", "txt", "json"}

// pageName is a run's morning page, without its ending.
func pageName(run string) string { return "heshu-" + run }

// ReportPath is the morning page of a release.
func (c Config) ReportPath(run string) string {
	return filepath.Join(c.ReportDir(), pageName(run)+".html")
}

// writeReports writes the morning page beside its text and JSON, named by the release's run, points current.html, .txt and .json to them
// and removes the pages of releases that are not kept any more. Where nothing is new the page of that release stands. Pages are the night's,
// nil where nobody has drawn them yet.
func (j Job) writeReports(out Outcome, pages []bytes.Buffer) (err error) {
	dir := j.Config.ReportDir()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	if out.Changed || !j.stands(out.Night) {
		if pages == nil {
			pages, err = j.draw(out.Night)
		}
		if err == nil {
			err = j.writePages(pageName(out.Release.Run), pages)
		}
		if err != nil {
			return err
		}
	}
	if err := errors.Join(pointPages(dir, pageName(out.Release.Run)), j.retainPages(dir)); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// draw makes the pages of a night.
func (j Job) draw(n report.Night) ([]bytes.Buffer, error) {
	lang := report.Lang(j.Config.Lang)
	return draw(map[string]func(io.Writer) error{
		"html": func(w io.Writer) error { return report.HTML(w, n, lang) },
		"txt":  func(w io.Writer) error { return report.Text(w, n, lang) },
		"json": func(w io.Writer) error { return report.JSON(w, n, lang) },
	})
}

// brokenName is the page of a run that broke, without its ending.
const brokenName = "broken"

// writeBreakdown writes the page of a run that broke, and points to it: yesterday's page must not be taken for today's.
func (j Job) writeBreakdown(b report.Breakdown) error {
	dir, lang := j.Config.ReportDir(), report.Lang(j.Config.Lang)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	pages, err := draw(map[string]func(io.Writer) error{
		"html": func(w io.Writer) error { return b.HTML(w, lang) },
		"txt":  func(w io.Writer) error { return b.Text(w, lang) },
		"json": func(w io.Writer) error { return b.JSON(w, lang) },
	})
	if err == nil {
		err = j.writePages(brokenName, pages)
	}
	if err != nil {
		return err
	}
	if err := pointPages(dir, brokenName); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// draw makes a page in its forms, in the order of pageEndings.
func draw(how map[string]func(io.Writer) error) ([]bytes.Buffer, error) {
	pages := make([]bytes.Buffer, len(pageEndings))
	var group errgroup.Group
	for i, end := range pageEndings {
		group.Go(func() error { return how[end](&pages[i]) })
	}
	if err := group.Wait(); err != nil {
		return nil, fmt.Errorf("draw report: %w", err)
	}
	return pages, nil
}

// writePages writes a page in its forms, each whole or not at all. The JSON comes last: a page without it is written anew by the next run.
func (j Job) writePages(name string, pages []bytes.Buffer) error {
	for i, end := range pageEndings {
		if err := ReplaceFile(filepath.Join(j.Config.ReportDir(), name+"."+end), pages[i].Bytes()); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
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

// pointPages makes links of a name that stays to a page.
func pointPages(dir, name string) error {
	for _, end := range pageEndings {
		link, to := filepath.Join(dir, "current."+end), name+"."+end
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

// retainPages removes the pages of releases that retention has removed, and what killed runs left half written.
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
	broken, err := filepath.Glob(filepath.Join(dir, brokenName+".*"))
	if err != nil {
		return err
	}
	for _, path := range append(pages, broken...) {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		if !kept[name] || strings.HasSuffix(path, unfinished) {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}
