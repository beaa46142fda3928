package report

import (
	"fmt"
	"io"
	"strings"
)

// Workbook writes the office's reconciliation workbook: a sheet that sums up, what waits for somebody, what could not be
// verified, and the figures across regions.
func Workbook(w io.Writer, p Papers, lang Lang) error {
	b := newSheets()
	defer b.file.Close()
	t := func(zh, en string) string { return pick(lang, zh, en) }
	sum, open, unverified, figures := t("汇总", "summary"), t("待处理", "open"), t("无法核实", "cannot verify"), t("数据", "figures")
	b.first(sum)
	b.title(sum, t("数据核对工作簿", "Reconciliation workbook"), 7)
	b.text(sum, 1, 2, fmt.Sprintf(t("核对日期 %s · 数据版本 %s · 通过 %d 项", "checked on %s · release %s · %d checks passed"), p.Date, p.Release, p.Passed))
	b.header(sum, 4, t("单位", "unit"), t("强制", "mandatory"), t("核实", "verify"), t("提示", "hint"), t("合计", "all"), t("已答复", "replied"))
	row := 5
	for _, unit := range append(p.Waiting(), "") {
		n, replied := [4]int{}, 0
		for _, f := range p.Of(unit) {
			n[min(int(f.Severity), 3)]++
			if _, ok := p.Replies[f.ID]; ok {
				replied++
			}
		}
		if name := unit; n[1]+n[2]+n[3] > 0 {
			if name == "" {
				name = t("（未指明单位）", "(nobody in particular)")
			}
			b.cells(sum, row, name, n[3], n[2], n[1], n[1]+n[2]+n[3], replied)
			row++
		}
	}
	b.widths(sum, 30, 10, 10, 10, 10, 10)
	b.landscape(sum, 4)
	for _, s := range []struct {
		name   string
		failed bool
	}{{open, true}, {unverified, false}} {
		b.add(s.name)
		bookFindings(b, p, s.name, s.failed, lang)
	}
	b.add(figures)
	b.title(figures, t("各地区数据", "Figures across regions"), 7)
	b.header(figures, 3, t("指标", "indicator"), t("地区", "region"), t("数值", "value"), t("单位", "unit"), t("时间", "period"), t("出处", "stands at"))
	for i, f := range p.Figures {
		b.cells(figures, 4+i, f.Label, f.RegionName, f.Value, f.Unit, f.Period)
		x := p.Places[f.ID]
		b.link(figures, 6, 4+i, Evidence{Document: x.Document, Locator: x.Locator}, stands(x.Document, x.Locator, lang))
	}
	b.widths(figures, 34, 14, 16, 10, 14, 40)
	b.landscape(figures, 3)
	return b.write(w)
}

// bookFindings writes one sheet of findings.
func bookFindings(b *sheets, p Papers, sheet string, failed bool, lang Lang) {
	t := func(zh, en string) string { return pick(lang, zh, en) }
	b.title(sheet, sheet, 13)
	b.widths(sheet, 6, 8, 16, 14, 40, 13, 13, 12, 9, 16, 28, 20, 20)
	b.header(sheet, 3, t("级别", "severity"), t("状态", "state"), t("单位", "unit"), t("规则", "rule"), t("结论", "what was found"), t("左", "left"), t("右", "right"), t("差额", "difference"), t("容差", "tolerance"),
		t("容差依据", "basis"), t("像是什么", "what it looks like"), t("出处", "stands at"), t("单位答复", "reply"))
	row := 4
	for _, f := range p.Findings {
		if f.Outcome.Failed() != failed {
			continue
		}
		b.cells(sheet, row, SeverityName(f.Severity, lang), f.State.In(lang), f.Unit, f.Rule, pick(lang, f.MessageZh, f.MessageEn), f.Left, f.Right, f.Imbalance, f.Tolerance, BasisText(f.Basis, lang),
			strings.Join(looks(f, lang), "\n"), nil, p.Replies[f.ID].Text)
		if len(f.Evidence) > 0 {
			b.link(sheet, 12, row, f.Evidence[0], stands(f.Evidence[0].Document, f.Evidence[0].Locator, lang))
		} else {
			b.cells(sheet, row, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, "")
		}
		b.severity(sheet, 1, row, f.Severity)
		b.fit(sheet, row)
		row++
	}
	if row > 4 {
		b.do(b.file.AutoFilter(sheet, at(1, 3)+":"+at(13, row-1), nil))
	}
	b.landscape(sheet, 3) // after the filter, which takes the page's set-up back
}
