// Package read owns the reading of workbooks of any format into the one cell model.
package read

import (
	"bytes"
	"errors"
	"fmt"

	"heshu/extractors/workbook/read/biff"
	"heshu/extractors/workbook/read/cfb"
	"heshu/extractors/workbook/read/decrypt"
	"heshu/extractors/workbook/read/delimited"
	"heshu/extractors/workbook/read/grid"
	"heshu/extractors/workbook/read/htmltab"
	"heshu/extractors/workbook/read/ods"
	"heshu/extractors/workbook/read/ooxml"
	"heshu/extractors/workbook/read/xml2003"
	"heshu/extractors/workbook/read/xmlscan"
	"heshu/extractors/workbook/sheet"
	"heshu/schemas"
)

// Errors of Open, for errors.Is. The text of each is what a person is told.
var (
	ErrEncrypted   = errors.New("a password is needed")
	ErrTruncated   = errors.New("damaged or cut short")
	ErrNotWorkbook = errors.New("not a workbook")
	ErrUnsupported = errors.New("workbook format not supported")
	ErrEmpty       = errors.New("nothing to read in it")
	ErrLimit       = grid.ErrLimit
)

// Options are what Open may use up, and the password. The zero value is the stated default.
type Options struct {
	Password string // of a protected workbook
	MaxCells int    // cells of all sheets, empty ones between others too: 4,000,000
	MaxBytes int    // bytes of all texts: 64 MB
	MaxZip   int64  // bytes that compressed parts unfold to, never in memory at once: 512 MB
	MaxFile  int    // bytes of the file: 256 MB
}

func (o Options) workbook() *grid.Workbook {
	if o.MaxCells <= 0 {
		o.MaxCells = 4_000_000
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 64 << 20
	}
	if o.MaxZip <= 0 {
		o.MaxZip = 512 << 20
	}
	return grid.NewWorkbook(grid.Budget{Cells: o.MaxCells, Bytes: o.MaxBytes}, o.MaxZip)
}

// Open reads a workbook of any format; the content decides which, not a name.
//
// An error says that nothing could be read. What could be read in part comes with issues: truncated, limit, unreadable.
// Issues of part n concern sheet n of the book, those of part -1 the whole file.
func Open(b []byte, o Options) (*sheet.Book, []schemas.Issue, error) {
	if len(b) == 0 {
		return nil, nil, ErrEmpty
	}
	if o.MaxFile <= 0 {
		o.MaxFile = 256 << 20
	}
	if len(b) > o.MaxFile {
		return nil, nil, fmt.Errorf("%w: %d bytes", ErrLimit, len(b))
	}
	w := o.workbook()
	format := Sniff(b)
	var err error
	switch format {
	case XLSX:
		err = ooxml.Read(b, w)
	case Encrypted:
		format = XLSX
		err = readEncrypted(b, w, o.Password)
	case XLS:
		err = readXLS(b, w, o.Password)
	case CSV:
		err = delimited.Read(b, w)
	case HTML:
		err = htmltab.Read(b, w)
	case XML2003:
		err = xml2003.Read(b, w)
	case ODS:
		err = ods.Read(b, w)
	default:
		if err = ErrNotWorkbook; foreign(b) != "" {
			err = fmt.Errorf("%w but %s", ErrNotWorkbook, foreign(b))
		}
	}
	if err = classify(err); errors.Is(err, ErrEncrypted) && o.Password == "" {
		err = ErrEncrypted // what the empty password did not open needs no further words
	}
	if err != nil {
		return nil, w.Issues, err
	}
	return w.Book(format.String()), w.Issues, nil
}

// readXLS reads the workbook stream of a compound file, or a file that is such a stream.
func readXLS(b []byte, w *grid.Workbook, password string) error {
	if !bytes.HasPrefix(b, []byte(cfbMagic)) {
		return biff.Read(b, w, password, readOnlyPassword)
	}
	s, err := cfb.Open(b, "Workbook", "Book")
	if err != nil {
		if s.Data = cfb.FindStart(b, []byte(workbookStart)); s.Data == nil {
			return err
		}
	}
	if !s.Whole {
		w.Issue(-1, "", -1, 0, schemas.IssueTruncated, "the file holds only %d bytes of its workbook", len(s.Data))
	}
	return biff.Read(s.Data, w, password, readOnlyPassword)
}

// readOnlyPassword is what spreadsheet programs encrypt with when only changes are to be kept out; they open it unasked.
const readOnlyPassword = "VelvetSweatshop"

// readEncrypted opens an encrypted package and reads the workbook in it.
func readEncrypted(b []byte, w *grid.Workbook, password string) error {
	info, err1 := cfb.Open(b, "EncryptionInfo")
	pack, err2 := cfb.Open(b, "EncryptedPackage")
	if err1 != nil || err2 != nil {
		return errors.Join(err1, err2)
	}
	var err error
	for _, p := range []string{password, readOnlyPassword} {
		var plain []byte
		if plain, err = decrypt.Open(info.Data, pack.Data, p); err == nil {
			return ooxml.Read(plain, w)
		}
		if !errors.Is(err, decrypt.ErrPassword) {
			break
		}
	}
	return err
}

// classify gives an error of a format's reader its place among the errors of this package.
func classify(err error) error {
	as := err
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrEncrypted), errors.Is(err, ErrNotWorkbook), errors.Is(err, ErrLimit):
		return err
	case errors.Is(err, xmlscan.ErrLimit):
		as = ErrLimit
	case errors.Is(err, biff.ErrEncrypted), errors.Is(err, ods.ErrEncrypted), errors.Is(err, decrypt.ErrPassword), errors.Is(err, decrypt.ErrMethod):
		as = ErrEncrypted
	case errors.Is(err, ooxml.ErrBinary), errors.Is(err, biff.ErrOld):
		as = ErrUnsupported
	case errors.Is(err, ooxml.ErrOther), errors.Is(err, cfb.ErrNoStream), errors.Is(err, htmltab.ErrNoTable):
		as = ErrNotWorkbook
	case errors.Is(err, ooxml.ErrNoSheets), errors.Is(err, biff.ErrNoSheets),
		errors.Is(err, xml2003.ErrNoSheets), errors.Is(err, ods.ErrNoSheets):
		as = ErrEmpty
	default:
		as = ErrTruncated
	}
	return fmt.Errorf("%w: %w", as, err)
}
