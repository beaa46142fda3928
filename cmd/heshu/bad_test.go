package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// bad fills a folder with the documents that go wrong in practice, and one good return among them: bad DIR.
func bad(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: bad DIR")
	}
	ts.Check(badFolder(ts.MkAbs(args[0]), ts.Getenv("FIXTURES")))
}

func badFolder(dir, fixtures string) error {
	good, err := os.ReadFile(filepath.Join(fixtures, "zhoukou", "submissions", "鹿邑县.xlsx"))
	if err != nil {
		return err
	}
	own := func(n int) [][]any {
		return [][]any{{"鹿邑县工会帮扶书屋统计表"}, {"单位", "新建书屋（个）"}, {"鹿邑县", n}}
	}
	locked, err := sheetBytes(own(11), excelize.Options{Password: "公开"})
	if err != nil {
		return err
	}
	form, err := sheetBytes(own(12))
	if err != nil {
		return err
	}
	renamed, err := sheetBytes(own(13))
	if err != nil {
		return err
	}
	nowhere, err := sheetBytes([][]any{{"劳模助力脱贫攻坚月报"}, {"填报单位：青丘县总工会", "填报时期：2018年7月"}, {"县（市、区）", "帮扶项目（个）"}, {"青丘县", 9}})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	var failed error
	for name, b := range map[string][]byte{
		"good.xlsx": good, "cut.xlsx": good[:len(good)/2], "locked.xlsx": locked, "form.xlsx": form, "nowhere.xlsx": nowhere, "renamed.txt": renamed,
		"scan.xls": []byte("%PDF-1.4\n%âãÏÓ\n1 0 obj\n"), "empty.html": nil, "charset.html": append([]byte("<p>共有"), bytes.Repeat([]byte{0xff, 0x81, 0x20}, 40)...),
	} {
		failed = errors.Join(failed, os.WriteFile(filepath.Join(dir, name), b, 0o644))
	}
	return failed
}

// sheetBytes is a workbook of one sheet.
func sheetBytes(rows [][]any, options ...excelize.Options) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return nil, err
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	err := f.Write(&b, options...)
	return b.Bytes(), err
}
