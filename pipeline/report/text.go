package report

import (
	"fmt"
	"io"
	"strings"
)

// evidenceLines is how many places of a finding the text shows; the page shows all.
const evidenceLines = 3

// Text writes the night for a terminal or a mail: the headline, the open findings, what could not be read.
func Text(w io.Writer, n Night, lang Lang) error {
	var b strings.Builder
	fmt.Fprintln(&b, Headline(n, lang))
	for _, list := range [][]Finding{n.Open(), n.Unverified()} {
		for _, f := range list {
			fmt.Fprintf(&b, "  [%s] %s\n", SeverityName(f.Severity, lang), pick(lang, f.MessageZh, f.MessageEn))
			if f.Diagnosis != "" {
				fmt.Fprintf(&b, "        %s\n", f.Diagnosis)
			}
			for _, e := range f.Evidence[:min(len(f.Evidence), evidenceLines)] {
				fmt.Fprintf(&b, "        %s %s  %s\n", e.Document, e.Locator, e.Quote)
			}
			if more := len(f.Evidence) - evidenceLines; more > 0 {
				fmt.Fprintf(&b, pick(lang, "        另有 %d 处\n", "        and %d more\n"), more)
			}
		}
	}
	for _, d := range n.Documents {
		for _, i := range d.Issues {
			fmt.Fprintf(&b, "  %s %s: %s: %s\n", d.Name, i.Place, i.Code, i.Message)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
