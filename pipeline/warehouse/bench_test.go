package warehouse_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// benchRows is how many observations the benchmarks work with; HESHU_BENCH_ROWS sets another number.
func benchRows(b testing.TB) int {
	if s := os.Getenv("HESHU_BENCH_ROWS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatal(err)
		}
		return n
	}
	return 250_000
}

var benchIndicators = []string{"people_trained", "households_assisted", "funds_invested", "model_workers", "projects", "jobs"}

// manyDocuments hands over rows observations in documents of 100, as monthly returns of many counties and their cities; each
// twentieth document is an article, some of them reprints. HESHU_BENCH_DIR keeps the files for the next time.
func manyDocuments(b testing.TB, dir string, rows int) handover.Manifest {
	b.Helper()
	task := handover.Task{ID: fmt.Sprintf("bench-%d", rows), CodeVersion: "1"}
	if keep := os.Getenv("HESHU_BENCH_DIR"); keep != "" {
		dir = keep
		if m, done, err := handover.Find(dir, task); err != nil || done {
			if err != nil {
				b.Fatal(err)
			}
			return m
		}
	}
	w, err := handover.Create(dir, task)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Abort()
	for d := range rows / benchEach {
		if err := w.Add(benchDocument(d)); err != nil {
			b.Fatal(err)
		}
	}
	m, err := w.Commit()
	if err != nil {
		b.Fatal(err)
	}
	return m
}

const benchEach = 100

func benchDocument(d int) handover.Entry {
	month := schemas.NewDate(2015, 1, 1).AddDate(0, d%60, 0)
	region := fmt.Sprintf("41%02d%02d", d/60%18+1, d/1080%30+20)
	if d/1080%30 == 0 {
		region = region[:4] + "00"
	}
	figures := make([]figure, benchEach)
	for i := range figures {
		value := (d%32400*7919 + i*31) % 100000
		if (d+i)%50 == 49 { // sources disagree
			value++
		}
		figures[i] = figure{benchIndicators[i%len(benchIndicators)], region, fmt.Sprintf("%d.%d", value, i%10), ""}
		if i >= len(benchIndicators) {
			figures[i].breakdown = fmt.Sprintf("分项%d", i/len(benchIndicators))
		}
	}
	name := fmt.Sprintf("%s/%s/%d", region, month, d)
	var e handover.Entry
	if d%20 == 19 {
		var text strings.Builder
		for i, x := range figures {
			fmt.Fprintf(&text, "第%d项帮扶工作由各级工会组织劳模完成%s个；", i+d/40, x.value)
		}
		e = article("日报"+region, name+".html", text.String(), month.AddDate(0, 1, 3), figures...)
	} else {
		e = form("总工会"+region, name+".xlsx", name, night, figures...)
	}
	period := schemas.Period{Kind: schemas.AsOf, End: month.AddDate(0, 1, -1)}
	for i := range e.Observations {
		o := &e.Observations[i]
		if e.Extraction.Kind == schemas.Article && i%50 == 0 {
			o.Qualifier, o.High = schemas.AtLeast, schemas.Decimal{}
		}
		o.Period, o.RowLabel, o.ColumnLabel, o.Form = period, "合计 / 市级", "本月 / 数量", "gh-1"
	}
	return e
}

// benchReference is what the codes of the documents mean.
func benchReference() warehouse.Reference {
	ref := warehouse.Reference{Regions: []warehouse.Region{{Code: "410000", Name: "样省", Level: "province"}}}
	for _, code := range benchIndicators {
		ref.Indicators = append(ref.Indicators, warehouse.Indicator{Code: schemas.IndicatorCode(code), Zh: code, En: code, Unit: "project", Additive: true})
	}
	for c := range 18 {
		city := schemas.RegionCode(fmt.Sprintf("41%02d00", c+1))
		ref.Regions = append(ref.Regions, warehouse.Region{Code: city, Name: string(city), Level: "city", Parent: "410000"})
		for n := range 29 {
			code := city[:4] + schemas.RegionCode(fmt.Sprint(n+21))
			ref.Regions = append(ref.Regions, warehouse.Region{Code: code, Name: string(code), Level: "county", Parent: city})
		}
	}
	return ref
}

// clock measures what runs between start and stop: wall time and the processors' time of this process.
type clock struct {
	wall, cpu time.Duration
	start     time.Time
	before    time.Duration
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func (c *clock) begin() { c.start, c.before = time.Now(), processorTime() }

func (c *clock) end() {
	c.wall += time.Since(c.start)
	c.cpu += processorTime() - c.before
}

// report tells observations a second, and the processor time of one observation: what does not depend on other work.
func (c *clock) report(b *testing.B, rows int) {
	n := float64(rows) * float64(b.N)
	b.ReportMetric(n/c.wall.Seconds(), "observations/s")
	b.ReportMetric(float64(c.cpu.Microseconds())/n, "cpu-µs/observation")
}

// BenchmarkLoad brings hand-over files into the build file: constraints, history, series and ledger included.
func BenchmarkLoad(b *testing.B) {
	rows := benchRows(b)
	m := manyDocuments(b, b.TempDir(), rows)
	var spent clock
	for b.Loop() {
		f := newFixture(b)
		r := warehouse.NewRun(night, "bench", "1")
		spent.begin()
		if _, err := f.w.Load(context.Background(), r, warehouse.Batch{Task: m.Task, Dir: m.Dir}); err != nil {
			b.Fatal(err)
		}
		spent.end()
		f.w.Close()
	}
	spent.report(b, rows)
}

// BenchmarkCopyUnconstrained is the yardstick: DuckDB's own COPY of the same observations into a table without constraints.
func BenchmarkCopyUnconstrained(b *testing.B) {
	rows := benchRows(b)
	m := manyDocuments(b, b.TempDir(), rows)
	path := filepath.Join(m.Dir, "observation.parquet")
	var spent clock
	for b.Loop() {
		db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "plain.duckdb"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := db.Exec("CREATE TABLE plain AS FROM read_parquet('" + path + "') LIMIT 0"); err != nil {
			b.Fatal(err)
		}
		spent.begin()
		if _, err := db.Exec("COPY plain FROM '" + path + "'"); err != nil {
			b.Fatal(err)
		}
		spent.end()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	spent.report(b, rows)
}

// BenchmarkHandover writes observations into hand-over files.
func BenchmarkHandover(b *testing.B) {
	rows := benchRows(b) / 10
	for b.Loop() {
		manyDocuments(b, b.TempDir(), rows)
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "observations/s")
}

// BenchmarkPublish makes a release of what is loaded.
func BenchmarkPublish(b *testing.B) {
	rows := benchRows(b)
	m := manyDocuments(b, b.TempDir(), rows)
	var spent clock
	var size int64
	for b.Loop() {
		f := newFixture(b)
		r := warehouse.NewRun(night, "bench", "1")
		if _, err := f.w.Load(context.Background(), r, warehouse.Batch{Task: m.Task, Dir: m.Dir}); err != nil {
			b.Fatal(err)
		}
		spent.begin()
		rel, _ := f.publish(r)
		spent.end()
		size = rel.Bytes
		f.w.Close()
	}
	spent.report(b, rows)
	b.ReportMetric(float64(size)/float64(rows), "bytes/observation")
}

// BenchmarkQuestions asks a release the fifteen questions of docs/questions.md, each once to warm up.
func BenchmarkQuestions(b *testing.B) {
	rows := benchRows(b)
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "questions.md"))
	if err != nil {
		b.Fatal(err)
	}
	m := manyDocuments(b, b.TempDir(), rows)
	f := newFixture(b)
	if err := f.w.PutReference(context.Background(), benchReference()); err != nil {
		b.Fatal(err)
	}
	r := warehouse.NewRun(night, "bench", "1")
	if _, err := f.w.Load(context.Background(), r, warehouse.Batch{Task: m.Task, Dir: m.Dir}); err != nil {
		b.Fatal(err)
	}
	rel, _, err := f.w.Publish(context.Background(), r, nil)
	if err != nil {
		b.Fatal(err)
	}
	reader, err := warehouse.OpenFile(context.Background(), rel.Path())
	if err != nil {
		b.Fatal(err)
	}
	defer reader.Close()
	for i, part := range strings.Split(string(text), "```sql\n")[1:] {
		question, _, _ := strings.Cut(part, ";\n```")
		b.Run(fmt.Sprint(i+1), func(b *testing.B) {
			answer(b, reader, question)
			var spent clock
			for b.Loop() {
				spent.begin()
				answer(b, reader, question)
				spent.end()
			}
			b.ReportMetric(float64(spent.cpu.Milliseconds())/float64(b.N), "cpu-ms/op")
		})
	}
}
