package warehouse_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

var night = time.Date(2018, 7, 2, 3, 0, 0, 0, time.UTC)

// fixture is a warehouse in a folder of its own; nights go by one a run.
type fixture struct {
	t    testing.TB
	dir  string
	w    *warehouse.Warehouse
	runs int
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := &fixture{t: t, dir: t.TempDir()}
	f.reopen()
	t.Cleanup(func() { f.w.Close() })
	return f
}

// config gives a test one of DuckDB's threads: over few rows the others wait for each other, turning in place. Benchmarks have all.
func (f *fixture) config() warehouse.Config {
	threads := 1
	if _, ok := f.t.(*testing.B); ok {
		threads = 0
	}
	return warehouse.Config{Build: filepath.Join(f.dir, "build"), Releases: filepath.Join(f.dir, "releases"), Keep: 30, Threads: threads, Memory: os.Getenv("HESHU_BENCH_MEMORY")}
}

func (f *fixture) reopen() {
	f.t.Helper()
	if f.w != nil {
		if err := f.w.Close(); err != nil {
			f.t.Fatal(err)
		}
	}
	w, err := warehouse.Open(context.Background(), f.config())
	if err != nil {
		f.t.Fatal(err)
	}
	f.w = w
}

// load hands entries over as a task of a new run.
func (f *fixture) load(code string, entries ...handover.Entry) (warehouse.Run, warehouse.Counts) {
	f.t.Helper()
	f.runs++
	r := warehouse.NewRun(night.AddDate(0, 0, f.runs), "test", code)
	batch, err := handOver(filepath.Join(f.dir, "tasks"), code, fmt.Sprint(f.runs), entries...)
	if err != nil {
		f.t.Fatal(err)
	}
	c, err := f.w.Load(context.Background(), r, batch)
	if err != nil {
		f.t.Fatal(err)
	}
	return r, c
}

// handOver writes entries as one task.
func handOver(dir, code, config string, entries ...handover.Entry) (warehouse.Batch, error) {
	var documents []schemas.Document
	for _, e := range entries {
		documents = append(documents, e.Document)
	}
	m, err := handover.Write(context.Background(), dir, handover.NewTask(code, config, documents), entries)
	return warehouse.Batch{Task: m.Task, Dir: m.Dir}, err
}

func (f *fixture) publish(r warehouse.Run) (warehouse.Release, bool) {
	f.t.Helper()
	rel, fresh, err := f.w.Publish(context.Background(), r, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	f.reopen()
	return rel, fresh
}

// put makes these the current findings and returns how many changed.
func (f *fixture) put(r warehouse.Run, findings []schemas.Finding) int64 {
	f.t.Helper()
	if err := f.w.Recall(context.Background(), nil); err != nil {
		f.t.Fatal(err)
	}
	n, err := f.w.PutFindings(context.Background(), r, findings)
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

// query answers with one line a row, values joined by |.
func (f *fixture) query(sql string) string {
	f.t.Helper()
	r, err := warehouse.OpenRelease(context.Background(), filepath.Join(f.dir, "releases"), "")
	if err != nil {
		f.t.Fatal(err)
	}
	defer r.Close()
	return answer(f.t, r, sql)
}

func answer(t testing.TB, r *warehouse.Reader, sql string) string {
	t.Helper()
	rows, err := r.Query(context.Background(), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			t.Fatal(err)
		}
		parts := make([]string, len(values))
		for i, v := range values {
			parts[i] = fmt.Sprint(v)
			if v == nil {
				parts[i] = "NULL"
			}
		}
		lines = append(lines, strings.Join(parts, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// figure is what a test says of an observation; the rest is filled in.
type figure struct {
	indicator string
	region    string
	value     string
	breakdown string
}

// form is a return of June 2018: one row a figure.
func form(source, name, content string, received time.Time, figures ...figure) handover.Entry {
	d := schemas.NewDocument(name, []byte(content))
	d.Source, d.Published = source, schemas.NewDate(2018, 7, 1)
	if len(figures) > 0 {
		d.Region = schemas.RegionCode(figures[0].region)
	}
	e := handover.Entry{Document: d, Received: received, Size: int64(len(content))}
	e.Extraction.Kind = schemas.Workbook
	e.Extraction.Parts = []schemas.Part{{Title: "统计表", Sheet: "表1", Numbers: len(figures)}}
	for i, x := range figures {
		cell := schemas.Cell{Sheet: "表1", Row: i + 3, Column: 2}
		e.Extraction.Figures = append(e.Extraction.Figures, schemas.Figure{Locator: cell, Quote: x.value, Number: x.value, Numbers: 1})
		e.Observations = append(e.Observations, observation(d, i, cell, x.value, x))
	}
	return e
}

func observation(d schemas.Document, i int, at schemas.Locator, quote string, x figure) schemas.Observation {
	v, err := schemas.ParseDecimal(x.value)
	if err != nil {
		panic(err)
	}
	kind := schemas.Workbook
	if _, ok := at.(schemas.TextSpan); ok {
		kind = schemas.Article
	}
	return schemas.Observation{ID: schemas.ObservationID(fmt.Sprintf("%.12s-%d", d.ID, i)), Document: d.ID, Source: d.Source, Kind: kind, Locator: at,
		Quote: quote, Number: x.value, Label: "帮扶项目", Indicator: schemas.IndicatorCode(x.indicator), Breakdown: x.breakdown, Scope: schemas.ScopeRegion,
		Region: schemas.RegionCode(x.region), Period: schemas.Period{Kind: schemas.Month, Start: schemas.NewDate(2018, 6, 1), End: schemas.NewDate(2018, 6, 30)},
		Value: v, Low: v, High: v, Qualifier: schemas.Exact, Unit: "project", Measure: schemas.Total, Confidence: 0.9, Rule: "test"}
}

// article is a page of one article whose text says the figures.
func article(source, name, text string, published schemas.Date, figures ...figure) handover.Entry {
	d := schemas.NewDocument(name, []byte(source+name+text))
	d.Source, d.Published = source, published
	e := handover.Entry{Document: d, Received: night, Size: int64(len(text))}
	e.Extraction.Kind = schemas.Article
	e.Extraction.Parts = []schemas.Part{{Title: "标题", Text: text, Published: published, Numbers: len(figures)}}
	for i, x := range figures {
		start := len([]rune(text[:strings.Index(text, x.value)]))
		span := schemas.TextSpan{Start: schemas.RuneOffset(start), End: schemas.RuneOffset(start + len(x.value))}
		e.Extraction.Figures = append(e.Extraction.Figures, schemas.Figure{Locator: span, Quote: x.value, Number: x.value, Numbers: 1})
		e.Observations = append(e.Observations, observation(d, i, span, x.value, x))
	}
	return e
}

func TestLoadReleaseQuery(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	run, c := f.load("1", form("甲县总工会", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}, figure{"projects", "411721", "3.25", "市级"}))
	if c.Documents != 1 || c.Observations != 2 {
		t.Errorf("loaded %+v, want 1 document, 2 observations", c)
	}
	rel, fresh := f.publish(run)
	if !fresh {
		t.Error("the first release is not new")
	}
	if got, want := f.query(`SELECT number, value, region_code, source, locator FROM observation_current ORDER BY ordinal`),
		"12|12|411721|甲县总工会|表1!B3\n3.25|3.25|411721|甲县总工会|表1!B4"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got := f.query(`SELECT balanced, numbers, in_figures FROM ledger`); got != "true|2|2" {
		t.Errorf("ledger %s", got)
	}
	st, err := os.Stat(rel.Path())
	if err != nil || st.Mode().Perm() != 0o444 {
		t.Errorf("release mode %v, %v, want 0444", st.Mode(), err)
	}
	if _, fresh := f.publish(warehouse.NewRun(night.AddDate(0, 0, 9), "test", "1")); fresh {
		t.Error("a second run with nothing new makes a release")
	}
}

func TestAResubmissionSupersedesAndADeletionIsRecorded(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}, figure{"projects", "411721", "3", "市级"}, figure{"projects", "411721", "5", "县级"}))
	run, c := f.load("1", form("甲县", "6月.xlsx", "b", night.Add(time.Hour), figure{"projects", "411721", "15", ""}, figure{"projects", "411721", "3", "市级"}, figure{"volunteers", "411721", "7", ""}))
	if c.Observations != 3 || c.Superseded != 3 || c.Deleted != 1 {
		t.Errorf("second load %+v, want 3 observations, 3 superseded, 1 deleted", c)
	}
	f.publish(run)
	want := "A|volunteers|NULL|7\nD|projects|5|NULL\nR|projects|12|15"
	if got := f.query(`SELECT action, indicator, old_value, new_value FROM revision ORDER BY action`); got != want {
		t.Errorf("revisions:\n%s\nwant:\n%s", got, want)
	}
	if got := f.query(`SELECT count(*), count(superseded_at), count(DISTINCT document_id) FROM observation`); got != "6|3|2" {
		t.Errorf("rows %s", got)
	}
	if got := f.query(`SELECT string_agg(value::INT, ' ' ORDER BY ordinal) FROM observation_current`); got != "15 3 7" {
		t.Errorf("current %s", got)
	}
	if got := f.query(`SELECT string_agg(value::INT, ' ' ORDER BY ordinal) FROM observation_as_of(TIMESTAMP '2018-07-03 12:00:00')`); got != "12 3 5" {
		t.Errorf("as of the first night: %s", got)
	}
	if got := f.query(`SELECT string_agg(value::INT, ' ' ORDER BY value) FROM observation_first`); got != "3 5 7 12" {
		t.Errorf("first reported: %s", got)
	}
}
