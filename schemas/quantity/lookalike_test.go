package quantity

import "testing"

func TestWhatOnlyLooksLikeANumberIsNamed(t *testing.T) {
	t.Parallel()
	checkSentences(t, []sentence{
		{"五一劳动奖章获得者", "五一劳动奖章 - name"},
		{"“6+1”行动，“三送”活动，“三个一百”计划", "6+1 - name; 三送 - name; 三个 3 个 name; 一百 100 name"},
		{"三农问题，两会期间，十三五规划", "三农 - name; 两会 - name; 十三五 - name"},
		{"第九次大会，前三名，第1-3名", "第九次 9 次 ordinal; 三名 3 名 ordinal; 第1-3名 [1,3] 名 ordinal"},
		{"十九届五中全会", "十九届 19 届 name; 五中全会 - name"},
		{"(豫工发〔2018〕6号)", "〔2018〕6号 - document_number"},
		{"电话0396-1234567，热线12351，手机13912345678", "0396-1234567 - phone; 12351 - phone; 13912345678 - phone"},
		{"上午9点，8:30开会，七点半出发", "9点 9 点 clock_time; 8:30 - clock_time; 七点半 7.5 点 clock_time"},
		{"今年45岁，平均寿命76.3岁", "45岁 45 岁 age; 76.3岁 76.3 岁 cardinal"},
		{"一个贫困村，一批项目，一系列措施", "一个 1 个 article_word; 一批 1 批 article_word; 一系列 - article_word"},
		{"建设路12号，5楼会议室", "12号 12 号 address; 5 5 address"},
		{"COVID-19，5G网，G30高速，www.163.com", "COVID-19 - identifier; 5G - identifier; G30 - identifier; www.163.com - identifier"},
		{"一、总则\n（二）细则\n1.2018年起", "一 1 sequence_number; 二 2 sequence_number; 1 - sequence_number; 2018年 2018 年 date"},
		{"24小时，3年来", "24小时 24 小时 duration; 3年 3 年 duration"},
		{"分四个阶段，市县两级", "四个 4 个 plan_level; 两级 2 级 plan_level"},
		{"3·15晚会，7×24小时", "3·15 - name; 7×24 - name"},
	})
}

func TestNumeralsInsideWordsAreNoNumbers(t *testing.T) {
	t.Parallel()
	checkSentences(t, []sentence{
		{"一起努力，统一组织，进一步", "一起 - word; 统一 - word; 进一步 - word"},
		{"千方百计，千家万户，老百姓", "千方百计 - word; 千家万户 - word; 老百姓 - word"},
		{"四川九江五莲县", "四川 - name; 九江 - name; 五莲 - name"},
		{"一对一帮扶，一户一策", "一对一 - word; 一户一策 - word"},
		{"队伍，大陆，收拾，零售", ""},
		{"十分之三，每周三次，扩大三倍", "十分之三 0.3 分之 fraction; 三次 3 次 cardinal; 三倍 3 倍 times"},
		{"百强县，万元户", "百强 - word; 万元户 - word"},
	})
}

func TestTokensOfAdjoiningSpansAddUp(t *testing.T) {
	t.Parallel()
	text := []rune("帮扶4893户、14128人，占三分之二，队伍整齐")
	if got := CountTokens(text); got != 4 {
		t.Errorf("CountTokens = %d, want 4", got)
	}
	for i := range text {
		if CountTokensIn(text, 0, i)+CountTokensIn(text, i, len(text)) != 4 {
			t.Errorf("tokens are lost or doubled at %d", i)
		}
	}
}
