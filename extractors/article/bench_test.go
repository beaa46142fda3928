package article

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"heshu/schemas"
)

// BenchmarkRead reads real pages of ../shared: MB/s of page bytes.
func BenchmarkRead(b *testing.B) {
	root := shared(b, "pages")
	for _, set := range []struct{ name, pattern string }{{"raw", "raw/*.html"}, {"composed", "composed/*.html"}} {
		b.Run(set.name, func(b *testing.B) {
			files, err := filepath.Glob(filepath.Join(root, set.pattern))
			if err != nil {
				b.Fatal(err)
			}
			var docs []schemas.Document
			var size int64
			for _, f := range files {
				raw, err := os.ReadFile(f)
				if err != nil {
					b.Fatal(err)
				}
				docs = append(docs, schemas.NewDocument("", raw))
				size += int64(len(raw))
			}
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				for _, d := range docs {
					if _, err := Read(d, Config{}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkHostile shows linear cost: a page ten times as long takes at most twelve times as long, so that the time of a byte
// stays what it is from row to row of a family.
func BenchmarkHostile(b *testing.B) {
	for _, family := range hostilePages {
		for _, n := range []int{50_000, 500_000, 5_000_000} {
			b.Run(fmt.Sprintf("%s/%d", family.name, n), func(b *testing.B) {
				doc := schemas.NewDocument("", []byte("<html><body>"+strings.Repeat(family.unit, n/len(family.unit))))
				b.SetBytes(int64(len(doc.Bytes)))
				for b.Loop() {
					if _, err := Read(doc, Config{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// hostilePages are pages made of one thing over and over.
var hostilePages = []struct{ name, unit string }{
	{"paragraphs", "<p>" + sample + "</p>"},
	{"open tags", "<b><i>某" + sample},
	{"unclosed font", "<font color=red>某市120万元，"},
	{"nested", "<div>"},
	{"broken paragraphs", "<p>某市总工会今年投入资金，帮助三千余名职工学会新技</p>"},
	{"headlines", "<p>本报讯 某市总工会今年投入资金，帮助职工。</p><p>劳模下乡帮果农</p>"},
	{"table rows", "<table><tr><td>1<td>2<tr><td>3<td>4</table>"},
	{"h1", "<div><h1>某市总工会今年帮扶</h1><p>" + sample + "</p></div>"},
	{"brackets", "(((（（“"},
	{"digits", "12345678901234567890"},
	{"attributes", `<div class="a b c d" id=x style="color:red">` + sample + "</div>"},
	{"lines", sample + "\n"},
	{"one line", sample},
}
