package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"heshu/pipeline"
	"heshu/pipeline/intake"
	"heshu/pipeline/report"
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
			r, cfg, err := a.openConfigured(c.Context(), w)
			if err != nil {
				return err
			}
			defer r.Close()
			o, doc, err := observation(c.Context(), r, cfg, args[0])
			if err != nil {
				return err
			}
			reader, err := newReader(readerOptions{trace: true, office: cfg.Schemas, limits: cfg.Limits})
			if err != nil {
				return err
			}
			return a.explain(o, reader.Read(doc))
		},
	}
	w.flags(c)
	return c
}

// observation finds an observation of the release and its document, with the bytes from the raw store.
func observation(ctx context.Context, r *warehouse.Reader, cfg pipeline.Config, id string) (schemas.Observation, schemas.Document, error) {
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

// fieldNames are the fields of an observation in Chinese, as explain tells them.
var fieldNames = map[string]string{"document": "材料", "locator": "位置", "quote": "原文", "number": "数字", "value": "数值", "bounds": "上下限", "qualifier": "限定",
	"label": "计数对象", "row": "行标题", "column": "列标题", "indicator": "指标", "breakdown": "部分", "measure": "口径", "per": "每什么", "scope": "范围", "entity": "单位名称",
	"region": "地区", "period": "时间", "action": "帮扶行动", "rule": "规则", "confidence": "把握", "flags": "标记", "unit": "计量单位"}

// field is a field's name in the language that people are spoken to in.
func (a *app) field(name string) string {
	if a.lang == string(report.En) || fieldNames[name] == "" {
		return name
	}
	return fieldNames[name]
}

// explain prints what is known of one observation.
func (a *app) explain(o schemas.Observation, r pipeline.Reading) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n\n", o.ID, r.Document.Name)
	b.WriteString(inContext(o, r.Extraction))
	value := o.Value.String()
	if !o.Value.IsSet() {
		value = o.Low.String() + "…" + o.High.String()
	}
	facts := a.headed([][2]string{{"field", "项目"}, {"is", "内容"}})
	for _, f := range [][2]string{
		{"document", string(o.Document)}, {"locator", o.Locator.String()}, {"quote", o.Quote}, {"number", o.Number}, {"value", value + " " + string(o.Unit)},
		{"bounds", strings.Trim(o.Low.String()+" … "+o.High.String(), " ")}, {"qualifier", o.Qualifier.String()}, {"label", o.Label}, {"row", o.RowLabel}, {"column", o.ColumnLabel},
		{"indicator", string(o.Indicator)}, {"breakdown", o.Breakdown}, {"measure", o.Measure.String()}, {"per", o.Per}, {"scope", o.Scope.String()}, {"entity", o.Entity},
		{"region", strings.TrimSpace(string(o.Region) + " " + o.RegionAs)}, {"period", strings.TrimSpace(o.Period.Kind.String() + " " + o.Period.Start.String() + " " + o.Period.End.String())},
		{"action", o.Action}, {"rule", o.Rule}, {"confidence", fmt.Sprint(o.Confidence)}, {"flags", flagList(o.Flags)},
	} {
		if f[1] != "" && f[1] != "…" {
			facts.add(a.field(f[0]), f[1])
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
		steps := a.headed([][2]string{{"sets", "确定"}, {"rule", "规则"}, {"from", "依据"}, {"to", "得到"}})
		for _, s := range again.Steps {
			steps.add(a.field(s.Field), s.Rule, s.From, s.To)
		}
		if err := steps.table(&b); err != nil {
			return err
		}
	}
	_, err := io.WriteString(a.stdout, b.String())
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
