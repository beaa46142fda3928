package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// PaperKinds are the papers that can be asked for.
var PaperKinds = []string{"report", "workbook", "slips", "bulletin", "assessment"}

// onePaper is one file to write.
type onePaper struct {
	kind, name string
	write      func(io.Writer) error
}

// WritePapers writes the papers, or only some kinds of them, below a folder, each whole or not at all, and lists the files.
func WritePapers(p report.Papers, to string, only []string, month schemas.Date, lang report.Lang) (written []string, err error) {
	list := []onePaper{
		{"report", "report.html", func(w io.Writer) error { return report.Board(w, p, lang) }},
		{"workbook", "reconciliation.xlsx", func(w io.Writer) error { return report.Workbook(w, p, lang) }},
		{"bulletin", "bulletin.html", func(w io.Writer) error { return report.Bulletin(w, p, month, lang) }},
		{"assessment", "assessment.html", func(w io.Writer) error { return report.Assessment(w, p, lang) }},
	}
	for _, unit := range p.Waiting() {
		name := filepath.Join("slips", fileName(unit))
		list = append(list, onePaper{"slips", name + ".xlsx", func(w io.Writer) error { return report.SlipXLSX(w, p, unit, lang) }},
			onePaper{"slips", name + ".html", func(w io.Writer) error { return report.SlipHTML(w, p, unit, lang) }})
	}
	for _, x := range list {
		if len(only) > 0 && !slices.Contains(only, x.kind) {
			continue
		}
		var b bytes.Buffer
		if err := x.write(&b); err != nil {
			return written, fmt.Errorf("%s: %w", x.name, err)
		}
		path := filepath.Join(to, x.name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return written, fmt.Errorf("write papers: %w", err)
		}
		if err := ReplaceFile(path, b.Bytes()); err != nil {
			return written, fmt.Errorf("write papers: %w", err)
		}
		written = append(written, path)
	}
	return written, nil
}

// fileName is a unit's name as a file's: what file systems do not bear is left out.
func fileName(unit string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return -1
		}
		return r
	}, unit)
}

// papers writes the papers of a night's release, where the configuration wants them.
func (j Job) papers(ctx context.Context, out Outcome) error {
	if j.Config.Papers == "" || out.Night.Held {
		return nil
	}
	to := filepath.Join(j.Config.Papers, out.Release.Run)
	if _, err := os.Stat(to); err == nil {
		return nil // all of them; of a release that was approved since, or whose run was killed, there are none
	}
	half := filepath.Join(j.Config.Papers, "papers"+unfinished)
	if err := os.RemoveAll(half); err != nil {
		return fmt.Errorf("write papers: %w", err)
	}
	r, err := warehouse.OpenFile(ctx, out.Release.Path())
	if err != nil {
		return err
	}
	defer r.Close()
	p, err := j.Papers(ctx, r, out.Release.Run)
	if err != nil {
		return err
	}
	if _, err = WritePapers(p, half, nil, p.LastMonth(), report.Lang(j.Config.Lang)); err != nil {
		return err
	}
	return os.Rename(half, to)
}
