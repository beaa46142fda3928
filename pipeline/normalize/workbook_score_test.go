package normalize_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"heshu/extractors/workbook"
	"heshu/extractors/workbook/read"
	"heshu/schemas"
)

// sheetFloors are what the scorer must find at least; they only rise.
var sheetFloors = map[string]float64{"recall": 0.99, "precision_complete": 0.98, "unit": 0.97, "column_label": 0.97, "row_label": 0.97}

// TestSheetsAgainstACarefulReader scores what is read from real Chinese workbooks against what a careful reader found in them.
func TestSheetsAgainstACarefulReader(t *testing.T) {
	t.Parallel()
	root := shared(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("the scorer needs python3")
	}
	truths, err := filepath.Glob(filepath.Join(root, "sheets", "truth", "*.json"))
	if err != nil || len(truths) == 0 {
		t.Skip("no workbooks beside the repository")
	}
	n := newNormalizer(t)
	dir := t.TempDir()
	args := []string{filepath.Join(root, "tools", "score_sheets.py"), "--errors", "20"}
	for _, truth := range truths {
		var want struct {
			ID   string `json:"id"`
			File string `json:"file"`
		}
		b := mustRead(t, truth)
		if err := json.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
		doc := schemas.NewDocument(filepath.Base(want.File), mustRead(t, filepath.Join(root, "sheets", want.File)))
		x, err := workbook.Extract(doc, workbook.Config{})
		if errors.Is(err, read.ErrNotWorkbook) || errors.Is(err, read.ErrUnsupported) {
			t.Logf("%s: %v", want.File, err)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", want.File, err)
			continue
		}
		observations, _ := n.Observe(doc, x)
		if len(x.Parts) > 0 { // the truth of a text file has no sheet's name
			b = bytes.ReplaceAll(b, []byte(`"sheet": null`), []byte(`"sheet": "`+x.Parts[0].Sheet+`"`))
		}
		t1, p1 := filepath.Join(dir, want.ID+".json"), filepath.Join(dir, want.ID+".jsonl")
		mustWrite(t, t1, b)
		mustWrite(t, p1, lines(t, observations))
		args = append(args, t1, p1)
	}
	cmd := exec.Command(python, args...)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("scorer: %v\n%s", err, problems.String())
	}
	text := strings.TrimSpace(string(out))
	last := text[strings.LastIndexByte(text, '\n')+1:]
	t.Logf("%s", last)
	var got map[string]any
	if err := json.Unmarshal([]byte(last), &got); err != nil {
		t.Fatal(err)
	}
	for name, floor := range sheetFloors {
		if v, ok := got[name].(float64); !ok || v < floor {
			t.Errorf("%s = %v, want at least %v", name, got[name], floor)
		}
	}
	if clean, all, _ := strings.Cut(got["blank_forms_clean"].(string), "/"); clean != all {
		t.Errorf("blank forms clean: %s of %s", clean, all)
	}
	if t.Failed() {
		t.Logf("%s\n%s", problems.String(), text)
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustWrite(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func lines(t *testing.T, os []schemas.Observation) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, o := range os {
		j, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(j, '\n'))
	}
	return b.Bytes()
}
