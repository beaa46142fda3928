package workbook

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"heshu/extractors/workbook/read"
	"heshu/schemas"
	"heshu/schemas/forms"
	"heshu/schemas/region"
	"heshu/schemas/wording"
)

// Problem is one thing in a returned workbook that its reporter should look at.
type Problem struct {
	Locator  schemas.Locator // nil: the workbook as a whole
	Code     string          // required, number, whole, negative, too-large, region, duplicate, relation, total …
	Severity schemas.Severity
	Found    string // what stands there, as displayed
	WantZh   string // what is expected
	WantEn   string
}

// Unreadable is the code of a problem with the file, or a part of it: it could not be read.
const Unreadable = "unreadable"

// CheckConfig is how returned workbooks are checked. The zero value works.
type CheckConfig struct {
	Config
	Regions *region.Table // nil: the built-in table
	// Meaning, unless nil, gives the issues that come up when the figures of the workbook get their meaning: two periods for one
	// table, a place or a unit that no table knows.
	Meaning func(schemas.Document) []schemas.Issue
}

// checker collects the problems of one workbook.
type checker struct {
	cfg  CheckConfig
	doc  schemas.Document
	w    *walk
	out  []Problem
	seen map[string]schemas.Cell // regions that have a row already
}

// Check returns every problem of a returned workbook in reading order, those of the file as a whole first. It changes nothing.
func Check(doc schemas.Document, cfg CheckConfig) []Problem {
	if cfg.Regions == nil {
		cfg.Regions = region.Load()
	}
	c := &checker{cfg: cfg, doc: doc, seen: map[string]schemas.Cell{}}
	book, issues, err := read.Open(doc.Bytes, cfg.Read)
	if err != nil {
		zh, en := unreadable(err)
		c.add(nil, Unreadable, schemas.Mandatory, "", zh, en)
		return c.out
	}
	c.w = newWalk(book, doc.Name, cfg.Config)
	c.w.tables = c.table
	formed, filled := false, false
	for i, s := range book.Sheets {
		c.w.readSheet(s, &sink{part: i, Visitor: Visitor{
			Figure:    func(f schemas.Figure) { formed, filled = formed || f.Grid.Form != "", true },
			Exclusion: func(schemas.Exclusion) {},
			Issue:     func(x schemas.Issue) { issues = append(issues, x) },
		}})
	}
	for _, x := range issues {
		c.issue(x, formed)
	}
	if cfg.Meaning != nil {
		for _, x := range cfg.Meaning(doc) {
			c.doubtful(x)
		}
	}
	if !filled && len(c.out) == 0 {
		c.add(nil, "blank", schemas.Mandatory, "", "没有读到任何数据，请填写后报送", "figures: there are none in the workbook")
	}
	c.identity()
	slices.SortStableFunc(c.out, func(a, b Problem) int { return c.place(a) - c.place(b) })
	return c.out
}

// place orders problems by sheet, row and column.
func (c *checker) place(p Problem) int {
	cell, ok := p.Locator.(schemas.Cell)
	if !ok {
		return -1
	}
	for i, s := range c.w.book.Sheets {
		if s.Name == cell.Sheet {
			return i<<40 | cell.Row<<16 | cell.Column
		}
	}
	return 1 << 60
}

func (c *checker) add(at schemas.Locator, code string, severity schemas.Severity, found, zh, en string) {
	c.out = append(c.out, Problem{at, code, severity, found, zh, en})
}

func unreadable(err error) (zh, en string) {
	switch {
	case errors.Is(err, read.ErrEncrypted):
		return "文件加了密码，请去掉密码后重报", "a workbook without a password"
	case errors.Is(err, read.ErrTruncated):
		return "文件已损坏或不完整，请重新发送", "a whole workbook: this one is damaged or cut short"
	case errors.Is(err, read.ErrEmpty):
		return "文件是空的，请重新发送", "a workbook: this file is empty"
	}
	return "不是可以读取的表格文件，请用 .xlsx、.xls 或 .csv 报送", "a workbook: .xlsx, .xls or .csv"
}

// issue turns an issue of the reading into a problem, but for those that the form's own checks say better.
func (c *checker) issue(x schemas.Issue, formed bool) {
	switch x.Code {
	case schemas.IssuePicture:
		c.add(x.Locator, "picture", schemas.Mandatory, "图片", "请填写单元格，不要粘贴图片", "cells, not a picture of a table")
	case schemas.IssueFormulaNoValue:
		c.add(x.Locator, "formula", schemas.Mandatory, "公式", "公式的结果没有保存，请打开后重新保存或改填数值", "saved results: open the workbook, save it again, or enter values")
	case schemas.IssueTruncated, schemas.IssueUnreadable, schemas.IssueLimit:
		says := wording.Issue(x.Code, x.Message)
		c.add(x.Locator, Unreadable, schemas.Mandatory, "", "文件有读不出的部分，请重新发送："+says.Zh, "a whole workbook: "+says.En)
	case schemas.IssueUnknownForm:
		c.add(x.Locator, "unknown-form", schemas.Hint, "", "表式未登记，按表头读取；请尽量使用下发的表格", "a known form; this one was read by its headings")
	case schemas.IssueScale:
		c.add(x.Locator, "scale", schemas.Verify, c.shown(x.Locator), "看不出是小数还是百分数，请写明%", "a per cent sign: this may be a part of one or per cent")
	case schemas.IssueMissing, schemas.IssueNumber:
		if !formed {
			c.add(x.Locator, "number", schemas.Verify, c.shown(x.Locator), "应为数字；没有填0，不清楚留空", "a number; 0 for none, empty for unknown")
		}
	}
}

// doubtful turns an issue of the meaning into a problem, unless the form's own checks speak of that cell.
func (c *checker) doubtful(x schemas.Issue) {
	if slices.ContainsFunc(c.out, func(p Problem) bool { return p.Locator != nil && p.Locator == x.Locator }) {
		return
	}
	switch x.Code {
	case schemas.IssueConflict:
		says := wording.Issue(x.Code, x.Message)
		c.add(x.Locator, "conflict", schemas.Verify, c.shown(x.Locator), says.Zh+"，请核对", "one period: "+says.En)
	case schemas.IssueUnknownRegion:
		c.add(x.Locator, "region", schemas.Verify, c.shown(x.Locator), "地名不明或有重名，请写全称", "the full name of a known place")
	case schemas.IssueUnknownUnit:
		c.add(x.Locator, "unit", schemas.Verify, c.shown(x.Locator), "计量单位不明，请用通用的单位", "a known unit: "+x.Message)
	}
}

// shown returns what a cell displays, "" of what is no cell.
func (c *checker) shown(at schemas.Locator) string {
	cell, ok := at.(schemas.Cell)
	for _, s := range c.w.book.Sheets {
		if ok && s.Name == cell.Sheet {
			return strings.TrimSpace(s.At(cell.Row-1, cell.Column-1).Text)
		}
	}
	return ""
}

// identity compares what the form was made for with who sent it and what its lines say now.
func (c *checker) identity() {
	id := c.w.identity
	if id.Form == "" {
		return
	}
	f, ok := c.w.forms.Get(id.Form)
	switch {
	case !ok:
		c.add(id.at["form"], "form", schemas.Mandatory, id.Form, "表式不存在，请用最新下发的表格", "a form that exists")
	case fmt.Sprint(f.Version) != id.Version:
		c.add(id.at["version"], "form", schemas.Verify, "第"+id.Version+"版", fmt.Sprintf("请用第%d版表格", f.Version), fmt.Sprintf("version %d of the form", f.Version))
	}
	if r := schemas.RegionCode(id.Region); r != "" && c.doc.Region != "" && !c.cfg.Regions.Contains(r, c.doc.Region) {
		c.add(id.at["region"], "region", schemas.Verify, id.Region, "表格不是为本单位（"+string(c.doc.Region)+"）制作的", "a form made for "+string(c.doc.Region))
	}
}

// table checks one table against the form that it is.
func (c *checker) table(rd *reader) {
	if rd.form == nil {
		return
	}
	c.headings(rd)
	if id := &c.w.identity; id.Period != "" {
		for _, n := range rd.set.notes {
			if n.kind == notePeriod && n.value != "" && squash(n.value) != squash(id.Period) {
				c.add(rd.v.locator(n.r, n.c), "period", schemas.Mandatory, n.value, "填报时期应为"+id.Period, "the period that the form was made for: "+id.Period)
			}
		}
	}
	sums := map[int]*sum{}
	for r := rd.first; r <= rd.last; r++ {
		if rd.rows[r].kind == rowCode || rd.rows[r].kind == rowNote || rd.rows[r].kind == rowEmpty {
			continue
		}
		if rd.totalRow(r) {
			c.total(rd, r, sums)
			continue
		}
		c.labels(rd, r)
		c.values(rd, r, sums)
		c.relations(rd, r)
	}
}

// headings asks for the required fields that no column of the table names.
func (c *checker) headings(rd *reader) {
	for i := range rd.form.Fields {
		f := &rd.form.Fields[i]
		if f.Required && rd.columnOf(f, 0) < 0 {
			c.add(rd.v.locator(rd.head[0], 0), "heading", schemas.Mandatory, "", "缺少「"+f.Heading()+"」一栏", "a column for "+f.Heading())
		}
	}
}

// columnOf returns the first column from on that holds the field, -1 if there is none.
func (rd *reader) columnOf(f *forms.Field, from int) int {
	for c := from; c < len(rd.cols); c++ {
		if rd.byCol[c].field == f {
			return c
		}
	}
	return -1
}

// labelColumn returns the column that holds the form's label, -1 if there is none.
func (rd *reader) labelColumn(l *forms.Label) int {
	for c := range rd.cols {
		for _, e := range rd.cols[c].path {
			if rd.byCol[c].field == nil && l.Says(e.Text) {
				return c
			}
		}
	}
	return -1
}

func (rd *reader) totalRow(r int) bool {
	for _, g := range rd.groups {
		for _, c := range g.stub {
			if isTotal(rd.v.wordsOf(r, c)) {
				return true
			}
		}
	}
	return false
}

// shown returns a cell as it is displayed.
func (rd *reader) shown(r, c int) string { return strings.TrimSpace(rd.v.s.At(r, c).Text) }
