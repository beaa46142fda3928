package article

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"heshu/schemas"
)

const sample = "某市总工会今年投入资金120万元，帮助三千余名职工学会新技术，收到了良好的效果。"
const sampleTrad = "某市總工會今年投入資金120萬元，幫助三千餘名職工學會新技術，收到了良好的效果。"

func encode(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDeclaredCharsetsAreNotBelievedBlindly(t *testing.T) {
	t.Parallel()
	page := func(meta, text string) string {
		return "<html><head>" + meta + "<title>工会</title></head><body><p>" + text + "</p></body></html>"
	}
	meta := func(c string) string { return `<meta charset="` + c + `">` }
	gb, big := simplifiedchinese.GB18030, traditionalchinese.Big5
	late := strings.Repeat("<!-- 长长的注释 -->", 300)
	for _, c := range []struct {
		name, header string
		body         []byte
		charset      string
		want         string
	}{
		{"UTF-8 declared UTF-8", "", []byte(page(meta("utf-8"), sample)), "utf-8", sample},
		{"UTF-8 declared GB2312", "", []byte(page(meta("gb2312"), sample)), "utf-8", sample},
		{"UTF-8 with GBK header", "text/html; charset=gbk", []byte(page("", sample)), "utf-8", sample},
		{"UTF-8 with a mark", "", []byte("\xEF\xBB\xBF" + page("", sample)), "utf-8", sample},
		{"GBK undeclared", "", encode(t, gb, page("", sample)), "gb18030", sample},
		{"GBK declared", "", encode(t, gb, page(meta("gb2312"), sample)), "gb18030", sample},
		{"GBK declared UTF-8", "", encode(t, gb, page(meta("utf-8"), sample)), "gb18030", sample},
		{"GBK with UTF-8 header", "utf-8", encode(t, gb, page(meta("gbk"), sample)), "gb18030", sample},
		{"GBK declared Latin", "iso-8859-1", encode(t, gb, page(meta("windows-1252"), sample)), "gb18030", sample},
		{"GB18030 of four bytes", "", encode(t, gb, page(meta("gb2312"), sample+"㐀㐁")), "gb18030", sample},
		{"GBK, meta late", "", encode(t, gb, "<html><head>"+late+meta("gbk")+"</head><body><p>"+sample+"</p></body></html>"), "gb18030", sample},
		{"Big5 undeclared", "", encode(t, big, page("", sampleTrad)), "big5", sampleTrad},
		{"Big5 declared", "", encode(t, big, page(meta("big5"), sampleTrad)), "big5", sampleTrad},
		{"traditional in GBK", "", encode(t, gb, page("", sampleTrad)), "gb18030", sampleTrad},
		{"UTF-16 with a mark", "", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), page("", sample)), "utf-16le", sample},
		{"UTF-16 without", "", encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), page(late, sample)), "utf-16be", sample},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			doc := schemas.NewDocument("", c.body)
			doc.Charset = c.header
			p, err := Read(doc, Config{})
			if err != nil {
				t.Fatal(err)
			}
			if p.Charset != c.charset || len(p.Articles) != 1 || !strings.Contains(p.Articles[0].Body, c.want) || len(p.Issues) > 0 {
				t.Errorf("read as %s, %d articles, issues %v: %q; want %s", p.Charset, len(p.Articles), p.Issues, show(t, p), c.charset)
			}
		})
	}
}

func zipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// noise is text that gzip cannot shrink much.
func noise(n int) string {
	var b strings.Builder
	x := uint32(1)
	for range n {
		x = x*1664525 + 1013904223
		b.WriteRune(rune(0x4E00 + x>>16%8000))
	}
	return b.String()
}

func TestUnreadableDocumentsSayWhy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		body []byte
		code schemas.IssueCode
	}{
		{"nothing", nil, schemas.IssueEmpty},
		{"white space", []byte(" \r\n\t "), schemas.IssueEmpty},
		{"NUL bytes", make([]byte, 4000), schemas.IssueEmpty},
		{"a PDF", []byte("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n1 0 obj"), schemas.IssueUnknownType},
		{"a workbook", []byte("PK\x03\x04\x14\x00"), schemas.IssueUnknownType},
		{"old Office", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), schemas.IssueUnknownType},
		{"too large", bytes.Repeat([]byte("<p>工会"), 1000), schemas.IssueLimit},
		{"too large when unzipped", zipped(t, bytes.Repeat([]byte("<p>工会"), 1000)), schemas.IssueLimit},
		{"gzip without data", []byte("\x1F\x8B\x08"), schemas.IssueTruncated},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(schemas.NewDocument("a.html", c.body), Config{MaxBytes: 5000})
			var e *Error
			if !errors.As(err, &e) || e.Code != c.code || e.Error() == "" {
				t.Errorf("got %v, want an error with code %s", err, c.code)
			}
		})
	}
}

func TestDoubtfulDocumentsAreReadWithAnIssue(t *testing.T) {
	t.Parallel()
	body := "<html><body><h1>工会帮扶职工学技术</h1><p>" + sample + "</p><p>" + noise(3000) + "</p></body></html>"
	z := zipped(t, []byte(body))
	for _, c := range []struct {
		name string
		body []byte
		code schemas.IssueCode
		want string
	}{
		{"gzip cut short", z[:len(z)/2], schemas.IssueTruncated, "120万元"},
		{"a broken byte", []byte("<p>" + strings.Repeat(sample, 9) + "\xFF</p>"), schemas.IssueCharset, "120万元"},
		{"only links", []byte("<html><body><ul><li><a href=/>首页</a></li></ul></body></html>"), schemas.IssueEmpty, ""},
		{"10,000 nested tags", []byte(strings.Repeat("<div>", 10000) + "<p>" + sample + "</p>"), schemas.IssueLimit, "120万元"},
		{"10,000 nested spans", []byte("<p>" + strings.Repeat("<span>", 10000) + sample), schemas.IssueLimit, "120万元"},
		{"10,000 nested tables", []byte(strings.Repeat("<table><tr><td>", 10000) + sample), schemas.IssueLimit, "120万元"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Read(schemas.NewDocument("a.html", c.body), Config{})
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, i := range p.Issues {
				found = found || i.Code == c.code && i.Message != "" && i.Part == -1
			}
			text := ""
			for _, a := range p.Articles {
				text += a.Text
			}
			if !found || !strings.Contains(text, c.want) || c.want == "" && text != "" {
				t.Errorf("issues %v, text %.80q; want %s and %q", p.Issues, text, c.code, c.want)
			}
		})
	}
}

// 息县 begins like the end of 消息, which tells an agency's report.
func TestAPageMayBeginWithXiCounty(t *testing.T) {
	t.Parallel()
	p, err := Read(schemas.NewDocument("a.html", []byte("<title>数字</title><p>息县培训3人，讲座2场。</p>")), Config{})
	if err != nil || len(p.Articles) != 1 || p.Articles[0].Publisher != "" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestIsToldByContent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		body string
		want bool
	}{
		{"a.xls", "<html><table><tr><td>1</td></tr></table></html>", true},
		{"a.bin", sample, true},
		{"a.html", "%PDF-1.7", false},
		{"a.txt", "PK\x03\x04", false},
		{"a.html", "", false},
		{"a.html", "\x00\x01\x02\x03\x04\x05\x06\x07\x08", false},
		{"a.html.gz", string(zipped(t, []byte("<p>"+sample))), true},
		{"gbk", string(encode(t, simplifiedchinese.GBK, sample)), true},
	} {
		if got := Is(schemas.NewDocument(c.name, []byte(c.body))); got != c.want {
			t.Errorf("Is(%s %.20q) = %v, want %v", c.name, c.body, got, c.want)
		}
	}
}

func TestSameBytesSamePage(t *testing.T) {
	t.Parallel()
	for _, f := range []string{"testdata/news.html", "testdata/paper.html", "testdata/word.html"} {
		b := readFile(t, f)
		var first string
		for range 5 {
			p, err := Read(schemas.NewDocument(f, b), Config{})
			if err != nil {
				t.Fatal(err)
			}
			if got := show(t, p); first == "" {
				first = got
			} else if got != first {
				t.Fatalf("%s: two readings differ:\n%s", f, diff(first, got))
			}
		}
	}
}
