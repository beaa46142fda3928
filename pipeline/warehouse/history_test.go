package warehouse_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

func TestBetterRulesSupersedeWhatTheyReadOtherwise(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	old := form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}, figure{"other", "411721", "3", ""}, figure{"projects", "411721", "4", "误"})
	f.load("1", old)
	fresh := form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}, figure{"volunteers", "411721", "3", ""})
	_, c := f.load("2", fresh)
	if c.Observations != 1 || c.Superseded != 2 || c.Deleted != 1 || c.Documents != 1 {
		t.Errorf("second reading %+v, want 1 observation added, 2 closed, 1 of them withdrawn", c)
	}
	run, c := f.load("3", fresh)
	if c.Observations != 0 || c.Superseded != 0 {
		t.Errorf("a reading that finds the same changed something: %+v", c)
	}
	rel, _ := f.publish(run)
	if got := f.query(`SELECT indicator, version, superseded_reason FROM observation ORDER BY ordinal, version`); got != "projects|1|NULL\nother|1|reread\nvolunteers|2|NULL\nprojects|1|reread" {
		t.Errorf("history:\n%s", got)
	}
	if got := f.query(`SELECT action, reason FROM revision`); got != "D|reread" {
		t.Errorf("revisions: %s", got)
	}
	g := newFixture(t) // rebuilt from the same bytes with today's rules
	run, _ = g.load("3", fresh)
	if again, _ := g.publish(run); again.Content != rel.Content {
		t.Error("a rebuild has another content hash than the warehouse that lived through the change of rules")
	}
}

func TestADocumentSentAgainAfterAnotherIsCurrentAgain(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""})
	b := form("甲县", "6月.xlsx", "b", night.Add(time.Hour), figure{"projects", "411721", "13", ""})
	f.load("1", a)
	f.load("1", b)
	a.Received, a.Known, a.Observations, a.Extraction, a.Series = night.Add(2*time.Hour), true, nil, schemas.Extraction{}, handover.Series(b)
	run, c := f.load("1", a)
	if c.Observations != 1 || c.Superseded != 1 {
		t.Errorf("third load %+v", c)
	}
	f.publish(run)
	if got := f.query(`SELECT value::INT, version FROM observation WHERE superseded_at IS NULL`); got != "12|2" {
		t.Errorf("current: %s", got)
	}
	if got := f.query(`SELECT string_agg(number || ':' || left(name, 2), ' ' ORDER BY number) FROM submission`); got != "1:6月 2:6月 3:6月" {
		t.Errorf("submissions: %s", got)
	}
}

func TestManyNightsAndOneNightGiveTheSameContent(t *testing.T) {
	t.Parallel()
	entries := []handover.Entry{
		form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}, figure{"projects", "411721", "2", "市级"}),
		form("甲县", "6月.xlsx", "b", night.Add(time.Hour), figure{"projects", "411721", "13", ""}),
		form("甲县", "6月.xlsx", "c", night.Add(2*time.Hour), figure{"projects", "411721", "13", ""}, figure{"volunteers", "411721", "5", ""}),
		form("乙县", "6月.xlsx", "d", night, figure{"projects", "411722", "7", ""}),
	}
	nights := newFixture(t)
	var run warehouse.Run
	for _, e := range entries {
		run, _ = nights.load("1", e)
	}
	many, _ := nights.publish(run)
	one := newFixture(t)
	run, _ = one.load("1", entries[3], entries[0], entries[1], entries[2])
	once, _ := one.publish(run)
	if many.Content != once.Content {
		t.Errorf("content %s over many nights, %s in one", many.Content, once.Content)
	}
	if many.SHA256 == once.SHA256 {
		t.Error("the files are the same though their clocks differ; is the hash of the content itself?")
	}
}

func TestDiffTellsWhatChanged(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}, figure{"projects", "411721", "2", "市级"}))
	first, _ := f.publish(run)
	run, _ = f.load("1", form("甲县", "6月.xlsx", "b", night.Add(time.Hour), figure{"projects", "411721", "13", ""}), form("乙县", "6月.xlsx", "d", night, figure{"projects", "411722", "7", ""}))
	second, _ := f.publish(run)
	list, err := warehouse.Diff(context.Background(), first, second)
	if err != nil {
		t.Fatal(err)
	}
	var got string
	for _, d := range list {
		got += d.Action + " " + string(d.Region) + " " + d.Breakdown + " " + d.Old.String() + ">" + d.New.String() + "; "
	}
	if want := "R 411721  12>13; D 411721 市级 2>; A 411722  >7; "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := f.query(`SELECT string_agg(action || ' ' || region_code, ', ' ORDER BY action) FROM change`); got != "A 411722, D 411721, R 411721" {
		t.Errorf("table change: %s", got)
	}
	if list, err := warehouse.Diff(context.Background(), second, second); err != nil || len(list) != 0 {
		t.Errorf("a release differs from itself: %v, %v", list, err)
	}
}

func TestTheSameDocumentTwiceIsOneDocument(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""})
	b := a
	b.Document.Source, b.Document.Name = "乙县", "乙县6月.xlsx"
	run, c := f.load("1", a, b)
	if c.Documents != 1 || c.Observations != 1 {
		t.Errorf("loaded %+v, want one document", c)
	}
	f.publish(run)
	if got := f.query(`SELECT count(*), count(DISTINCT document_id) FROM submission`); got != "2|1" {
		t.Errorf("submissions %s, want both", got)
	}
}

func TestObservationsComeBackAsTheyWentIn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	e := article("样市日报", "a.html", "全市投入资金1234567890123456789.0123456789元，实施项目31个。", schemas.NewDate(2018, 7, 1),
		figure{"funds_invested", "411700", "1234567890123456789.0123456789", ""}, figure{"projects", "411700", "31", "x"})
	e.Observations[1].Flags = []schemas.Flag{"undated", "hidden"}
	e.Observations[1].High = schemas.Decimal{}
	e.Observations[1].Qualifier = schemas.AtLeast
	e.Observations[0].UnitFrom = schemas.TextSpan{Start: 1, End: 3}
	run, _ := f.load("1", e)
	brief, err := f.w.Statements(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	release, _ := f.publish(run)
	r, err := warehouse.OpenFile(context.Background(), release.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := r.Observations(context.Background(), "true")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || len(brief) != 2 {
		t.Fatalf("%d and %d observations", len(got), len(brief))
	}
	for i, o := range append(got, brief...) {
		want := e.Observations[i%2]
		if i >= 2 { // what no comparison asks for
			want.Quote, want.UnitWritten, want.Label, want.RowLabel, want.ColumnLabel, want.RegionAs = "", "", "", "", "", ""
			want.Locator, want.UnitFrom, want.RegionFrom, want.PeriodFrom, want.Flags, want.Rule, want.Confidence = nil, nil, nil, nil, nil, "", 0
		}
		a, _ := o.MarshalJSON()
		b, _ := want.MarshalJSON()
		if string(a) != string(b) {
			t.Errorf("got  %s\nwant %s", a, b)
		}
	}
}

func TestDecisionsAreKeptOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}))
	d := warehouse.Decision{Finding: "f1", Verdict: "explained", Reason: "含企业自筹", Name: "王某", Day: schemas.NewDate(2018, 7, 5), Left: schemas.NewDecimal(12, 0)}
	for range 2 {
		if err := f.w.PutDecisions(context.Background(), run, []warehouse.Decision{d}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := f.w.Decisions(context.Background())
	if err != nil || len(list) != 1 || list[0].Reason != d.Reason || !list[0].Left.Equal(d.Left) || list[0].Right.IsSet() {
		t.Errorf("decisions %+v, %v", list, err)
	}
	d.Name = ""
	if err := f.w.PutDecisions(context.Background(), run, []warehouse.Decision{d}); err == nil {
		t.Error("a decision without a name was taken")
	}
}

func TestVerifyFindsQuotesThatAreNotThere(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	good := article("样市日报", "a.html", "全市实施项目31个。", schemas.NewDate(2018, 7, 1), figure{"projects", "411700", "31", ""})
	bad := article("样市日报", "b.html", "乙县实施项目47个。", schemas.NewDate(2018, 7, 1), figure{"projects", "411722", "47", ""})
	bad.Observations[0].Locator = schemas.TextSpan{Start: 0, End: 2}
	run, _ := f.load("1", good, bad)
	f.publish(run)
	r, err := warehouse.OpenRelease(context.Background(), filepath.Join(f.dir, "releases"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	n, list, err := r.Verify(context.Background(), warehouse.Sample{}, r.StoredText(context.Background()))
	if err != nil || n != 2 || len(list) != 1 || list[0].Found != "乙县" {
		t.Errorf("looked at %d, found %+v, %v", n, list, err)
	}
}

func TestOneProcessReadsAReleaseTwiceAndReachesNothingElse(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	run, _ := f.load("1", form("甲县", "6月.xlsx", "a", night, figure{"projects", "411721", "12", ""}))
	rel, _ := f.publish(run)
	for range 2 {
		r, err := warehouse.OpenFile(context.Background(), rel.Path())
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got := answer(t, r, `SELECT count(*) FROM observation`); got != "1" {
			t.Errorf("%s observations", got)
		}
		for _, q := range []string{`FROM read_csv('/etc/hostname')`, `COPY observation TO '/tmp/stolen.csv'`, `ATTACH ':memory:' AS m`, `SET enable_external_access = true`, `DELETE FROM observation`} {
			if rows, err := r.Query(context.Background(), q); err == nil {
				rows.Close()
				t.Errorf("%s went through", q)
			}
		}
	}
}

func TestOldNightsGoButMonthEndsStay(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	config := f.config()
	config.Keep = 2
	var kept []string
	for i, day := range []schemas.Date{schemas.NewDate(2018, 5, 30), schemas.NewDate(2018, 5, 31), schemas.NewDate(2018, 6, 1), schemas.NewDate(2018, 6, 30), schemas.NewDate(2018, 7, 1), schemas.NewDate(2018, 7, 2)} {
		if err := f.w.Close(); err != nil {
			t.Fatal(err)
		}
		w, err := warehouse.Open(context.Background(), config)
		if err != nil {
			t.Fatal(err)
		}
		f.w = w
		run := warehouse.NewRun(day.Time(), "test", "1")
		if err := f.nightOf(run, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	list, err := warehouse.Releases(config.Releases)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		kept = append(kept, r.Started.Format("01-02"))
		if err := r.CheckFile(); err != nil {
			t.Error(err)
		}
	}
	if got, want := strings.Join(kept, " "), "07-02 07-01 06-30 05-31"; got != want {
		t.Errorf("kept %s, want the last two nights and the ends of the months: %s", got, want)
	}
	if got := f.query(`SELECT number FROM observation_current`); got != "5" {
		t.Errorf("the current release says %s", got)
	}
}

// TestADocumentThatCameTwiceIsReplacedByWhatCameLast: whatever the order of the documents' hashes.
func TestADocumentThatCameTwiceIsReplacedByWhatCameLast(t *testing.T) {
	t.Parallel()
	at := func(e handover.Entry, hours int, series string) handover.Entry {
		e.Received, e.Series = night.Add(time.Duration(hours)*time.Hour), series
		return e
	}
	for _, content := range []string{"a", "b", "c"} {
		old := form("甲县", "6月.xlsx", "old", night, figure{"projects", "411721", "12", ""})
		between := form("甲县", "6月.xlsx", "between", night, figure{"projects", "411721", "13", ""})
		last := form("甲县", "6月.xlsx", content, night, figure{"projects", "411721", "14", ""})
		again := at(old, 2, "s")
		again.Known, again.Observations, again.Extraction = true, nil, schemas.Extraction{}
		f := newFixture(t)
		run, _ := f.load("1", at(old, 0, "s"), at(between, 1, "s"), again, at(last, 3, "s"))
		f.publish(run)
		if got := f.query(`SELECT o.value::INT, n.value::INT FROM observation o LEFT JOIN observation n ON n.obs_id = o.superseded_by ORDER BY ALL`); got != "12|14\n13|12\n14|NULL" {
			t.Errorf("last document %q: replaced by\n%s", content, got)
		}
		g := newFixture(t) // one document in two series, replaced in both
		run, _ = g.load("1", at(old, 0, "s"), at(old, 0, "t"), at(last, 3, "s"), at(between, 2, "t"))
		g.publish(run)
		if got := g.query(`SELECT n.value::INT FROM observation o JOIN observation n ON n.obs_id = o.superseded_by`); got != "14" {
			t.Errorf("last document %q: replaced in two series by %s", content, got)
		}
		if got := g.query(`SELECT count(*) FROM revision WHERE old_obs_id IS NOT NULL`); got != "1" {
			t.Errorf("last document %q: %s revisions of one figure", content, got)
		}
	}
}
