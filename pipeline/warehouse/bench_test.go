package warehouse_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
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

// manyDocuments hands over rows observations in documents of 100, as monthly returns of many counties.
func manyDocuments(b testing.TB, dir string, rows int) handover.Manifest {
	b.Helper()
	w, err := handover.Create(dir, handover.Task{ID: fmt.Sprintf("bench-%d", rows), CodeVersion: "1"})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Abort()
	const each = 100
	indicators := []string{"projects", "volunteers", "funds_invested", "model_workers", "people_helped", "jobs"}
	for d := range rows / each {
		month := schemas.NewDate(2015, 1, 1).AddDate(0, d%60, 0)
		region := fmt.Sprintf("41%02d%02d", d/60%18+1, d/1080%30+21)
		name := fmt.Sprintf("县总工会%s/%s.xlsx", region, month)
		figures := make([]figure, each)
		for i := range figures {
			figures[i] = figure{indicators[i%len(indicators)], region, fmt.Sprintf("%d.%d", (d*7919+i*31)%100000, i%10), fmt.Sprintf("分项%d", i/len(indicators))}
		}
		e := form("县总工会"+region, name, name, night, figures...)
		period := schemas.Period{Kind: schemas.Month, Start: month, End: month.AddDate(0, 1, -1)}
		for i := range e.Observations {
			o := &e.Observations[i]
			o.Period, o.RowLabel, o.ColumnLabel, o.Form = period, "合计 / 市级", "本月 / 数量", "gh-1"
		}
		if err := w.Add(e); err != nil {
			b.Fatal(err)
		}
	}
	m, err := w.Commit()
	if err != nil {
		b.Fatal(err)
	}
	return m
}

// BenchmarkLoad brings hand-over files into the build file: constraints, history, series and ledger included.
func BenchmarkLoad(b *testing.B) {
	rows := benchRows(b)
	m := manyDocuments(b, b.TempDir(), rows)
	var spent time.Duration
	for b.Loop() {
		f := newFixture(b)
		r := warehouse.NewRun(night, "bench", "1")
		start := time.Now()
		if _, err := f.w.Load(context.Background(), r, warehouse.Batch{Task: m.Task, Dir: m.Dir}); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(start)
		f.w.Close()
	}
	b.ReportMetric(float64(rows)*float64(b.N)/spent.Seconds(), "observations/s")
}

// BenchmarkCopyUnconstrained is the yardstick: DuckDB's own COPY of the same observations into a table without constraints.
func BenchmarkCopyUnconstrained(b *testing.B) {
	rows := benchRows(b)
	m := manyDocuments(b, b.TempDir(), rows)
	path := filepath.Join(m.Dir, "observation.parquet")
	var spent time.Duration
	for b.Loop() {
		db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "plain.duckdb"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := db.Exec("CREATE TABLE plain AS FROM read_parquet('" + path + "') LIMIT 0"); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		if _, err := db.Exec("COPY plain FROM '" + path + "'"); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(start)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/spent.Seconds(), "observations/s")
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
	var spent time.Duration
	var size int64
	for b.Loop() {
		f := newFixture(b)
		r := warehouse.NewRun(night, "bench", "1")
		if _, err := f.w.Load(context.Background(), r, warehouse.Batch{Task: m.Task, Dir: m.Dir}); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		rel, _ := f.publish(r)
		spent, size = spent+time.Since(start), rel.Bytes
		f.w.Close()
	}
	b.ReportMetric(float64(rows)*float64(b.N)/spent.Seconds(), "observations/s")
	b.ReportMetric(float64(size)/float64(rows), "bytes/observation")
}
