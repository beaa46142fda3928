package schemas

import (
	"crypto/sha256"
	"encoding/hex"
)

// Document is bytes with a source. The fields beside the bytes are what intake or the user said of it;
// a zero field means "not said: let the document say".
type Document struct {
	ID        DocumentID // SHA-256 of Bytes
	Name      string     // file name or address, for people and for names that hold a period or a region
	Bytes     []byte
	Source    string     // who submitted or published it
	Published Date       // day of publication or submission
	Region    RegionCode // the source's own region
	Period    Period     // of a submission: the reporting period
	Charset   string     // of a fetched page: what the server's header declared
}

// NewDocument returns a document with its id.
func NewDocument(name string, b []byte) Document {
	sum := sha256.Sum256(b)
	return Document{ID: DocumentID(hex.EncodeToString(sum[:])), Name: name, Bytes: b}
}

// Period is a stretch of days, both ends inclusive. AsOf has no Start. The zero value is "no period is known".
type Period struct {
	Kind       PeriodKind
	Start, End Date
}

// Part is one article of a page or one sheet of a workbook. Locators of text are offsets into Text.
type Part struct {
	Index     int
	Title     string // headline of the article, title line of the sheet
	Published Date
	Publisher string // articles: the site or paper, or the 来源 line
	Text      string // articles: the cleaned text, headline first; workbooks: empty
	Sheet     string // workbooks: the sheet's name
	Numbers   int    // numeric tokens in the part: digit runs and numerals of a text, numeric cells of a sheet
}

// Extraction is all that an extractor cut out of one document, in reading order.
// Per part: Numbers = Σ Figure.Numbers + Σ Issue.Numbers + Σ Exclusion.Numbers. Nothing is lost.
type Extraction struct {
	Kind       Kind
	Parts      []Part
	Figures    []Figure
	Exclusions []Exclusion
	Issues     []Issue
}

// Exclusion is a number that is no figure, with the reason's name: date, ordinal, name, document_number, phone,
// clock_time, age, article_word, duration, page_furniture, sequence_number, code …
type Exclusion struct {
	Part    int
	Locator Locator
	Text    string
	Class   string
	Numbers int // numeric tokens it covers
}

// IssueCode names a kind of trouble; docs list them all.
type IssueCode string

// The issue codes.
const (
	IssueUnreadable     IssueCode = "unreadable"         // the document could not be read at all
	IssueEncrypted      IssueCode = "password-protected" // a password is needed
	IssueTruncated      IssueCode = "truncated"          // the document ends in the middle
	IssueUnknownType    IssueCode = "unknown-type"       // neither page, text nor workbook
	IssueMisnamed       IssueCode = "misnamed"           // content and file name disagree; the content was read
	IssueEmpty          IssueCode = "empty"              // nothing to read in it
	IssueCharset        IssueCode = "charset"            // bytes that are no text in the charset found
	IssueLimit          IssueCode = "limit"              // larger than a configured limit
	IssueDigitsLost     IssueCode = "digits-lost"        // units stand without numbers
	IssueUnknownForm    IssueCode = "unknown-form"       // read by its headers; nobody described the form
	IssueUnknownRegion  IssueCode = "unknown-region"     // a place that no table knows, or that several share
	IssueUnknownUnit    IssueCode = "unknown-unit"       // a unit's words that no table knows
	IssueConflict       IssueCode = "conflict"           // two places say different things; the nearer one won
	IssueNumber         IssueCode = "number"             // looks like a number, cannot be read as one
	IssueScale          IssueCode = "scale"              // a share that may be a part of one or per cent
	IssueMissing        IssueCode = "missing"            // a cell that should hold a number holds a filler
	IssuePicture        IssueCode = "picture"            // a picture of a table
	IssueFormulaNoValue IssueCode = "formula-no-value"   // a formula whose result was not saved
	IssueInternal       IssueCode = "internal"           // a bug of ours, caught for this document
)

// Issue is a place in a document that needs a person's look: data, not an error.
type Issue struct {
	Part    int     // -1: the document as a whole
	Locator Locator // nil: the part as a whole
	Code    IssueCode
	Message string // English, lower case, the source's words in "quotes"
	Missing Missing
	Numbers int // numeric tokens it accounts for
}
