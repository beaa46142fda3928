package cfb

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// Marks of the sector tables (MS-CFB 2.1); all numbers from endOfChain-4 up are no sectors.
const (
	maxSector  = 0xFFFFFFFA
	miniSector = 64
	miniCutoff = 4096
	entrySize  = 128
	sectorUnit = 512 // of the header and of most files' sectors
	kindStream = 2
	kindRoot   = 5
)

// loose reads a compound file without believing more of it than it must.
type loose struct {
	b    []byte
	size int // of a sector
	fat  []uint32
}

type entry struct {
	name  string
	kind  byte
	start uint32
	size  int
}

// newLoose reads the tables of a file of at least one sector.
func newLoose(b []byte) *loose {
	l := &loose{b: b, size: sectorUnit}
	if b[30] == 12 {
		l.size = 4096
	}
	l.readFAT()
	return l
}

func openLoose(b []byte, names []string) (Stream, bool) {
	if len(b) < sectorUnit {
		return Stream{}, false
	}
	l := newLoose(b)
	entries := l.entries()
	var mini, miniFAT []byte
	for _, e := range entries {
		if e.kind == kindRoot {
			mini = l.chain(e.start, len(b))
			miniFAT = l.chain(binary.LittleEndian.Uint32(b[60:]), len(b))
			break
		}
	}
	for _, n := range names {
		for _, e := range entries {
			if e.kind != kindStream || !strings.EqualFold(e.name, n) || e.size <= 0 {
				continue
			}
			data := l.stream(e, mini, miniFAT)
			return Stream{n, data, len(data) == e.size}, len(data) > 0
		}
	}
	return Stream{}, false
}

func (l *loose) stream(e entry, mini, miniFAT []byte) []byte {
	if e.size >= miniCutoff {
		return l.chain(e.start, e.size)
	}
	var out []byte
	for n := e.start; len(out) < e.size; {
		at, next := int64(n)*miniSector, int64(n)*4
		if n >= maxSector || at+miniSector > int64(len(mini)) || next+4 > int64(len(miniFAT)) {
			break
		}
		out = append(out, mini[at:at+miniSector]...)
		n = binary.LittleEndian.Uint32(miniFAT[next:])
	}
	return out[:min(len(out), e.size)]
}

// sector returns a sector's bytes, fewer at the end of a file cut short.
func (l *loose) sector(n uint32) []byte {
	at := (int64(n) + 1) * int64(l.size)
	if n >= maxSector || at >= int64(len(l.b)) {
		return nil
	}
	return l.b[at:min(at+int64(l.size), int64(len(l.b)))]
}

// readFAT joins the sectors of the allocation table that the header and its continuation list.
func (l *loose) readFAT() {
	limit := len(l.b)/l.size + 1
	list := l.b[76:sectorUnit]
	next := binary.LittleEndian.Uint32(l.b[68:])
	for range limit {
		for i := 0; i+4 <= len(list) && len(l.fat) < limit; i += 4 {
			s := l.sector(binary.LittleEndian.Uint32(list[i:]))
			for j := 0; j+4 <= len(s); j += 4 {
				l.fat = append(l.fat, binary.LittleEndian.Uint32(s[j:]))
			}
		}
		s := l.sector(next)
		if len(s) < l.size {
			return
		}
		list, next = s[:l.size-4], binary.LittleEndian.Uint32(s[l.size-4:])
	}
}

// chain joins sectors from start on, at most size bytes.
func (l *loose) chain(start uint32, size int) []byte {
	var out []byte
	for n := start; len(out) < size; {
		s := l.sector(n)
		if s == nil {
			break
		}
		out = append(out, s...)
		if len(s) < l.size || int64(n) >= int64(len(l.fat)) {
			break
		}
		n = l.fat[n]
	}
	return out[:min(len(out), size)]
}

// entries lists the directory in the order of its entries; how they hang together in a tree is not looked at.
func (l *loose) entries() []entry {
	dir := l.chain(binary.LittleEndian.Uint32(l.b[48:]), len(l.b))
	var out []entry
	for ; len(dir) >= entrySize && len(out) < 4096; dir = dir[entrySize:] {
		n := int(binary.LittleEndian.Uint16(dir[64:]))/2 - 1
		if n < 1 || n > 31 {
			continue
		}
		name := make([]uint16, n)
		for i := range name {
			name[i] = binary.LittleEndian.Uint16(dir[2*i:])
		}
		size := int64(binary.LittleEndian.Uint32(dir[120:]))
		out = append(out, entry{string(utf16.Decode(name)), dir[66], binary.LittleEndian.Uint32(dir[116:]), int(min(size, int64(len(l.b))))})
	}
	return out
}
