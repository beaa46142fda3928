package report

import (
	"strings"

	"heshu/schemas"
)

// actionName is a programme action's name for people.
func actionName(action string, lang Lang) string {
	zh := map[string]string{"skills": "技能扶贫", "industry": "产业扶贫", "project": "项目扶贫", "employment": "就业扶贫", "pairing": "结对扶贫", "knowledge": "智力扶贫", "collective": "集体扶贫"}
	return pick(lang, zh[action], action)
}

// ClassName is an exclusion class's name for people; a second word behind a colon stays.
func ClassName(class string, lang Lang) string {
	zh := map[string]string{"date": "日期", "ordinal": "序数", "name": "名称", "word": "词语", "document_number": "文号", "phone": "电话", "clock_time": "时刻", "age": "年龄",
		"article_word": "泛指", "address": "地址", "identifier": "编号", "sequence_number": "序号", "duration": "时长", "score": "分数", "plan_level": "层级阶段", "code": "代码",
		"plan_points": "要点", "bare": "无单位", "sequence": "序号", "ratio": "比例", "digits_lost": "数字缺失", "page_furniture": "版面文字", "label": "表头"}
	first, rest, _ := strings.Cut(class, ":")
	name, ok := zh[first]
	if !ok || lang == En {
		return class
	}
	return strings.Join(nonEmpty(name, rest), " ")
}

// perWords says what an average is for: household+year is 每户每年.
func perWords(per string, lang Lang) string {
	if per == "" || lang == En {
		return per
	}
	zh := map[string]string{"household": "每户", "person": "每人", "county": "每县", "village": "每村", "organization": "每家", "year": "每年", "month": "每月"}
	var out strings.Builder
	for _, p := range strings.Split(per, "+") {
		if zh[p] == "" {
			return per
		}
		out.WriteString(zh[p])
	}
	return out.String()
}

// MeasureName is what a figure measures, for people.
func MeasureName(m schemas.Measure, lang Lang) string {
	zh := map[schemas.Measure]string{schemas.Total: "总数", schemas.Average: "平均", schemas.Share: "占比", schemas.Change: "增减", schemas.Growth: "增速", schemas.Target: "计划"}
	return pick(lang, zh[m], m.String())
}

func measureWords(o schemas.Observation, lang Lang) string {
	if o.Measure == schemas.Total || o.Measure == 0 {
		return perWords(o.Per, lang)
	}
	return strings.Join(nonEmpty(MeasureName(o.Measure, lang), perWords(o.Per, lang)), " ")
}

// periodWords says a period for people.
func periodWords(p schemas.Period, lang Lang) string {
	switch p.Kind {
	case schemas.AsOf:
		return pick(lang, "截至 ", "as of ") + p.End.String()
	case schemas.Year:
		return p.End.String()[:4]
	case schemas.Month:
		return p.End.String()[:7]
	case schemas.Day:
		return p.End.String()
	}
	if p.End.IsZero() {
		return pick(lang, "时间不详", "undated")
	}
	return p.Start.String() + " – " + p.End.String()
}
