package layout

// loaded are the columns that say when and by which run a row came in.
var loaded = []Column{
	{"run_id", Text, false, true, true, "写入该行的批次", "run that wrote the row"},
	{"recorded_at", Moment, false, true, true, "写入时刻（UTC）", "when the row was written (UTC)"},
}

// closing are the columns that are filled once, when something replaces the row.
var closing = []Column{
	{"superseded_at", Moment, true, true, true, "被取代的时刻；空 = 现行", "when the row was replaced; null = current"},
	{"superseded_by", Text, true, true, false, "取代它的行的编号；空而已被取代 = 已撤销", "id of what replaced it; null though superseded = withdrawn"},
	{"superseded_reason", Text, true, true, false, "取代原因：resubmitted 重报，reread 规则更新后重读", "why: resubmitted, or reread (rules improved)"},
}

func period(of string, ofEn string) []Column {
	return []Column{
		{"period_kind", Text, true, false, false, of + "时期的类型：as_of 截至，range，year，half，quarter，month，day", "kind of " + ofEn + " period: as_of, range, year, half, quarter, month, day"},
		{"period_start", Day, true, false, false, "时期起日（含）；as_of 为空", "first day (inclusive); null with as_of"},
		{"period_end", Day, true, false, false, "时期止日（含）", "last day (inclusive)"},
	}
}

func columns(parts ...[]Column) []Column {
	var list []Column
	for _, p := range parts {
		list = append(list, p...)
	}
	return list
}

func facts() []Table {
	return []Table{
		{"observation", Fact, true, true, "观测值：一个数字一行，附原文证据；只增不改，被取代的行保留", "one figure a row with its evidence; append-only, replaced rows stay", observationColumns()},
		{"document", Fact, true, true, "文件：收到的每一份报表或网页（按内容识别）", "every return or page received, identified by its bytes", documentColumns()},
		{"submission", Fact, false, true, "报送：哪份文件何时以何名义收到；同一序列的后一份取代前一份", "which document came in when and under which name; a later one of a series replaces the earlier", submissionColumns()},
		{"part", Fact, true, true, "文件的部分：网页中的一篇文章或工作簿中的一张表", "one article of a page or one sheet of a workbook", partColumns()},
		{"reprint", Fact, false, true, "转载：与更早的文章基本相同的文章；其事实只计一次", "an article nearly the same as an earlier one; its facts count once", reprintColumns()},
		{"source", Fact, false, true, "来源：谁报送或发布", "who submitted or published", sourceColumns()},
		{"issue", Fact, true, true, "问题：需要人看一眼的位置", "a place that needs a person's look", issueColumns()},
		{"exclusion", Fact, true, true, "排除：不是统计数字的数（日期、序号、文号等），逐一列出", "a number that is no figure (date, ordinal, document number …), each with its place", exclusionColumns()},
		{"ledger", Fact, true, true, "数字台账：所见数字 = 观测 + 问题 + 排除", "numbers seen = observations + issues + exclusions, per part", ledgerColumns()},
		{"finding", Fact, false, true, "核查结果：一条规则对一个对象的结论，通过的也记", "what one audit rule found for one key, passes included", findingColumns()},
		{"decision", Fact, false, true, "处理意见：某人对某项核查结果的说明", "what a person said about a finding", decisionColumns()},
	}
}

func observationColumns() []Column {
	return columns([]Column{
		{"obs_id", Text, false, false, false, "观测编号：同一文件、同一规则下每次运行都相同", "stable id: the same on every run over the same bytes with the same rules"},
		{"version", Int, false, true, true, "该编号的第几版（规则更新后重读会加一）", "version of this id; rereading with better rules adds one"},
		{"document_id", Text, false, false, false, "文件内容的 SHA-256", "SHA-256 of the document's bytes"},
		{"source", Text, false, false, false, "谁发布或报送", "who published or submitted it"},
		{"kind", Text, false, false, false, "article 文章，workbook 工作簿", "article or workbook"},
		{"article", Int, false, false, false, "网页中的第几篇文章、工作簿中的第几张表，从 0 起", "0-based number of the article in the page, of the sheet in the workbook"},
		{"ordinal", Int, false, false, false, "在文件中的阅读顺序，从 0 起", "0-based reading order in the document"},
		{"locator", Text, false, false, false, "证据的位置：文章为清洗后文本的字符起止 start-end，工作簿为 表名!C7", "where the quote stands: start-end in runes of the cleaned text, or Sheet!C7"},
		{"quote", Text, false, false, false, "证据原文", "the evidence, verbatim"},
		{"number", Text, false, false, false, "数字的原样写法，含限定词和单位", "the number exactly as written, with qualifier and unit"},
		{"unit_as_written", Text, true, false, false, "单位的原文", "the unit's words"},
		{"label", Text, true, false, false, "所计对象的原文", "what is counted, as written"},
		{"row_label", Text, true, false, false, "行标题路径", "header path of the row, levels joined with ' / '"},
		{"column_label", Text, true, false, false, "列标题路径", "header path of the column"},
		{"indicator", Text, false, false, false, "指标代码，other = 未归类", "code of table indicator, or other"},
		{"breakdown", Text, true, false, false, "总体中的哪一部分", "the part of a whole that this is"},
		{"action", Text, true, false, false, "所属帮扶行动", "programme action it belongs to"},
		{"scope", Text, true, false, false, "region 地区合计，entity 区内某一单位", "region: a total for the region; entity: one unit within it"},
		{"entity", Text, true, false, false, "该单位的名称", "that unit's name as written"},
		{"region_code", Text, true, false, false, "所述地区的行政区划代码（GB/T 2260）", "GB/T 2260 code of the region described (SDMX REF_AREA)"},
		{"region_as_written", Text, true, false, false, "地区的原文", "the region's words"},
	}, period("数字所属", "the figure's"), []Column{
		{"value", Decimal, true, false, false, "按标准单位的数值；只说了范围时为空", "the number in the canonical unit (OBS_VALUE); null where only bounds are said"},
		{"value_low", Decimal, true, false, false, "措辞允许的下限；空 = 未说", "least value the wording allows; null = open"},
		{"value_high", Decimal, true, false, false, "措辞允许的上限；空 = 未说", "greatest value the wording allows; null = open"},
		{"qualifier", Text, true, false, false, "exact 精确，approx 约，at_least 余/以上，at_most 近/不足，range 范围", "exact, approx, at_least, at_most, range"},
		{"unit", Text, false, false, false, "标准单位代码", "canonical unit code (UNIT_MEASURE)"},
		{"decimals", Int, false, false, false, "原文的小数位数（SDMX DECIMALS）", "digits printed after the point (DECIMALS)"},
		{"unit_mult", Int, false, false, false, "原文单位对标准单位的十的幂（SDMX UNIT_MULT）：万 = 4", "power of ten of the printed unit (UNIT_MULT): 4 for 万"},
		{"measure", Text, true, false, false, "total 总量，average 平均，share 占比，change 增减，growth 增速，target 计划", "total, average, share, change, growth, target"},
		{"per", Text, true, false, false, "每什么：household 户，person 人，year 年……", "per household, person, year …"},
		{"obs_status", Text, false, false, false, "SDMX CL_OBS_STATUS：A 正常，V 未核实，F 预计，U 可靠性低", "SDMX CL_OBS_STATUS: A normal, V unvalidated, F forecast, U low reliability"},
		{"confidence", Float, false, false, false, "置信度 0 至 1", "0 to 1, calibrated"},
		{"rule", Text, false, false, false, "由哪条规则或哪一栏得出", "which rule or form column mapped it"},
		{"flags", TextList, false, false, false, "标记：duplicate 文内重复，undated 无日期……", "duplicate, undated, formula, hidden …"},
		{"form", Text, true, false, false, "报表编号（工作簿）", "id of the form (workbooks)"},
		{"unit_locator", Text, true, false, false, "单位所在位置（不在证据内时）", "where the unit was said, if not in the quote"},
		{"region_locator", Text, true, false, false, "地区所在位置（不在证据内时）", "where the region was said, if not in the quote"},
		{"period_locator", Text, true, false, false, "时期所在位置（不在证据内时）", "where the period was said, if not in the quote"},
	}, loaded, closing)
}

func documentColumns() []Column {
	return columns([]Column{
		{"document_id", Text, false, false, false, "文件内容的 SHA-256", "SHA-256 of the bytes"},
		{"name", Text, false, false, false, "文件名或网址", "file name or address"},
		{"source", Text, false, false, false, "谁发布或报送", "who published or submitted it"},
		{"series", Text, false, false, false, "报送序列：同一序列的新文件取代旧文件", "what a later document must share to replace this one"},
		{"kind", Text, true, false, false, "article 文章，workbook 工作簿；空 = 未能读取", "article or workbook; null: could not be read"},
		{"published", Day, true, false, false, "发布或报送日期", "day of publication or submission"},
		{"received_at", Moment, false, false, true, "收到时刻（UTC）", "when it came in (UTC)"},
		{"region_code", Text, true, false, false, "来源所在地区", "the source's own region"},
	}, period("报送所属", "the submission's"), []Column{
		{"bytes", BigInt, false, false, false, "字节数", "size in bytes"},
		{"status", Text, false, false, false, "read 已读取，rejected 未能读取", "read or rejected"},
		{"reason", Text, true, false, false, "未能读取的原因", "why it could not be read"},
		{"code_version", Text, false, false, true, "读取程序的版本", "version of the code that read it"},
		{"parts", Int, false, false, false, "文章数或工作表数", "articles or sheets in it"},
		{"figures", Int, false, false, false, "读出的数字个数", "figures read"},
		{"issues", Int, false, false, false, "问题个数", "issues met"},
	}, loaded)
}

func submissionColumns() []Column {
	return columns([]Column{
		{"series", Text, false, false, false, "报送序列", "the series"},
		{"number", Int, false, false, false, "该序列中的第几次，从 1 起", "1-based number in the series"},
		{"document_id", Text, false, false, false, "文件", "the document"},
		{"name", Text, false, false, false, "收到时的文件名或网址", "name it came under"},
		{"source", Text, false, false, false, "谁发布或报送", "who published or submitted it"},
		{"received_at", Moment, false, false, true, "收到时刻（UTC）", "when it came in (UTC)"},
	}, loaded)
}

func partColumns() []Column {
	return []Column{
		{"document_id", Text, false, false, false, "文件", "the document"},
		{"part", Int, false, false, false, "第几部分，从 0 起", "0-based number of the part"},
		{"title", Text, true, false, false, "标题", "headline, or title line of the sheet"},
		{"published", Day, true, false, false, "文中的发布日期", "day of publication said in it"},
		{"publisher", Text, true, false, false, "文中的来源", "the site or paper named in it"},
		{"sheet", Text, true, false, false, "工作表名", "name of the sheet"},
		{"text", Text, true, false, false, "清洗后的文本；位置以此计", "cleaned text that locators count in"},
		{"numbers", Int, false, false, false, "其中的数字个数", "numeric tokens in it"},
	}
}

func reprintColumns() []Column {
	return []Column{
		{"document_id", Text, false, false, false, "转载文章所在文件", "document of the reprint"},
		{"part", Int, false, false, false, "第几篇", "number of the article"},
		{"original_document_id", Text, false, false, false, "首发文章所在文件", "document of the first article"},
		{"original_part", Int, false, false, false, "首发的第几篇", "number of that article"},
		{"similarity", Float, false, false, false, "文本相似度 0 至 1（五字片段）", "share of five-character shingles in common, 0 to 1"},
	}
}

func sourceColumns() []Column {
	return []Column{
		{"source", Text, false, false, false, "名称", "name"},
		{"region_code", Text, true, false, false, "所在地区", "its own region"},
		{"documents", Int, false, false, false, "文件数", "documents of it"},
		{"workbooks", Int, false, false, false, "其中工作簿", "of them workbooks"},
		{"observations", BigInt, false, false, false, "现行观测值数", "current observations"},
		{"first_published", Day, true, false, false, "最早发布日期", "earliest day of publication"},
		{"last_published", Day, true, false, false, "最近发布日期", "latest day of publication"},
	}
}

func issueColumns() []Column {
	return columns([]Column{
		{"document_id", Text, false, false, false, "文件", "the document"},
		{"ordinal", Int, false, false, false, "在文件中的顺序，从 0 起", "0-based order in the document"},
		{"part", Int, false, false, false, "第几部分；-1 = 整个文件", "number of the part; -1: the document as a whole"},
		{"locator", Text, true, false, false, "位置", "place"},
		{"code", Text, false, false, false, "问题代码", "kind of trouble"},
		{"message", Text, false, false, false, "说明", "what is the matter"},
		{"missing", Text, true, false, false, "缺数的种类：blank，not_applicable，suppressed，below_unit，unreadable", "kind of missing value; never read as 0"},
		{"numbers", Int, false, false, false, "涉及的数字个数", "numeric tokens it accounts for"},
	}, loaded)
}

func exclusionColumns() []Column {
	return []Column{
		{"document_id", Text, false, false, false, "文件", "the document"},
		{"ordinal", Int, false, false, false, "在文件中的顺序，从 0 起", "0-based order in the document"},
		{"part", Int, false, false, false, "第几部分", "number of the part"},
		{"locator", Text, true, false, false, "位置", "place"},
		{"text", Text, false, false, false, "原文", "as written"},
		{"class", Text, false, false, false, "类别：date 日期，ordinal 序号，document_number 文号……", "date, ordinal, document_number …"},
		{"numbers", Int, false, false, false, "涉及的数字个数", "numeric tokens it covers"},
	}
}

func ledgerColumns() []Column {
	return []Column{
		{"document_id", Text, false, false, false, "文件", "the document"},
		{"part", Int, false, false, false, "第几部分", "number of the part"},
		{"numbers", Int, false, false, false, "所见数字", "numeric tokens seen"},
		{"in_figures", Int, false, false, false, "成为观测值的", "of them in observations"},
		{"in_issues", Int, false, false, false, "成为问题的", "of them in issues"},
		{"in_exclusions", Int, false, false, false, "被排除的", "of them in exclusions"},
		{"balanced", Bool, false, false, false, "是否相等", "whether the three add up"},
	}
}
