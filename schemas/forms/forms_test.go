package forms

import (
	"strings"
	"testing"
	"testing/fstest"
)

const visits = `id: visits
version: 1
name: 走访慰问困难职工情况表
stub: [{id: county, label: 县（市、区）, role: region}]
fields: [{id: visited, label: 走访户数, unit: 户, kind: count}]
`

func TestAnOfficesFormsStandBesideAndOverOurs(t *testing.T) {
	t.Parallel()
	office := fstest.MapFS{
		"text.yaml":           {Data: []byte("rules: []")}, // another table of the folder
		"forms/visits.yaml":   {Data: []byte(visits)},
		"forms/override.yaml": {Data: []byte(strings.Replace(visits, "id: visits", "id: monthly", 1))},
	}
	s, err := Load(office)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.All()); n != len(Builtin().All())+1 {
		t.Errorf("%d forms, want ours and one more", n)
	}
	if f, ok := s.Get("monthly"); !ok || f.Name != "走访慰问困难职工情况表" {
		t.Errorf("monthly is %v, want the office's", f)
	}
}

func TestAWrongFormIsRefusedWithItsPlace(t *testing.T) {
	t.Parallel()
	for rule, test := range map[string]struct{ from, to, want string }{
		"a key that nobody knows":    {"version: 1", "version: 1\ncolour: red", "unknown field"},
		"a kind that there is not":   {"kind: count", "kind: number", `kind "number"`},
		"no version":                 {"version: 1", "version: 0", "needs id, name and version"},
		"a check of no field":        {"fields:", "checks: [{id: x, left: visited, op: \"<=\", right: all}]\nfields:", `no field "all"`},
		"an operator that is none":   {"fields:", "checks: [{id: x, left: visited, op: \"<\", right: visited}]\nfields:", `operator "<"`},
		"a form without any columns": {"fields: [{id: visited, label: 走访户数, unit: 户, kind: count}]", "fields: []", "no fields"},
	} {
		_, err := Load(fstest.MapFS{"forms/visits.yaml": {Data: []byte(strings.Replace(visits, test.from, test.to, 1))}})
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "visits.yaml: ") {
			t.Errorf("%s: error = %v, want visits.yaml: … %s", rule, err, test.want)
		}
	}
}

func TestHeadingsNameFieldsByTheirSynonyms(t *testing.T) {
	t.Parallel()
	f, _ := Builtin().Get("monthly")
	for heading, want := range map[string]string{
		"参与行动劳模（人）": "model_workers_participating", "3. 参与 劳模人数": "model_workers_participating", "累计投入资金（万元）": "invested", "投入资金(元)": "invested", "备注": "",
	} {
		got := ""
		if i := f.ByHeading([]string{"甲", heading}); i >= 0 {
			got = f.Fields[i].ID
		}
		if got != want {
			t.Errorf("%s names %q, want %q", heading, got, want)
		}
	}
}
