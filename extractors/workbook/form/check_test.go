package form_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"heshu/extractors/workbook"
	"heshu/extractors/workbook/form"
	"heshu/extractors/workbook/read"
	"heshu/schemas"
	"heshu/schemas/forms"
)

// entries fills cells of a blank monthly return of 驻马店; its first row to fill in is 6.
func entries(t *testing.T, cells map[string]any) schemas.Document {
	t.Helper()
	f, _ := forms.Builtin().Get("monthly")
	x, err := excelize.OpenReader(bytes.NewReader(blank(t, f)))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for at, v := range cells {
		if err := x.SetCellValue(entrySheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	return schemas.NewDocument("月报.xlsx", b.Bytes())
}

// periodCell is where the monthly return's 填报时期 stands: right of its middle.
func periodCell(t *testing.T) string {
	t.Helper()
	f, _ := forms.Builtin().Get("monthly")
	name, err := excelize.CoordinatesToCellName((len(f.Stub)+len(f.Fields))/2+1, 2)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// row is a right row of the monthly return: the required fields of one county.
func row(n, county string) map[string]any {
	return map[string]any{"A" + n: county, "B" + n: 35, "I" + n: 120, "L" + n: 4, "O" + n: 12.5, "S" + n: 30, "T" + n: 44, "U" + n: 150, "W" + n: 10, "X" + n: 31}
}

func TestCheckFindsNothingInARightReturn(t *testing.T) {
	t.Parallel()
	if got := workbook.Check(entries(t, row("6", "汝南县")), workbook.CheckConfig{}); len(got) != 0 {
		t.Errorf("problems = %+v, want none", got)
	}
}

func TestCheckSaysWhereAndWhat(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule     string
		cells    map[string]any
		at, code string
		severity schemas.Severity
	}{
		{"a required field is empty", map[string]any{"B6": nil}, "填报!B6", "required", schemas.Mandatory},
		{"people are whole", map[string]any{"B6": 35.5}, "填报!B6", "whole", schemas.Mandatory},
		{"nothing is negative", map[string]any{"O6": -3}, "填报!O6", "negative", schemas.Mandatory},
		{"yuan in a column of 万元", map[string]any{"O6": 12500000}, "填报!O6", "too-large", schemas.Verify},
		{"a number with words", map[string]any{"I6": "约120人"}, "填报!I6", "number", schemas.Mandatory},
		{"a word for a number", map[string]any{"I6": "无"}, "填报!I6", "number", schemas.Mandatory},
		{"a county of another city", map[string]any{"A6": "叶县"}, "填报!A6", "region", schemas.Mandatory},
		{"no county at all", map[string]any{"A6": "第三小组"}, "填报!A6", "region", schemas.Mandatory},
		{"a county twice", row("7", "汝南县"), "填报!A7", "duplicate", schemas.Mandatory},
		{"more households than people lifted", map[string]any{"W6": 90}, "填报!W6", "relation/lifted-households", schemas.Mandatory},
		{"another month than the form's", map[string]any{periodCell(t): "填报时期：2018年8月"}, "填报!" + periodCell(t), "period", schemas.Mandatory},
		{"a total that is none", map[string]any{"A7": "合计", "B7": 36}, "填报!B7", "total", schemas.Mandatory},
	} {
		cells := row("6", "汝南县")
		for at, v := range test.cells {
			cells[at] = v
		}
		problems := workbook.Check(entries(t, cells), workbook.CheckConfig{})
		if !slices.ContainsFunc(problems, func(p workbook.Problem) bool {
			return p.Locator != nil && p.Locator.String() == test.at && p.Code == test.code && p.Severity == test.severity && p.WantZh != "" && p.WantEn != ""
		}) {
			t.Errorf("%s: problems = %+v, want %s at %s", test.rule, problems, test.code, test.at)
		}
		if len(problems) != 1 {
			t.Errorf("%s: %d problems, want one: %+v", test.rule, len(problems), problems)
		}
	}
}

func TestCheckNamesTroubleWithTheFile(t *testing.T) {
	t.Parallel()
	for name, b := range map[string][]byte{"empty": nil, "cut short": []byte("PK\x03\x04xx")} {
		got := workbook.Check(schemas.NewDocument(name, b), workbook.CheckConfig{})
		if len(got) != 1 || got[0].Code != "unreadable" || got[0].Locator != nil {
			t.Errorf("%s: problems = %+v, want one about the file", name, got)
		}
	}
}

func TestAnnotateMarksCellsAndKeepsValues(t *testing.T) {
	t.Parallel()
	cells := row("6", "汝南县")
	cells["B6"], cells["I6"] = 35.5, "约120人"
	doc := entries(t, cells)
	problems := workbook.Check(doc, workbook.CheckConfig{})
	out, err := form.Annotate(doc, read.Options{}, problems, "zh")
	if err != nil {
		t.Fatal(err)
	}
	before, err := excelize.OpenReader(bytes.NewReader(doc.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close()
	after, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close()
	for _, s := range before.GetSheetList() {
		want, _ := before.GetRows(s, excelize.Options{RawCellValue: true})
		got, _ := after.GetRows(s, excelize.Options{RawCellValue: true})
		if len(got) != len(want) {
			t.Fatalf("%s: %d rows, want %d", s, len(got), len(want))
		}
		for i := range want {
			if !slices.Equal(got[i], want[i]) {
				t.Errorf("%s row %d = %v, want %v", s, i+1, got[i], want[i])
			}
		}
	}
	comments, err := after.GetComments(entrySheet)
	if err != nil || len(comments) != 2 {
		t.Fatalf("comments = %v, %v, want two", comments, err)
	}
	if c := comments[0]; c.Cell != "B6" || !strings.Contains(c.Text, "应为整数") {
		t.Errorf("comment = %+v", c)
	}
	id, _ := after.GetCellStyle(entrySheet, "B6")
	if style, _ := after.GetStyle(id); len(style.Fill.Color) != 1 || style.Fill.Color[0] != "FFC7CE" {
		t.Errorf("B6 is filled %v, want the colour of what must be corrected", style.Fill.Color)
	}
}
