package read

import (
	"bytes"
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// xlsWriter writes the least of a BIFF8 workbook that a reader accepts, for tests.
type xlsWriter struct {
	sheets  []*xlsSheet
	formats []string // codes; XF i+1 has formats[i], XF 0 is General
	strings map[string]int
	list    []string
	globals []byte // further records of the workbook's own part
	version uint16
}

type xlsSheet struct {
	w       *xlsWriter
	name    string
	state   byte // 0 visible, 1 hidden, 2 very hidden
	records []byte
}

func newXLS() *xlsWriter {
	return &xlsWriter{strings: map[string]int{}, formats: []string{"#,##0.00"}, version: 0x0600}
}

func (w *xlsWriter) sheet(name string) *xlsSheet {
	s := &xlsSheet{w: w, name: name}
	w.sheets = append(w.sheets, s)
	return s
}

// record frames a body with its id and length.
func record(id uint16, parts ...any) []byte {
	var body []byte
	for _, p := range parts {
		switch v := p.(type) {
		case byte:
			body = append(body, v)
		case uint16:
			body = binary.LittleEndian.AppendUint16(body, v)
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(v))
		case uint32:
			body = binary.LittleEndian.AppendUint32(body, v)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(v))
		case []byte:
			body = append(body, v...)
		case string:
			body = append(body, utf16Bytes(v)...)
		}
	}
	out := binary.LittleEndian.AppendUint16(nil, id)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(body)))
	return append(out, body...)
}

func utf16Bytes(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func (s *xlsSheet) add(id uint16, parts ...any) {
	s.records = append(s.records, record(id, parts...)...)
}

func (s *xlsSheet) number(row, column, xf int, v float64) {
	if n := int32(v); float64(n) == v && n < 1<<29 && n >= -1<<29 {
		s.add(0x27E, row, column, xf, uint32(n<<2|2))
		return
	}
	s.add(0x203, row, column, xf, v)
}

func (s *xlsSheet) text(row, column, xf int, t string) {
	i, ok := s.w.strings[t]
	if !ok {
		i = len(s.w.list)
		s.w.strings[t] = i
		s.w.list = append(s.w.list, t)
	}
	s.add(0xFD, row, column, xf, uint32(i))
}

// sst is the table of texts, parted into CONTINUE records between texts.
func (w *xlsWriter) sst() []byte {
	body := binary.LittleEndian.AppendUint32(nil, uint32(len(w.list)))
	body = binary.LittleEndian.AppendUint32(body, uint32(len(w.list)))
	id, out := uint16(0xFC), []byte(nil)
	for _, t := range w.list {
		e := binary.LittleEndian.AppendUint16(nil, uint16(units(t)))
		e = append(append(e, 1), utf16Bytes(t)...)
		if len(body)+len(e) > 8000 {
			out = append(out, record(id, body)...)
			id, body = 0x3C, nil
		}
		body = append(body, e...)
	}
	return append(out, record(id, body)...)
}

// stream is the workbook stream.
func (w *xlsWriter) stream() []byte {
	bof := func(kind uint16) []byte {
		return record(0x809, w.version, kind, uint16(0x0DBB), uint16(0x07CC), uint32(0), uint32(6))
	}
	head := bof(5)
	head = append(head, w.globals...)
	for i, f := range w.formats {
		head = append(head, record(0x41E, 164+i, units(f), byte(1), f)...)
	}
	head = append(head, record(0xE0, 0, 0, make([]byte, 16))...)
	for i := range w.formats {
		head = append(head, record(0xE0, 0, 164+i, make([]byte, 16))...)
	}
	tail := append(w.sst(), record(0x0A)...)
	size := len(head) + len(tail)
	for _, s := range w.sheets {
		size += 4 + 8 + len(utf16Bytes(s.name))
	}
	out := head
	at := size
	for _, s := range w.sheets {
		out = append(out, record(0x85, uint32(at), s.state, byte(0), byte(units(s.name)), byte(1), s.name)...)
		at += len(bof(0x10)) + len(s.records) + 4
	}
	out = append(out, tail...)
	for _, s := range w.sheets {
		out = append(out, bof(0x10)...)
		out = append(out, s.records...)
		out = append(out, record(0x0A)...)
	}
	return out
}

func (w *xlsWriter) file() []byte { return compound("Workbook", w.stream()) }

const sectorSize = 512

// compound wraps a stream into a compound file of 512-byte sectors: header, list of the table's sectors where it is long, table, directory, data.
func compound(name string, data []byte) []byte {
	data = append(data, make([]byte, max(4096-len(data), 0))...) // below 4,096 bytes it would be a mini stream
	sectors := (len(data) + sectorSize - 1) / sectorSize
	fats, lists := 1, 0
	for fats*128 < sectors+1+fats+lists {
		fats++
		lists = max(0, (fats-109+126)/127)
	}
	directory := append(dirEntry("Root Entry", 5, 1, 0xFFFFFFFE, 0), dirEntry(name, 2, 0xFFFFFFFF, lists+fats+1, len(data))...)
	directory = append(directory, make([]byte, sectorSize-len(directory))...)
	out := append(compoundHead(fats, lists), compoundTable(fats, lists, sectors)...)
	out = append(append(out, directory...), data...)
	return append(out, make([]byte, (sectorSize-len(out)%sectorSize)%sectorSize)...)
}

// compoundHead is the header, and the sectors that list those of the table beyond the 109 in the header.
func compoundHead(fats, lists int) []byte {
	le := binary.LittleEndian
	h := make([]byte, sectorSize)
	copy(h, cfbMagic)
	for at, v := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		le.PutUint16(h[at:], v)
	}
	first := uint32(0xFFFFFFFE)
	if lists > 0 {
		first = 0
	}
	for at, v := range map[int]uint32{44: uint32(fats), 48: uint32(lists + fats), 56: 4096, 60: 0xFFFFFFFE, 68: first, 72: uint32(lists)} {
		le.PutUint32(h[at:], v)
	}
	list := bytes.Repeat([]byte{0xFF}, lists*sectorSize)
	for i := range 109 {
		le.PutUint32(h[76+4*i:], 0xFFFFFFFF)
	}
	for i := range fats {
		if i < 109 {
			le.PutUint32(h[76+4*i:], uint32(lists+i))
			continue
		}
		k := i - 109
		le.PutUint32(list[k/127*sectorSize+k%127*4:], uint32(lists+i))
	}
	for i := range lists {
		next := uint32(i + 1)
		if i == lists-1 {
			next = 0xFFFFFFFE
		}
		le.PutUint32(list[i*sectorSize+508:], next)
	}
	return append(h, list...)
}

// compoundTable says of each sector which one follows.
func compoundTable(fats, lists, sectors int) []byte {
	var fat []byte
	add := func(v uint32, times int) {
		for range times {
			fat = binary.LittleEndian.AppendUint32(fat, v)
		}
	}
	add(0xFFFFFFFC, lists)
	add(0xFFFFFFFD, fats)
	add(0xFFFFFFFE, 1)
	for i := range sectors - 1 {
		add(uint32(lists+fats+2+i), 1)
	}
	add(0xFFFFFFFE, 1)
	add(0xFFFFFFFF, fats*sectorSize/4-len(fat)/4)
	return fat
}

func dirEntry(name string, kind byte, child uint32, start, size int) []byte {
	e := make([]byte, 128)
	n := copy(e, utf16Bytes(name))
	binary.LittleEndian.PutUint16(e[64:], uint16(n+2))
	e[66], e[67] = kind, 1
	binary.LittleEndian.PutUint32(e[68:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(e[72:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(e[76:], child)
	binary.LittleEndian.PutUint32(e[116:], uint32(start))
	binary.LittleEndian.PutUint32(e[120:], uint32(size))
	return e
}
