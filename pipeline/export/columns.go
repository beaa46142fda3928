package export

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"heshu/pipeline/columnar"
	"heshu/schemas"
	"heshu/schemas/layout"
)

// observationColumns are the columns of the hand-over files, and whether a row counts: what a task wrote is what goes out.
func observationColumns() ([]layout.Column, error) {
	t, ok := layout.Find("observation")
	if !ok {
		return nil, errors.New("no table observation in the layout")
	}
	counted := layout.Column{Name: "counted", Type: layout.Bool, Zh: "是否计入汇总（非文内重复、非转载）", En: "whether it counts: neither a repeat within its document nor a reprint"}
	return append(append([]layout.Column(nil), t.HandoverColumns()...), counted), nil
}

// undated is the year of observations without a period, as readers of partitions know it.
const undated = "__HIVE_DEFAULT_PARTITION__"

// parquet writes the current observations into one file for each indicator and year: indicator=projects/year=2018/part-0.parquet.
func (e *exporter) parquet(ctx context.Context) error {
	columns, err := observationColumns()
	if err != nil {
		return err
	}
	p := partitions{exporter: e, columns: columns}
	defer p.abandon()
	sql := `SELECT ` + strings.Join(layout.Names(columns), ", ") + ` FROM observation_current
		ORDER BY indicator, coalesce(year(period_end), 0), region_code, period_end, document_id, ordinal`
	if err := e.each(ctx, sql, p.add); err != nil {
		return err
	}
	return p.close()
}

// partitions writes rows that come sorted by partition.
type partitions struct {
	*exporter
	columns []layout.Column
	path    string
	out     *output
	writer  *columnar.Writer
}

func (p *partitions) add(v []any) error {
	indicator, year := "", undated
	for i, c := range p.columns {
		switch c.Name {
		case "indicator":
			indicator = fmt.Sprint(v[i])
		case "period_end":
			if d, ok := v[i].(schemas.Date); ok {
				year = fmt.Sprint(d.Year())
			}
		}
	}
	path := "parquet/observation/indicator=" + url.PathEscape(indicator) + "/year=" + year + "/part-0.parquet"
	if path != p.path {
		if err := p.close(); err != nil {
			return err
		}
		var err error
		if p.out, err = p.create(path); err != nil {
			return err
		}
		if p.writer, err = columnar.NewParquet(p.out, p.columns); err != nil {
			return err
		}
		p.path = path
	}
	return p.writer.Write(typed(p.columns, v))
}

func (p *partitions) close() error {
	if p.writer == nil {
		return nil
	}
	rows, err := p.writer.Close()
	p.writer.Release()
	p.writer = nil
	if err != nil {
		return err
	}
	_, err = p.done(p.out, rows)
	p.out = nil
	return err
}

func (p *partitions) abandon() {
	if p.writer != nil {
		p.writer.Release()
	}
	if p.out != nil {
		p.out.file.Close()
	}
}

// arrow writes the current observations into one Arrow IPC file.
func (e *exporter) arrow(ctx context.Context) error {
	columns, err := observationColumns()
	if err != nil {
		return err
	}
	out, err := e.create("arrow/observation.arrow")
	if err != nil {
		return err
	}
	defer out.file.Close()
	w, err := columnar.NewIPC(out, columns)
	if err != nil {
		return err
	}
	defer w.Release()
	sql := `SELECT ` + strings.Join(layout.Names(columns), ", ") + ` FROM observation_current ORDER BY indicator, region_code, period_end, document_id, ordinal`
	if err := e.each(ctx, sql, func(v []any) error { return w.Write(typed(columns, v)) }); err != nil {
		return err
	}
	rows, err := w.Close()
	if err != nil {
		return err
	}
	_, err = e.done(out, rows)
	return err
}

// typed turns lists into lists of text.
func typed(columns []layout.Column, v []any) []any {
	row := make([]any, len(v))
	for i, x := range v {
		row[i] = x
		if list, ok := x.([]any); ok && columns[i].Type == layout.TextList {
			texts := make([]string, len(list))
			for j, t := range list {
				texts[j] = fmt.Sprint(t)
			}
			row[i] = texts
		}
	}
	return row
}
