package catalog

import (
	"testing"
	"testing/fstest"

	"heshu/schemas"
)

func TestBuiltInDataLoads(t *testing.T) {
	t.Parallel()
	c, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if in, ok := c.Indicator("funds_invested"); !ok || in.Unit != "CNY" || !in.Additive {
		t.Errorf("funds_invested = %+v, %v", in, ok)
	}
	if len(c.Text.Indicators) == 0 || len(c.Text.Actions) == 0 {
		t.Error("no text rules")
	}
}

func TestAnOfficeAddsAndReplaces(t *testing.T) {
	t.Parallel()
	office := fstest.MapFS{
		"indicators.csv": {Data: []byte("code,label_zh,label_en,unit,additive\ntrees,植树,trees planted,item,yes\n")},
		"text.yaml":      {Data: []byte("version: 1\nindicators:\n  - {name: trees, indicator: trees, units: [item], near: [树苗]}\n  - {name: area, indicator: other, units: [mu], near: [荒地]}\n")},
	}
	c, err := Load(office)
	if err != nil {
		t.Fatal(err)
	}
	a := Around{}
	for f := range Fields {
		a[f] = c.Text.NewSet()
	}
	c.Text.Find("栽下树苗", a[Near])
	if r := c.Text.Indicators[0]; r.Name != "trees" || !r.Fits("item", &a) || r.Fits("mu", &a) {
		t.Errorf("first rule = %s", r.Name)
	}
	n := 0
	for _, r := range c.Text.Indicators {
		if r.Name == "area" {
			n++
			if r.Indicator != schemas.Other {
				t.Error("the office's rule does not replace ours")
			}
		}
	}
	if n != 1 {
		t.Errorf("%d rules named area, want 1", n)
	}
}

func TestMistakesInRulesAreNamed(t *testing.T) {
	t.Parallel()
	for _, yaml := range []string{
		"version: 2\n",
		"version: 1\nindicators:\n  - {name: x, indicator: nobody}\n",
		"version: 1\nindicators:\n  - {name: x, indicator: other, nearr: [a]}\n",
		"version: 1\nindicators:\n  - {name: x, indicator: other, near: [+nobody]}\n",
		"version: 1\nindicators:\n  - {indicator: other}\n",
	} {
		if _, err := Load(fstest.MapFS{"text.yaml": {Data: []byte(yaml)}}); err == nil {
			t.Errorf("%q was accepted", yaml)
		}
	}
}

func TestAPlanIsNamedNotTalkedAbout(t *testing.T) {
	t.Parallel()
	c, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]bool{
		"三、2026年重点工作":         true,
		"下一步，全县将扩大培训规模。":      true,
		"结对帮扶是县总工会的重点工作。":     false,
		"市总工会把技能培训作为今年的主要任务。": false,
		"培训走进田间地头":            false,
		"根据行动实施方案，县总工会扎实推进。":  false,
		"2019年主要任务完成情况":       false,
		"冲刺目标任务 确保完美收官":       false,
		"关于印发《技能培训实施方案》的通知":   true,
	} {
		if got := c.Text.Plans(line); got != want {
			t.Errorf("Plans(%q) = %v, want %v", line, got, want)
		}
	}
}
