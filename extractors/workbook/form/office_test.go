package form_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"heshu/extractors/workbook"
	"heshu/schemas"
	"heshu/schemas/forms"
)

// resaved are the formats that offices save forms in, as LibreOffice names them. A run for each is what the test's time goes to: the
// other encodings of the .csv are made of the one that it writes.
var resaved = []struct{ folder, ext, filter string }{
	{"xls", "xls", "xls:MS Excel 97"},
	{"ods", "ods", "ods:calc8"},
	{"gb18030", "csv", "csv:Text - txt - csv (StarCalc):44,34,85,1"},
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
	for i, f := range forms.Builtin().All() {
		b, want := filled(t, f, rand.New(rand.NewPCG(uint64(i), 11)))
		name := f.ID + "改名"
		path := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		wants[name], files = want, append(files, path)
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
			if as.ext == "csv" {
				for encoding, b := range reencoded(t, b) {
					readsBack(t, encoding+"/"+name, schemas.NewDocument(filepath.Base(path), b), want)
				}
			}
		}
	}
}

// reencoded writes a text of GB18030 in the other encodings that spreadsheet programs offer, the last of them parted by tabs.
func reencoded(t *testing.T, b []byte) map[string][]byte {
	t.Helper()
	utf8, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(bytes.ReplaceAll(utf8, []byte{','}, []byte{'\t'}))
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"utf8": utf8, "utf16": utf16}
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
