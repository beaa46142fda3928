package article

import (
	"fmt"
	"os"
	"testing"

	"heshu/schemas"
)

func TestDump(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip("no DUMP")
	}
	b, _ := os.ReadFile(f)
	if os.Getenv("LINES") != "" {
		raw, _, _ := unpack(b, Config{})
		text, _, _ := decode(raw, "")
		s, _ := parseHTML(text, 400)
		w := s.weights(s.junkElems())
		s.pick()
		fmt.Printf("title %q metas %v\n", s.title, s.metas)
		for i, l := range s.lines {
			var path string
			for e := l.elem; e > 0; e = s.elems[e].parent {
				path = fmt.Sprintf("%v(%d,%d)/", s.elems[e].tag, e, s.elems[e].hint) + path
			}
			if len(path) > 100 {
				path = path[len(path)-100:]
			}
			r := []rune(l.text)
			fmt.Printf("%d keep=%v %s w=%d link=%d/%d bold=%d soft=%v hid=%s %s %s\n", i, s.keep[i], s.names[i], w[i], l.link, l.runes, l.bold, l.soft, l.hidden, path, string(r[:min(len(r), 50)]))
		}
		return
	}
	p, err := Read(schemas.NewDocument("", b), Config{})
	fmt.Println(p.Charset, p.HTML, err, p.Issues)
	for i, a := range p.Articles {
		fmt.Printf("--- %d title=%q sub=%q pub=%v publisher=%q source=%q editor=%q\n", i, a.Title, a.Subtitle, a.Published, a.Publisher, a.Source, a.Editor)
		rs := []rune(a.Text)
		for _, b := range a.Blocks {
			s, _ := b.Span.In(rs)
			fmt.Printf("  [%v] %s\n", b.Kind, s)
		}
		fmt.Println(a.Tables)
	}
	for _, f := range p.Furniture {
		fmt.Printf("F %s %d %q\n", f.Name, f.Numbers, f.Text)
	}
}
