package read

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// sharedSheets returns the folder of shared workbooks beside the repository, and skips the test where there is none.
func sharedSheets(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		s := filepath.Join(dir, "shared", "sheets")
		if _, err := os.Stat(filepath.Join(s, "manifest.jsonl")); err == nil {
			return s
		}
	}
	tb.Skip("no shared/sheets beside the repository")
	return ""
}

type manifestEntry struct{ File, Expect, Password string }

func manifest(t *testing.T, dir string) []manifestEntry {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "manifest.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var out []manifestEntry
	for _, line := range bytes.Split(bytes.TrimSpace(b), []byte("\n")) {
		var e manifestEntry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if e.Expect != "" {
			out = append(out, e)
		}
	}
	return out
}

var cellsExpected = regexp.MustCompile(`^read \(?(\d+)`)

// chartCells are what the count of the manifest has beyond the cells of the sheets: another reader's cells of a chart's own sheet.
var chartCells = map[string]int{"cal-issue438.xlsx": 8, "rxl-embedded-chartsheet.xlsx": 1}

// Broken and odd files: each read or refused as a good reader does, in 10 seconds and 512 MB.
func TestHostileFiles(t *testing.T) {
	dir := sharedSheets(t)
	for _, e := range manifest(t, dir) {
		t.Run(filepath.Base(e.File), func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(dir, e.File))
			if err != nil {
				t.Fatal(err)
			}
			var book *sheet.Book
			var issues []schemas.Issue
			start := time.Now()
			peak := peakHeap(func() { book, issues, err = Open(b, Options{}) })
			if d := time.Since(start); d > 10*time.Second || peak > 512<<20 {
				t.Errorf("took %v and %d MB", d, peak>>20)
			}
			checkExpectation(t, e, book, issues, err)
			if e.Password != "" {
				if book, _, err := Open(b, Options{Password: e.Password}); err != nil || countCells(book) == 0 {
					t.Errorf("with its password: %v", err)
				}
			}
		})
	}
}

func checkExpectation(t *testing.T, e manifestEntry, book *sheet.Book, issues []schemas.Issue, err error) {
	t.Helper()
	cells := 0
	if book != nil {
		cells = countCells(book)
	}
	if m := cellsExpected.FindStringSubmatch(e.Expect); m != nil {
		want, _ := strconv.Atoi(m[1])
		if err != nil || cells != want-chartCells[filepath.Base(e.File)] {
			t.Errorf("got %d cells, error %v, want %s", cells, err, e.Expect)
		}
		return
	}
	switch {
	case e.Expect == "password_error":
		if !errors.Is(err, ErrEncrypted) {
			t.Errorf("got error %v, want password-protected", err)
		}
	case strings.HasPrefix(e.Expect, "clear_error"):
		if err == nil {
			t.Errorf("got %d cells, want an error", cells)
		}
	case err == nil && cells == 0 && len(issues) == 0:
		t.Error("got nothing and no word about it")
	}
}

// dumpScript prints what SheetJS reads of each file: sheets with [type, value, formula?] by address. It has to be told the code
// page of texts, which it takes for Latin-1.
const dumpScript = `const X=require('xlsx'),fs=require('fs');
for(const f of process.argv.slice(1)){const o={file:f,sheets:[]};
try{const wb=X.read(fs.readFileSync(f),{type:'buffer',cellText:true,codepage:f.endsWith('.csv')?936:undefined});
for(const n of wb.SheetNames){const s=wb.Sheets[n];if(s['!type']&&s['!type']!='sheet')continue;const c={};
for(const k in s){const d=s[k];if(k[0]=='!'||d.t=='z'||d.v===undefined||d.v==='')continue;c[k]=[d.t=='e'?'e':typeof d.v,d.t=='e'?d.w:String(d.v),d.f?1:0];}
o.sheets.push({name:n,cells:c});}}catch(e){o.error=String(e)}
console.log(JSON.stringify(o));}`

type otherBook struct {
	File, Error string
	Sheets      []struct {
		Name  string
		Cells map[string][3]any
	}
}

// secondReader is the npm package that reads the same files.
const secondReader = "xlsx@0.18.5"

// nodeFolder returns a folder where node finds the second reader: in the user's cache, where npm puts it the first time.
func nodeFolder(tb testing.TB) string {
	tb.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		tb.Skip(err)
	}
	folder := filepath.Join(cache, "heshu", secondReader)
	if _, err := os.Stat(filepath.Join(folder, "node_modules", "xlsx")); err == nil {
		return folder
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		tb.Skip(err)
	}
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, secondReader)
	if out, err := npm.CombinedOutput(); err != nil {
		tb.Skipf("needs node and the package %s: %v %s", secondReader, err, out)
	}
	return folder
}

// Every shared workbook against a second reader: the same non-empty cells with the same values, formula results too.
func TestSecondReader(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(sharedSheets(t), "zh", "*"))
	if err != nil {
		t.Fatal(err)
	}
	folder := nodeFolder(t)
	cmd := exec.Command("node", append([]string{"-e", dumpScript, "--"}, files...)...)
	cmd.Dir = folder
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 64<<20)
	cells, formulas, lineEnds := 0, 0, 0
	for lines.Scan() {
		var o otherBook
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			t.Fatal(err)
		}
		c, f, l := compareBooks(t, o)
		cells, formulas, lineEnds = cells+c, formulas+f, lineEnds+l
	}
	t.Logf("%d files, %d cells compared, %d of them results of formulas; %d texts with other line ends", len(files), cells, formulas, lineEnds)
}

// compareBooks returns how many cells were compared, how many of them both know the formula of, and how many texts only differ
// in how their line ends are written.
func compareBooks(t *testing.T, o otherBook) (cells, formulas, lineEnds int) {
	t.Helper()
	b, err := os.ReadFile(o.File)
	if err != nil {
		t.Fatal(err)
	}
	book, _, err := Open(b, Options{})
	if err != nil || o.Error != "" || len(book.Sheets) != len(o.Sheets) {
		t.Fatalf("%s: error %v, the other's %s", o.File, err, o.Error)
	}
	for i, s := range book.Sheets {
		theirs := o.Sheets[i].Cells
		for r, row := range s.Rows {
			for c, v := range row {
				if v.Kind == sheet.Empty {
					continue
				}
				cells++
				address := schemas.ColumnName(c+1) + strconv.Itoa(r+1)
				_, calculated := s.Formulas[[2]int{r, c}]
				if calculated != (fmt.Sprint(theirs[address][2]) == "1") {
					t.Errorf("%s %s!%s: a formula %v, the other %v", filepath.Base(o.File), s.Name, address, calculated, theirs[address][2])
				}
				if calculated {
					formulas++
				}
				if v.Kind == sheet.Text && v.Raw != theirs[address][1] {
					lineEnds++
				}
				if why := differs(v, theirs[address]); why != "" {
					t.Errorf("%s %s!%s: %s", filepath.Base(o.File), s.Name, address, why)
				}
				delete(theirs, address)
			}
		}
		for address, v := range theirs {
			t.Errorf("%s %s!%s: not read, the other has %v", filepath.Base(o.File), s.Name, address, v)
		}
	}
	return cells, formulas, lineEnds
}

// differs compares a cell's value; line ends of texts may be written differently.
func differs(c sheet.Cell, o [3]any) string {
	kind, value := fmt.Sprint(o[0]), fmt.Sprint(o[1])
	same := false
	switch c.Kind {
	case sheet.Number, sheet.Date:
		a, err1 := strconv.ParseFloat(c.Raw, 64)
		b, err2 := strconv.ParseFloat(value, 64)
		same = kind == "number" && err1 == nil && err2 == nil && a == b
	case sheet.Bool:
		same = kind == "boolean" && strings.EqualFold(c.Raw, value)
	case sheet.Error:
		same = kind == "e" && c.Raw == value
	default:
		value = regexp.MustCompile(`\r*\n|\r`).ReplaceAllString(value, "\n")
		same = kind == "string" && c.Raw == value
	}
	if same {
		return ""
	}
	return fmt.Sprintf("read %s, the other has %s %q", show(c), kind, value)
}
