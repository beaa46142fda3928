package article

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// decode reads bytes as text: byte order mark; the whole body valid UTF-8; the server's header, then a meta anywhere in
// the first 64 KB, a declared UTF-8 being disproved by then; else whichever of GB18030 and Big5 reads more plausibly.
// bad counts places that are no text in the charset found.
func decode(b []byte, header string) (text, name string, bad int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		b = b[3:]
		return validUTF8(b), "utf-8", invalid(b)
	case utf16Order(b) != 0:
		text = fromUTF16(b, utf16Order(b) == 'L')
		if utf16Order(b) == 'L' {
			return text, "utf-16le", strings.Count(text, "\uFFFD")
		}
		return text, "utf-16be", strings.Count(text, "\uFFFD")
	case utf8.Valid(b):
		return string(b), "utf-8", bytes.Count(b, []byte("\uFFFD"))
	}
	// A few broken bytes (a cut download) do not make a UTF-8 page something else.
	if n := invalid(b); n*200 < nonASCII(b) || mostlyUTF8(b) {
		return validUTF8(b), "utf-8", n
	}
	for _, label := range append([]string{header}, declared(b)...) {
		enc, name := byLabel(label)
		if enc == nil {
			continue
		}
		if text, bad := decodeWith(enc, b); bad*50 <= nonASCII(b) {
			return text, name, bad
		}
	}
	gb, gbBad := decodeWith(simplifiedchinese.GB18030, b)
	big, bigBad := decodeWith(traditionalchinese.Big5, b)
	if bigBad <= gbBad && plausibility(big) > plausibility(gb) {
		return big, "big5", bigBad
	}
	return gb, "gb18030", gbBad
}

// byLabel returns a charset by its declared name; gb2312 and gbk are read as GB18030, which holds both.
func byLabel(label string) (encoding.Encoding, string) {
	enc, name := charset.Lookup(strings.Trim(label, " \t\"'"))
	switch name {
	case "", "utf-8", "replacement", "x-user-defined":
		return nil, ""
	case "gbk", "gb18030":
		return simplifiedchinese.GB18030, "gb18030"
	}
	if strings.HasPrefix(name, "windows-") || strings.HasPrefix(name, "iso-8859") || strings.HasPrefix(name, "utf-16") {
		return nil, "" // a template's default: no Chinese page is in them
	}
	return enc, name
}

// declared lists the charsets that meta tags and an XML declaration name in the first 64 KB.
func declared(b []byte) []string {
	head := bytes.ToLower(b[:min(len(b), 64<<10)])
	var out []string
	for _, key := range []string{"charset=", "encoding="} {
		for rest := head; ; {
			i := bytes.Index(rest, []byte(key))
			if i < 0 {
				break
			}
			rest = rest[i+len(key):]
			v := bytes.TrimLeft(rest, " \"'")
			j := 0
			for j < len(v) && (v[j] == '-' || v[j] == '_' || v[j] >= '0' && v[j] <= '9' || v[j] >= 'a' && v[j] <= 'z') {
				j++
			}
			if j > 0 && len(out) < 8 {
				out = append(out, string(v[:j]))
			}
		}
	}
	return out
}

func decodeWith(enc encoding.Encoding, b []byte) (string, int) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return validUTF8(b), invalid(b)
	}
	return string(out), bytes.Count(out, []byte("\uFFFD"))
}

// common are characters that most Chinese texts are full of, in both scripts.
const common = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經，。、"

// plausibility is the share of common characters among those beyond ASCII, in thousandths.
func plausibility(text string) int {
	hits, all := 0, 0
	for _, r := range text {
		if r < 0x80 {
			continue
		}
		if all++; all > 20000 {
			break
		}
		if strings.ContainsRune(common, r) {
			hits++
		}
	}
	return hits * 1000 / max(all, 1)
}

// utf16Order returns 'L' or 'B' for UTF-16 text, marked or telling by its zero bytes, else 0.
func utf16Order(b []byte) byte {
	switch {
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return 'L'
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return 'B'
	}
	head := b[:min(len(b), 512)]
	var zero [2]int
	for i, c := range head {
		if c == 0 {
			zero[i%2]++
		}
	}
	switch {
	case zero[1] > len(head)/5 && zero[0] < len(head)/50:
		return 'L'
	case zero[0] > len(head)/5 && zero[1] < len(head)/50:
		return 'B'
	}
	return 0
}

func fromUTF16(b []byte, little bool) string {
	u := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		if little {
			u = append(u, uint16(b[i])|uint16(b[i+1])<<8)
		} else {
			u = append(u, uint16(b[i+1])|uint16(b[i])<<8)
		}
	}
	return strings.TrimPrefix(string(utf16.Decode(u)), "\uFEFF")
}

func validUTF8(b []byte) string { return strings.ToValidUTF8(string(b), "\uFFFD") }

// invalid counts runs of bytes that are no UTF-8, and replacement characters that were there before.
func invalid(b []byte) int {
	n := bytes.Count(b, []byte("\uFFFD"))
	in := false
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i, in = i+1, false
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			if !in {
				n++
			}
			in = true
		} else {
			in = false
		}
		i += size
	}
	return n
}

// mostlyUTF8 tells a text whose three-byte characters are four times as many as its broken bytes: in no other charset do
// bytes fall so by chance.
func mostlyUTF8(b []byte) bool {
	whole, broken := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size >= 3:
			whole++
		}
		i += size
	}
	return whole >= 10 && whole >= 4*broken
}

func nonASCII(b []byte) int {
	n := 0
	for _, c := range b {
		if c >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// nulInNumber is a hole of NUL bytes within digits; elsewhere NUL bytes are padding that a page is read without.
var nulInNumber = regexp.MustCompile(`([0-9.,])\x00+([0-9.,])`)

// unjoined marks the holes in numbers as lost characters, so that 12 and 34 do not become 1234, and counts them.
func unjoined(text string) (string, int) {
	if strings.IndexByte(text, 0) < 0 {
		return text, 0
	}
	n := 0
	for range 2 { // twice: neighbouring holes share a digit
		n += len(nulInNumber.FindAllStringIndex(text, -1))
		text = nulInNumber.ReplaceAllString(text, "${1}\uFFFD${2}")
	}
	return text, n
}
