package biff

import (
	"errors"
	"fmt"

	"golang.org/x/text/encoding"

	"heshu/extractors/workbook/read/charset"
	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/numfmt"
	"heshu/schemas"
)

// Errors of streams that are no readable workbook.
var (
	ErrEncrypted = errors.New("workbook stream is encrypted")
	ErrOld       = errors.New("workbooks of Excel 4 and older (BIFF2 to BIFF4) cannot be read: save as .xlsx")
	ErrBroken    = errors.New("workbook stream is damaged")
	ErrNoSheets  = errors.New("workbook has no worksheets")
)

const (
	biff8          = 0x0600
	kindGlobals    = 0x0005
	kindSheet      = 0x0010
	boundWorksheet = 0
)

// reader is one workbook stream being read.
type reader struct {
	w    *grid.Workbook
	s    stream
	new  bool // BIFF8, else BIFF5
	page encoding.Encoding

	codes   map[int]string // number formats of the file, by number
	formats []int          // number of the format, by index of XF
	indents []uint8        // likewise
	styles  []grid.Style   // by index of XF
	strings []string       // the shared ones
	keep    *grid.Builder  // holds strings
	bounds  []bound

	passwords []string
	done      map[int]bool // offsets of the sheets that were read
	buf       []byte
}

// bound is a sheet of the workbook's list.
type bound struct {
	name   string
	offset int
	hidden bool
	kind   byte
}

// Read fills w from a workbook stream; an encrypted one is opened by the first of the passwords that fits.
func Read(b []byte, w *grid.Workbook, passwords ...string) error {
	r := &reader{w: w, passwords: passwords, s: stream{b: b}, codes: map[int]string{}, done: map[int]bool{}, keep: w.New("")}
	if !r.s.next() {
		return fmt.Errorf("%w: no first record", ErrBroken)
	}
	switch {
	case r.s.id == 0x0009 || r.s.id == 0x0209 || r.s.id == 0x0409:
		return ErrOld
	case r.s.id != recBOF:
		return fmt.Errorf("%w: begins with record %#x", ErrBroken, r.s.id)
	}
	r.new = u16(r.s.body, 0) == biff8
	if u16(r.s.body, 2) == kindSheet { // a sheet without a workbook around it
		r.s.pos = 0
		return r.readSheet(bound{name: "Sheet1"})
	}
	if err := r.globals(); err != nil {
		return err
	}
	for i, c := range r.formats {
		code, ok := r.codes[c]
		if !ok {
			code = numfmt.Builtin(c)
		}
		style := w.Formats.Add(code)
		style.Indent = r.indents[i]
		r.styles = append(r.styles, style)
	}
	return r.sheets()
}

// globals reads the first part of the stream: formats, texts and the list of sheets.
func (r *reader) globals() error {
	for r.s.next() {
		b := r.s.body
		switch r.s.id {
		case recEOF:
			return nil
		case recFilePass:
			if !r.unlock(b) {
				return ErrEncrypted
			}
		case recCodePage:
			r.page = codePage(u16(b, 0))
		case recDateMode:
			r.w.Date1904 = u16(b, 0) == 1
		case recFormat:
			if len(b) > 2 {
				r.codes[u16(b, 0)] = r.formatCode(b)
			}
		case recXF:
			if len(r.formats) < 1<<16 {
				r.formats, r.indents = append(r.formats, u16(b, 2)), append(r.indents, r.indentOf(b))
			}
		case recBoundSheet:
			r.boundSheet(b)
		case recSST:
			if err := r.sst(); err != nil {
				return err
			}
		}
	}
	r.w.Issue(-1, "", -1, 0, schemas.IssueTruncated, "the workbook's own records have no end")
	return nil
}

// indentOf reads how far an XF record indents texts that begin on the left; BIFF5 knows no indentation.
func (r *reader) indentOf(b []byte) uint8 {
	if align := u16(b, 6) & 7; !r.new || align > 1 {
		return 0
	}
	return uint8(u16(b, 8) & 15)
}

// unlock decrypts the stream, of which the record that says how was just read.
func (r *reader) unlock(filePass []byte) bool {
	for _, p := range r.passwords {
		if d := newDecrypter(filePass, r.new, p); d != nil {
			r.s.b = decrypt(r.s.b, d)
			return true
		}
	}
	return false
}

func (r *reader) formatCode(b []byte) string {
	p := &pieces{list: [][]byte{b}, pos: 2}
	if r.new {
		n := p.u16()
		t, _ := p.unicodeString(nil, n)
		return string(t)
	}
	return r.eightBit(rest(b, 3), int(p.byte()))
}

func (r *reader) boundSheet(b []byte) {
	if len(b) < 8 || len(r.bounds) >= 10_000 {
		return
	}
	s := bound{offset: int(u32(b, 0)), hidden: b[4]&3 != 0, kind: b[5]}
	p := &pieces{list: [][]byte{b}, pos: 7}
	if r.new {
		t, _ := p.unicodeString(nil, int(b[6]))
		s.name = string(t)
	} else {
		s.name = r.eightBit(b[7:], int(b[6]))
	}
	r.bounds = append(r.bounds, s)
}

// sst reads the shared strings: as many as there are, whatever number is declared.
func (r *reader) sst() error {
	declared := int(u32(r.s.body, 4))
	p := r.s.continued()
	p.pos = min(8, len(p.list[0]))
	for len(r.strings) < declared && p.left() || r.more(p) {
		n := p.u16()
		var ok bool
		if r.buf, ok = p.unicodeString(r.buf[:0], n); !ok {
			r.w.Issue(-1, "", -1, 0, schemas.IssueTruncated, "shared text %d of %d is cut", len(r.strings)+1, declared)
		}
		if err := r.w.Budget.Take(1, 0); err != nil {
			return err
		}
		t, err := r.keep.String(r.buf)
		if err != nil {
			return err
		}
		r.strings = append(r.strings, t)
	}
	return nil
}

// more reports whether texts go on behind the declared number, as some producers' do.
func (r *reader) more(p *pieces) bool {
	if !p.left() {
		return false
	}
	b := p.list[p.i][p.pos:]
	return len(b) >= 3 && u16(b, 0) > 0 && b[2]&^0x0D == 0
}

// eightBit decodes at most n bytes of text in the workbook's code page.
func (r *reader) eightBit(b []byte, n int) string {
	b = b[:min(n, len(b))]
	ascii := true
	for _, c := range b {
		ascii = ascii && c < 0x80 && c != 0
	}
	if ascii {
		return string(b)
	}
	if r.page == nil {
		t, _, _ := charset.Decode(b, "")
		return t
	}
	out, err := r.page.NewDecoder().Bytes(b)
	if err != nil {
		return string(b)
	}
	return string(out)
}

// rest returns b from i on, nothing if it is shorter.
func rest(b []byte, i int) []byte { return b[min(i, len(b)):] }

// sheets reads the sheets of the list; charts, macros and dialogs hold no cells.
func (r *reader) sheets() error {
	for _, s := range r.bounds {
		if s.kind != boundWorksheet {
			continue
		}
		if err := r.readSheet(s); err != nil {
			return err
		}
	}
	if r.w.Part() == 0 {
		return ErrNoSheets
	}
	return nil
}
