package export

import (
	"context"
	"fmt"
	"strings"

	"heshu/schemas"
)

// component is a column of the SDMX message and the part of the structure that describes it.
type component struct {
	id     string
	role   role
	list   string // its code list, "" for a value of its own
	format string // data type of SDMX where there is no code list
	sql    string // over best_value b and its observation o
	zh, en string
}

type role uint8

const (
	dimension role = iota + 1
	timeDimension
	measure
	attribute
)

// components are in the order of the structure: dimensions, time, measure, attributes. A value is in the canonical unit, so
// its multiplier is 0 whatever was printed.
var components = []component{
	{"INDICATOR", dimension, "CL_INDICATOR", "", "b.indicator", "指标", "Indicator"},
	{"REF_AREA", dimension, "CL_AREA", "", "b.region_code", "地区", "Reference area"},
	{"FREQ", dimension, "CL_FREQ", "", freqSQL, "时期类型", "Kind of period"},
	{"STATISTIC", dimension, "CL_STATISTIC", "", "coalesce(b.measure, '_Z')", "口径", "Statistic"},
	{"BREAKDOWN", dimension, "", "String", "coalesce(b.breakdown, '_T')", "部分（_T 总体）", "Part of a whole (_T: the whole)"},
	{"PROGRAMME", dimension, "CL_PROGRAMME", "", "coalesce(b.action, '_Z')", "帮扶行动", "Programme action"},
	{"PER", dimension, "CL_PER", "", "coalesce(b.per, '_Z')", "每什么", "Per what"},
	{"UNIT_MEASURE", dimension, "CL_UNIT", "", "b.unit", "单位", "Unit of measure"},
	{"TIME_PERIOD", timeDimension, "", "ObservationalTimePeriod", timeSQL, "时期", "Time period"},
	{"OBS_VALUE", measure, "", "Decimal", "b.value", "数值；只说了范围时为空", "Value; empty where only bounds are said"},
	{"OBS_STATUS", attribute, "CL_OBS_STATUS", "", "b.obs_status", "状态", "Observation status"},
	{"UNIT_MULT", attribute, "CL_UNIT_MULT", "", "0", "单位的十的幂", "Unit multiplier"},
	{"DECIMALS", attribute, "", "Integer", "o.decimals", "原文的小数位数", "Decimals printed"},
	{"VALUE_LOW", attribute, "", "Decimal", "b.value_low", "措辞允许的下限", "Least value the wording allows"},
	{"VALUE_HIGH", attribute, "", "Decimal", "b.value_high", "措辞允许的上限", "Greatest value the wording allows"},
	{"QUALIFIER", attribute, "CL_QUALIFIER", "", "b.qualifier", "限定", "Qualifier"},
	{"CANDIDATES", attribute, "", "Integer", "b.candidates", "来源数", "Sources that state it"},
	{"AGREE", attribute, "", "Boolean", "b.agree", "来源是否一致", "Whether they agree"},
	{"NUMBER", attribute, "", "String", "b.number", "数字的原样写法", "Number as written"},
	{"SOURCE", attribute, "", "String", "b.source", "来源", "Source"},
	{"DOCUMENT", attribute, "", "String", "b.document_id", "文件内容的 SHA-256", "SHA-256 of the document"},
	{"LOCATOR", attribute, "", "String", "b.locator", "证据的位置", "Place of the evidence"},
	{"QUOTE", attribute, "", "String", "b.quote", "证据原文", "The evidence, verbatim"},
	{"OBSERVATION", attribute, "", "String", "b.obs_id", "观测编号", "Observation id"},
}

const (
	freqSQL = `CASE b.period_kind WHEN 'year' THEN 'A' WHEN 'half' THEN 'S' WHEN 'quarter' THEN 'Q' WHEN 'month' THEN 'M' WHEN 'day' THEN 'D'
		WHEN 'as_of' THEN '_T' ELSE '_O' END`
	timeSQL = `CASE b.period_kind WHEN 'year' THEN strftime(b.period_end, '%Y') WHEN 'half' THEN strftime(b.period_end, '%Y') || '-S' || ((month(b.period_end) - 1) // 6 + 1)
		WHEN 'quarter' THEN strftime(b.period_end, '%Y') || '-Q' || quarter(b.period_end) WHEN 'month' THEN strftime(b.period_end, '%Y-%m')
		WHEN 'range' THEN strftime(b.period_start, '%Y-%m-%d') || '/P' || (b.period_end - b.period_start + 1) || 'D' ELSE strftime(b.period_end, '%Y-%m-%d') END`
)

// sdmx writes the best values as SDMX-CSV 2.0 with the structure they follow as SDMX-JSON 2.0. What has no period cannot be
// said in SDMX and stays out; the other formats have it.
func (e *exporter) sdmx(ctx context.Context) error {
	used := map[string]map[string]bool{}
	columns := make([]string, len(components))
	header := []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}
	for i, c := range components {
		columns[i] = c.sql
		header = append(header, c.id)
		if c.list != "" {
			used[c.list] = map[string]bool{}
		}
	}
	out, err := e.create("sdmx/heshu.csv")
	if err != nil {
		return err
	}
	defer out.file.Close()
	if err := writeRecord(out, header); err != nil {
		return err
	}
	n := int64(0)
	err = e.each(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM best_value b LEFT JOIN observation_current o USING (obs_id)
		WHERE b.period_end IS NOT NULL ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, b.obs_id`, func(v []any) error {
		record := []string{"dataflow", structureID(dataflowID), "I"}
		for i, c := range components {
			s := plainText(v[i])
			if c.list != "" && s != "" {
				used[c.list][s] = true
			}
			record = append(record, s)
		}
		n++
		return writeRecord(out, record)
	})
	if err != nil {
		return err
	}
	if _, err := e.done(out, n); err != nil {
		return err
	}
	return e.sdmxStructure(ctx, used)
}

// plainText is a value as SDMX writes it: nothing is added to texts.
func plainText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case schemas.Decimal:
		return x.String()
	}
	return fmt.Sprint(v)
}
