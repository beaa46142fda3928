package report

import (
	"cmp"
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

// Text writes the night for a terminal or a mail: the headline, what came in, what approval would change, what could not be read or had, the
// findings, what was resolved, who has not reported.
func Text(w io.Writer, n Night, lang Lang) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", Headline(n, lang), Summary(n, lang))
	textHeld(&b, n, lang)
	textBroken(&b, n, lang)
	textFound(&b, n.Open(), lang)
	textFound(&b, n.Unverified(), lang)
	resolved := n.Resolved()
	for _, f := range resolved[:min(len(resolved), textFindings)] {
		fmt.Fprintf(&b, "  [%s] %s\n", Resolved.In(lang), pick(lang, f.MessageZh, f.MessageEn))
	}
	textMore(&b, len(resolved), textFindings, lang)
	for _, s := range n.Missing {
		fmt.Fprintf(&b, "  [%s] %s %s %s %s", s.State.In(lang), s.Unit, s.Period, pick(lang, "应报", "due"), s.Due)
		if s.Late != nil && *s.Late > 0 {
			fmt.Fprintf(&b, pick(lang, "，逾期 %d 个工作日", ", %d working days late"), *s.Late)
		}
		b.WriteString("\n")
	}
	for _, name := range n.Vanished {
		fmt.Fprintf(&b, pick(lang, "  %s 已不在原处，原有数据保留\n", "  %s is no longer there; what it said is kept\n"), name)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// textMore says how many lines of a list are not shown.
func textMore(b *strings.Builder, n, shown int, lang Lang) {
	if n > shown {
		fmt.Fprintf(b, pick(lang, "  另有 %d 项，见晨报 JSON 或 heshu query\n", "  and %d more: see the JSON, or heshu query\n"), n-shown)
	}
}

// textHeld writes what approval would change.
func textHeld(b *strings.Builder, n Night, lang Lang) {
	if !n.Held {
		return
	}
	for _, d := range n.Differences[:min(len(n.Differences), differenceLines)] {
		fmt.Fprintf(b, "  %s %s %s %s %s: %s → %s\n", ActionName(d.Action, lang), d.Label, d.Place, d.Period, d.Source, d.Old, d.New)
	}
	textMore(b, len(n.Differences), differenceLines, lang)
	for _, d := range n.Otherwise[:min(len(n.Otherwise), differenceLines)] {
		fmt.Fprintf(b, "  %s [%s] %s %s → %s: %s (%s)\n", ActionName(d.Action, lang), SeverityName(d.Severity, lang), cmp.Or(d.Unit, "—"), cmp.Or(OutcomeName(d.Old, lang), "—"),
			cmp.Or(OutcomeName(d.New, lang), "—"), pick(lang, d.Zh, d.En), BecauseText(d.Because, lang))
	}
	textMore(b, len(n.Otherwise), differenceLines, lang)
	if n.NewFigures > 0 {
		fmt.Fprintf(b, pick(lang, "  另有随新材料增加、改变或减少的数据 %d 条\n", "  and %d figures that came, changed or went with documents\n"), n.NewFigures)
	}
}

// textBroken writes the documents that could not be read well, with the advice, and the addresses that could not be had.
func textBroken(b *strings.Builder, n Night, lang Lang) {
	broken := n.Broken()
	for _, d := range broken[:min(len(broken), textFindings)] {
		for _, i := range d.Issues {
			b.WriteString("  " + i.Line(d.Name, lang))
			if advice := i.Advice(lang); advice != "" {
				fmt.Fprintf(b, pick(lang, "。%s", ". %s"), advice)
			}
			b.WriteString("\n")
		}
	}
	textMore(b, len(broken), textFindings, lang)
	for _, t := range n.Troubles[:min(len(n.Troubles), textFindings)] {
		fmt.Fprintf(b, "  %s: %s\n", t.Address, t.Says(lang))
	}
	textMore(b, len(n.Troubles), textFindings, lang)
}

// textFound writes findings with the first places of their evidence.
func textFound(b *strings.Builder, list []*Finding, lang Lang) {
	for _, f := range list[:min(len(list), textFindings)] {
		still := ""
		if f.State == Still {
			still = pick(lang, "（", " (") + Still.In(lang) + pick(lang, "）", ")")
		}
		fmt.Fprintf(b, "  [%s] %s%s\n", SeverityName(f.Severity, lang), pick(lang, f.MessageZh, f.MessageEn), ReplyText(f.Reply, lang)+still)
		if f.Diagnosis != "" {
			fmt.Fprintf(b, "        %s\n", DiagnosisText(f.Diagnosis, lang))
		}
		for _, e := range f.Evidence[:min(len(f.Evidence), evidenceLines)] {
			fmt.Fprintf(b, "        %s  %s\n", stands(e.Document, e.Locator, lang), e.Quote)
		}
		if more := len(f.Evidence) - evidenceLines; more > 0 {
			fmt.Fprintf(b, pick(lang, "        另有 %d 处\n", "        and %d more\n"), more)
		}
		if action := pick(lang, f.ActionZh, f.ActionEn); action != "" {
			fmt.Fprintf(b, "        → %s\n", action)
		}
	}
	textMore(b, len(list), textFindings, lang)
}
