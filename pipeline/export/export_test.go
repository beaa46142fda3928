package export_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/xuri/excelize/v2"

	"heshu/pipeline/export"
	"heshu/pipeline/handover"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

var night = time.Date(2018, 7, 2, 3, 0, 0, 0, time.UTC)

// figures are what the release says; each tries what a format may get wrong.
var figures = []struct {
	indicator, region, value, low, high, quote, breakdown string
	period                                                schemas.Period
}{
	{"projects", "990101", "12", "12", "12", "12", "", month(6)},
	{"projects", "990102", "1234567890123456.25", "1234567890123456.25", "1234567890123456.25", "1234567890123456.25", "", month(6)},
	{"projects", "990102", "8", "8", "8", "8", "", month(5)},
	{"projects", "990101", "3", "3", "3", "3", "市级", month(6)},
	{"projects", "990101", "-5", "-5", "-5", "=-5\n（减少）", "", span(schemas.Quarter, 4, 6)},
	{"visitors", "990101", "", "100", "", "百余人", "", span(schemas.Half, 1, 6)},
	{"visitors", "990102", "7", "7", "7", "7", "", span(schemas.RangePeriod, 2, 6)},
	{"visitors", "990102", "9", "9", "9", "9", "", schemas.Period{Kind: schemas.AsOf, End: schemas.NewDate(2018, 6, 30)}},
	{"visitors", "990101", "4", "4", "4", "4", "", schemas.Period{}},
}

func month(m time.Month) schemas.Period { return span(schemas.Month, m, m) }

func span(kind schemas.PeriodKind, first, last time.Month) schemas.Period {
	return schemas.Period{Kind: kind, Start: schemas.NewDate(2018, first, 1), End: schemas.NewDate(2018, last+1, 1).AddDate(0, 0, -1)}
}

func entry() handover.Entry {
	d := schemas.NewDocument("=报表.xlsx", []byte("form"))
	d.Source, d.Published = "样市总工会", schemas.NewDate(2018, 7, 1)
	e := handover.Entry{Document: d, Received: night, Size: 4}
	e.Extraction.Kind = schemas.Workbook
	e.Extraction.Parts = []schemas.Part{{Title: "统计表", Sheet: "表1", Numbers: len(figures)}}
	decimal := func(s string) schemas.Decimal {
		if s == "" {
			return schemas.Decimal{}
		}
		v, err := schemas.ParseDecimal(s)
		if err != nil {
			panic(err)
		}
		return v
	}
	for i, f := range figures {
		at := schemas.Cell{Sheet: "表1", Row: i + 3, Column: 2}
		qualifier := schemas.Exact
		if f.high == "" {
			qualifier = schemas.AtLeast
		}
		e.Extraction.Figures = append(e.Extraction.Figures, schemas.Figure{Locator: at, Quote: f.quote, Number: f.quote, Numbers: 1})
		e.Observations = append(e.Observations, schemas.Observation{ID: schemas.ObservationID(fmt.Sprint("obs-", i)), Document: d.ID, Source: d.Source, Kind: schemas.Workbook,
			Locator: at, Quote: f.quote, Number: f.quote, Indicator: schemas.IndicatorCode(f.indicator), Breakdown: f.breakdown, Scope: schemas.ScopeRegion,
			Region: schemas.RegionCode(f.region), Period: f.period, Value: decimal(f.value), Low: decimal(f.low), High: decimal(f.high), Qualifier: qualifier,
			Unit: "project", Measure: schemas.Total, Confidence: 0.9, Rule: "test", Flags: []schemas.Flag{"formula", "hidden"}})
	}
	return e
}

// TestMain publishes the figures once for all tests.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "heshu-export-")
	if err == nil {
		published, err = publish(context.Background(), dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

var published warehouse.Release

// release opens what was published.
func release(t *testing.T) (*warehouse.Reader, warehouse.Release) {
	t.Helper()
	r, err := warehouse.OpenFile(t.Context(), published.Path())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r, published
}

func publish(ctx context.Context, dir string) (warehouse.Release, error) {
	w, err := warehouse.Open(ctx, warehouse.Config{Build: filepath.Join(dir, "build"), Releases: filepath.Join(dir, "releases")})
	if err != nil {
		return warehouse.Release{}, err
	}
	defer w.Close()
	if err := w.PutReference(ctx, warehouse.Reference{
		Indicators: []warehouse.Indicator{{Code: "projects", Zh: "帮扶项目数", En: "assistance projects", Unit: "project", Additive: true}, {Code: "visitors", Zh: "走访人数", En: "visitors"}},
		Regions:    []warehouse.Region{{Code: "990101", Name: "甲区", Level: "county"}, {Code: "990102", Name: "乙县", Level: "county"}, {Code: "990103", Name: "丙县", Level: "county"}}}); err != nil {
		return warehouse.Release{}, err
	}
	e := entry()
	m, err := handover.Write(ctx, filepath.Join(dir, "tasks"), handover.NewTask("1", "", []schemas.Document{e.Document}), []handover.Entry{e})
	if err != nil {
		return warehouse.Release{}, err
	}
	run := warehouse.NewRun(night, "test", "1")
	if _, err := w.Load(ctx, run, warehouse.Batch{Task: m.Task, Dir: m.Dir}); err != nil {
		return warehouse.Release{}, err
	}
	rel, _, err := w.Publish(ctx, run, nil)
	return rel, err
}

func write(t *testing.T, dir string, formats ...export.Format) []export.File {
	t.Helper()
	r, rel := release(t)
	files, err := export.Write(t.Context(), func(ctx context.Context, sql string) (export.Rows, error) { return r.Query(ctx, sql) },
		export.Options{Dir: dir, Formats: formats, Release: rel.Run, Content: rel.Content, Made: rel.Started})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheSameReleaseGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := write(t, filepath.Join(dir, "a"), export.Formats()...), write(t, filepath.Join(dir, "b"), export.Formats()...)
	if len(one) != len(two) || len(one) < 14 {
		t.Fatalf("%d and %d files", len(one), len(two))
	}
	for i := range one {
		if one[i] != two[i] {
			t.Errorf("%s differs: %+v, %+v", one[i].Path, one[i], two[i])
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, ".export-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestParquetIsReadBackByPartition(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, export.Parquet)
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	from := `FROM read_parquet('` + dir + `/parquet/observation/*/*/*.parquet', hive_partitioning = true)`
	for _, c := range []struct{ sql, want string }{
		{`SELECT count(*) || ' ' || count(year) || ' ' || count(*) FILTER (counted) ` + from, "9 8 9"},
		{`SELECT max(value)::VARCHAR ` + from + ` WHERE indicator = 'projects' AND year = 2018`, "1234567890123456.2500000000"},
		{`SELECT quote || array_to_string(flags, '+') ` + from + ` WHERE period_kind = 'quarter'`, "=-5\n（减少）formula+hidden"},
		{`SELECT typeof(value) || ' ' || typeof(period_end) ` + from + ` LIMIT 1`, "DECIMAL(38,10) DATE"},
		{`SELECT count(*)::VARCHAR FROM read_parquet('` + dir + `/parquet/observation/indicator=visitors/year=__HIVE_DEFAULT_PARTITION__/part-0.parquet')`, "1"},
	} {
		var got string
		if err := db.QueryRow(c.sql).Scan(&got); err != nil || got != c.want {
			t.Errorf("%s\ngot %q, %v\nwant %q", c.sql, got, err, c.want)
		}
	}
}

func TestArrowIsReadBack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, export.Arrow)
	b, err := os.ReadFile(filepath.Join(dir, "arrow", "observation.arrow"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ipc.NewFileReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	rows := int64(0)
	for i := range r.NumRecords() {
		batch, err := r.RecordBatch(i)
		if err != nil {
			t.Fatal(err)
		}
		rows += batch.NumRows()
	}
	if f := r.Schema().Field(0); rows != int64(len(figures)) || f.Name != "obs_id" || f.Nullable {
		t.Errorf("%d rows, first column %v, want %d and obs_id, not nullable", rows, f, len(figures))
	}
}

func TestCSVIsReadBackAsItsPackageSays(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, export.CSV)
	b, err := os.ReadFile(filepath.Join(dir, "csv", "datapackage.json"))
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Resources []struct {
			Name, Path string
			Schema     struct {
				Fields []struct{ Name, Type, Title, Description string }
			}
		}
	}
	if err := json.Unmarshal(b, &p); err != nil {
		t.Fatal(err)
	}
	rows := map[string][]map[string]string{}
	for _, r := range p.Resources {
		b, err := os.ReadFile(filepath.Join(dir, "csv", r.Path))
		if err != nil {
			t.Fatal(err)
		}
		text, ok := strings.CutPrefix(string(b), "\uFEFF")
		if !ok || !strings.HasSuffix(text, "\r\n") {
			t.Errorf("%s: no byte order mark, or no CR LF at the end", r.Path)
		}
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(records[0]) != len(r.Schema.Fields) {
			t.Fatalf("%s: %v; %d columns, want the %d of the package", r.Path, err, len(records[0]), len(r.Schema.Fields))
		}
		for i, f := range r.Schema.Fields {
			if f.Name != records[0][i] || f.Type == "" || f.Title == "" || f.Description == "" {
				t.Errorf("%s: column %d is %q, the package has %+v", r.Path, i, records[0][i], f)
			}
		}
		for _, rec := range records[1:] {
			row := map[string]string{}
			for i, v := range rec {
				row[records[0][i]] = v
			}
			rows[r.Name] = append(rows[r.Name], row)
		}
	}
	if n := len(rows["observation"]); n != len(figures) {
		t.Errorf("%d observations, want %d", n, len(figures))
	}
	for _, row := range rows["observation"] {
		if row["obs_id"] == "obs-4" && (row["quote"] != "'=-5\n（减少）" || row["value"] != "-5" || row["flags"] != "formula; hidden") {
			t.Errorf("a text that is a formula, its value, its flags: %q %q %q", row["quote"], row["value"], row["flags"])
		}
	}
}

func TestThePanelHasTheNumbers(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, export.XLSX)
	f, err := excelize.OpenFile(filepath.Join(dir, "panel.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, c := range []struct{ sheet, cell, want string }{
		{"projects", "A1", "帮扶项目数（个项目）"}, {"projects", "C2", "2018-05"}, {"projects", "A4", "990102"}, {"projects", "C4", "8"},
		{"projects", "D4", "1234567890123456.25"}, {"projects", "E2", "2018-Q2"}, {"projects", "E3", "-5"}, {"projects", "C3", ""}, {"visitors", "B3", "甲区"}, {"visitors", "D2", "2018-H1"}, {"visitors", "D3", "百余人"}, {"明细", "H3", "=-5\n（减少）"},
	} {
		got, err := f.GetCellValue(c.sheet, c.cell, excelize.Options{RawCellValue: true})
		if err != nil || got != c.want {
			t.Errorf("%s!%s is %q, %v, want %q", c.sheet, c.cell, got, err, c.want)
		}
		if formula, err := f.GetCellFormula(c.sheet, c.cell); formula != "" || err != nil {
			t.Errorf("%s!%s has a formula %q, %v", c.sheet, c.cell, formula, err)
		}
	}
}

func TestNothingIsWrittenOverAndNothingHalf(t *testing.T) {
	t.Parallel()
	r, _ := release(t)
	query := func(ctx context.Context, sql string) (export.Rows, error) { return r.Query(ctx, sql) }
	dir := t.TempDir()
	if _, err := export.Write(t.Context(), query, export.Options{Dir: dir, Formats: export.Formats()}); !errors.Is(err, export.ErrThere) {
		t.Errorf("written into a folder that was there: %v", err)
	}
	out := filepath.Join(dir, "out")
	if _, err := export.Write(t.Context(), query, export.Options{Dir: out, Formats: []export.Format{export.CSV, "xml"}}); !errors.Is(err, export.ErrFormat) {
		t.Errorf("format xml: %v", err)
	}
	broken := errors.New("broken")
	calls := 0
	_, err := export.Write(t.Context(), func(ctx context.Context, sql string) (export.Rows, error) {
		if calls++; calls == 4 {
			return nil, broken
		}
		return r.Query(ctx, sql)
	}, export.Options{Dir: out, Formats: []export.Format{export.CSV}})
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want that of the query", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
