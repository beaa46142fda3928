package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"heshu/schemas"
)

// Reply is what a unit answered to a finding, for the values that the slip was written for.
type Reply struct {
	Finding     string
	RuleVersion int
	Left, Right schemas.Decimal
	Unit        string // whose slip it is
	Name        string // who replied, as filled in
	Text        string
}

// maxPart bounds what is read of a package to look for the slip's sheet.
const maxPart = 1 << 20

// IsSlip reports whether a document is a return slip of ours, filled in or not.
func IsSlip(b []byte) bool {
	if !bytes.HasPrefix(b, []byte("PK")) {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return false
	}
	for _, f := range z.File {
		if f.Name != "xl/workbook.xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return false
		}
		defer r.Close()
		text, err := io.ReadAll(io.LimitReader(r, maxPart))
		return err == nil && bytes.Contains(text, []byte(`name="`+slipSheet+`"`))
	}
	return false
}

// ReadSlip reads the replies of a return slip: of every finding that somebody answered.
func ReadSlip(b []byte) ([]Reply, error) {
	f, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{RawCellValue: true, UnzipSizeLimit: 64 << 20})
	if err != nil {
		return nil, fmt.Errorf("read slip: %w", err)
	}
	defer f.Close()
	known, err := f.GetRows(slipSheet)
	if err != nil {
		return nil, fmt.Errorf("read slip: %w", err)
	}
	shown := ""
	for _, s := range f.GetSheetList() {
		if s != slipSheet && shown == "" {
			shown = s
		}
	}
	answer := func(row int) string {
		v, err := f.GetCellValue(shown, at(slipReply, row))
		if err != nil {
			return ""
		}
		return strings.TrimSpace(v)
	}
	unit := ""
	if len(known) > 0 && len(known[0]) > 1 {
		unit = known[0][1]
	}
	var list []Reply
	for i, row := range known {
		if i+1 < slipFirst || len(row) < 2 || answer(i+1) == "" {
			continue
		}
		r := Reply{Finding: row[0], Unit: unit, Name: answer(3), Text: answer(i + 1)}
		if r.RuleVersion, err = strconv.Atoi(row[1]); err != nil {
			return nil, fmt.Errorf("read slip: row %d: rule version %q", i+1, row[1])
		}
		for k, to := range []*schemas.Decimal{&r.Left, &r.Right} {
			if len(row) > 2+k && row[2+k] != "" {
				if *to, err = schemas.ParseDecimal(row[2+k]); err != nil {
					return nil, fmt.Errorf("read slip: row %d: %w", i+1, err)
				}
			}
		}
		list = append(list, r)
	}
	return list, nil
}
