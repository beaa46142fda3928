package layout

func dimensions() []Table {
	return []Table{
		{"indicator", Dimension, false, true, "指标", "indicators (Data Commons: statistical variables)", []Column{
			{"indicator", Text, false, false, false, "代码", "code"},
			{"label_zh", Text, false, false, false, "中文名", "name in Chinese"},
			{"label_en", Text, false, false, false, "英文名", "name in English"},
			{"unit", Text, true, false, false, "标准单位", "canonical unit"},
			{"additive", Bool, false, false, false, "下级之和是否等于上级", "whether regions below add up to the region above"},
			{"notes", Text, true, false, false, "说明", "notes"},
		}},
		{"region", Dimension, false, true, "行政区划（GB/T 2260），含历史", "administrative divisions with their history", []Column{
			{"region_code", Text, false, false, false, "代码", "six-digit code"},
			{"name", Text, false, false, false, "名称", "name"},
			{"level", Text, false, false, false, "province 省，city 地市，county 县，nation 全国", "nation, province, city, county"},
			{"parent_code", Text, true, false, false, "上级代码", "code of the region above"},
			{"valid_from", Day, true, false, false, "起用日期；空 = 早于资料", "first day of this code and name; null: before the records"},
			{"valid_to", Day, true, false, false, "停用日期（不含）；空 = 现行", "first day it was no longer valid; null = current"},
			{"successors", TextList, false, false, false, "接替它的代码", "codes that took its place"},
		}},
		{"unit", Dimension, false, true, "标准单位", "canonical units", []Column{
			{"unit", Text, false, false, false, "代码", "code"},
			{"label_zh", Text, false, false, false, "中文名", "name in Chinese"},
			{"label_en", Text, false, false, false, "英文名", "name in English"},
			{"discrete", Bool, false, false, false, "是否逐个计数", "counted one by one"},
		}},
		{"form", Dimension, false, true, "报表制度中的表", "forms that units fill in", []Column{
			{"form", Text, false, false, false, "编号", "id"},
			{"title", Text, false, false, false, "表名", "title"},
			{"notes", Text, true, false, false, "说明", "notes"},
		}},
		{"calendar", Dimension, false, true, "工作日历", "working days", []Column{
			{"day", Day, false, false, false, "日期", "day"},
			{"workday", Bool, false, false, false, "是否上班", "whether offices work"},
			{"name", Text, true, false, false, "节日名", "name of the holiday"},
		}},
		{"code", Dimension, false, true, "代码表：SDMX 及本库的代码与含义", "code lists: SDMX's and our own", []Column{
			{"list", Text, false, false, false, "代码表", "code list"},
			{"code", Text, false, false, false, "代码", "code"},
			{"label_zh", Text, false, false, false, "中文含义", "meaning in Chinese"},
			{"label_en", Text, false, false, false, "英文含义", "meaning in English"},
		}},
	}
}
