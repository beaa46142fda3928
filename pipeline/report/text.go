package report

import (
	"fmt"
	"io"
	"strings"
)

// evidenceLines is how many places of a finding the text shows; the page shows all.
const evidenceLines = 3

// textFindings is how many findings of a kind the text shows.
const textFindings = 200

// differenceLines is how many figures of a held release the text shows.
const differenceLines = 20

// Text writes the night for a terminal or a mail: the headline, the open findings, what could not be read.
func Text(w io.Writer, n Night, lang Lang) error {
	var b strings.Builder
	fmt.Fprintln(&b, Headline(n, lang))
	for _, list := range [][]Finding{n.Open(), n.Unverified()} {
		for _, f := range list[:min(len(list), textFindings)] {
			fmt.Fprintf(&b, "  [%s] %s\n", SeverityName(f.Severity, lang), pick(lang, f.MessageZh, f.MessageEn))
			if f.Diagnosis != "" {
				fmt.Fprintf(&b, "        %s\n", DiagnosisText(f.Diagnosis, lang))
			}
			for _, e := range f.Evidence[:min(len(f.Evidence), evidenceLines)] {
				fmt.Fprintf(&b, "        %s %s  %s\n", e.Document, e.Locator, e.Quote)
			}
			if more := len(f.Evidence) - evidenceLines; more > 0 {
				fmt.Fprintf(&b, pick(lang, "        另有 %d 处\n", "        and %d more\n"), more)
			}
		}
		if more := len(list) - textFindings; more > 0 {
			fmt.Fprintf(&b, pick(lang, "  另有 %d 项，见晨报 JSON 或 heshu query\n", "  and %d more: see the JSON, or heshu query\n"), more)
		}
	}
	for _, d := range n.Documents {
		for _, i := range d.Issues {
			fmt.Fprintf(&b, "  %s %s: %s: %s", d.Name, i.Place, i.Code, i.Message)
			if advice := Advice(i.Code, lang); advice != "" {
				fmt.Fprintf(&b, pick(lang, "。%s", ". %s"), advice)
			}
			b.WriteString("\n")
		}
	}
	text(&b, n, lang)
	_, err := io.WriteString(w, b.String())
	return err
}

// text writes what the run itself has to say: resolved findings, overdue returns, addresses, what approval would change.
func text(b *strings.Builder, n Night, lang Lang) {
	resolved := n.Resolved()
	for _, f := range resolved[:min(len(resolved), textFindings)] {
		fmt.Fprintf(b, "  [%s] %s\n", Resolved.In(lang), pick(lang, f.MessageZh, f.MessageEn))
	}
	for _, s := range n.Missing {
		fmt.Fprintf(b, "  [%s] %s %s %s %s", s.State.In(lang), s.Unit, s.Period, pick(lang, "应报", "due"), s.Due)
		if s.Late != nil && *s.Late > 0 {
			fmt.Fprintf(b, pick(lang, "，逾期 %d 个工作日", ", %d working days late"), *s.Late)
		}
		b.WriteString("\n")
	}
	for _, t := range n.Troubles {
		fmt.Fprintf(b, "  %s: %s\n", t.Address, t.Why)
	}
	for _, name := range n.Vanished {
		fmt.Fprintf(b, pick(lang, "  %s 已不在原处，原有数据保留\n", "  %s is no longer there; what it said is kept\n"), name)
	}
	for _, d := range n.Differences[:min(len(n.Differences), differenceLines)] {
		fmt.Fprintf(b, "  %s %s %s %s %s: %s → %s\n", d.Action, d.Indicator, d.Region, d.Period, d.Source, d.Old, d.New)
	}
	if more := len(n.Differences) - differenceLines; more > 0 {
		fmt.Fprintf(b, pick(lang, "  另有 %d 条\n", "  and %d more\n"), more)
	}
}
