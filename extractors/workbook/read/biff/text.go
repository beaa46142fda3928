package biff

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"heshu/extractors/workbook/read/grid"
)

// chars appends n characters that begin at the reader's place: one byte each, or two where wide. It reports whether all were there.
func (p *pieces) chars(dst []byte, n int, wide bool) ([]byte, bool) {
	high := rune(0) // first half of a pair
	for n > 0 {
		var ok bool
		if wide, ok = p.boundary(wide); !ok {
			return flush(dst, high), false
		}
		b := p.list[p.i][p.pos:]
		if !wide {
			k := min(n, len(b))
			for _, c := range b[:k] {
				dst = utf8.AppendRune(dst, rune(c))
			}
			n, p.pos = n-k, p.pos+k
			continue
		}
		k := min(n, len(b)/2)
		if k == 0 { // half a character at the end of a piece
			p.pos = len(p.list[p.i])
			n--
			continue
		}
		for i := range k {
			dst, high = appendUnit(dst, high, rune(b[2*i])|rune(b[2*i+1])<<8)
		}
		n, p.pos = n-k, p.pos+2*k
	}
	return flush(dst, high), true
}

// appendUnit appends a UTF-16 unit; the first half of a pair is kept back.
func appendUnit(dst []byte, high, u rune) ([]byte, rune) {
	if high != 0 {
		if r := utf16.DecodeRune(high, u); r != utf8.RuneError {
			return utf8.AppendRune(dst, r), 0
		}
		dst = utf8.AppendRune(dst, utf8.RuneError)
	}
	if u >= 0xD800 && u < 0xDC00 {
		return dst, u
	}
	return utf8.AppendRune(dst, u), 0 // a lone second half becomes U+FFFD
}

func flush(dst []byte, high rune) []byte {
	if high != 0 {
		return utf8.AppendRune(dst, utf8.RuneError)
	}
	return dst
}

// unicodeString appends a string with its flags, runs and phonetic data, its length known (MS-XLS 2.5.293).
func (p *pieces) unicodeString(dst []byte, n int) ([]byte, bool) {
	flags := p.byte()
	runs, extra := 0, 0
	if flags&8 != 0 {
		runs = p.u16()
	}
	if flags&4 != 0 {
		extra = p.u32()
	}
	from := len(dst)
	dst, ok := p.chars(dst, n, flags&1 != 0)
	p.skip(4*runs + extra)
	if bytes.IndexByte(dst[from:], '\r') >= 0 {
		dst = append(dst[:from], grid.LineEnds(dst[from:])...)
	}
	return dst, ok
}

// codePage returns the encoding of 8-bit texts, nil for "find out from the bytes".
func codePage(n int) encoding.Encoding {
	switch n {
	case 936, 10008, 54936:
		return simplifiedchinese.GB18030
	case 950, 10002:
		return traditionalchinese.Big5
	case 932, 10001:
		return japanese.ShiftJIS
	case 949, 10003:
		return korean.EUCKR
	case 1200:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case 65001:
		return unicode.UTF8
	case 10000, 0x8000:
		return charmap.Macintosh
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 874:
		return charmap.Windows874
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1252, 0x8001:
		return charmap.Windows1252
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	}
	return nil
}
