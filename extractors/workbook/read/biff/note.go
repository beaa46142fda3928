package biff

// Types of drawing objects.
const (
	objectPicture = 0x08
	objectNote    = 0x19
)

// obj reads a drawing object's type and id.
func (r *sheetReader) obj(b []byte) {
	kind := u16(b, 4)
	if r.new {
		r.object = u16(b, 6)
	}
	if kind == objectPicture {
		r.g.Sheet.Pictures++
	}
}

// txo reads the text of the last object.
func (r *sheetReader) txo() {
	n := u16(r.s.body, 10)
	p := r.s.continued()
	if n == 0 || len(p.list) < 2 {
		return
	}
	p.i = 1
	wide := p.byte()&1 != 0
	t, _ := p.chars(nil, n, wide)
	r.texts[r.object] = string(t)
}

// note reads a comment's place; in BIFF8 its text is that of a drawing object, before it its text goes over several records.
func (r *sheetReader) note(b []byte) {
	if len(b) < 6 {
		return
	}
	n := note{row: u16(b, 0), column: u16(b, 2), object: u16(b, 6)}
	if !r.new {
		n.text = r.eightBit(b[6:], u16(b, 4))
		if len(b) >= 6 && n.row == 0xFFFF && len(r.notes) > 0 {
			r.notes[len(r.notes)-1].text += n.text
			return
		}
	}
	if len(r.notes) < 1<<16 {
		r.notes = append(r.notes, n)
	}
}

func (r *sheetReader) attachNotes() error {
	for _, n := range r.notes {
		t := n.text
		if r.new {
			t = r.texts[n.object]
		}
		if t == "" {
			continue
		}
		if err := r.g.Comment(n.row, n.column, t); err != nil {
			return err
		}
	}
	return nil
}
