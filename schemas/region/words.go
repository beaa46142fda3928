package region

import "strings"

// neverWords are short names that are nearly always plain words: only their full names are names.
const neverWords = `南部 中方 资源 合作 公安 比如 延长 会同 共和 富裕 东至 兴业 名山 高台 高要 城中 城东 城西 城北 路南 路北 市中 市南 市北
解放 新城 老城 开发 向阳 前进 前锋 工农 建设 复兴 振兴 友好 宏伟 四方 东风 二道 光明 高明 城关 中原 新市 城厢 河口 新建 江岸 港口 南岸 江北
江南 桥东 桥西 河东 河西 运河 大观 天元 湖里 天涯 小店 回民 爱民 中山 文圣 元宝 丰满`

// weakWords are short names that are plain words too: names only beside other names or words of government.
const weakWords = `解放区 和县 和平 大名 安平 安新 万全 固安 文安 大厂 平定 长子 高平 和顺 交口 孝义 原平 多伦 新民 建平 太和 灯塔 大安 双城 方正 木兰 五常 友谊
新兴 海伦 安达 庆安 明水 大丰 海盐 海安 开化 天台 无为 大通 天长 明光 清流 大田 光泽 平和 政和 莲花 星子 进贤 石城 乐安 万安 万年 永新 上高 奉新
全南 惠民 成武 东明 博爱 台前 民权 光山 保康 应城 洞口 桃源 石门 通道 双峰 凤凰 新化 新田 始兴 新丰 四会 平远 紫金 阳春 清新 惠来 全州 乐业 大化
东方 大新 天等 石柱 三台 大英 资中 天全 小金 黑水 九龙 白玉 会理 大方 金沙 富民 石林 安宁 威信 玉龙 双江 祥云 永平 吉隆 改则 太白 武功 白水 甘泉
黄龙 西乡 白河 安定 清水 民乐 金塔 合水 两当 康乐 和政 平安 民和 互助 同仁 称多 治多 杂多 同心 新和 温泉 民丰 裕民 新星 白杨 双河 连城 东山 华安
东海 常山 江山 临海 云和 五河 固镇 太湖 来安 铜鼓 樟树 兴国 新干 长岛 平原 新河 清河 青龙 尚义 兴隆 大城 天镇 大宁 清水河 商都 黑山 盘山 榆树
临江 龙井 龙江 泰来 通河 延寿 宁安 东宁 农安 集安 集贤 兴安 建水 广平 安国 长海 长乐 宁国 定南 利川 正安 元江 东乡 龙门 连山 海晏 通海 平乐 和静
新源 安化 江华 仁化 德化 宁化 安义 定结 建宁 太康 长安 鼓楼 新华 红旗 长宁 西湖 东湖 南湖 青山 洪山 武昌 汉阳 红星 铁山 白云 龙华 金山 宝山 普陀 青浦
东城 西城 朝阳区 丰台 大兴 开平 南山 福田 龙岗 宝安 南开 红桥 东丽 北辰 和平区 海港 山海关 北戴河 铁西 铁东 沈河 大东 皇姑 立山 千山 平山 明山
二七 西工 卫东 湛河 石龙 牧野 凤泉 山城 鹤山 华龙 源汇 召陵 湖滨 宛城 卧龙 梁园 睢阳 浉河 平桥 川汇 驿城 老边 站前 双塔 龙城 吉利 文峰 北关 殷都 龙安
龙亭 顺河 禹王台 祥符 新会 三水 斗门 金湾 香洲 金平 龙湖 濠江 潮阳 潮南 澄海 月湖 青云谱 西林 双桥 双滦 船山 安居 三元 梅列 泉港 雨花 天心 芙蓉 开福`

// runWords are full names that name nothing without the city before them.
const runWords = `城区 郊区 矿区 东区 西区`

// commonFirst are characters whose county is written 范县 and which make plain words with 县 by accident: 示范县.
const commonFirst = "范新和成文康忠开威任易通兴达单理应代随高华户礼义道宁温献景深古费吉横宾容藤荣渠茂佳凤金丰盐江安富青平石大万云寿曹莒祁垣夏蒲临盂涉唐赵魏罗泗萧岳西东南北老城市贫"

// regional papers and sites that do not say their region in the code table's words.
var publishers = map[string]string{
	"央视": "100000", "中央电视台": "100000", "新华": "100000", "人民日报": "100000", "人民网": "100000", "工人日报": "100000", "中工网": "100000", "光明": "100000",
	"经济日报": "100000", "农民日报": "100000", "法制日报": "100000", "法治日报": "100000", "科技日报": "100000", "学习时报": "100000", "求是": "100000", "澎湃": "310000", "CCTV": "100000",
	"大河": "410000", "映象网": "410000", "中原": "410000", "顶端新闻": "410000", "东方今报": "410000", "华商": "610000", "三秦": "610000", "秦风": "610000", "齐鲁": "370000",
	"大众日报": "370000", "大众网": "370000", "荆楚": "420000", "楚天": "420000", "长江日报": "420100", "红网": "430000", "三湘": "430000", "潇湘": "430000",
	"南方日报": "440000", "南方网": "440000", "南方都市报": "440000", "羊城": "440100", "浙江在线": "330000", "钱江": "330000", "新民晚报": "310000", "文汇报": "310000",
	"解放日报": "310000", "劳动报": "310000", "新京报": "110000", "京华时报": "110000", "千龙": "110000", "劳动午报": "110000", "津云": "120000", "北方网": "120000", "燕赵": "130000", "长城网": "130000",
	"三晋": "140000", "黄河新闻网": "140000", "草原": "150000", "正北方": "150000", "东北新闻网": "210000", "辽沈": "210000", "东北网": "230000", "龙江": "230000", "龙头新闻": "230000",
	"荔枝": "320000", "扬子": "320000", "现代快报": "320000", "中安在线": "340000", "江淮": "340000", "东南网": "350000", "八闽": "350000", "大江": "360000",
	"八桂": "450000", "南国": "450000", "南海网": "460000", "华龙": "500000", "上游新闻": "500000", "川观": "510000", "天府": "510000", "华西都市报": "510000", "四川在线": "510000",
	"金黔": "520000", "多彩贵州": "520000", "当代贵州": "520000", "云报": "530000", "七彩云南": "530000", "每日甘肃": "620000", "陇": "620000", "昆仑": "630000", "塞上": "640000", "天山网": "650000",
}

// notAfter and notBefore hold, for names by their first and last character, neighbours with which the characters make other
// words: 更新安装 is not 新安, 提高平台 not 高平, 实惠安全 not 惠安.
var notAfter = pairs(`新:创更革翻崭重全最刷 平:水和公太生不 南:河湖海云越西东 安:平治公保西延不国长 大:扩重广强壮巨最伟加 阳:太向夕 江:长 清:澄 明:文证说聪光声表
高:提最 太: 兴:振新复 定:规稳确决制认固肯一 长:增成部校局市县村队组延社会院州省 民:农人居市村渔 山:登爬上下 和:平温缓谐 化:文绿 东:山广 西:山陕江广 开:公召 通:交 会:工 建:组创
浦:黄 华:中 方:地 白:长 中:孙 余:剩其业 永: 固:巩 丰: 海:上 同:共 正:真公 德:道品 金:资基现 泰: 武: 庆:国 灵:心 龙: 全:安 城:全`)

var notBefore = pairs(`安:全排装置居家心定保民顿徽慰抚静 平:均台等衡稳时原坦价地房面方 和:谐平睦解 新:型增建产农时创技兴能闻疆 民:族主生营众政间办工企居 水:平利库果电资泥产稻务源厂
阳:光台 城:市乡镇管 江:西苏 河:南北流道 海:南外洋关鲜 东:西 南:方部 西:部方北 山:东西 田:间地 原:则因材 定:期点向位 州: 化:肥工学 明:确显 高:度级效质 长:期效 通:过知 兴: 泽:
门:票 口:岸 白: 泉: 林:业 丰:收富 昌: 丘: 石:油`)

// notBeforeWord are words after which a name is no place: products, companies, plain words that a name begins.
var notBeforeWord = wordLists(`大同:小异 大理:石 日照:发电,时,强,充,率,长,不,少,多,条 白银:价,期,市场,时代 普洱:茶 哈密:瓜 和田:玉 金华:火腿 宁德:时代 中山:路,装,陵,公园,大学,先生,舰 阿里:巴巴,云,旺旺,健康 长治:久安
来宾: 朝阳:产业,行业,下,升,般 文山:会海 鄱阳:湖 洞庭: 北京:时间,现代,奔驰,烤鸭,冬奥 上海:大众,通用 信阳:毛尖 宣威:火腿 吉隆:坡 多伦:多 蒙古:包 长安:汽车 开封:后,即,使用 平安:银行,保险,建设 新疆:生产建设兵团 中国:共产党,特色,梦,石,移动,电信,联通,银行,工商,农业银行,建设银行,人寿,平安,铁,中车,中铁,企业,邮政,烟草,科学院,新闻网,网,工会,共青,人民,人保,农,民,华,核,交,能,航,兵,国,电,制造,日报,青年,妇女,残,红十字,职工,电力,建筑,力量,智慧,方案,式,人,好,有,作家,书法,文
全国:劳模,劳动模,五一,人大,政协,总工会,两会,先进,优秀,工会,文明,模范,道德,三八,十大,性,百,民,青,第,脱贫攻坚先进,脱贫攻坚奖,脱贫攻坚模范,巾帼,工人,技术能手,卫生,双拥,示范,重点
河南:岸,侧,路,段 河北:岸,侧,路,段 湖南:岸,侧 湖北:岸,侧 江西:岸 山东:麓,侧,坡,脚 山西:麓,侧,坡,脚 海南:岸`)

// notAfterWord are words before which the same holds.
var notAfterWord = wordLists(`安康:福,健,平,寿,体,乐,民 大同:世界,求 来宾:位,名,方,各,迎,与会,外,的 朝阳:向,迎着 白山:长 吉安: 中山:孙 海南:沿 河南:黄,淮,沿,运,两 河北:黄,淮,沿,运,两 湖南:太,环 湖北:太,环 江西:沿,长
中国:在,新 日照:光,寡,受,均,年`)

// afterShort are words after which a short name is a street, a village, a river, not the division.
var afterShort = strings.Fields(`澳 山区 山脉 路 街 大道 大街 巷 胡同 镇 乡 村 屯 湾 桥 大桥 河 湖 水库 寺 庙 塔 古镇 古城 里弄 小区 社区 村委会 街道 办事处 广场 大厦 酒店 宾馆 饭店 商场 公园 火车站 机场 站`)

// exceptAfterShort are words that begin like one of afterShort and are none.
var exceptAfterShort = strings.Fields(`街头 乡村 乡镇 乡亲 镇村 村镇 路过 路上 站在 站出 河南 河北 湖南 湖北 桥梁 路面 塔吉克 街道办 村民 村级 乡土 乡贤 机场集团`)

// governmentWords are words that follow the short name of a division that acts.
var governmentWords = strings.Fields(`总工会 县委 市委 区委 县政府 市政府 工会 县总 市总 日报 晚报 政协 人大 两县 三县 等县 等市 等地 两地 三地 籍
农业农村局 教育局 教体局 卫健委 卫健局 人社局 扶贫办 民政局 财政局 税务局 法院 检察院 公安局 妇联 团委 残联 工商联 文广旅局 文旅局 住建局 交通局 水利局 林业局 纪委 政府`)

// institutionWords name what is called after a place without being about it.
var institutionWords = strings.Fields(`大学 学院 日报 晚报 银行 电视台 汽车 啤酒 白酒 中学 小学 医院 饭店 股份 集团 有限 公司 交通大学 师范 农业大学 工业大学`)

// fullExceptions are words which a full name's last character begins: 珠海市场 is 珠海's market.
var fullExceptions = wordLists(`市:场,值,井,容 区:域,间,别,块,划 县:级,域,长,乡 省:级,道,心,力 州: 旗:帜,下,舰`)

// countryNames are the ways to say the whole country.
var countryNames = strings.Fields(`中国 我国 全国 中华人民共和国`)

// otherNames are usual short names that no rule gives.
var otherNames = map[string]string{"内蒙": "150000", "前郭": "220721", "前郭县": "220721", "郑州航空港区": "410173", "郑州航空港": "410173", "郑州经开区": "410171", "郑州高新区": "410172",
	"雄安新区": "", "黔东南": "522600", "平顶山高新区": "410471", "新乡高新区": "410771", "南阳示范区": "411372", "焦作示范区": "410871", "示范区": ""}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// pairs reads "新:创更 …" as a set of characters for each character.
func pairs(s string) map[rune]string {
	m := map[rune]string{}
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, ":")
		m[[]rune(k)[0]] += v
	}
	return m
}

// wordLists reads "大同:小异,大异 …" as a list of words for each word.
func wordLists(s string) map[string][][]rune {
	m := map[string][][]rune{}
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, ":")
		for _, w := range strings.Split(v, ",") {
			if w != "" {
				m[k] = append(m[k], []rune(w))
			}
		}
	}
	return m
}
