package layout

func findingColumns() []Column {
	return columns([]Column{
		{"finding_id", Text, false, false, false, "核查编号：同一规则、同一对象每次相同", "hash of rule and key: the same on every run"},
		{"rule", Text, false, false, false, "规则", "the rule"},
		{"rule_version", Int, false, false, false, "规则版本", "its version"},
		{"severity", Text, false, false, false, "mandatory 强制，verify 核实，hint 提示", "mandatory, verify, hint"},
		{"outcome", Text, false, false, false, "agree 一致，rounding 修约差，consistent 措辞相容，open 待处理，contradicted 与措辞矛盾，explained 已说明，cannot_verify 无法核实", "agree, rounding, consistent, open, contradicted, explained, cannot_verify"},
		{"unit_name", Text, true, false, false, "需要处理的单位", "the reporting unit that has to act"},
		{"region_code", Text, true, false, false, "地区", "the region"},
		{"indicator", Text, true, false, false, "指标", "the indicator"},
	}, period("所核查", "the compared"), []Column{
		{"left_value", Decimal, true, false, false, "被核对的数", "what stands: the total, the reported figure"},
		{"right_value", Decimal, true, false, false, "用来核对的数", "what it is held against"},
		{"imbalance", Decimal, true, false, false, "差额 = 左 − 右", "left − right"},
		{"tolerance", Decimal, true, false, false, "容差", "what printed digits allow"},
		{"basis", Text, true, false, false, "容差的依据", "how the tolerance follows"},
		{"missing", TextList, false, false, false, "缺少的对象", "what was needed and is not there"},
		{"inputs", TextList, false, false, false, "所用观测值编号，左侧在前", "obs_ids used, left first"},
		{"diagnosis", Text, true, false, false, "差额最像什么：代码和算式，unit_slip = 差一万倍……", "what the difference looks like most: code and arithmetic"},
		{"others", TextList, false, false, false, "还可能是什么，可能性大的在前", "what else it may be, likelier first"},
		{"message_zh", Text, false, false, false, "结论（中文）", "what was found, in Chinese"},
		{"message_en", Text, false, false, false, "结论（英文）", "what was found, in English"},
		{"action_zh", Text, true, false, false, "如何处理（中文）", "what to do, in Chinese"},
		{"action_en", Text, true, false, false, "如何处理（英文）", "what to do, in English"},
	}, loaded, []Column{
		{"superseded_at", Moment, true, true, true, "不再成立或结论改变的时刻；空 = 现行", "when it ceased or changed; null = current"},
	})
}

func decisionColumns() []Column {
	return columns([]Column{
		{"decision_id", Text, false, false, false, "意见编号", "hash of all that was said"},
		{"finding_id", Text, false, false, false, "所针对的核查结果", "the finding it is about"},
		{"verdict", Text, false, false, false, "explained 已说明，rejected 不予采纳，replied 单位已答复、尚未决定", "explained, rejected; replied: the unit answered, nothing is decided"},
		{"reason", Text, false, false, false, "情况说明", "the explanation"},
		{"name", Text, false, false, false, "何人", "who"},
		{"decided_on", Day, false, false, false, "何日", "when"},
		{"left_value", Decimal, true, false, false, "作出说明时左侧的数；数变则说明失效", "left value it was given for; it lapses when that changes"},
		{"right_value", Decimal, true, false, false, "作出说明时右侧的数", "right value it was given for"},
	}, loaded)
}

func history() []Table {
	change := columns([]Column{
		{"action", Text, false, false, false, "R 修改，D 删除，A 新增（SDMX-CSV 行动作）", "R replaced, D deleted, A appended (SDMX-CSV row action)"},
		{"reason", Text, false, false, false, "resubmitted 重报，reread 规则更新后重读，new 新文件", "resubmitted, reread, new"},
		{"indicator", Text, false, false, false, "指标", "indicator"},
		{"breakdown", Text, true, false, false, "部分", "breakdown"},
		{"region_code", Text, true, false, false, "地区", "region"},
	}, period("所属", "the figure's"), []Column{
		{"measure", Text, true, false, false, "口径", "measure"},
		{"unit", Text, false, false, false, "单位", "canonical unit"},
		{"old_value", Decimal, true, false, false, "原值", "value before"},
		{"new_value", Decimal, true, false, false, "新值", "value after"},
		{"old_obs_id", Text, true, false, false, "原观测值", "observation before"},
		{"new_obs_id", Text, true, false, false, "新观测值", "observation after"},
		{"old_document_id", Text, true, false, false, "原文件", "document before"},
		{"new_document_id", Text, true, false, false, "新文件", "document after"},
	})
	return []Table{
		{"revision", History, false, true, "修订：重报或重读后改变、消失或增加的数字", "a figure that changed, vanished or came in with a resubmission or a rereading", columns([]Column{
			{"series", Text, false, false, false, "报送序列", "the series of the document"},
		}, change, loaded)},
		{"change", History, false, false, "与上一次发布相比改变的数字", "what changed since the release before", change},
		{"run", History, false, false, "批次：每次运行一行", "one row a run", []Column{
			{"run_id", Text, false, false, true, "批次编号", "id of the run"},
			{"started_at", Moment, false, false, true, "开始时刻（UTC）", "start (UTC)"},
			{"finished_at", Moment, true, false, true, "完成时刻（UTC）", "end (UTC); null: it did not end"},
			{"program_version", Text, false, false, true, "程序版本", "version of the program"},
			{"code_version", Text, false, false, true, "读取程序的版本", "version of the reading code"},
			{"documents", Int, false, false, true, "新读取的文件", "documents read"},
			{"observations", BigInt, false, false, true, "新增观测值", "observations added"},
			{"superseded", BigInt, false, false, true, "被取代的观测值", "observations replaced"},
			{"deleted", BigInt, false, false, true, "被撤销的观测值", "observations withdrawn"},
		}},
	}
}

func private() []Table {
	return []Table{
		{"loaded_task", Private, false, false, "已装载的任务", "tasks already loaded", []Column{
			{"task_id", Text, false, false, true, "任务编号", "id of the task"},
			{"run_id", Text, false, false, true, "批次", "run that loaded it"},
			{"recorded_at", Moment, false, false, true, "装载时刻", "when"},
		}},
		{"shingle", Private, false, false, "文章的相似性指纹", "fingerprints of articles", []Column{
			{"document_id", Text, false, false, false, "文件", "document"},
			{"part", Int, false, false, false, "第几篇", "article"},
			{"signature", Blob, false, false, false, "指纹", "minimum hashes"},
		}},
		{"alike", Private, false, false, "几乎相同的文章", "articles that are nearly the same", []Column{
			{"document_id", Text, false, false, false, "文件", "document"},
			{"part", Int, false, false, false, "第几篇", "article"},
			{"other_document_id", Text, false, false, false, "另一文件", "the other document"},
			{"other_part", Int, false, false, false, "其中第几篇", "article of it"},
			{"similarity", Float, false, false, false, "相似度", "share of shingles in common"},
		}},
		{"share", Private, false, false, "内容哈希之和的各部分", "the parts of the sum that the content's hash is of", []Column{
			{"kind", Text, false, false, false, "document 一份文件，finding 一条核查结果，或表名", "document, finding, or the name of a table"},
			{"owner", Text, false, false, false, "文件或核查编号；整张表为空", "id of the document or finding; empty for a table as a whole"},
			{"sum", HugeInt, false, false, false, "这些行的哈希之和", "sum of the hashes of these rows"},
		}},
		{"mark", Private, false, false, "程序留给下一次运行的记录", "what the program notes for the next night", []Column{
			{"name", Text, false, false, true, "名称", "what is noted"},
			{"value", Text, false, false, true, "内容", "the note"},
		}},
	}
}
