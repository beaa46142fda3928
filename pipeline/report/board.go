package report

import (
	"bytes"
	_ "embed" // echarts
	"encoding/json"
	"fmt"
	"html/template"
	"io"

	"heshu/schemas"
)

// ECharts 5.6.0 (npm echarts, dist/echarts.common.min.js), Apache-2.0; LICENSE and NOTICE lie beside it.
//
//go:embed echarts/echarts.common.min.js
var echarts string

// tile is a city's place in the schematic map.
type tile struct {
	Code string `json:"code"`
	Name string `json:"name"`
	X    int    `json:"x"`
	Y    int    `json:"y"`
}

// tiles lay out Henan's cities as equal squares, about where they are: 示意图, not a map of borders.
var tiles = []tile{
	{"410500", "安阳", 3, 0}, {"410900", "濮阳", 4, 0}, {"410600", "鹤壁", 3, 1}, {"419001", "济源", 1, 2}, {"410800", "焦作", 2, 2}, {"410700", "新乡", 3, 2},
	{"411200", "三门峡", 0, 3}, {"410300", "洛阳", 1, 3}, {"410100", "郑州", 2, 3}, {"410200", "开封", 3, 3}, {"411400", "商丘", 4, 3},
	{"410400", "平顶山", 1, 4}, {"411000", "许昌", 2, 4}, {"411100", "漯河", 3, 4}, {"411600", "周口", 4, 4}, {"411300", "南阳", 1, 5}, {"411700", "驻马店", 3, 5}, {"411500", "信阳", 3, 6},
}

// boardFinding is a finding as the page's script knows it.
type boardFinding struct {
	ID        string                  `json:"id"`
	Severity  string                  `json:"sev"`
	Level     string                  `json:"level"`
	Outcome   string                  `json:"outcome"`
	State     string                  `json:"state"`
	Unit      string                  `json:"unit"`
	Region    string                  `json:"region"`
	Period    string                  `json:"period"`
	Rule      string                  `json:"rule"`
	Message   string                  `json:"message"`
	Looks     []string                `json:"looks"`
	Action    string                  `json:"action"`
	Basis     string                  `json:"basis"`
	Tolerance string                  `json:"tolerance"`
	Reply     string                  `json:"reply"`
	Inputs    []schemas.ObservationID `json:"inputs"`
	More      int                     `json:"more"`
}

// Board writes the report: one page that needs nothing but itself. Figures as a sorted bar and a schematic map, findings and
// figures in tables that sort and filter, and every number with its evidence.
func Board(w io.Writer, p Papers, lang Lang) error {
	data := struct {
		Lang     Lang                            `json:"lang"`
		Findings []boardFinding                  `json:"findings"`
		Figures  []Stated                        `json:"figures"`
		Places   map[schemas.ObservationID]Place `json:"places"`
		Tiles    []tile                          `json:"tiles"`
	}{Lang: lang, Findings: []boardFinding{}, Figures: append([]Stated{}, p.Figures...), Places: p.Places, Tiles: tiles}
	counts := [4]int{}
	unverified := 0
	for _, f := range p.Findings {
		if f.Outcome.Failed() {
			counts[min(int(f.Severity), 3)]++
		} else {
			unverified++
		}
		ids := make([]schemas.ObservationID, 0, len(f.Evidence))
		for _, e := range f.Evidence {
			ids = append(ids, e.ID)
		}
		data.Findings = append(data.Findings, boardFinding{f.ID, f.Severity.String(), SeverityName(f.Severity, lang), OutcomeName(f.Outcome, lang), f.State.In(lang), f.Unit, string(f.Region), f.Period, f.Rule,
			pick(lang, f.MessageZh, f.MessageEn), looks(f, lang), pick(lang, f.ActionZh, f.ActionEn), BasisText(f.Basis, lang), f.Tolerance.String(), p.Replies[f.ID].Text, ids, len(f.Inputs) - len(ids)})
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(data); err != nil { // escapes <, > and &, so that nothing ends the script
		return fmt.Errorf("write report: %w", err)
	}
	t, err := template.New("board.gohtml").Funcs(template.FuncMap{
		"t":       func(zh, en string) string { return pick(lang, zh, en) },
		"lang":    func() string { return string(lang) },
		"echarts": func() template.JS { return template.JS(echarts) },
		"data":    func() template.JS { return template.JS(b.String()) },
	}).ParseFS(files, "board.gohtml")
	if err != nil {
		return fmt.Errorf("read report template: %w", err)
	}
	return t.Execute(w, struct {
		Papers
		Mandatory, Verify, Hint, Unverified int
	}{p, counts[3], counts[2], counts[1], unverified})
}
