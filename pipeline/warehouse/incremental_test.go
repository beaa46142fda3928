package warehouse_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// TestANightHashesWhatAWholeWarehouseHashes lives through random nights: new documents, others of the same series, some again, some read by
// other code. After each, a warehouse that works everything out anew must come to the same content and the same best values.
func TestANightHashesWhatAWholeWarehouseHashes(t *testing.T) {
	t.Parallel()
	nights, seed := number(t, "HESHU_NIGHTS", 4), number(t, "HESHU_SEED", 1)
	f := newFixture(t)
	random := rand.New(rand.NewPCG(uint64(seed), 7))
	text := func(n int) string {
		return fmt.Sprintf("全省职工技能竞赛活动在样市举行，来自各地的选手参加了比赛，组织者介绍了今后一个时期的工作安排，并对各单位提出了明确要求，与会人员参观了车间、学校和展览。全市实施项目%d个。", n)
	}
	best := `SELECT string_agg(md5(concat_ws('|', indicator, region_code, value, obs_id, candidates, agree, others)), '' ORDER BY indicator, region_code, obs_id) FROM chosen`
	for n := range nights {
		var entries []handover.Entry
		for range 1 + random.IntN(3) {
			unit := random.IntN(3)
			name, at := fmt.Sprintf("%d.xlsx", unit), night.Add(time.Duration(n*10+len(entries))*time.Hour)
			value := random.IntN(4)
			if random.IntN(3) == 0 {
				e := article("样市日报", fmt.Sprint(unit, ".html"), text(10+value), schemas.NewDate(2018, 7, 1+unit), figure{"projects", "411700", fmt.Sprint(10 + value), ""})
				e.Received, e.Series = at, fmt.Sprint("page", unit)
				entries = append(entries, e)
				continue
			}
			e := form(fmt.Sprintf("县%d", unit), name, fmt.Sprint(unit, value), at, figure{"projects", fmt.Sprintf("41172%d", unit), fmt.Sprint(value), ""}, figure{"jobs", "411700", fmt.Sprint(value), "x"})
			e.Series = name
			entries = append(entries, e)
		}
		run, _ := f.load(fmt.Sprint(1+n/5), distinct(entries)...)
		findings := []schemas.Finding{}
		for i := range 6 {
			outcome := []schemas.Outcome{schemas.Agree, schemas.Open}[random.IntN(2)]
			findings = append(findings, schemas.Finding{ID: fmt.Sprintf("%d00%d", i, i), Rule: "r", RuleVersion: 1, Severity: schemas.Verify, Outcome: outcome, Left: schemas.NewDecimal(int64(random.IntN(3))-1, -2),
				Missing: []string{"甲", "乙,丙"}, MessageZh: "结论", MessageEn: "found"})
		}
		for range 2 {
			f.put(run, findings)
		}
		if again := f.put(run, findings); again != 0 {
			t.Fatalf("seed %d, night %d: the same findings change %d", seed, n, again)
		}
		rel, _ := f.publish(run)
		little := f.query(best)
		whole, fresh := f.wholly(run)
		if fresh || whole.Content != rel.Content {
			t.Fatalf("seed %d, night %d: content %s, worked out anew %s", seed, n, rel.Content, whole.Content)
		}
		if got := f.bestAnew(best); got != little {
			t.Fatalf("seed %d, night %d: best values\n%s\nworked out anew\n%s", seed, n, little, got)
		}
	}
}

// distinct keeps the first of several entries for one document.
func distinct(list []handover.Entry) []handover.Entry {
	seen := map[schemas.DocumentID]bool{}
	var out []handover.Entry
	for _, e := range list {
		if !seen[e.Document.ID] {
			seen[e.Document.ID] = true
			out = append(out, e)
		}
	}
	return out
}

// wholly works everything out anew; nothing may come of it.
func (f *fixture) wholly(run warehouse.Run) (warehouse.Release, bool) {
	f.t.Helper()
	run = warehouse.NewRun(run.Started.Add(time.Minute), run.ProgramVersion, run.CodeVersion)
	if err := f.w.Plan(context.Background(), run, "test", true); err != nil {
		f.t.Fatal(err)
	}
	rel, fresh, err := f.w.Publish(context.Background(), run, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	f.reopen()
	if err := f.w.Plan(context.Background(), run, "test", false); err != nil || f.w.Full() {
		f.t.Fatalf("after a full pass another one is due: %v", err)
	}
	return rel, fresh
}

// bestAnew asks the build file that was kept last, in which the best values were just worked out anew.
func (f *fixture) bestAnew(query string) string {
	f.t.Helper()
	r, err := warehouse.OpenFile(context.Background(), filepath.Join(f.dir, "build", "build.duckdb"))
	if err != nil {
		f.t.Fatal(err)
	}
	defer r.Close()
	return answer(f.t, r, query)
}

// TestAFullPassWritesTheFileAnewWithItsViews publishes with a full pass on top of a build file that has views already.
func TestAFullPassWritesTheFileAnewWithItsViews(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ctx := context.Background()
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}))
	f.publish(run)
	if f.w.Full() {
		t.Fatal("a build file that was published asks for a full pass")
	}
	if _, fresh := f.wholly(run); fresh {
		t.Fatal("a full pass with nothing new makes a release")
	}
	for i := range 3 {
		if err := f.w.Plan(ctx, warehouse.NewRun(night.AddDate(0, 0, f.runs+1), "test", "1"), "test", i == 1); err != nil || f.w.Full() != (i == 1) {
			t.Fatal(f.w.Full(), err)
		}
		run, _ = f.load("1", form("乙县", "6月.xlsx", fmt.Sprint(i), night.Add(time.Duration(i)*time.Hour), figure{"projects", "411722", fmt.Sprint(i), ""}))
		if _, fresh := f.publish(run); !fresh {
			t.Fatalf("night %d: no release", i)
		}
		if got := f.query(`SELECT string_agg(value::INT, ' ' ORDER BY region_code) FROM best_value`); got != fmt.Sprint("12 ", i) {
			t.Errorf("night %d: best values %s", i, got)
		}
		if got := f.query(`SELECT string_agg(table_name || column_name, ' ') FROM duckdb_columns() WHERE NOT internal AND comment IS NULL`); got != "NULL" {
			t.Errorf("night %d: without a comment: %s", i, got)
		}
		if got := f.query(`SELECT string_agg(table_name, ' ') FROM duckdb_tables() WHERE table_name IN ('share', 'mark', 'shingle', 'alike', 'loaded_task')`); got != "NULL" {
			t.Errorf("night %d: the release holds what is private: %s", i, got)
		}
	}
}
