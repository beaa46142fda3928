package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
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

func (a *app) ledger(r pipeline.Reading, format string) error {
	if r.Err != nil {
		a.report(r)
		return coded{exitFindings, nil}
	}
	out := &records{columns: []string{"part", "outcome", "class", "numbers", "locator", "text"}}
	at := func(l schemas.Locator) string {
		if l == nil {
			return ""
		}
		return l.String()
	}
	for i, f := range r.Extraction.Figures {
		class := ""
		if i < len(r.Observations) {
			class = string(r.Observations[i].Indicator)
		}
		out.add(f.Part, "observation", class, f.Numbers, at(f.Locator), f.Number)
	}
	for _, i := range r.Issues {
		out.add(i.Part, "issue", string(i.Code), i.Numbers, at(i.Locator), report.NewIssueLine(i, "").Says(report.Lang(a.lang)))
	}
	for _, x := range r.Extraction.Exclusions {
		out.add(x.Part, "exclusion", x.Class, x.Numbers, at(x.Locator), x.Text)
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
