package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// goodPage is what the hostile pages are made of: three figures and a date.
const goodPage = `<html><head><meta charset="utf-8"><title>汝南县劳模助力脱贫攻坚</title></head><body><div class="content"><h1>汝南县劳模助力脱贫攻坚</h1>
<p>2018-08-31 来源：驻马店日报</p><p>目前，全县共建产业扶贫项目117个，投入资金4000多万元，带动贫困户1.2万户，受到干部群众的一致好评。</p></div></body></html>`

// hostile writes pages that somebody broke into a folder: hostile DIR.
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hostile DIR")
	}
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o777))
	with := func(old, now string) []byte { return []byte(strings.ReplaceAll(goodPage, old, now)) }
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(goodPage)
	ts.Check(err)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write(bytes.Repeat([]byte(goodPage+"\n"), 20))
	ts.Check(err)
	ts.Check(z.Close())
	var bomb bytes.Buffer
	z = gzip.NewWriter(&bomb)
	for range 40 {
		_, err = z.Write(bytes.Repeat([]byte("<p>0</p>"), 1<<17))
		ts.Check(err)
	}
	ts.Check(z.Close())
	pages := map[string][]byte{
		"huge.html":       with("</body>", strings.Repeat("<p>某县总工会投入资金30万元，帮扶职工200人。</p>", 100_000_000/60)+"</body>"),
		"nested.html":     []byte("<html><body>" + strings.Repeat("<div>", 10_000) + goodPage + strings.Repeat("</div>", 10_000)),
		"nul.html":        with("117个", "\x00117个\x00"),
		"torn.html":       with("117个", "1\x0017个"),
		"surrogates.html": with("4000多", "40\xed\xa0\x8000多"),
		"entity.html":     with("4000多", "40&#xD800;00多"),
		"cut.html":        packed.Bytes()[:packed.Len()/2],
		"bomb.html":       bomb.Bytes(),
		"declared.html":   with("utf-8", "gb2312"), // is UTF-8
		"undeclared.html": []byte(gbk),             // says utf-8
		"damaged.html":    []byte(strings.Replace(gbk, "117", "11\xff\xff7", 1)),
		"paper.html":      []byte("%PDF-1.4\n1 0 obj <</Length 3>> stream\n\xe2\xe3\xcf\xd3"),
		"digits.html":     digitsGone(),
	}
	for name, b := range pages {
		ts.Check(os.WriteFile(filepath.Join(dir, name), b, 0o666))
	}
}

// digitsGone is a page of a site whose content system dropped every digit: the units stand without their numbers.
func digitsGone() []byte {
	p := "<p>截至 年 月底，全县共建产业扶贫项目 个，投入资金多万元，带动贫困户 户，占 %以上。</p>"
	return []byte(strings.Replace(strings.NewReplacer("117", " ", "4000多", "多", "1.2", " ", "2018-08-31", "").Replace(goodPage), "</div>", strings.Repeat(p, 6)+"</div>", 1))
}
