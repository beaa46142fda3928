package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
	"heshu/schemas/wording"
)

func (a *app) ledgerCommand() *cobra.Command {
	var s said
	var format string
	c := &cobra.Command{
		Use:   "ledger FILE",
		Short: "Account for every number of a document: observation, issue or named exclusion",
		Long: `Account for every number of a document, each with its place. The last line of standard error says whether the account
balances: numbers seen = numbers in observations + issues + exclusions. The exit status is 1 where it does not.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			reader, err := newReader(readerOptions{password: s.password})
			if err != nil {
				return err
			}
			doc, err := a.load(args[0], s)
			if err != nil {
				return usage("%v", err)
			}
			return a.ledger(reader.Read(doc), format)
		},
	}
	s.flags(c)
	formatFlag(c, &format, "table")
	return c
}

// at is a locator as it is printed, "" for none.
func at(l schemas.Locator) string {
	if l == nil {
		return ""
	}
	return l.String()
}

func (a *app) ledger(r pipeline.Reading, format string) error {
	if r.Err != nil {
		a.report(r)
		return coded{exitFindings, nil}
	}
	out := a.headed([][2]string{{"part", "部分"}, {"outcome", "去向"}, {"class", "类别"}, {"numbers", "数字个数"}, {"locator", "位置"}, {"text", "内容"}})
	add := func(part int, outcome wording.Words, class, inWords string, numbers int, l schemas.Locator, text string) {
		what := outcome.En
		if format == "table" {
			what, class = outcome.In(a.lang), inWords
		}
		out.add(part, what, class, numbers, at(l), text)
	}
	lang := report.Lang(a.lang)
	names, err := a.names("")
	if err != nil {
		return err
	}
	for i, f := range r.Extraction.Figures {
		class := schemas.IndicatorCode("")
		if i < len(r.Observations) {
			class = r.Observations[i].Indicator
		}
		add(f.Part, wording.Words{Zh: "数据", En: "observation"}, string(class), names.Indicator(class), f.Numbers, f.Locator, f.Number)
	}
	for _, i := range r.Issues {
		line := report.NewIssueLine(i, "")
		add(i.Part, wording.Words{Zh: "问题", En: "issue"}, line.Code, line.Name(lang), i.Numbers, i.Locator, line.Says(lang))
	}
	for _, x := range r.Extraction.Exclusions {
		add(x.Part, wording.Words{Zh: "排除", En: "exclusion"}, x.Class, report.ClassName(x.Class, lang), x.Numbers, x.Locator, x.Text)
	}
	if err := out.print(a.stdout, format); err != nil {
		return err
	}
	unbalanced := 0
	for _, b := range r.Balance() {
		if !b.Balanced() {
			unbalanced++
		}
		fmt.Fprintf(a.stderr, "heshu: part %d: %d numbers = %d in observations + %d in issues + %d in exclusions%s\n", b.Part, b.Numbers, b.Figures, b.Issues, b.Exclusions,
			map[bool]string{false: ": NOT BALANCED"}[b.Balanced()])
	}
	if unbalanced > 0 {
		return coded{exitFindings, nil}
	}
	return nil
}
