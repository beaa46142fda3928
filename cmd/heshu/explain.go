package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

func (a *app) explainCommand() *cobra.Command {
	var w which
	c := &cobra.Command{
		Use:   "explain OBS_ID",
		Short: "Show an observation's evidence in its context, the rule that mapped it and each step",
		Long: `Show an observation's evidence in its context, the rule that mapped it and each step of its normalisation. The document is
read again from the raw store. The beginning of an id is enough where it is one observation's only.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r, err := a.open(c.Context(), w)
			if err != nil {
				return err
			}
			defer r.Close()
			o, doc, err := a.observation(c.Context(), r, w, args[0])
			if err != nil {
				return err
			}
			reader, err := newReader(readerOptions{trace: true})
			if err != nil {
				return err
			}
			return explain(a.stdout, o, reader.Read(doc))
		},
	}
	w.flags(c)
	return c
}

// observation finds an observation of the release and its document, with the bytes from the raw store.
func (a *app) observation(ctx context.Context, r *warehouse.Reader, w which, id string) (schemas.Observation, schemas.Document, error) {
	list, err := r.Observations(ctx, "starts_with(obs_id, ?)", strings.ToLower(id))
	if err != nil {
		return schemas.Observation{}, schemas.Document{}, err
	}
	if len(list) != 1 {
		return schemas.Observation{}, schemas.Document{}, usage("%q begins the ids of %d current observations", id, len(list))
	}
	documents, err := r.Documents(ctx)
	if err != nil {
		return schemas.Observation{}, schemas.Document{}, err
	}
	cfg, err := a.config(w.config, nil)
	if err != nil {
		return schemas.Observation{}, schemas.Document{}, coded{exitUsage, err}
	}
	store, err := intake.ReadStore(cfg.RawDir())
	if err != nil {
		return schemas.Observation{}, schemas.Document{}, err
	}
	b, err := store.Get(list[0].Document)
	if err != nil {
		return schemas.Observation{}, schemas.Document{}, err
	}
	doc := schemas.NewDocument("", b)
	for _, d := range documents {
		if d.ID == doc.ID {
			doc.Name, doc.Published, doc.Region = d.Name, d.Published, d.Region
		}
	}
	return list[0], doc, nil
}

// explain prints what is known of one observation.
func explain(w io.Writer, o schemas.Observation, r pipeline.Reading) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n\n", o.ID, r.Document.Name)
	b.WriteString(inContext(o, r.Extraction))
	value := o.Value.String()
	if !o.Value.IsSet() {
		value = o.Low.String() + "…" + o.High.String()
	}
	facts := &records{columns: []string{"field", "is"}}
	for _, f := range [][2]string{
		{"document", string(o.Document)}, {"locator", o.Locator.String()}, {"quote", o.Quote}, {"number", o.Number}, {"value", value + " " + string(o.Unit)},
		{"bounds", strings.Trim(o.Low.String()+" … "+o.High.String(), " ")}, {"qualifier", o.Qualifier.String()}, {"label", o.Label}, {"row", o.RowLabel}, {"column", o.ColumnLabel},
		{"indicator", string(o.Indicator)}, {"breakdown", o.Breakdown}, {"measure", o.Measure.String()}, {"per", o.Per}, {"scope", o.Scope.String()}, {"entity", o.Entity},
		{"region", strings.TrimSpace(string(o.Region) + " " + o.RegionAs)}, {"period", strings.TrimSpace(o.Period.Kind.String() + " " + o.Period.Start.String() + " " + o.Period.End.String())},
		{"action", o.Action}, {"rule", o.Rule}, {"confidence", fmt.Sprint(o.Confidence)}, {"flags", flagList(o.Flags)},
	} {
		if f[1] != "" && f[1] != "…" {
			facts.add(f[0], f[1])
		}
	}
	if err := facts.table(&b); err != nil {
		return err
	}
	for _, again := range r.Observations {
		if again.ID != o.ID || len(again.Steps) == 0 {
			continue
		}
		b.WriteString("\n")
		steps := &records{columns: []string{"sets", "rule", "from", "to"}}
		for _, s := range again.Steps {
			steps.add(s.Field, s.Rule, s.From, s.To)
		}
		if err := steps.table(&b); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func flagList(flags []schemas.Flag) string {
	list := make([]string, len(flags))
	for i, f := range flags {
		list[i] = string(f)
	}
	return strings.Join(list, ", ")
}

// inContext prints an article's quote within 60 characters to both sides, the quote in brackets.
func inContext(o schemas.Observation, x schemas.Extraction) string {
	span, ok := o.Locator.(schemas.TextSpan)
	if !ok {
		return ""
	}
	for _, p := range x.Parts {
		text := []rune(p.Text)
		if p.Index != o.Article || int(span.End) > len(text) {
			continue
		}
		const around = 60
		start, end := max(0, int(span.Start)-around), min(len(text), int(span.End)+around)
		line := string(text[start:span.Start]) + "【" + string(text[span.Start:span.End]) + "】" + string(text[span.End:end])
		return "…" + strings.ReplaceAll(line, "\n", " ") + "…\n\n"
	}
	return ""
}
