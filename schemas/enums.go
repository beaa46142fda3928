package schemas

import "fmt"

// Codes and ids have types of their own.
type (
	// DocumentID is the SHA-256 of a document's bytes, lower-case hex.
	DocumentID string
	// ObservationID is a hash of document, article, locator and ordinal, lower-case hex.
	ObservationID string
	// IndicatorCode is a code of indicators.csv, or Other.
	IndicatorCode string
	// RegionCode is a six-digit GB/T 2260 code; "100000" is the whole country.
	RegionCode string
	// UnitCode is a canonical unit: person, household, CNY, percent …
	UnitCode string
	// Flag marks something an analyst should know: unit_from_note, text_number, hidden, formula, duplicate, undated …
	Flag string
)

// Other is the indicator of a figure that the catalogue has no code for.
const Other IndicatorCode = "other"

// Kind is what a document is.
type Kind uint8

// The kinds of documents; the zero value is unset.
const (
	Article Kind = iota + 1
	Workbook
)

// Qualifier is how exactly a number is said.
type Qualifier uint8

// The qualifiers of spec/observation.md; the zero value is unset.
const (
	Exact   Qualifier = iota + 1
	Approx            // 约 左右 上下 大约
	AtLeast           // 余 多 以上 超 逾 突破 至少 不低于
	AtMost            // 近 不足 以下 以内 不到 最高 不超过
	Range             // 10—20, 数十
)

// Measure is what a number says of the thing counted.
type Measure uint8

// The measures; the zero value is unset.
const (
	Total   Measure = iota + 1
	Average         // 户均 人均 每户
	Share           // 40%, 七成, 三分之二 of something
	Change          // 比上年末减少1386万人: signed
	Growth          // 增长4.5%: signed
	Target          // planned, not yet done: 计划 力争 拟 将
)

// Scope tells a total for the region from the figure of one unit within it.
type Scope uint8

// The scopes; the zero value is unset.
const (
	ScopeRegion Scope = iota + 1
	ScopeEntity
)

// PeriodKind is the shape of a period.
type PeriodKind uint8

// The kinds of periods; the zero value is unset (no date is known).
const (
	AsOf        PeriodKind = iota + 1 // a cumulative count up to End; Start is no date
	RangePeriod                       // from Start to End
	Year
	Half
	Quarter
	Month
	Day
)

// Missing is why a cell that should hold a number holds none. It is never read as 0.
type Missing uint8

// The kinds of missing values; the zero value is "not missing".
const (
	Blank         Missing = iota + 1 // nothing, or "null", "无数据"
	NotApplicable                    // "—", "/"
	Suppressed                       // "$$", "***"
	BelowUnit                        // "…": below the smallest unit shown
	Unreadable                       // #DIV/0!, ????, #####
)

var enumNames = struct {
	kind, qualifier, measure, scope, period, missing []string
}{
	[]string{"", "article", "workbook"},
	[]string{"", "exact", "approx", "at_least", "at_most", "range"},
	[]string{"", "total", "average", "share", "change", "growth", "target"},
	[]string{"", "region", "entity"},
	[]string{"", "as_of", "range", "year", "half", "quarter", "month", "day"},
	[]string{"", "blank", "not_applicable", "suppressed", "below_unit", "unreadable"},
}

func enumString(names []string, i uint8) string {
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("invalid(%d)", i)
}

func enumText(names []string, i uint8) ([]byte, error) {
	if int(i) >= len(names) {
		return nil, fmt.Errorf("enum value %d of %d", i, len(names)-1)
	}
	return []byte(names[i]), nil
}

func enumParse(names []string, b []byte) (uint8, error) {
	for i, n := range names {
		if n == string(b) {
			return uint8(i), nil
		}
	}
	return 0, fmt.Errorf("%q is none of %q", b, names[1:])
}

// String returns the code of the specification, "" if unset; likewise for the other enums.
func (k Kind) String() string       { return enumString(enumNames.kind, uint8(k)) }
func (q Qualifier) String() string  { return enumString(enumNames.qualifier, uint8(q)) }
func (m Measure) String() string    { return enumString(enumNames.measure, uint8(m)) }
func (s Scope) String() string      { return enumString(enumNames.scope, uint8(s)) }
func (p PeriodKind) String() string { return enumString(enumNames.period, uint8(p)) }
func (m Missing) String() string    { return enumString(enumNames.missing, uint8(m)) }

// MarshalText and UnmarshalText use the codes of the specification.
func (k Kind) MarshalText() ([]byte, error)       { return enumText(enumNames.kind, uint8(k)) }
func (q Qualifier) MarshalText() ([]byte, error)  { return enumText(enumNames.qualifier, uint8(q)) }
func (m Measure) MarshalText() ([]byte, error)    { return enumText(enumNames.measure, uint8(m)) }
func (s Scope) MarshalText() ([]byte, error)      { return enumText(enumNames.scope, uint8(s)) }
func (p PeriodKind) MarshalText() ([]byte, error) { return enumText(enumNames.period, uint8(p)) }

func (k *Kind) UnmarshalText(b []byte) error {
	v, err := enumParse(enumNames.kind, b)
	*k = Kind(v)
	return err
}

func (q *Qualifier) UnmarshalText(b []byte) error {
	v, err := enumParse(enumNames.qualifier, b)
	*q = Qualifier(v)
	return err
}

func (m *Measure) UnmarshalText(b []byte) error {
	v, err := enumParse(enumNames.measure, b)
	*m = Measure(v)
	return err
}

func (s *Scope) UnmarshalText(b []byte) error {
	v, err := enumParse(enumNames.scope, b)
	*s = Scope(v)
	return err
}

func (p *PeriodKind) UnmarshalText(b []byte) error {
	v, err := enumParse(enumNames.period, b)
	*p = PeriodKind(v)
	return err
}
