package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/pipeline"
	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// night runs the bundled fixtures into a folder of the test's.
func night(t *testing.T, out string, jobs int) pipeline.Outcome {
	t.Helper()
	return nightOf(t, zhoukou(t), func(c *pipeline.Config) { c.Out, c.Jobs = out, jobs })
}

// zhoukou is the configuration of the bundled fixtures.
func zhoukou(t *testing.T) pipeline.Config {
	t.Helper()
	cfg, err := demonstrationConfig()
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// nightOf does one night of a configuration, with what the test sets otherwise.
func nightOf(t *testing.T, cfg pipeline.Config, set func(*pipeline.Config)) pipeline.Outcome {
	t.Helper()
	set(&cfg)
	result, err := live(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestTheSameInputGivesTheSameReleaseAtAnyNumberOfJobs(t *testing.T) {
	t.Parallel()
	one, many := theNight(t), night(t, t.TempDir(), 8)
	if one.Release.Content != many.Release.Content || one.Release.Content == "" {
		t.Errorf("content at one job is %s, at eight %s", one.Release.Content, many.Release.Content)
	}
}

func TestASecondRunFindsNothingNew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := copyOfTheNight(dir); err != nil {
		t.Fatal(err)
	}
	first, second := theNight(t), night(t, filepath.Join(dir, "out"), 2)
	if !first.Changed || second.Changed || first.Release.File != second.Release.File {
		t.Errorf("first %v %s, second %v %s: want new, then nothing new and the same release", first.Changed, first.Release.File, second.Changed, second.Release.File)
	}
}

// TestTheFixturesTellTheirStory checks what the demonstration is there to show.
func TestTheFixturesTellTheirStory(t *testing.T) {
	t.Parallel()
	n := theNight(t).Night
	for _, want := range []struct {
		what, rule string
		region     schemas.RegionCode
		indicator  schemas.IndicatorCode
		outcome    schemas.Outcome
		diagnosis  string
	}{
		{"淮阳县's page says 3210, its return 3120", "reported-published", "411626", "people_trained", schemas.Open, "digits_transposed"},
		{"沈丘县's 1000余户 holds 1018", "reported-published", "411624", "households_assisted", schemas.Consistent, ""},
		{"周口市's 1.5万余人 holds 15185", "reported-published", "411600", "people_trained", schemas.Consistent, ""},
		{"项城市's article, cut in two on its page, says what its return says", "reported-published", "411681", "households_assisted", schemas.Agree, ""},
		{"沈丘县's total is not the sum of its honour levels", "parts-to-total", "411624", "model_workers", schemas.Open, ""},
		{"太康县's levels add up", "parts-to-total", "411627", "model_workers", schemas.Agree, ""},
		{"鹿邑县 wrote 万元 where 元 was asked", "counties-to-city", "411600", "funds_invested", schemas.Open, "unit_slip"},
		{"the counties' trainees are the city's", "counties-to-city", "411600", "people_trained", schemas.Agree, ""},
		{"太康县 was late", "returns-in-time", "411627", "", schemas.Open, ""},
		{"项城市 was in time", "returns-in-time", "411681", "", schemas.Agree, ""},
	} {
		found := false
		for _, f := range n.Findings {
			if f.Rule == want.rule && f.Region == want.region && f.Indicator == want.indicator {
				found = found || f.Outcome == want.outcome && strings.HasPrefix(f.Diagnosis, want.diagnosis)
			}
		}
		if !found {
			t.Errorf("%s: no finding %s of %s with outcome %v", want.what, want.rule, want.indicator, want.outcome)
		}
	}
}

// TestEveryObservationOfTheFixturesResolves looks every quote up in the original documents.
func TestEveryObservationOfTheFixturesResolves(t *testing.T) {
	t.Parallel()
	n := theNight(t)
	if n.Looked == 0 || n.Unresolved != 0 {
		t.Errorf("the night looked %d observations up, %d do not resolve", n.Looked, n.Unresolved)
	}
	looked, bad := lookUp(t, filepath.Join(common, "out"), n.Release)
	if want := n.Release.Counts["observation"]; int64(looked) != want || len(bad) > 0 {
		t.Errorf("%d of %d observations looked up, do not resolve: %+v", looked, want, bad)
	}
}

// TestEveryObservationOfTheCorpusResolves does the same with real articles, where they are beside the repository.
func TestEveryObservationOfTheCorpusResolves(t *testing.T) {
	t.Parallel()
	corpus := filepath.Join(root, "..", "shared", "corpus")
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no ../shared: real articles are not part of the repository")
	}
	cfg, err := pipeline.DefaultConfig(corpus)
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	n := nightOf(t, cfg, func(c *pipeline.Config) { c.Out = out })
	looked, bad := lookUp(t, out, n.Release)
	if looked == 0 || len(bad) > 0 {
		t.Errorf("%d observations looked up, do not resolve: %+v", looked, bad)
	}
}

// lookUp looks every observation of a release up in the raw store below out.
func lookUp(t *testing.T, out string, rel warehouse.Release) (int, []warehouse.Mismatch) {
	t.Helper()
	r, err := warehouse.OpenFile(t.Context(), rel.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	store, err := intake.ReadStore(pipeline.Config{Out: out}.RawDir())
	if err != nil {
		t.Fatal(err)
	}
	reader, err := newReader(readerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	looked, bad, err := r.Verify(t.Context(), warehouse.Sample{}, reader.Evidence(store))
	if err != nil {
		t.Fatal(err)
	}
	return looked, bad
}
