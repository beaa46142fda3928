package biff

import (
	"encoding/binary"
	"math"

	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// rk reads a number packed into 30 bits: an integer or the head of a double, perhaps a hundredfold (MS-XLS 2.5.217).
func rk(n uint32) float64 {
	v := float64(int32(n) >> 2)
	if n&2 == 0 {
		v = math.Float64frombits(uint64(n&^3) << 32)
	}
	if n&1 != 0 {
		v /= 100
	}
	return v
}

func double(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

func (r *sheetReader) labelSST(b []byte) error {
	if len(b) < 10 {
		return nil
	}
	row, column, i := u16(b, 0), u16(b, 2), int(u32(b, 6))
	if i >= len(r.strings) {
		r.w.Issue(r.part, r.g.Sheet.Name, row, column, schemas.IssueUnreadable, "text number %d is not in the file", i)
		return nil
	}
	return r.g.Text(row, column, r.strings[i], r.xf(u16(b, 4)))
}

// label reads a text that stands in the cell's own record, of LABEL and RSTRING; its runs of formatting follow it.
func (r *sheetReader) label(b []byte) error {
	if len(b) < 8 {
		return nil
	}
	row, column, style, n := u16(b, 0), u16(b, 2), r.xf(u16(b, 4)), u16(b, 6)
	if !r.new {
		if len(b) == 8+n || r.s.id == recRString || n <= len(b)-8 {
			return r.text(row, column, r.eightBit(b[8:], n), style)
		}
		return r.text(row, column, r.eightBit(rest(b, 7), int(b[6])), style) // one byte of length, as of BIFF2
	}
	p := r.s.continued()
	p.pos = 8
	r.buf, _ = p.unicodeString(r.buf[:0], n)
	return r.text(row, column, string(r.buf), style)
}

// text keeps a text and puts it.
func (r *sheetReader) text(row, column int, t string, style grid.Style) error {
	t, err := r.g.String([]byte(t))
	if err != nil {
		return err
	}
	return r.g.Text(row, column, t, style)
}

var errorTexts = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}

func (r *sheetReader) boolErr(row, column int, style grid.Style, value byte, isError bool) error {
	switch {
	case isError:
		t, ok := errorTexts[value]
		if !ok {
			t = "#ERR!"
		}
		return r.g.Plain(row, column, sheet.Error, t, style)
	case value != 0:
		return r.g.Plain(row, column, sheet.Bool, "TRUE", style)
	}
	return r.g.Plain(row, column, sheet.Bool, "FALSE", style)
}

// readFormula reads a formula's cached result; a text comes in the next STRING record.
func (r *sheetReader) readFormula(b []byte) error {
	if len(b) < 14 {
		return nil
	}
	row, column, style := u16(b, 0), u16(b, 2), r.xf(u16(b, 4))
	r.awaiting = false
	if b[12] == 0xFF && b[13] == 0xFF && b[6] == 3 {
		return nil // an empty text
	}
	if err := r.g.Formula(row, column, ""); err != nil {
		return err
	}
	if b[12] != 0xFF || b[13] != 0xFF {
		return r.g.Number(row, column, double(b[6:]), style, r.w.Date1904)
	}
	switch b[6] {
	case 0:
		r.formula, r.style, r.awaiting = [2]int{row, column}, style, true
	case 1:
		return r.boolErr(row, column, style, b[8], false)
	case 2:
		return r.boolErr(row, column, style, b[8], true)
	}
	return nil
}

func (r *sheetReader) stringResult() error {
	p := r.s.continued()
	if !r.awaiting {
		return nil
	}
	r.awaiting = false
	n := p.u16()
	if !r.new {
		return r.text(r.formula[0], r.formula[1], r.eightBit(rest(r.s.body, 2), n), r.style)
	}
	r.buf, _ = p.unicodeString(r.buf[:0], n)
	return r.text(r.formula[0], r.formula[1], string(r.buf), r.style)
}
