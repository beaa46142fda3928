package article

import (
	"testing"

	"heshu/schemas"
)

// TestOriginIsReadWhereItStands reads pages that say in unusual places when and by whom they were published.
func TestOriginIsReadWhereItStands(t *testing.T) {
	t.Parallel()
	const news = "今年以来，全市各级工会投入资金120万元，帮扶困难职工380户，组织劳模下乡12次，惠及群众2600人。各级工会还将继续加大力度，让更多职工受益。"
	for _, c := range []struct{ name, text, published, publisher string }{
		{"a dateline in the latest year told of", "市总工会做好帮扶工作\n本报许昌7月15日电（记者 王某）" + news + "\n2020年上半年，全市新增会员1200人，力争到2025年翻一番。\n", "2020-07-15", ""},
		{"a dateline in no year", "市总工会做好帮扶工作\n本报许昌7月15日电（记者 王某）" + news + "\n", "", ""},
		{"a day that is no dateline", "市总工会做好帮扶工作\n7月15日，" + news + "2020年共新增会员1200人。\n", "", ""},
		{"paper and day in the last line", "市总工会做好帮扶工作\n" + news + "\n许昌日报 2020-07-16\n", "2020-07-16", "许昌日报"},
		{"the author's office", "市总工会做好帮扶工作\n" + news + "\n（作者单位：禹州市总工会）\n", "", "禹州市总工会"},
		{"an office as the author", "<html><body><h1>市总工会做好帮扶工作</h1><div>日期：20-07-15 作者：许昌市总工会办公室</div><p>" + news + "</p></body></html>", "2020-07-15", "许昌市总工会办公室"},
		{"a person as the author", "<html><body><h1>市总工会做好帮扶工作</h1><div>日期：20-07-15 作者：王某</div><p>" + news + "</p></body></html>", "2020-07-15", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Read(schemas.NewDocument("a.txt", []byte(c.text)), Config{})
			if err != nil || len(p.Articles) != 1 {
				t.Fatalf("%d articles: %v", len(p.Articles), err)
			}
			published := ""
			if d := p.Articles[0].Published; !d.IsZero() {
				published = d.String()
			}
			if a := p.Articles[0]; published != c.published || a.Publisher != c.publisher {
				t.Errorf("published %q by %q, want %q by %q", published, a.Publisher, c.published, c.publisher)
			}
		})
	}
}
