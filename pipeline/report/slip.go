package report

import (
	"fmt"
	"html/template"
	"io"
	"strings"

	"heshu/schemas"
)

// slipSheet is the hidden sheet of a return slip that says which finding each row is about.
const slipSheet = "heshu-slip"

// slipFirst is the first row of a slip's findings; slipReply is the column of the reply, counted from 1.
const (
	slipFirst = 5
	slipReply = 10
)

// SlipXLSX writes a unit's return slip: what does not fit, with links to its own cells, the arithmetic in its own numbers and
// a column for the reply. heshu run reads it back.
func SlipXLSX(w io.Writer, p Papers, unit string, lang Lang) error {
	b := newSheets()
	defer b.file.Close()
	t := func(zh, en string) string { return pick(lang, zh, en) }
	name := t("退回单", "return slip")
	b.first(name)
	b.title(name, fmt.Sprintf(t("审核退回单 · %s", "Return slip · %s"), unit), slipReply)
	b.text(name, 1, 2, fmt.Sprintf(t("核对日期 %s · 数据版本 %s", "checked on %s · release %s"), p.Date, p.Release))
	b.text(name, 1, 3, t("“强制”须更正后重新报送；“核实”请在最后一列说明情况。填好后把本文件发回即可。答复人：", "What is mandatory must be corrected and sent again; what is to be verified needs a reply in the last column. Send this file back. Replied by:"))
	b.input(name, slipReply, 3, "")
	b.header(name, slipFirst-1, t("序号", "no."), t("级别", "severity"), t("问题", "what was found"), t("本单位数", "your figure"), t("所在单元格", "its cell"), t("对照数", "held against"), t("对照出处", "which stands at"),
		t("像是什么（算式）", "what it looks like"), t("如何处理", "what to do"), t("答复（请填写）", "reply (please fill in)"))
	b.widths(name, 5, 6, 36, 11, 13, 11, 30, 26, 20, 24)
	if _, err := b.file.NewSheet(slipSheet); err != nil {
		return fmt.Errorf("write slip: %w", err)
	}
	for i, f := range p.Of(unit) {
		row := slipFirst + i
		left, right := sides(f, unit, p)
		b.cells(name, row, i+1, SeverityName(f.Severity, lang), pick(lang, f.MessageZh, f.MessageEn), numeral(left.number), nil, numeral(right.number), nil,
			strings.Join(looks(f, lang), "\n"), pick(lang, f.ActionZh, f.ActionEn))
		b.link(name, 5, row, left.place, spot(left.place.Locator, lang))
		b.link(name, 7, row, right.place, stands(right.place.Document, right.place.Locator, lang))
		answer := ""
		if r, ok := p.Replies[f.ID]; ok {
			answer = r.Text
		}
		b.input(name, slipReply, row, answer)
		b.severity(name, 2, row, f.Severity)
		b.fit(name, row)
		b.cells(slipSheet, row, f.ID, f.RuleVersion, f.Left.String(), f.Right.String())
	}
	b.text(slipSheet, 1, 1, slipSheet)
	b.text(slipSheet, 2, 1, unit)
	b.hide(slipSheet)
	b.landscape(name, slipFirst-1)
	return b.write(w)
}

// side is one of a finding's two numbers: as it is shown, and where it stands.
type side struct {
	number string
	place  Evidence
}

// sides puts a unit's own number first, whichever side of the finding it is on.
func sides(f Finding, unit string, p Papers) (own, other side) {
	own, other = side{number: groupDigits(f.Left.String())}, side{number: groupDigits(f.Right.String())}
	if len(f.Evidence) > 0 {
		own.place = f.Evidence[0]
	}
	if len(f.Evidence) > 1 {
		other.place = f.Evidence[1]
	}
	if len(f.Evidence) == 2 && p.Places[f.Evidence[1].ID].Source == unit && p.Places[f.Evidence[0].ID].Source != unit {
		return other, own
	}
	return own, other
}

// looks are the diagnoses in words, likeliest first, three at most.
func looks(f Finding, lang Lang) []string {
	list := []string{}
	for _, d := range append([]string{f.Diagnosis}, f.Others...) {
		if d != "" && len(list) < 3 {
			list = append(list, DiagnosisText(d, lang))
		}
	}
	return list
}

// SlipHTML writes the same slip as a page that prints on A4.
func SlipHTML(w io.Writer, p Papers, unit string, lang Lang) error {
	type line struct {
		N           int
		F           Finding
		Own, Other  side
		Looks       []string
		Message, Do string
		Severity    string
		Reply       string
	}
	data := struct {
		Papers
		Unit  string
		Lines []line
	}{Papers: p, Unit: unit}
	for i, f := range p.Of(unit) {
		own, other := sides(f, unit, p)
		data.Lines = append(data.Lines, line{i + 1, f, own, other, looks(f, lang), pick(lang, f.MessageZh, f.MessageEn), pick(lang, f.ActionZh, f.ActionEn), SeverityName(f.Severity, lang), p.Replies[f.ID].Text})
	}
	return paper(w, "slip", lang, data)
}

// Number and Place are what the page shows of a side.
func (s side) Number() string { return s.number }

// Place is where a side stands.
func (s side) Place(lang Lang) string { return stands(s.place.Document, s.place.Locator, lang) }

// paper writes one of the plain papers.
func paper(w io.Writer, name string, lang Lang, data any) error {
	t, err := template.New("").Funcs(template.FuncMap{
		"t":    func(zh, en string) string { return pick(lang, zh, en) },
		"lang": func() string { return string(lang) }, "language": func() Lang { return lang },
		"group": func(d schemas.Decimal) string { return groupDigits(d.String()) },
	}).ParseFS(files, "paper.gohtml")
	if err != nil {
		return fmt.Errorf("read paper template: %w", err)
	}
	return t.ExecuteTemplate(w, name, data)
}
