package article

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"heshu/schemas"
)

func (p *Page) issue(code schemas.IssueCode, format string, args ...any) {
	p.Issues = append(p.Issues, schemas.Issue{Part: -1, Code: code, Message: fmt.Sprintf(format, args...)})
}

// magics are the first bytes of files that are no page.
var magics = []struct{ magic, name string }{
	{"%PDF-", "a PDF file"},
	{"PK\x03\x04", "a zip file or workbook"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an OLE file (old Office)"},
	{"\x89PNG", "a PNG picture"},
	{"\xFF\xD8\xFF", "a JPEG picture"},
	{"GIF8", "a GIF picture"},
	{"Rar!", "a RAR archive"},
	{"7z\xBC\xAF\x27\x1C", "a 7z archive"},
	{"\x7FELF", "a program"},
	{"{\\rtf", "an RTF file"},
}

// unpack undoes gzip and refuses what is no text.
func unpack(b []byte, c Config) ([]byte, []schemas.Issue, error) {
	var issues []schemas.Issue
	if bytes.HasPrefix(b, []byte("\x1F\x8B")) {
		out, err := inflate(b, c.maxBytes()+1)
		if err != nil {
			if len(out) == 0 {
				return nil, nil, &Error{schemas.IssueTruncated, "gzip data cannot be read: " + err.Error()}
			}
			issues = append(issues, schemas.Issue{Part: -1, Code: schemas.IssueTruncated, Message: "gzip data ends in the middle: " + err.Error()})
		}
		b = out
	}
	if int64(len(b)) > c.maxBytes() {
		return nil, nil, &Error{schemas.IssueLimit, fmt.Sprintf("page is larger than %d bytes", c.maxBytes())}
	}
	if name := foreign(b); name != "" {
		return nil, nil, &Error{schemas.IssueUnknownType, "this is " + name + ", no page"}
	}
	if len(bytes.TrimSpace(bytes.Trim(b, "\x00\xEF\xBB\xBF"))) == 0 {
		return nil, nil, &Error{schemas.IssueEmpty, "the page is empty"}
	}
	return b, issues, nil
}

func inflate(b []byte, limit int64) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(r, limit))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("unexpected end")
	}
	return out, err
}

// foreign names the kind of a file that is no text, "" for text.
func foreign(b []byte) string {
	head := b[:min(len(b), 1024)]
	trimmed := bytes.TrimLeft(head, " \t\r\n\xEF\xBB\xBF")
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) || bytes.HasPrefix(trimmed, []byte(m.magic)) {
			return m.name
		}
	}
	if bytes.Contains(head, []byte("Excel.Sheet")) && bytes.Contains(head, []byte("mso-application")) {
		return "a SpreadsheetML workbook"
	}
	if utf16Order(b) == 0 {
		// Binary: control bytes that no charset of text uses.
		n := 0
		for _, c := range head {
			if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1B && c != 0 {
				n++
			}
		}
		if n > len(head)/10 {
			return "binary data"
		}
	}
	return ""
}

// Is reports whether the document's content is a page or a text, whatever its name says.
func Is(doc schemas.Document) bool {
	b := doc.Bytes
	if bytes.HasPrefix(b, []byte("\x1F\x8B")) {
		b, _ = inflate(b, 4096)
	}
	if len(b) == 0 || foreign(b) != "" {
		return false
	}
	head := b[:min(len(b), 4096)]
	if utf16Order(b) != 0 || looksLikeHTML(string(head)) {
		return true
	}
	text, _, bad := decode(head, doc.Charset)
	return bad*20 <= utf8.RuneCountInString(text)+20 && strings.Count(text, "\x00")*10 <= len(text)
}

// looksLikeHTML reports whether tags of a page stand in the first part of the text.
func looksLikeHTML(text string) bool {
	head := text[:min(len(text), 64<<10)]
	for {
		i := strings.IndexByte(head, '<')
		if i < 0 || i+1 >= len(head) {
			return false
		}
		head = head[i+1:]
		if head[0] == '/' && len(head) > 1 && letter(head[1]) {
			return true
		}
		n := 0
		for n < len(head) && (letter(head[n]) || head[n] == '!' || head[n] == '?') {
			n++
		}
		switch strings.ToLower(head[:min(n, 12)]) {
		case "!doctype", "html", "head", "body", "div", "p", "td", "table", "span", "br", "title", "article", "section", "rss", "?xml", "meta", "font", "h1", "ul":
			return true
		}
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
