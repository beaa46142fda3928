package warehouse

import (
	"context"
	"fmt"
	"strings"

	"heshu/schemas/layout"
)

// viewColumns explains the columns that only views have; all others mean what they mean in the tables.
var viewColumns = []layout.Column{
	{Name: "reprint_of", Zh: "转载时：首发的观测值", En: "of a reprint: the observation of the original article"},
	{Name: "counted", Zh: "是否计入汇总：非文内重复、非转载", En: "whether it counts: neither a repeat within its document nor a reprint"},
	{Name: "original_obs_id", Zh: "首发的观测值", En: "the observation of the original article"},
	{Name: "why", Zh: "选取的依据：own return 本地区报表，other return 其他报表，own publication 本地区公开报道，other publication 其他报道", En: "by which precedence: the region's own return, another return, its own publication, another publication"},
	{Name: "precedence", Zh: "次序，1 最先", En: "order of choice, 1 first"},
	{Name: "inexact", Zh: "0 精确，1 有限定词", En: "0: exact, 1: qualified"},
	{Name: "key_hash", Zh: "指标、地区、时期等的散列", En: "hash of indicator, region, period and the rest of the key"},
	{Name: "candidates", Zh: "候选观测值的个数", En: "observations to choose from"},
	{Name: "agree", Zh: "候选是否一致（限定词按范围比较）", En: "whether the candidates agree; qualified ones as ranges"},
	{Name: "others", Zh: "未选取的候选", En: "the candidates that were not chosen"},
	{Name: "all_candidates", Zh: "全部候选，选取的在前", En: "all candidates, the chosen one first"},
	{Name: "indicator_zh", Zh: "指标中文名", En: "the indicator's name in Chinese"},
	{Name: "indicator_en", Zh: "指标英文名", En: "the indicator's name in English"},
	{Name: "region", Zh: "地区名（最近的）", En: "name of the region, the latest one"},
	{Name: "unit_zh", Zh: "单位中文名", En: "the unit's name in Chinese"},
	{Name: "document", Zh: "文件名或网址", En: "file name or address of the document"},
	{Name: "documents", Zh: "文件数", En: "number of documents"},
	{Name: "observations", Zh: "观测值数", En: "number of observations"},
	{Name: "indicators", Zh: "指标数", En: "number of indicators"},
	{Name: "indicator_codes", Zh: "所报的指标", En: "the indicators reported"},
	{Name: "variableMeasured", Zh: "指标代码", En: "code of the indicator"},
	{Name: "observationAbout", Zh: "地区代码", En: "code of the region"},
	{Name: "observationDate", Zh: "时期止日", En: "last day of the period"},
	{Name: "observationPeriod", Zh: "时期长度（ISO 8601）；截至某日时为空", En: "length of the period (ISO 8601); null for as-of periods"},
	{Name: "measurementMethod", Zh: "workbook 报表，article 报道", En: "workbook: a return; article: a publication"},
}

// addViews makes the script's views and macros in the database in use, for good, and explains them.
func addViews(ctx context.Context, tx asker) error {
	if err := execAll(ctx, tx, lasting(statements(viewsSQL))...); err != nil {
		return err
	}
	return explain(ctx, tx)
}

// explain puts a comment on every column of the database in use that has none: those of views, and of the table made of one.
func explain(ctx context.Context, tx asker) error {
	rows, err := tx.QueryContext(ctx, `SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL AND database_name = current_database() ORDER BY ALL`)
	if err != nil {
		return fmt.Errorf("list columns: %w", err)
	}
	defer rows.Close()
	var script []string
	for rows.Next() {
		var view, name string
		if err := rows.Scan(&view, &name); err != nil {
			return fmt.Errorf("list columns: %w", err)
		}
		c, ok := meaning(view, name)
		if !ok {
			return fmt.Errorf("column %s.%s has no explanation", view, name)
		}
		script = append(script, fmt.Sprintf(`COMMENT ON COLUMN %s."%s" IS %s`, view, name, quote(comment(c.Zh, c.En))))
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("list columns: %w", err)
	}
	return execAll(ctx, tx, script...)
}

// meaning finds what a view's column means: its own words, else those of the table that the view is named after, of
// observation, of any.
func meaning(view, name string) (layout.Column, bool) {
	table, _, _ := strings.Cut(view, "_")
	lists := [][]layout.Column{viewColumns}
	for _, t := range []string{table, "observation"} {
		if t, ok := layout.Find(t); ok {
			lists = append(lists, t.Columns)
		}
	}
	for _, t := range layout.Tables() {
		lists = append(lists, t.Columns)
	}
	for _, list := range lists {
		for _, c := range list {
			if c.Name == name {
				return c, true
			}
		}
	}
	return layout.Column{}, false
}
