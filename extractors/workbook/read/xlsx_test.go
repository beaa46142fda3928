package read

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"heshu/schemas"
)

const (
	mainNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relNS  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// xlsxParts are the parts of a small workbook of one sheet; tests replace or remove some.
func xlsxParts(sheetXML string) map[string]string {
	return map[string]string{
		"[Content_Types].xml":        `<Types/>`,
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="` + relNS + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook ` + mainNS + `><sheets><sheet name="表1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": relationships("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml", "styles", "styles.xml"),
		"xl/worksheets/sheet1.xml":   `<worksheet ` + mainNS + `>` + sheetXML + `</worksheet>`,
		"xl/sharedStrings.xml":       `<sst ` + mainNS + `><si><t>东岭区</t></si><si><r><t>富</t></r><r><rPr/><t xml:space="preserve"> 文本</t></r><rPh sb="0" eb="1"><t>フ</t></rPh></si></sst>`,
		"xl/styles.xml": `<styleSheet ` + mainNS + `><numFmts><numFmt numFmtId="164" formatCode="0.00&quot;万元&quot;"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/></cellXfs></styleSheet>`,
	}
}

func relationships(pairs ...string) string {
	var b strings.Builder
	b.WriteString("<Relationships>")
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="r%d" Type="%s%s" Target="%s"/>`, i/2+1, relNS, pairs[i], pairs[i+1])
	}
	return b.String() + "</Relationships>"
}

func zipped(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		if text == "" {
			continue
		}
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSXValues(t *testing.T) {
	t.Parallel()
	book := mustOpen(t, zipped(t, xlsxParts(`<sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t><![CDATA[a<b]]>&amp;_x000D_
c_x0041_</t></is></c><c r="D1" t="str"><f>A1</f><v>算出</v></c></row>
<row r="2"><c r="A2" s="1"><v>410.25</v></c><c r="B2" s="2"><v>43252</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#DIV/0!</v></c><c r="E2"><v>1E-3</v></c>
<c r="F2"><v>0.30000000000000004</v></c><c r="G2"><v>1.7E+400</v></c><c r="H2" t="d" s="2"><v>2018-06-01</v></c></row>
<row><c><v>1</v></c><c><v>2</v></c></row>
<row r="9"><c r="B9"><f t="shared" ref="B9:B10" si="0">A9*2</f><v>6</v></c></row><row r="10"><c r="B10"><f t="shared" si="0"/><v>8</v></c><c r="C10" s="1"/><c r="D10" t="str"><f>""</f><v></v></c><c r="E10"><f>SUM(A1)</f></c></row>
</sheetData>`)))
	s := book.Sheets[0]
	checkCells(t, s, []cellWant{
		{0, 0, "text|东岭区"}, {0, 1, "text|富 文本"}, {0, 2, "text|a<b&\ncA"}, {0, 3, "text|算出"},
		{1, 0, "number|410.25|410.25万元"}, {1, 1, "date|43252|2018年6月1日"}, {1, 2, "bool|TRUE"}, {1, 3, "error|#DIV/0!"}, {1, 4, "number|0.001"},
		{1, 5, "number|0.30000000000000004|0.3"}, {1, 6, "text|1.7E+400"}, {1, 7, "date|43252|2018年6月1日"},
		{2, 0, "number|1"}, {2, 1, "number|2"}, {8, 1, "number|6"}, {9, 1, "number|8"}, {9, 2, "empty|"},
	})
	if s.Formulas[[2]int{8, 1}] != "A9*2" || s.Formulas[[2]int{9, 4}] != "SUM(A1)" || len(s.Formulas) != 4 {
		t.Errorf("formulas: %v", s.Formulas)
	}
}

func TestXLSXHiddenMergedNotedPictured(t *testing.T) {
	t.Parallel()
	parts := xlsxParts(`<cols><col min="2" max="3" hidden="1"/><col min="4" max="16384" width="9"/></cols>
<sheetData><row r="2" hidden="1"><c r="B2"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A5"/></mergeCells><drawing r:id="r2"/>`)
	parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships("comments", "../comments1.xml", "drawing", "/xl/drawings/drawing1.xml")
	parts["xl/comments1.xml"] = `<comments><authors><author>甲</author></authors><commentList><comment ref="B2" authorId="0"><text><r><t>含</t></r><r><t>村</t></r></text></comment></commentList></comments>`
	parts["xl/drawings/drawing1.xml"] = `<xdr:wsDr xmlns:xdr="x"><xdr:twoCellAnchor><xdr:pic><xdr:nvPicPr/></xdr:pic></xdr:twoCellAnchor></xdr:wsDr>`
	s := mustOpen(t, zipped(t, parts)).Sheets[0]
	if !s.HiddenRows[1] || len(s.HiddenCols) != 2 || !s.HiddenCols[1] || len(s.Merges) != 1 || s.Comments[[2]int{1, 1}] != "含村" || s.Pictures != 1 {
		t.Errorf("got %+v", s)
	}
}

func TestXLSXOddPackages(t *testing.T) {
	t.Parallel()
	const data = `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`
	for name, change := range map[string]func(map[string]string){
		"absolute targets": func(p map[string]string) {
			p["xl/_rels/workbook.xml.rels"] = relationships("worksheet", "/xl/worksheets/sheet1.xml", "sharedStrings", "/xl/sharedStrings.xml")
		},
		"backslashes": func(p map[string]string) {
			p[`xl\worksheets\sheet1.xml`], p["xl/worksheets/sheet1.xml"] = p["xl/worksheets/sheet1.xml"], ""
		},
		"other case": func(p map[string]string) {
			p["xl/sharedstrings.xml"], p["xl/sharedStrings.xml"] = p["xl/sharedStrings.xml"], ""
		},
		"prefixed names": func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = `<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>`
		},
		"a byte order mark": func(p map[string]string) { p["xl/workbook.xml"] = "\xEF\xBB\xBF" + p["xl/workbook.xml"] },
		"utf-16": func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = "\xFF\xFE" + string(utf16Bytes(`<?xml version="1.0" encoding="UTF-16"?>`+p["xl/worksheets/sheet1.xml"]))
		},
		"no package relations": func(p map[string]string) { p["_rels/.rels"] = "" },
	} {
		parts := xlsxParts(data)
		change(parts)
		if got := mustOpen(t, zipped(t, parts)).Sheets[0].At(0, 0).Raw; got != "东岭区" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

// What is wrong with a file is said; it never reads as a shorter but valid one.
func TestXLSXDamageIsSaid(t *testing.T) {
	t.Parallel()
	const data = `<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>0</v></c></row></sheetData>`
	for name, c := range map[string]struct {
		change func(map[string]string)
		want   string // an issue's code, or the error
	}{
		"sheet cut": {func(p map[string]string) {
			s := p["xl/worksheets/sheet1.xml"]
			p["xl/worksheets/sheet1.xml"] = s[:strings.Index(s, `<row r="2"`)]
		}, "truncated"},
		"cut behind the cells": {func(p map[string]string) {
			s := p["xl/worksheets/sheet1.xml"]
			p["xl/worksheets/sheet1.xml"] = s[:len(s)-5]
		}, "truncated"},
		"wrong nesting": {func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = strings.Replace(p["xl/worksheets/sheet1.xml"], "</row><row", "</c><row", 1)
		}, "truncated"},
		"sheet missing":    {func(p map[string]string) { p["xl/worksheets/sheet1.xml"] = "" }, ErrEmpty.Error()},
		"texts missing":    {func(p map[string]string) { p["xl/sharedStrings.xml"] = "" }, "unreadable"},
		"texts cut":        {func(p map[string]string) { p["xl/sharedStrings.xml"] = "<sst><si><t>东岭" }, ErrTruncated.Error()},
		"entities defined": {func(p map[string]string) { p["xl/sharedStrings.xml"] = `<!DOCTYPE x [<!ENTITY a "b">]><sst/>` }, ErrTruncated.Error()},
		"unknown entity": {func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = strings.Replace(p["xl/worksheets/sheet1.xml"], "<v>0", "<v>&lol;", 1)
		}, "truncated"},
		"wrong address": {func(p map[string]string) {
			p["xl/worksheets/sheet1.xml"] = strings.Replace(p["xl/worksheets/sheet1.xml"], "A2", "ZZZZ2", 1)
		}, "unreadable"},
		"no workbook": {func(p map[string]string) { clear(p); p["word/document.xml"] = "<document/>" }, ErrNotWorkbook.Error()},
		"binary":      {func(p map[string]string) { clear(p); p["xl/workbook.bin"] = "\x83\x01" }, ErrUnsupported.Error()},
	} {
		parts := xlsxParts(data)
		c.change(parts)
		_, issues, err := Open(zipped(t, parts), Options{})
		got := ""
		if err != nil {
			got = err.Error()
		} else if len(issues) > 0 {
			got = string(issues[0].Code)
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: got %q (%v), want %q", name, got, issues, c.want)
		}
	}
}

func TestXLSXSameNameTwice(t *testing.T) {
	t.Parallel()
	parts := xlsxParts(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>`)
	parts["XL/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"]
	if _, issues, err := Open(zipped(t, parts), Options{}); err != nil || len(issues) != 1 || issues[0].Code != schemas.IssueConflict {
		t.Errorf("error %v, issues %v", err, issues)
	}
}

func TestXLSXUnfoldsNoFurtherThanAllowed(t *testing.T) {
	t.Parallel()
	parts := xlsxParts(`<sheetData>` + strings.Repeat(" ", 1<<20) + `</sheetData>`)
	if _, issues, err := Open(zipped(t, parts), Options{MaxZip: 1 << 16}); err != nil || len(issues) != 1 || issues[0].Code != schemas.IssueLimit {
		t.Errorf("error %v, issues %v", err, issues)
	}
}

func TestXLSXWithPassword(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellValue("Sheet1", "A1", 4893); err != nil {
		t.Fatal(err)
	}
	for password, wanted := range map[string]error{"工会2018": ErrEncrypted, readOnlyPassword: nil} {
		var b bytes.Buffer
		if err := f.Write(&b, excelize.Options{Password: password}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := Open(b.Bytes(), Options{}); !errors.Is(err, wanted) {
			t.Errorf("without the password: got %v, want %v", err, wanted)
		}
		book, _, err := Open(b.Bytes(), Options{Password: password})
		if err != nil || book.Sheets[0].At(0, 0).Raw != "4893" {
			t.Errorf("with the password: %v", err)
		}
	}
}
