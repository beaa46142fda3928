// Package biff owns the reading of the record streams of .xls and .et workbooks: BIFF8 and BIFF5.
package biff

import "encoding/binary"

// The records that say anything of cells (MS-XLS 2.3).
const (
	recFormula     = 0x0006
	recEOF         = 0x000A
	recNote        = 0x001C
	recDateMode    = 0x0022
	recFilePass    = 0x002F
	recContinue    = 0x003C
	recCodePage    = 0x0042
	recObj         = 0x005D
	recColInfo     = 0x007D
	recBoundSheet  = 0x0085
	recMulRK       = 0x00BD
	recRString     = 0x00D6
	recXF          = 0x00E0
	recMergedCells = 0x00E5
	recSST         = 0x00FC
	recLabelSST    = 0x00FD
	recTXO         = 0x01B6
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recFormula3    = 0x0206 // of BIFF3, written by some producers in BIFF5 and BIFF8
	recFormula4    = 0x0406
	recRK          = 0x027E
	recFormat      = 0x041E
	recBOF         = 0x0809
)

// stream reads records one after the other.
type stream struct {
	b   []byte
	pos int
	cut bool // a record reaches past the end

	id   uint16
	body []byte
	at   int // offset of the record
}

// next moves to the next record, false at the end or at a record that is cut.
func (s *stream) next() bool {
	s.at = s.pos
	if s.pos+4 > len(s.b) {
		s.cut = s.cut || s.pos < len(s.b) && s.b[s.pos] != 0
		return false
	}
	s.id = binary.LittleEndian.Uint16(s.b[s.pos:])
	end := s.pos + 4 + int(binary.LittleEndian.Uint16(s.b[s.pos+2:]))
	if end > len(s.b) {
		s.cut = true
		return false
	}
	s.body = s.b[s.pos+4 : end]
	s.pos = end
	return true
}

// continued returns the body of this record and those of the CONTINUE records behind it, which it takes.
func (s *stream) continued() *pieces {
	p := &pieces{list: [][]byte{s.body}}
	for s.peek() == recContinue && s.next() {
		p.list = append(p.list, s.body)
	}
	return p
}

// peek returns the id of the next record, 0 at the end.
func (s *stream) peek() uint16 {
	if s.pos+4 > len(s.b) {
		return 0
	}
	return binary.LittleEndian.Uint16(s.b[s.pos:])
}

// u16 reads two bytes at i, 0 behind the end; u32 likewise.
func u16(b []byte, i int) int {
	if i+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[i:]))
}

func u32(b []byte, i int) uint32 {
	if i+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[i:])
}

// pieces is a record that goes on in CONTINUE records.
type pieces struct {
	list [][]byte
	i    int // piece
	pos  int // in it
}

// left reports whether any byte is left, moving to the piece that holds it.
func (p *pieces) left() bool {
	for p.i < len(p.list) && p.pos >= len(p.list[p.i]) {
		p.i, p.pos = p.i+1, 0
	}
	return p.i < len(p.list)
}

func (p *pieces) byte() byte {
	if !p.left() {
		return 0
	}
	p.pos++
	return p.list[p.i][p.pos-1]
}

func (p *pieces) u16() int { return int(p.byte()) | int(p.byte())<<8 }

func (p *pieces) u32() int { return p.u16() | p.u16()<<16 }

func (p *pieces) skip(n int) {
	for n > 0 && p.left() {
		k := min(n, len(p.list[p.i])-p.pos)
		p.pos += k
		n -= k
	}
}

// boundary takes the flag byte that begins a piece inside of characters; false at the very end.
func (p *pieces) boundary(wide bool) (bool, bool) {
	if p.i < len(p.list) && p.pos < len(p.list[p.i]) {
		return wide, true
	}
	if !p.left() {
		return wide, false
	}
	return p.byte()&1 != 0, p.left()
}
