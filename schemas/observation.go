package schemas

// Observation is one figure, normalised, with its evidence: the record of the specification.
// Values and bounds are in the canonical unit. Zero fields are "does not apply" and print as null.
type Observation struct {
	ID          ObservationID `json:"obs_id"`
	Document    DocumentID    `json:"document_id"`
	Source      string        `json:"source"`
	Kind        Kind          `json:"kind"`
	Article     int           `json:"article"` // 0-based number of the article in the page, of the sheet in the workbook
	Locator     Locator       `json:"-"`       // printed as "locator"
	Quote       string        `json:"quote"`
	Number      string        `json:"number"`
	UnitWritten string        `json:"unit_as_written"`
	Label       string        `json:"label"`
	RowLabel    string        `json:"row_label"`
	ColumnLabel string        `json:"column_label"`
	Indicator   IndicatorCode `json:"indicator"`
	Breakdown   string        `json:"breakdown"`
	Action      string        `json:"action"`
	Scope       Scope         `json:"scope"`
	Entity      string        `json:"entity"`
	Region      RegionCode    `json:"region_code"`
	RegionAs    string        `json:"region_as_written"`
	Period      Period        `json:"-"` // printed as period_kind, period_start, period_end
	Value       Decimal       `json:"value"`
	Low         Decimal       `json:"value_low"`
	High        Decimal       `json:"value_high"`
	Qualifier   Qualifier     `json:"qualifier"`
	Unit        UnitCode      `json:"unit"`
	Decimals    int           `json:"decimals"`  // SDMX DECIMALS: digits printed
	UnitMult    int           `json:"unit_mult"` // SDMX UNIT_MULT: power of ten of the printed unit against the canonical one
	Measure     Measure       `json:"measure"`
	Per         string        `json:"per"`
	Confidence  float64       `json:"confidence"`
	Rule        string        `json:"rule"`
	Flags       []Flag        `json:"flags"`
	UnitFrom    Locator       `json:"-"` // where the unit, the region and the period were said, if not in the quote
	RegionFrom  Locator       `json:"-"`
	PeriodFrom  Locator       `json:"-"`
	Form        string        `json:"form"` // id of the form, workbooks
	Steps       []Step        `json:"-"`    // how it came about, only when asked for
}

// Step is one step of a normalisation, for `heshu explain`.
type Step struct {
	Field string // the observation's field it set
	Rule  string // the rule that spoke
	From  string // the source's words
	To    string // what became of them
}
