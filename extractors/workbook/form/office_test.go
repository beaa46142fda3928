package form_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"heshu/extractors/workbook"
	"heshu/schemas"
	"heshu/schemas/forms"
)

// resaved are the formats that offices save forms in, as LibreOffice names them.
var resaved = []struct{ folder, ext, filter string }{
	{"xls", "xls", "xls:MS Excel 97"},
	{"ods", "ods", "ods:calc8"},
	{"utf8", "csv", "csv:Text - txt - csv (StarCalc):44,34,76,1"},
	{"gb18030", "csv", "csv:Text - txt - csv (StarCalc):44,34,85,1"},
	{"utf16", "csv", "csv:Text - txt - csv (StarCalc):9,34,65535,1"},
	{"again", "xlsx", "xlsx:Calc MS Excel 2007 XML"},
}

// TestAFilledFormReadsBackAfterAnOfficeSavedIt fills forms by chance, has LibreOffice save them in other formats, and reads them.
func TestAFilledFormReadsBackAfterAnOfficeSavedIt(t *testing.T) {
	t.Parallel()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs LibreOffice's soffice")
	}
	dir := t.TempDir()
	wants := map[string]map[string]string{} // file name without extension → cell → value
	var files []string
	for _, f := range forms.Builtin().All() {
		for seed := range uint64(2) {
			b, want := filled(t, f, rand.New(rand.NewPCG(seed, 11)))
			name := fmt.Sprintf("%s改名%d", f.ID, seed)
			path := filepath.Join(dir, name+".xlsx")
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			wants[name], files = want, append(files, path)
		}
	}
	for _, as := range resaved {
		out := filepath.Join(dir, as.folder)
		args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", as.filter, "--outdir", out}, files...)
		if b, err := exec.CommandContext(t.Context(), soffice, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", as.folder, err, b)
		}
		for name, want := range wants {
			path := filepath.Join(out, name+"."+as.ext)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			readsBack(t, as.folder+"/"+name, schemas.NewDocument(filepath.Base(path), b), want)
		}
	}
}

// readsBack checks that a workbook holds the wanted values at the wanted cells of its first sheet, under a form's fields.
func readsBack(t *testing.T, name string, doc schemas.Document, want map[string]string) {
	t.Helper()
	x, err := workbook.Extract(doc, workbook.Config{})
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for _, f := range x.Figures {
		c := f.Locator.(schemas.Cell)
		if v := want[at(c.Column, c.Row)]; v != f.Quantity.Value.String() || f.Grid.Field == "" {
			t.Errorf("%s: %s = %s of %q %q, want %q", name, c, f.Quantity.Value, f.Grid.Form, f.Grid.Field, v)
		}
	}
	if len(x.Figures) != len(want) {
		t.Errorf("%s: %d figures, want %d", name, len(x.Figures), len(want))
	}
}
