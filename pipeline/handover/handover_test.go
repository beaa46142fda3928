package handover_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/schemas"
)

var received = time.Date(2018, 7, 2, 3, 0, 0, 0, time.UTC)

func entry(name, quote string, value schemas.Decimal) handover.Entry {
	d := schemas.NewDocument(name, []byte(name+quote))
	d.Source = "甲县总工会"
	at := schemas.Cell{Sheet: "表1", Row: 3, Column: 2}
	return handover.Entry{Document: d, Received: received, Size: 3,
		Extraction: schemas.Extraction{Kind: schemas.Workbook, Parts: []schemas.Part{{Sheet: "表1", Numbers: 1}}, Figures: []schemas.Figure{{Locator: at, Numbers: 1}}},
		Observations: []schemas.Observation{{ID: "o1", Document: d.ID, Kind: schemas.Workbook, Locator: at, Quote: quote, Number: quote, Indicator: "projects",
			Unit: "project", Value: value, Rule: "test", Form: "gh-1", Region: "411721", Period: schemas.Period{Kind: schemas.Month, End: schemas.NewDate(2018, 6, 30)}}}}
}

func decimal(t *testing.T, s string) schemas.Decimal {
	t.Helper()
	d, err := schemas.ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func write(t *testing.T, dir string, entries ...handover.Entry) handover.Manifest {
	t.Helper()
	m, err := handover.Write(context.Background(), dir, handover.NewTask("1", "", []schemas.Document{entries[0].Document}), entries)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheSameTaskGivesTheSameBytesAndIsDoneOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := write(t, dir, entry("a.xlsx", "12", schemas.NewDecimal(12, 0)))
	b := write(t, t.TempDir(), entry("a.xlsx", "12", schemas.NewDecimal(12, 0)))
	for table, d := range a.Files {
		if b.Files[table] != d {
			t.Errorf("%s: %+v and %+v", table, d, b.Files[table])
		}
	}
	if err := handover.Check(a); err != nil {
		t.Error(err)
	}
	before, err := os.Stat(filepath.Join(a.Dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	again := write(t, dir, entry("a.xlsx", "12", schemas.NewDecimal(12, 0)))
	after, err := os.Stat(filepath.Join(again.Dir, "manifest.json"))
	if err != nil || !after.ModTime().Equal(before.ModTime()) || again.Observations != 1 {
		t.Errorf("a finished task was written again: %v, %+v", err, again)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".task-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestObservationsThatNobodyHoldsGiveTheSameFiles hands over a document of more observations than are held at once, both ways.
func TestObservationsThatNobodyHoldsGiveTheSameFiles(t *testing.T) {
	t.Parallel()
	held := entry("a.xlsx", "12", schemas.NewDecimal(12, 0))
	one := held.Observations[0]
	const n = 10_000
	held.Observations, held.Extraction.Figures = nil, nil
	held.Extraction.Parts[0].Numbers = n
	for i := range n {
		o := one
		at := schemas.Cell{Sheet: "表1", Row: i + 1, Column: 2}
		o.ID, o.Locator = schemas.ObservationID("o"+strconv.Itoa(i)), at
		if i == 5000 {
			o.Value = decimal(t, "1"+strings.Repeat("0", 40)) // becomes an issue
		}
		held.Observations = append(held.Observations, o)
		held.Extraction.Figures = append(held.Extraction.Figures, schemas.Figure{Locator: at, Numbers: 1})
	}
	streamed := held
	streamed.Observations, streamed.Extraction.Figures = nil, nil
	streamed.Stream = func(use func(schemas.Observation)) {
		for _, o := range held.Observations {
			use(o)
		}
	}
	streamed.Stream(streamed.Gist.Take)
	if a, b := handover.Series(held), handover.Series(streamed); a != b {
		t.Errorf("series %q and %q", a, b)
	}
	a, b := write(t, t.TempDir(), held), write(t, t.TempDir(), streamed)
	if a.Observations != n-1 || a.Issues != 1 || b.Observations != a.Observations || b.Issues != a.Issues {
		t.Errorf("%+v and %+v", a, b)
	}
	for table, d := range a.Files {
		if b.Files[table] != d {
			t.Errorf("%s: %+v and %+v", table, d, b.Files[table])
		}
	}
}

func TestTwoWritersOfOneTaskDoNoHarm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := entry("a.xlsx", "12", schemas.NewDecimal(12, 0))
	task := handover.NewTask("1", "", []schemas.Document{e.Document})
	var writers []*handover.Writer
	for range 2 {
		w, err := handover.Create(dir, task)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		if err := w.Add(e); err != nil {
			t.Fatal(err)
		}
		writers = append(writers, w)
	}
	for _, w := range writers {
		m, err := w.Commit()
		if err != nil {
			t.Fatal(err)
		}
		if err := handover.Check(m); err != nil {
			t.Error(err)
		}
	}
}

func TestBadTextIsMendedAndCounted(t *testing.T) {
	t.Parallel()
	m := write(t, t.TempDir(), entry("a\x00.xlsx", "1\xff2", schemas.NewDecimal(12, 0)))
	if m.Cleaned == 0 || m.Observations != 1 {
		t.Errorf("manifest %+v, want mended texts and the observation", m)
	}
}

func TestAValueThatDoesNotFitBecomesAnIssue(t *testing.T) {
	t.Parallel()
	m := write(t, t.TempDir(), entry("a.xlsx", "1e30", schemas.NewDecimal(1, 30)))
	if m.Observations != 0 || m.Issues != 1 {
		t.Errorf("%d observations, %d issues, want an issue in the observation's place", m.Observations, m.Issues)
	}
}

func TestDamagedFilesAreNoticed(t *testing.T) {
	t.Parallel()
	m := write(t, t.TempDir(), entry("a.xlsx", "12", schemas.NewDecimal(12, 0)))
	f, err := os.OpenFile(filepath.Join(m.Dir, "issue.parquet"), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("x"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := handover.Check(m); err == nil || !strings.Contains(err.Error(), "issue.parquet") {
		t.Errorf("Check = %v", err)
	}
}

func TestTheSeriesOfAReturnIsItsSourceFormPeriodAndRegions(t *testing.T) {
	t.Parallel()
	a, b := entry("6月.xlsx", "12", schemas.NewDecimal(12, 0)), entry("6月 改.xlsx", "13", schemas.NewDecimal(13, 0))
	if handover.Series(a) != handover.Series(b) {
		t.Errorf("%q and %q: a corrected return under another name is of the same series", handover.Series(a), handover.Series(b))
	}
	b.Observations[0].Region = "411722"
	if handover.Series(a) == handover.Series(b) {
		t.Error("returns of two counties are of one series")
	}
	c := a
	c.Extraction.Kind = schemas.Article
	if got := handover.Series(c); got != "甲县总工会/6月.xlsx" {
		t.Errorf("series of a page %q", got)
	}
}

func TestATaskIsNamedByWhatGoesIn(t *testing.T) {
	t.Parallel()
	a, b := schemas.NewDocument("a", []byte("a")), schemas.NewDocument("b", []byte("b"))
	id := handover.NewTask("1", "", []schemas.Document{a, b}).ID
	if handover.NewTask("1", "", []schemas.Document{b, a}).ID != id {
		t.Error("the order of the documents matters")
	}
	named := a
	named.Source = "甲县"
	for _, other := range []handover.Task{handover.NewTask("2", "", []schemas.Document{a, b}), handover.NewTask("1", "x", []schemas.Document{a, b}),
		handover.NewTask("1", "", []schemas.Document{a}), handover.NewTask("1", "", []schemas.Document{named, b})} {
		if other.ID == id {
			t.Error("other inputs, the same task")
		}
	}
}
