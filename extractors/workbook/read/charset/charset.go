// Package charset owns the finding of a text file's charset and its decoding to UTF-8.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// sample is how much of a file is looked at to find its charset.
const sample = 256 << 10

// Decode returns the text of a file without its byte order mark, the charset's name, and how many characters were no text in it.
// declared is what the file says of itself, "" if nothing; bytes that disprove it win.
func Decode(b []byte, declared string) (text, name string, bad int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return valid(b[3:])
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return decode(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16le")
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return decode(b, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "utf-16be")
	}
	switch nulls(b) {
	case 1:
		return decode(b, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16le")
	case 2:
		return decode(b, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "utf-16be")
	}
	if utf8.Valid(b) {
		return string(b), "utf-8", 0
	}
	if e, n := lookup(declared); e != nil {
		return decode(b, e, n)
	}
	e, n := guess(b[:min(len(b), sample)])
	return decode(b, e, n)
}

func valid(b []byte) (string, string, int) {
	t := strings.ToValidUTF8(string(b), "\uFFFD")
	return t, "utf-8", strings.Count(t, "\uFFFD") - bytes.Count(b, []byte("\uFFFD"))
}

func decode(b []byte, e encoding.Encoding, name string) (string, string, int) {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return valid(b)
	}
	return string(out), name, bytes.Count(out, []byte("\uFFFD"))
}

// lookup returns the declared charset, GB2312 and GBK widened to GB18030; none for UTF-8, which the bytes have disproved.
func lookup(declared string) (encoding.Encoding, string) {
	if declared == "" {
		return nil, ""
	}
	e, err := htmlindex.Get(declared)
	if err != nil {
		return nil, ""
	}
	n, err := htmlindex.Name(e)
	switch {
	case err != nil, n == "utf-8", strings.HasPrefix(n, "utf-16"), n == "replacement":
		return nil, ""
	case n == "gbk", n == "gb18030":
		return simplifiedchinese.GB18030, "gb18030"
	}
	return e, n
}

// nulls finds UTF-16 without a mark by its zero bytes: 1 little endian, 2 big endian, 0 neither.
func nulls(b []byte) int {
	b = b[:min(len(b), sample)&^1]
	var even, odd int
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	switch {
	case odd > len(b)/16 && odd > 8*even:
		return 1
	case even > len(b)/16 && even > 8*odd:
		return 2
	}
	return 0
}

// guess tells GB18030, Big5 and Western text apart by how the bytes above 0x7F pair up.
func guess(b []byte) (encoding.Encoding, string) {
	gb, gbPairs, alone := pairs(b, 0xB0, 0xD7, 0xA1)
	big5, bigPairs, _ := pairs(b, 0xA4, 0xC6, 0x40)
	switch {
	case alone > gbPairs:
		return charmap.Windows1252, "windows-1252"
	case big5*max(gbPairs, 1) > gb*max(bigPairs, 1):
		return traditionalchinese.Big5, "big5"
	}
	return simplifiedchinese.GB18030, "gb18030"
}

// pairs counts two-byte characters and, among them, the common ones: symbols, and those with a lead byte from low to high.
// alone counts high bytes followed by an ASCII byte, which two-byte text in GB 2312 never has.
func pairs(b []byte, low, high, trail byte) (common, all, alone int) {
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if i+1 < len(b) && b[i+1] < 0x80 {
			alone++
		}
		if i+1 >= len(b) || b[i+1] < 0x40 {
			continue
		}
		all++
		if (b[i] >= low && b[i] <= high || b[i] >= 0xA1 && b[i] <= 0xA3) && b[i+1] >= trail {
			common++
		}
		i++
	}
	return common, all, alone
}
