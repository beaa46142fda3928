package xmlscan

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// walk writes a document's tokens as a line: <name a=v> text </name>.
func walk(r io.Reader) (string, error) {
	var b strings.Builder
	s := New(r)
	for {
		k, err := s.Next()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		switch k {
		case Start:
			b.WriteString("<" + string(s.Name()))
			for _, a := range s.Attrs() {
				b.WriteString(" " + string(a.Name) + "=" + string(Unescape(a.Value)))
			}
			b.WriteString(">")
		case End:
			b.WriteString("</" + string(s.Name()) + ">")
		case Text:
			b.Write(s.Text())
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{`<?xml version="1.0"?><!-- - --><a/>`, `<a></a>`},
		{`<x:a y:b="1" c = '2>3' d='"'><x:b>甲&amp;&#20013;&#x4E2D;</x:b></x:a >`, `<a b=1 c=2>3 d="><b>甲&中中</b></a>`},
		{"<a b=\"&lt;&quot;\">1<![CDATA[<&]]]>2</a>\n<!-- end -->\x00", `<a b=<">1<&]2</a>`},
	} {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(c.in), "byte by byte": iotest.OneByteReader(strings.NewReader(c.in))} {
			if got, err := walk(r); err != nil || got != c.want {
				t.Errorf("%s %s: got %q, %v, want %q", c.in, name, got, err, c.want)
			}
		}
	}
}

func TestWhatIsNotWellFormedIsAnError(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]error{
		"": ErrTruncated, "  ": ErrTruncated, "<a>": ErrTruncated, "<a><b></b>": ErrTruncated, "<a": ErrTruncated, `<a b="`: ErrTruncated, "<a><![CDATA[x": ErrTruncated, "<a><!-- ": ErrTruncated,
		"<a></b>": ErrSyntax, "</a>": ErrSyntax, "<a/><b/>": ErrSyntax, "x<a/>": ErrSyntax, "<a/>x": ErrSyntax, "<a b=1/>": ErrSyntax, "<a b/>": ErrSyntax, "<a>&x;</a>": ErrSyntax, "<a>&</a>": ErrSyntax, "< a/>": ErrSyntax,
		`<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`: ErrDoctype, strings.Repeat("<a>", 1000): ErrLimit,
	} {
		if got, err := walk(strings.NewReader(in)); !errors.Is(err, want) {
			t.Errorf("%.40q: got %q, %v, want %v", in, got, err, want)
		}
	}
}

func TestLongTokensAndReaderErrors(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 200_000)
	if got, err := walk(strings.NewReader("<a b='" + long + "'>" + long + "</a>")); err != nil || len(got) != 2*len(long)+len("<a b=></a>") {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if _, err := walk(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("<a></a>")))); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("got %v", err)
	}
}

// Whatever the scanner accepts, a second parser accepts too, with the same texts.
func FuzzAgreesWithEncodingXML(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><x:a y:b="1" c='2>3'><b>甲&amp;</b><![CDATA[<]]></x:a>`))
	f.Fuzz(func(t *testing.T, in []byte) {
		s := New(bytes.NewReader(in))
		var texts []byte
		starts := 0
		for {
			k, err := s.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				return
			}
			if k == Start {
				starts++
			}
			if k == Text {
				texts = append(texts, s.Text()...)
			}
		}
		d := xml.NewDecoder(bytes.NewReader(in))
		var theirs []byte
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				return // stricter on characters and names
			}
			switch v := tok.(type) {
			case xml.StartElement:
				starts--
			case xml.CharData:
				theirs = append(theirs, v...)
			}
		}
		normal := func(b []byte) string {
			return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.Trim(string(b), " \t\r\n\x00"))
		}
		if starts != 0 || normal(texts) != normal(theirs) {
			t.Fatalf("%q: texts %q and %q, %d elements more", in, texts, theirs, starts)
		}
	})
}

func BenchmarkScan(b *testing.B) {
	doc := []byte("<sheetData>" + strings.Repeat(`<row r="1" spans="1:2"><c r="A1" s="1" t="s"><v>12</v></c><c r="B1"><v>410.25</v></c></row>`, 10_000) + "</sheetData>")
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		s := New(bytes.NewReader(doc))
		for {
			if _, err := s.Next(); err != nil {
				break
			}
		}
	}
}
