package normalize_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"heshu/extractors"
	"heshu/pipeline/normalize"
	"heshu/schemas"
	"heshu/schemas/catalog"
	"heshu/schemas/region"
)

var (
	showErrors = flag.Int("errors", 0, "TestGold: show so many wrong figures")
	onlyDoc    = flag.String("doc", "", "TestGold: only this document")
	pages      = flag.String("pages", "", "TestPages: show the figures of these files of ../shared, a glob")
	dumpDir    = flag.String("dump", "", "TestGold: write what was predicted into this folder")
)

// heldOut are the gold documents that nobody looked into while most of the rules were written.
var heldOut = map[string]bool{"c03": true, "c04": true, "cctv_pov_20170518": true, "jkfp_17": true}

// shared returns the folder of annotated texts beside the repository, or skips the test.
func shared(t testing.TB) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for range 6 {
		if s := filepath.Join(dir, "..", "shared", "gold"); isDir(s) {
			return filepath.Dir(s)
		}
		dir = filepath.Dir(dir)
	}
	t.Skip("no ../shared: annotated texts are not part of the repository")
	return ""
}

func isDir(path string) bool {
	i, err := os.Stat(path)
	return err == nil && i.IsDir()
}

// reader is everything from bytes to observations.
type reader struct {
	extractors []extractors.Extractor
	normalizer *normalize.Normalizer
}

func newReader(t testing.TB) *reader {
	t.Helper()
	c, err := catalog.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	regions := region.Load()
	return &reader{extractors.List(extractors.Config{Regions: regions}), normalize.New(c, regions, normalize.Config{})}
}

// read takes a document all the way.
func (r *reader) read(t testing.TB, doc schemas.Document) (schemas.Extraction, []schemas.Observation) {
	x, err := extractors.Extract(r.extractors, doc)
	if err != nil {
		t.Logf("%s: %v", doc.Name, err)
	}
	obs, _ := r.normalizer.Observe(doc, x)
	return x, obs
}

type goldMeta struct {
	Doc       string `json:"doc"`
	Published string `json:"publish_date"`
	Publisher string `json:"publisher"`
	Until     string `json:"until"`
}

// goldDocument finds the document that a gold file annotates.
func goldDocument(t testing.TB, dir, name string, meta goldMeta) schemas.Document {
	for _, pattern := range []string{"corpus/" + name + "_*.txt", "pages/composed/" + name + ".html", "pages/raw/" + name + ".*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) == 0 {
			continue
		}
		b, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		doc := schemas.NewDocument(filepath.Base(files[0]), b)
		if strings.HasPrefix(pattern, "corpus/") || strings.HasPrefix(pattern, "pages/raw/") {
			doc.Source, doc.Published = sourceOf(t, dir, name, meta)
		}
		return doc
	}
	t.Fatalf("no document for gold %s", name)
	return schemas.Document{}
}

// sourceOf says what a user would say of a document that does not say it: publisher and date, of the gold or the manifest.
func sourceOf(t testing.TB, dir, name string, meta goldMeta) (string, schemas.Date) {
	publisher, date := meta.Publisher, meta.Published
	b, err := os.ReadFile(filepath.Join(dir, "pages", "manifest.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(b) {
		var m struct {
			ID          string  `json:"id"`
			Publisher   string  `json:"publisher"`
			PublishDate *string `json:"publish_date"`
		}
		if json.Unmarshal(line, &m) == nil && m.ID == name {
			publisher = m.Publisher
			if m.PublishDate != nil {
				date = *m.PublishDate
			}
		}
	}
	d, err := schemas.ParseDate(date)
	if date != "" && err != nil {
		t.Fatal(err)
	}
	return publisher, d
}

func TestGold(t *testing.T) {
	t.Parallel()
	dir := shared(t)
	files, err := filepath.Glob(filepath.Join(dir, "gold", "*.gold.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold: %v", err)
	}
	r := newReader(t)
	out := *dumpDir
	if out == "" {
		out = t.TempDir()
	}
	var dev, held []string
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".gold.jsonl")
		if *onlyDoc != "" && name != *onlyDoc {
			continue
		}
		pred := filepath.Join(out, name+".jsonl")
		n := predict(t, r, dir, file, name, pred)
		if (name == "c05" || name == "c06") && n > 0 {
			t.Errorf("%s: %d figures, want none", name, n)
		}
		if heldOut[name] {
			held = append(held, file, pred)
		} else {
			dev = append(dev, file, pred)
		}
	}
	for _, set := range []struct {
		name          string
		files         []string
		detect, whole float64
	}{{"dev", dev, floorDetection, floorRecord}, {"held out", held, floorHeldDetection, floorHeldRecord}, {"all", append(dev, held...), floorDetection, floorRecord}} {
		if len(set.files) == 0 {
			continue
		}
		s := score(t, dir, set.files, set.name == "dev")
		t.Logf("%s: %s", set.name, s.raw)
		if *onlyDoc == "" && (s.Detection.F1 < set.detect || s.RecordF1 < set.whole) {
			t.Errorf("%s: detection F1 %.4f, record F1 %.4f; floors %.3f, %.3f", set.name, s.Detection.F1, s.RecordF1, set.detect, set.whole)
		}
		if *onlyDoc == "" && s.Calibration > maxCalibration {
			t.Errorf("%s: calibration error %.4f, more than %.2f", set.name, s.Calibration, maxCalibration)
		}
	}
}

// Floors only rise.
const (
	floorDetection, floorRecord         = 0.98, 0.97
	floorHeldDetection, floorHeldRecord = 0.98, 0.95
)

// maxCalibration is how far confidences may lie from what is right, on average.
const maxCalibration = 0.05

// predict writes the observations of a gold file's document, up to where the annotation goes.
func predict(t testing.TB, r *reader, dir, file, name, pred string) int {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(b, []byte("\n"))
	var head struct {
		Meta goldMeta `json:"_meta"`
	}
	if err := json.Unmarshal(first, &head); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	x, obs := r.read(t, goldDocument(t, dir, name, head.Meta))
	end := schemas.RuneOffset(1 << 30)
	if head.Meta.Until != "" && len(x.Parts) > 0 {
		if i := strings.Index(x.Parts[0].Text, head.Meta.Until); i >= 0 {
			end = schemas.RuneOffset(len([]rune(x.Parts[0].Text[:i+len(head.Meta.Until)])))
		} else {
			t.Logf("%s: until %q not found", name, head.Meta.Until)
		}
	}
	var buf bytes.Buffer
	n := 0
	for i, o := range obs {
		if at, ok := x.Figures[i].Locator.(schemas.TextSpan); ok && at.Start >= end {
			continue
		}
		line, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		buf.Write(line)
		buf.WriteByte('\n')
		n++
	}
	if err := os.WriteFile(pred, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return n
}

type scores struct {
	Detection struct {
		F1 float64 `json:"f1"`
	} `json:"detection"`
	RecordF1    float64 `json:"record_f1"`
	Calibration float64 `json:"calibration_error"`
	raw         string
}

// score runs the scorer that is the measure.
func score(t testing.TB, dir string, files []string, errors bool) scores {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 to score with")
	}
	args := []string{filepath.Join(dir, "tools", "score.py"), "--json"}
	if errors && *showErrors > 0 {
		args = append(args, "--errors", fmt.Sprint(*showErrors))
	}
	cmd := exec.Command(python, append(args, files...)...)
	cmd.Stderr = os.Stderr
	b, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var s scores
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	s.raw = strings.TrimSpace(string(b))
	return s
}

// seeds are the publishers and days of ../shared/corpus, as its README says them.
var seeds = map[string]struct{ publisher, date string }{
	"000": {"工人日报", "2018-11-09"}, "001": {"驻马店日报", "2018-08-31"}, "002": {"焦作日报", "2024-12-03"}, "003": {"陕西工人报", "2018-06-30"}, "004": {"平顶山市总工会", "2018-06-15"},
}

// TestPages shows what is read out of pages that nobody annotated, for judging by eye.
func TestPages(t *testing.T) {
	if *pages == "" {
		t.Skip("no -pages given")
	}
	dir := shared(t)
	r := newReader(t)
	files, err := filepath.Glob(filepath.Join(dir, *pages))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc := schemas.NewDocument(filepath.Base(file), b)
		name := strings.TrimSuffix(doc.Name, filepath.Ext(doc.Name))
		doc.Source, doc.Published = sourceOf(t, dir, name, goldMeta{})
		if known, ok := seeds[name[:3]]; ok {
			doc.Source = known.publisher
			doc.Published, _ = schemas.ParseDate(known.date)
		}
		x, obs := r.read(t, doc)
		fmt.Printf("== %s %s %s\n", name, doc.Source, doc.Published)
		for i, o := range obs {
			if i == 0 || x.Figures[i].Clause.SentenceText != x.Figures[i-1].Clause.SentenceText {
				fmt.Println("  ", x.Figures[i].Clause.SentenceText)
			}
			fmt.Printf("      %s [%s] %s/%s %s %s %s|%s%s %s %s %s..%s B:%s %.2f\n", o.Number, o.Label, o.Indicator, o.Rule, o.Unit, o.Measure, o.Per,
				o.Scope, " "+o.Entity, o.Region, o.RegionAs, o.Period.Start, o.Period.End, o.Breakdown, o.Confidence)
		}
		for _, e := range x.Exclusions {
			fmt.Printf("   - %s %q", e.Class, e.Text)
		}
		fmt.Println()
	}
}
