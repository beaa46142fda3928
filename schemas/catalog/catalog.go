// Package catalog owns the domain as data: the indicators, and the rules that give a text's figures their meaning.
//
// An office overrides or adds by a folder of its own that holds an indicators.csv, a text.yaml, or both.
package catalog

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"

	"heshu/schemas"
)

//go:embed indicators.csv text.yaml
var builtin embed.FS

// Indicator is one thing that the programme counts.
type Indicator struct {
	Code     schemas.IndicatorCode
	Zh, En   string
	Unit     schemas.UnitCode
	Additive bool // regions' figures may be added up
}

// Catalog is the indicators and the text rules. It is read-only and safe for concurrent use.
type Catalog struct {
	indicators []Indicator
	byCode     map[schemas.IndicatorCode]int
	Text       *TextRules
}

// Load reads the built-in data, then those of an office's folder over them; office may be nil.
func Load(office fs.FS) (*Catalog, error) {
	c := &Catalog{byCode: map[schemas.IndicatorCode]int{}}
	var text rawRules
	for _, dir := range []fs.FS{builtin, office} {
		if dir == nil {
			continue
		}
		if err := c.readIndicators(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if err := text.read(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	var err error
	if c.Text, err = text.compile(c); err != nil {
		return nil, fmt.Errorf("text.yaml: %w", err)
	}
	return c, nil
}

// Indicators lists the indicators in the order of their file.
func (c *Catalog) Indicators() []Indicator { return append([]Indicator(nil), c.indicators...) }

// Indicator returns what the catalogue says of a code; false if it does not know it.
func (c *Catalog) Indicator(code schemas.IndicatorCode) (Indicator, bool) {
	i, ok := c.byCode[code]
	if !ok {
		return Indicator{Code: code}, false
	}
	return c.indicators[i], true
}

func (c *Catalog) readIndicators(dir fs.FS) error {
	f, err := dir.Open("indicators.csv")
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("indicators.csv: %w", err)
	}
	for n, row := range rows {
		if n == 0 {
			continue
		}
		if len(row) != 5 {
			return fmt.Errorf("indicators.csv:%d: %d columns, want code,label_zh,label_en,unit,additive", n+1, len(row))
		}
		in := Indicator{schemas.IndicatorCode(row[0]), row[1], row[2], schemas.UnitCode(row[3]), row[4] == "yes"}
		if i, ok := c.byCode[in.Code]; ok {
			c.indicators[i] = in
			continue
		}
		c.byCode[in.Code] = len(c.indicators)
		c.indicators = append(c.indicators, in)
	}
	return nil
}
