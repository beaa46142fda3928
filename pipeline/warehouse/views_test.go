package warehouse_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// city is a warehouse with three nights of a made-up city: returns of three counties (one sent twice), the city's own
// summary, an article, its reprint, one that contradicts.
func city(t testing.TB) *fixture {
	t.Helper()
	f := newFixture(t)
	day := schemas.NewDate
	ref := warehouse.Reference{
		Indicators: []warehouse.Indicator{
			{Code: "projects", Zh: "帮扶项目数", En: "assistance projects", Unit: "project", Additive: true},
			{Code: "participation_rate", Zh: "参与率", En: "participation rate", Unit: "percent"}},
		Regions: []warehouse.Region{
			{Code: "990000", Name: "样省", Level: "province"},
			{Code: "990100", Name: "样市", Level: "city", Parent: "990000"},
			{Code: "990121", Name: "甲县", Level: "county", Parent: "990100", To: day(2017, 1, 1), Successors: []schemas.RegionCode{"990102"}},
			{Code: "990102", Name: "甲区", Level: "county", Parent: "990100", From: day(2017, 1, 1)},
			{Code: "990122", Name: "乙县", Level: "county", Parent: "990100"},
			{Code: "990123", Name: "丙县", Level: "county", Parent: "990100"}},
		Forms: []warehouse.Form{{ID: "gh-1", Title: "样表"}},
	}
	if err := f.w.PutReference(context.Background(), ref); err != nil {
		t.Fatal(err)
	}
	may := func(e handover.Entry) handover.Entry {
		for i := range e.Observations {
			e.Observations[i].Period = schemas.Period{Kind: schemas.Month, Start: day(2016, 5, 1), End: day(2016, 5, 31)}
		}
		return e
	}
	text := "样市总工会今年组织劳模进村入户，全市实施帮扶项目31个，惠及山区群众，受到各界好评。各县区工会都派出了骨干力量，工作仍在继续推进之中，年底前还将组织回访，请各单位做好准备。"
	f.load("1",
		form("甲区总工会", "甲区6月.xlsx", "1", night, figure{"projects", "990102", "12", ""}, figure{"participation_rate", "990102", "40", ""}),
		form("乙县总工会", "乙县6月.xlsx", "2", night, figure{"projects", "990122", "8", ""}),
		may(form("甲县总工会", "甲县2016年5月.xlsx", "0", night, figure{"projects", "990121", "5", ""})))
	f.load("1",
		form("乙县总工会", "乙县6月.xlsx", "2, corrected", night.Add(time.Hour), figure{"projects", "990122", "9", ""}),
		form("样市总工会", "全市6月.xlsx", "3", night.Add(time.Hour), figure{"projects", "990100", "31", ""}, figure{"projects", "990122", "9", ""}),
		article("样市日报", "first.html", text, day(2018, 7, 1), figure{"projects", "990100", "31", ""}),
		article("样市网", "copy.html", text, day(2018, 7, 3), figure{"projects", "990100", "31", ""}))
	run, _ := f.load("1",
		form("丙县总工会", "丙县6月.xlsx", "4", night.Add(2*time.Hour), figure{"projects", "990123", "10", ""}),
		article("样省日报", "other.html", "记者从会上了解到，乙县工会共实施项目7个。", day(2018, 7, 2), figure{"projects", "990122", "7", ""}))
	f.put(run, []schemas.Finding{{ID: "f1", Rule: "published", RuleVersion: 1, Severity: schemas.Verify, Outcome: schemas.Open,
		Region: "990122", Indicator: "projects", Left: schemas.NewDecimal(9, 0), Right: schemas.NewDecimal(7, 0), Imbalance: schemas.NewDecimal(2, 0), MessageZh: "不符", MessageEn: "differs"}})
	f.publish(run)
	return f
}

// TestAnswers runs the SQL scripts of testdata: a statement, a line ----, the answer, a blank line.
func TestAnswers(t *testing.T) {
	t.Parallel()
	f := city(t)
	r, err := warehouse.OpenRelease(context.Background(), filepath.Join(f.dir, "releases"), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	scripts, err := filepath.Glob("testdata/*.test")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range scripts {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(strings.TrimSpace(string(b)), "\n\n") {
			title, rest, _ := strings.Cut(block, "\n")
			query, want, ok := strings.Cut(rest, "\n----\n")
			if !ok || !strings.HasPrefix(title, "# ") {
				t.Fatalf("%s: block without a title or an answer:\n%s", name, block)
			}
			if got := answer(t, r, query); got != want {
				t.Errorf("%s: %s\n%s\ngot:\n%s\nwant:\n%s", name, title[2:], query, got, want)
			}
		}
	}
}

func TestEveryTableViewMacroAndColumnIsExplained(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}))
	f.publish(run)
	got := f.query(`SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
		UNION ALL SELECT table_name FROM duckdb_tables() WHERE NOT internal AND comment IS NULL
		UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
		UNION ALL SELECT function_name FROM duckdb_functions() WHERE NOT internal AND comment IS NULL`)
	if got != "" {
		t.Errorf("without a comment: %s", got)
	}
	if got := f.query(`SELECT comment FROM duckdb_columns() WHERE table_name = 'best_value' AND column_name = 'agree'`); got != "候选是否一致（限定词按范围比较） | whether the candidates agree; qualified ones as ranges" {
		t.Errorf("best_value.agree is explained by %q", got)
	}
}

// TestRollupAddsLikeToLike: where counties say a month's figure and another up to date, the one that most say is added up.
func TestRollupAddsLikeToLike(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ref := warehouse.Reference{Indicators: []warehouse.Indicator{{Code: "projects", Zh: "帮扶项目数", En: "assistance projects", Unit: "project", Additive: true}}}
	for _, r := range []string{"990100", "990121", "990122"} {
		ref.Regions = append(ref.Regions, warehouse.Region{Code: schemas.RegionCode(r), Name: r, Level: "county", Parent: "990100"})
	}
	ref.Regions[0].Parent = "990000"
	if err := f.w.PutReference(context.Background(), ref); err != nil {
		t.Fatal(err)
	}
	during := func(kind schemas.PeriodKind, month int, e handover.Entry) handover.Entry {
		for i := range e.Observations {
			p := schemas.Period{Kind: kind, End: schemas.NewDate(2018, time.Month(month), 28)}
			if kind != schemas.AsOf {
				p.Start = schemas.NewDate(2018, time.Month(month), 1)
			}
			e.Observations[i].Period = p
		}
		return e
	}
	run, _ := f.load("1",
		during(schemas.AsOf, 2, form("甲县", "甲.xlsx", "1", night, figure{"projects", "990121", "12", ""})),
		during(schemas.Month, 2, form("甲县", "甲本月.xlsx", "2", night, figure{"projects", "990121", "2", ""})),
		during(schemas.Month, 2, form("乙县", "乙本月.xlsx", "3", night, figure{"projects", "990122", "3", ""})),
		during(schemas.AsOf, 3, form("甲县", "甲三月.xlsx", "4", night, figure{"projects", "990121", "14", ""})),
		during(schemas.Month, 3, form("乙县", "乙三月.xlsx", "5", night, figure{"projects", "990122", "4", ""})))
	f.publish(run)
	for day, want := range map[string]string{"2018-02-28": "5|true|true|2|ok", "2018-03-28": "NULL|false|false|2|periods differ"} {
		if got := f.query(`SELECT value, exact, agree, present, reason FROM rollup('projects', '990100', '` + day + `')`); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}
