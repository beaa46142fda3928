package schemas

// Severity is how much a finding binds, after Chinese statistical practice.
type Severity uint8

// The severities; the zero value is unset.
const (
	Hint      Severity = iota + 1 // 提示: worth knowing
	Verify                        // 核实: must be explained
	Mandatory                     // 强制: must be corrected, cannot be waived
)

// Outcome is how one rule ended for one key.
type Outcome uint8

// The outcomes; the zero value is unset.
const (
	Agree        Outcome = iota + 1 // the numbers are equal
	Rounding                        // they differ by no more than their printed digits allow
	Consistent                      // the wording allows both (余, 近, 约 as intervals)
	Open                            // they differ; nobody has explained it yet
	Explained                       // they differ; a decision that still fits explains it
	CannotVerify                    // something needed is missing
	Contradicted                    // what is worded (余, 近, 约) leaves no room for the other number
)

var severityNames = []string{"", "hint", "verify", "mandatory"}
var outcomeNames = []string{"", "agree", "rounding", "consistent", "open", "explained", "cannot_verify", "contradicted"}

// String returns the severity's code, "" if unset.
func (s Severity) String() string { return enumString(severityNames, uint8(s)) }

// MarshalText prints the severity's code.
func (s Severity) MarshalText() ([]byte, error) { return enumText(severityNames, uint8(s)) }

// UnmarshalText reads the severity's code.
func (s *Severity) UnmarshalText(b []byte) error {
	v, err := enumParse(severityNames, b)
	*s = Severity(v)
	return err
}

// Failed reports whether the outcome waits for somebody: the statements do not fit and nobody has explained it.
func (o Outcome) Failed() bool { return o == Open || o == Contradicted }

// Passed reports whether the statements fit, or a person has explained why they do not.
func (o Outcome) Passed() bool {
	return o == Agree || o == Rounding || o == Consistent || o == Explained
}

// String returns the outcome's code, "" if unset.
func (o Outcome) String() string { return enumString(outcomeNames, uint8(o)) }

// MarshalText prints the outcome's code.
func (o Outcome) MarshalText() ([]byte, error) { return enumText(outcomeNames, uint8(o)) }

// UnmarshalText reads the outcome's code.
func (o *Outcome) UnmarshalText(b []byte) error {
	v, err := enumParse(outcomeNames, b)
	*o = Outcome(v)
	return err
}

// Finding is the result of one audit rule for one key. Passes are findings too, with an outcome that says so.
type Finding struct {
	ID          string          `json:"finding_id"` // hash of rule and key: the same finding on every run
	Rule        string          `json:"rule"`
	RuleVersion int             `json:"rule_version"`
	Severity    Severity        `json:"severity"`
	Outcome     Outcome         `json:"outcome"`
	Unit        string          `json:"unit_name"` // the reporting unit that has to act, "" if nobody in particular
	Region      RegionCode      `json:"region_code"`
	Indicator   IndicatorCode   `json:"indicator"`
	Period      Period          `json:"-"`
	Left        Decimal         `json:"left"`      // what stands: the total, the city's figure, the reported one
	Right       Decimal         `json:"right"`     // what it is held against: the sum of parts, the published one
	Imbalance   Decimal         `json:"imbalance"` // left − right
	Tolerance   Decimal         `json:"tolerance"`
	Basis       string          `json:"basis"`     // how the tolerance follows from printed digits and wording
	Missing     []string        `json:"missing"`   // what was needed and is not there
	Inputs      []ObservationID `json:"inputs"`    // left first
	Diagnosis   string          `json:"diagnosis"` // what the difference looks like, likeliest first: "code: arithmetic", "" if nothing fits
	Others      []string        `json:"others"`    // what else it may be, likelier first
	MessageZh   string          `json:"message_zh"`
	MessageEn   string          `json:"message_en"`
	ActionZh    string          `json:"action_zh"` // what to do about it
	ActionEn    string          `json:"action_en"`
}

// FindingSpan names findings: those of a rule about a region and an indicator whose periods end within a time, both days inclusive.
// The zero day stands for periods without an end.
type FindingSpan struct {
	Rule      string
	Region    RegionCode
	Indicator IndicatorCode
	From, To  Date
}
