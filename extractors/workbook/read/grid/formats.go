package grid

import "heshu/extractors/workbook/read/numfmt"

// Style is a number format and its place in the workbook's list, and how far texts are indented.
type Style struct {
	Index  uint16
	Format *numfmt.Format
	Indent uint8
}

// Formats collects the number formats of a workbook; General is the first.
type Formats struct {
	codes  []string
	styles map[string]Style
}

// NewFormats returns a list that holds General.
func NewFormats() *Formats {
	f := &Formats{styles: map[string]Style{}}
	f.Add("General")
	return f
}

// General returns the style of cells without one.
func (f *Formats) General() Style { return f.styles["General"] }

// Add returns the style of a format code, new or known. Beyond 65,535 different formats all are General.
func (f *Formats) Add(code string) Style {
	if code == "" {
		code = "General"
	}
	if s, ok := f.styles[code]; ok {
		return s
	}
	if len(f.codes) > 0xFFFF {
		return f.General()
	}
	s := Style{Index: uint16(len(f.codes)), Format: numfmt.Compile(code)}
	f.codes = append(f.codes, code)
	f.styles[code] = s
	return s
}

// Codes returns all format codes, in the order of their index.
func (f *Formats) Codes() []string { return f.codes }
