package cfb

import (
	"bytes"
	"encoding/binary"
	"errors"
	"testing"
	"unicode/utf16"
)

const sector = 512

// file is a compound file of two streams: "Workbook" of 5,000 bytes in sectors 2 to 11, "Small" of 100 bytes in the mini stream in sector 12.
// Sector 0 holds the table, 1 the directory, 13 the mini table.
func file() []byte {
	le := binary.LittleEndian
	h := make([]byte, sector)
	copy(h, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, v := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		le.PutUint16(h[at:], v)
	}
	for at, v := range map[int]uint32{44: 1, 48: 1, 56: 4096, 60: 13, 64: 1, 68: 0xFFFFFFFE} {
		le.PutUint32(h[at:], v)
	}
	for i := range 109 {
		le.PutUint32(h[76+4*i:], 0xFFFFFFFF)
	}
	le.PutUint32(h[76:], 0)
	table := bytes.Repeat([]byte{0xFF}, sector)
	for i := uint32(2); i < 11; i++ {
		le.PutUint32(table[4*i:], i+1)
	}
	for _, i := range []int{1, 11, 12, 13} {
		le.PutUint32(table[4*i:], 0xFFFFFFFE)
	}
	le.PutUint32(table, 0xFFFFFFFD)
	dir := append(entryBytes("Root Entry", 5, 0xFFFFFFFF, 1, 12, 128), entryBytes("Workbook", 2, 2, 0xFFFFFFFF, 2, 5000)...)
	dir = append(append(dir, entryBytes("Small", 2, 0xFFFFFFFF, 0xFFFFFFFF, 0, 100)...), make([]byte, 128)...)
	mini := bytes.Repeat([]byte{0xFF}, sector)
	le.PutUint32(mini, 1)
	le.PutUint32(mini[4:], 0xFFFFFFFE)
	out := append(append(h, table...), dir...)
	out = append(out, append(content(5000), make([]byte, 120)...)...)
	out = append(out, append(content(128), make([]byte, sector-128)...)...)
	return append(out, mini...)
}

func content(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i % 251)
	}
	return b
}

func entryBytes(name string, kind byte, left, child, start uint32, size int) []byte {
	e := make([]byte, 128)
	for i, u := range utf16.Encode([]rune(name)) {
		binary.LittleEndian.PutUint16(e[2*i:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
	e[66], e[67] = kind, 1
	binary.LittleEndian.PutUint32(e[68:], left)
	binary.LittleEndian.PutUint32(e[72:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(e[76:], child)
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], uint32(size))
	return e
}

func TestStreamsAreFoundByName(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int{"Workbook": 5000, "workbook": 5000, "Small": 100} {
		s, err := Open(file(), "Book", name)
		if err != nil || !s.Whole || !bytes.Equal(s.Data, content(size)) {
			t.Errorf("%s: %d bytes, whole %v, %v", name, len(s.Data), s.Whole, err)
		}
	}
	if _, err := Open(file(), "Book"); !errors.Is(err, ErrNoStream) {
		t.Errorf("got %v", err)
	}
}

// Damage that other programs read over: the tree of the directory, the count of table sectors, a chain without an end.
func TestDamagedFilesAreReadAsFarAsTheyGo(t *testing.T) {
	t.Parallel()
	le := binary.LittleEndian
	const directory = 2 * sector
	for name, c := range map[string]struct {
		change func([]byte) []byte
		size   int
	}{
		"root without children": {func(b []byte) []byte { le.PutUint32(b[directory+76:], 0xFFFFFFFF); return b }, 5000},
		"a loop in the tree":    {func(b []byte) []byte { le.PutUint32(b[directory+128+68:], 1); return b }, 5000},
		"wrong counts":          {func(b []byte) []byte { le.PutUint32(b[44:], 0); le.PutUint32(b[64:], 1<<31); return b }, 5000},
		"wrong root name size":  {func(b []byte) []byte { le.PutUint16(b[directory+64:], 0xFFFF); return b }, 5000},
		"chain cut":             {func(b []byte) []byte { le.PutUint32(b[sector+4*5:], 0xFFFFFFFE); return b }, 4 * sector},
		"chain in a circle":     {func(b []byte) []byte { le.PutUint32(b[sector+4*3:], 2); return b }, 5000},
		"file cut":              {func(b []byte) []byte { return b[:3*sector+1000] }, 1000},
		"longer than the file":  {func(b []byte) []byte { le.PutUint32(b[directory+128+120:], 1<<30); return b }, 10 * sector},
	} {
		s, err := Open(c.change(file()), "Workbook")
		if err != nil || len(s.Data) != c.size || s.Whole != (c.size == 5000) {
			t.Errorf("%s: %d bytes, whole %v, %v; want %d", name, len(s.Data), s.Whole, err, c.size)
		}
		if n := min(len(s.Data), 2*sector); !bytes.Equal(s.Data[:n], content(5000)[:n]) {
			t.Errorf("%s: wrong bytes", name)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file())
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Open(b, "Workbook", "Small")
		if err == nil && len(s.Data) > len(b) {
			t.Fatalf("%d bytes out of %d", len(s.Data), len(b))
		}
	})
}
