package main

import (
	"encoding/csv"
	"encoding/json"
	"io"

	"heshu/pipeline"
	"heshu/schemas"
)

// observationColumns are the columns that people read first.
var observationColumns = []string{"obs_id", "region_code", "indicator", "breakdown", "value", "value_low", "value_high", "qualifier", "unit", "measure", "per",
	"period_kind", "period_start", "period_end", "scope", "entity", "action", "number", "quote", "locator", "source", "confidence", "rule", "flags"}

func observationRecords(list []schemas.Observation) *records {
	r := &records{columns: observationColumns}
	for i := range list {
		r.add(observationRow(&list[i])...)
	}
	return r
}

func observationRow(o *schemas.Observation) []any {
	return []any{o.ID, o.Region, o.Indicator, o.Breakdown, o.Value, o.Low, o.High, o.Qualifier, o.Unit, o.Measure, o.Per,
		o.Period.Kind, o.Period.Start, o.Period.End, o.Scope, o.Entity, o.Action, o.Number, o.Quote, o.Locator.String(), o.Source, o.Confidence, o.Rule, o.Flags}
}

// observationWriter prints observations: lines and rows of a .csv as they come, the other formats at the end.
type observationWriter struct {
	out    io.Writer
	format string
	lines  *json.Encoder
	rows   *csv.Writer
	held   []schemas.Observation
}

func newObservationWriter(out io.Writer, format string) (*observationWriter, error) {
	w := &observationWriter{out: out, format: format}
	switch format {
	case "jsonl":
		w.lines = json.NewEncoder(out)
		w.lines.SetEscapeHTML(false)
	case "csv":
		w.rows = csv.NewWriter(out)
		return w, w.rows.Write(observationColumns)
	}
	return w, nil
}

// streams reports whether the writer holds no observations.
func (w *observationWriter) streams() bool { return w.lines != nil || w.rows != nil }

func (w *observationWriter) add(o schemas.Observation) error {
	switch {
	case w.lines != nil:
		return w.lines.Encode(o)
	case w.rows != nil:
		return w.rows.Write((*records)(nil).cells(observationRow(&o)))
	}
	if w.format != "html" { // whose page is written of the reading
		w.held = append(w.held, o)
	}
	return nil
}

// reading prints the observations of a reading, and reads a document that nobody wants to hold first.
func (w *observationWriter) reading(reader pipeline.Reader, r pipeline.Reading) (pipeline.Reading, error) {
	var err error
	if r.Large {
		r = reader.ReadLarge(r.Document, func(o schemas.Observation) {
			if err == nil {
				err = w.add(o)
			}
		})
	}
	for _, o := range r.Observations {
		if err == nil {
			err = w.add(o)
		}
	}
	return r, err
}

// close prints what is held.
func (w *observationWriter) close() error {
	switch {
	case w.rows != nil:
		w.rows.Flush()
		return w.rows.Error()
	case w.lines != nil:
		return nil
	}
	return observationRecords(w.held).print(w.out, w.format)
}
