package form_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"heshu/extractors/workbook"
	"heshu/extractors/workbook/form"
	"heshu/schemas"
	"heshu/schemas/forms"
)

const entrySheet = "填报"

func july() schemas.Period {
	return schemas.Period{Kind: schemas.Month, Start: schemas.NewDate(2018, 7, 1), End: schemas.NewDate(2018, 7, 31)}
}

func blank(t *testing.T, f *forms.Form) []byte {
	t.Helper()
	b, err := form.Make(f, form.Options{Region: "411700", Period: july()})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestABlankFormGivesNoFigures(t *testing.T) {
	t.Parallel()
	for _, f := range forms.Builtin().All() {
		x, err := workbook.Extract(schemas.NewDocument("f.xlsx", blank(t, f)), workbook.Config{})
		if err != nil || len(x.Figures) != 0 {
			t.Errorf("%s: %d figures, %v, want none", f.ID, len(x.Figures), err)
		}
	}
}

// filled is a form with values entered by chance, and what was entered: "column heading cell" → value as written.
func filled(t *testing.T, f *forms.Form, r *rand.Rand) ([]byte, map[string]string) {
	t.Helper()
	x, err := excelize.OpenReader(bytes.NewReader(blank(t, f)))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	first := 4
	for s, _ := x.GetCellValue(entrySheet, fmt.Sprintf("A%d", first)); s != "甲"; s, _ = x.GetCellValue(entrySheet, fmt.Sprintf("A%d", first)) {
		first++
	}
	first++
	rows := len(f.RowLabels)
	if rows == 0 {
		rows = 1 + r.IntN(8)
	}
	counties := []string{"汝南县", "泌阳县", "西平县", "上蔡县", "平舆县", "正阳县", "确山县", "新蔡县", "遂平县"}
	want := map[string]string{}
	years := max(len(f.Years), 1)
	for i := range rows {
		for j, l := range f.Stub {
			if len(f.RowLabels) > 0 {
				break
			}
			v := counties[i]
			if l.Role != "region" {
				v = fmt.Sprintf("%s%s村", string([]rune(l.Label)[0]), string([]rune(counties[i])[0]))
			}
			set(t, x, j+1, first+i, v)
		}
		for k := range years * len(f.Fields) {
			field := f.Fields[k%len(f.Fields)]
			column := len(f.Stub) + k + 1
			switch {
			case r.IntN(10) == 0: // left empty
			case field.Kind == forms.Text:
				set(t, x, column, first+i, "大棚蔬菜")
			case field.Kind == forms.Count:
				v := r.Int64N(field.Max + 1)
				set(t, x, column, first+i, v)
				want[at(column, first+i)] = fmt.Sprint(v)
			default:
				v := schemas.NewDecimal(r.Int64N(field.Max*100), -2)
				set(t, x, column, first+i, v.Float())
				want[at(column, first+i)] = v.String()
			}
		}
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), want
}

func at(column, row int) string {
	return schemas.Cell{Sheet: entrySheet, Row: row, Column: column}.String()
}

func set(t *testing.T, x *excelize.File, column, row int, v any) {
	t.Helper()
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	if err := x.SetCellValue(entrySheet, name, v); err != nil {
		t.Fatal(err)
	}
}

func TestAFilledFormReadsBackExactly(t *testing.T) {
	t.Parallel()
	for _, f := range forms.Builtin().All() {
		for seed := range uint64(20) {
			b, want := filled(t, f, rand.New(rand.NewPCG(seed, 7)))
			x, err := workbook.Extract(schemas.NewDocument("随便什么名字.xlsx", b), workbook.Config{})
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, fig := range x.Figures {
				got[fig.Locator.String()] = fig.Quantity.Value.String()
				if fig.Grid.Form != f.ID {
					t.Errorf("%s seed %d: %s: form %q", f.ID, seed, fig.Locator, fig.Grid.Form)
				}
				c := fig.Locator.(schemas.Cell).Column - len(f.Stub) - 1
				if id := f.Fields[c%len(f.Fields)].ID; fig.Grid.Field != id {
					t.Errorf("%s seed %d: %s: field %q, want %q", f.ID, seed, fig.Locator, fig.Grid.Field, id)
				}
				if !slices.ContainsFunc(fig.Grid.Times, func(e schemas.Evidence) bool { return e.Text == "2018年7月" }) {
					t.Errorf("%s seed %d: %s: times %v lack the form's period", f.ID, seed, fig.Locator, fig.Grid.Times)
				}
			}
			for place, v := range want {
				if got[place] != v {
					t.Errorf("%s seed %d: %s = %q, want %q", f.ID, seed, place, got[place], v)
				}
				delete(got, place)
			}
			if len(got) > 0 {
				t.Errorf("%s seed %d: figures nobody entered: %v", f.ID, seed, got)
			}
		}
	}
}

// TestAFilledFormReadsBackFromText saves the sheet as text, as offices do: no merged ranges, no hidden identity.
func TestAFilledFormReadsBackFromText(t *testing.T) {
	t.Parallel()
	for _, f := range forms.Builtin().All() {
		b, want := filled(t, f, rand.New(rand.NewPCG(3, 3)))
		book, err := excelize.OpenReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows(entrySheet, excelize.Options{RawCellValue: true})
		book.Close()
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		w := csv.NewWriter(&text)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		x, err := workbook.Extract(schemas.NewDocument("a.csv", text.Bytes()), workbook.Config{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, fig := range x.Figures {
			c := fig.Locator.(schemas.Cell)
			if v := want[at(c.Column, c.Row)]; v != fig.Quantity.Value.String() || fig.Grid.Form != f.ID || fig.Grid.Field == "" {
				t.Errorf("%s: %s = %s of %q %q, want %s", f.ID, c, fig.Quantity.Value, fig.Grid.Form, fig.Grid.Field, v)
			}
			n++
		}
		if n != len(want) {
			t.Errorf("%s: %d figures, want %d", f.ID, n, len(want))
		}
	}
}

func TestTheFormCarriesItsHelp(t *testing.T) {
	t.Parallel()
	f, _ := forms.Builtin().Get("monthly")
	x, err := excelize.OpenReader(bytes.NewReader(blank(t, f)))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	title, _ := x.GetCellValue(entrySheet, "A1")
	if want := "驻马店市劳模助力脱贫攻坚行动月报表"; title != want {
		t.Errorf("title = %q, want %q", title, want)
	}
	dvs, err := x.GetDataValidations(entrySheet)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, dv := range dvs {
		kinds[dv.Type]++
	}
	if kinds["list"] != 1 || kinds["whole"] < 15 || kinds["decimal"] != 3 {
		t.Errorf("validations = %v, want 1 list, the counts and 3 amounts", kinds)
	}
	if visible, _ := x.GetSheetVisible(workbook.IdentitySheet); visible {
		t.Error("the identity is not hidden")
	}
	panes, err := x.GetPanes(entrySheet)
	if err != nil || !panes.Freeze || panes.XSplit != 1 || panes.YSplit != 5 {
		t.Errorf("panes = %+v, %v, want one column and five rows frozen", panes, err)
	}
	if page, err := x.GetPageLayout(entrySheet); err != nil || *page.Orientation != "landscape" || *page.FitToWidth != 2 || *page.FitToHeight != 0 {
		t.Errorf("page = %+v, %v, want two pages of A4 beside each other", page, err)
	}
	for _, n := range x.GetDefinedName() {
		if want := "填报!$A:$A,填报!$1:$5"; n.Name == "_xlnm.Print_Titles" && n.RefersTo != want {
			t.Errorf("every page repeats %s, want %s", n.RefersTo, want)
		}
	}
	for name, locked := range map[string]bool{"A1": true, "B4": true, "B6": false} {
		id, err := x.GetCellStyle(entrySheet, name)
		if err != nil {
			t.Fatal(err)
		}
		style, err := x.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := style.Protection == nil || style.Protection.Locked; got != locked {
			t.Errorf("%s locked = %v, want %v", name, got, locked)
		}
	}
}
