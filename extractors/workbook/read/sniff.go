package read

import (
	"bytes"
	"encoding/binary"
	"strings"

	"heshu/extractors/workbook/read/cfb"
	"heshu/extractors/workbook/read/charset"
	"heshu/extractors/workbook/read/delimited"
)

// Format is what a file's content shows it to be.
type Format uint8

// The formats. The zero value is "not a workbook".
const (
	NotWorkbook Format = iota
	XLSX               // a zip package: .xlsx, .xlsm; .xlsb and others show when opened
	XLS                // a compound file with BIFF8 or BIFF5, or BIFF without one
	Encrypted          // a compound file that holds an encrypted .xlsx
	CSV                // fields parted by a separator
	HTML               // a page, whatever its name
	XML2003            // SpreadsheetML 2003
	ODS
)

// String returns the format's name as in sheet.Book.Format, "" for no workbook.
func (f Format) String() string {
	return [...]string{"", "xlsx", "xls", "encrypted", "csv", "html", "xml2003", "ods"}[f]
}

const cfbMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// Sniff tells a file's format from its bytes, never from a name.
func Sniff(b []byte) Format {
	head := b[:min(len(b), 4096)]
	switch {
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("PK\x05\x06")):
		if bytes.Contains(head, []byte("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")) {
			return ODS
		}
		return XLSX
	case bytes.HasPrefix(b, []byte(cfbMagic)):
		return sniffCompound(b)
	case bareBIFF(b):
		return XLS
	case foreign(b) != "":
		return NotWorkbook
	}
	text, _, _ := charset.Decode(head, "")
	return sniffText([]byte(text), b)
}

// workbookStart is how the stream of a workbook of Excel 97 and later begins.
const workbookStart = "\x09\x08\x10\x00\x00\x06\x05\x00"

// sniffCompound tells by the names of the streams; a file whose directory is lost may still hold a workbook's records.
func sniffCompound(b []byte) Format {
	format := NotWorkbook
	for _, n := range cfb.Names(b) {
		switch strings.ToLower(n) {
		case "workbook", "book":
			return XLS
		case "encryptedpackage":
			format = Encrypted
		case "worddocument", "powerpoint document":
			return NotWorkbook
		}
	}
	if format == NotWorkbook && cfb.FindStart(b, []byte(workbookStart)) != nil {
		return XLS
	}
	return format
}

func sniffText(text, b []byte) Format {
	lower := bytes.ToLower(bytes.TrimSpace(text))
	switch {
	case bytes.Contains(lower, []byte("urn:schemas-microsoft-com:office:spreadsheet")) && bytes.HasPrefix(lower, []byte("<?")),
		bytes.HasPrefix(lower, []byte("<workbook")), bytes.HasPrefix(lower, []byte("<ss:workbook")):
		return XML2003
	case bytes.HasPrefix(lower, []byte("<")) && (bytes.Contains(lower, []byte("<html")) || bytes.Contains(lower, []byte("<table")) || bytes.Contains(lower, []byte("<!doctype html"))):
		return HTML
	case bytes.HasPrefix(lower, []byte("mime-version:")):
		return NotWorkbook // a web archive
	case delimited.LooksTabular(b):
		return CSV
	}
	return NotWorkbook
}

// foreigners are files that are no workbook, by their first bytes.
var foreigners = []struct{ mark, name string }{
	{"%PDF", "a PDF document"}, {"\x89PNG", "a picture (PNG)"}, {"\xFF\xD8\xFF", "a picture (JPEG)"}, {"GIF8", "a picture (GIF)"}, {"II*\x00", "a picture (TIFF)"},
	{"MM\x00*", "a picture (TIFF)"}, {"BM", "a picture (BMP)"}, {"{\\rtf", "a text document (RTF)"}, {"Rar!", "an archive (RAR)"}, {"7z\xBC\xAF", "an archive (7z)"},
	{"\x1F\x8B", "an archive (gzip)"}, {"RIFF", "sound or film"}, {"MZ", "a program"}, {"\x7FELF", "a program"},
}

// foreign says what a file is that its first bytes show to be no workbook, "" of any other.
func foreign(b []byte) string {
	for _, f := range foreigners {
		if bytes.HasPrefix(b, []byte(f.mark)) && (len(f.mark) > 2 || f.mark[0] < 0x20 || bytes.IndexByte(b[:min(len(b), 64)], 0) >= 0) {
			return f.name
		}
	}
	return ""
}

// bareBIFF finds a worksheet stream without a compound file around it: BIFF2 to BIFF8 begin with a BOF record.
func bareBIFF(b []byte) bool {
	if len(b) < 8 || b[0] != 0x09 {
		return false
	}
	version, size := b[1], binary.LittleEndian.Uint16(b[2:])
	return (version == 0 || version == 2 || version == 4 || version == 8) && size >= 4 && size <= 16
}
