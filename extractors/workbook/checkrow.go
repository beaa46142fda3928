package workbook

import (
	"fmt"

	"heshu/schemas"
	"heshu/schemas/forms"
	"heshu/schemas/quantity"
	"heshu/schemas/region"
)

// labels checks what the row says it is: a county of the region, once.
func (c *checker) labels(rd *reader, r int) {
	for i := range rd.form.Stub {
		l := &rd.form.Stub[i]
		col := rd.labelColumn(l)
		if col < 0 {
			continue
		}
		hr, hc := rd.v.home(r, col)
		words := rd.v.words(hr, hc)
		at := rd.v.locator(r, col)
		switch {
		case words == "" && l.Required:
			c.add(at, "required", schemas.Mandatory, "", "请填写"+l.Label, l.Label+" filled in")
		case words != "" && l.Role == "region":
			c.region(rd, at, words)
		}
	}
}

func (c *checker) region(rd *reader, at schemas.Cell, words string) {
	home := c.home(rd)
	ctx := region.Context{At: c.doc.Published, Publisher: home}
	if home != "" {
		ctx.Within = []schemas.RegionCode{home}
	}
	code, ok := c.cfg.Regions.Find(words, ctx)
	switch {
	case !ok:
		c.add(at, "region", schemas.Mandatory, words, "应为县（市、区）的规范名称", "the full name of a county")
		return
	case home != "" && !c.cfg.Regions.Contains(home, code):
		c.add(at, "region", schemas.Mandatory, words, "不属于填报地区（"+string(home)+"）", "a county within "+string(home))
	}
	if rd.form.Rows != "regions" {
		return
	}
	key := rd.v.s.Name + "\x00" + string(code)
	if before, ok := c.seen[key]; ok {
		c.add(at, "duplicate", schemas.Mandatory, words, "与"+before.String()+"重复，每个县（市、区）只填一行", "one row a county; it stands in "+before.String()+" already")
		return
	}
	c.seen[key] = at
}

// home is the region that reports: the one the form was made for, the sender's, or that of the 填报单位 line; "" if nothing tells.
func (c *checker) home(rd *reader) schemas.RegionCode {
	if r := schemas.RegionCode(c.w.identity.Region); r != "" {
		return r
	}
	if c.doc.Region != "" {
		return c.doc.Region
	}
	for _, n := range rd.set.notes {
		if code, ok := c.cfg.Regions.OfPublisher(n.value); ok && n.kind == noteReporter {
			return code
		}
	}
	return ""
}

// sum adds a column up, for its total row.
type sum struct {
	value    schemas.Decimal
	rows     int
	decimals int
	missing  bool // a row has no readable number
}

// values checks each field of a row by its kind and bounds.
func (c *checker) values(rd *reader, r int, sums map[int]*sum) {
	for col := range rd.cols {
		f := rd.byCol[col].field
		if f == nil || f.Kind == forms.Text {
			continue
		}
		s := sums[col]
		if s == nil {
			s = &sum{value: schemas.NewDecimal(0, 0)}
			sums[col] = s
		}
		s.rows++
		v, ok := c.value(rd, r, col, f)
		if !ok {
			s.missing = true
			continue
		}
		s.value = s.value.Add(v)
		s.decimals = max(s.decimals, decimalsOf(v.String()))
		c.bounds(rd.v.locator(r, col), rd.shown(r, col), rd.inFormUnit(v, col, f), f)
	}
}

// value reads one field; false, with a problem where there is one, if it holds no plain number.
func (c *checker) value(rd *reader, r, col int, f *forms.Field) (schemas.Decimal, bool) {
	at, shown := rd.v.locator(r, col), rd.shown(r, col)
	k := rd.v.at(r, col)
	switch k {
	case empty:
		if f.Required {
			c.add(at, "required", schemas.Mandatory, "", "「"+f.Label+"」必填；没有填0", f.Heading()+" filled in; 0 for none")
		}
		return schemas.Decimal{}, false
	case number:
		cell := rd.v.s.At(r, col)
		q, _, ok := readCell(k, &cell)
		return q.Value, ok
	case date:
		c.add(at, "number", schemas.Mandatory, shown, "应为数字，现在是日期；请检查单元格格式", "a number; the cell holds a date")
	case written:
		c.add(at, "number", schemas.Mandatory, shown, "只填数字，不写单位和“约”“余”等字", "digits only, no unit and no words")
	default:
		c.add(at, "number", schemas.Mandatory, shown, "应为数字；没有填0，不清楚留空", "a number; 0 for none, empty for unknown")
	}
	return schemas.Decimal{}, false
}

// inFormUnit converts a number of a column whose heading asks for another unit of the same kind than the form does: 元 for 万元.
func (rd *reader) inFormUnit(v schemas.Decimal, col int, f *forms.Field) schemas.Decimal {
	units := rd.byCol[col].units
	if len(units) == 0 || units[0].Text == f.Unit {
		return v
	}
	from, ok1 := quantity.LookupUnit(units[0].Text)
	to, ok2 := quantity.LookupUnit(f.Unit)
	if !ok1 || !ok2 || from.Code == "" || from.Code != to.Code || from.Kind != to.Kind || to.Factor.IsZero() {
		return v
	}
	return v.Mul(from.Factor).Quo(to.Factor)
}

func (c *checker) bounds(at schemas.Cell, shown string, v schemas.Decimal, f *forms.Field) {
	most := schemas.NewDecimal(f.Max, 0)
	if f.Kind == forms.Percent {
		most = schemas.NewDecimal(100, 0)
	}
	switch {
	case v.Sign() < 0:
		c.add(at, "negative", schemas.Mandatory, shown, "不能为负数", "no negative number")
	case f.Kind == forms.Count && !v.Equal(v.Round(0)):
		c.add(at, "whole", schemas.Mandatory, shown, "「"+f.Label+"」应为整数（单位："+f.Unit+"）", "a whole number of "+f.Unit)
	case most.Sign() > 0 && v.Cmp(most) > 0:
		c.add(at, "too-large", schemas.Verify, shown, fmt.Sprintf("一般不超过%s%s，请核对数字和单位", most, f.Unit), fmt.Sprintf("no more than %s %s; check the number and its unit", most, f.Unit))
	}
}

// relations checks what must hold between the fields of a row, in each block of columns.
func (c *checker) relations(rd *reader, r int) {
	for _, k := range rd.form.Checks {
		left, at, ok := rd.side(r, k.Left)
		right, _, ok2 := rd.side(r, k.Right)
		if !ok || !ok2 {
			continue
		}
		cmp := left.Cmp(right)
		if k.Op == "<=" && cmp <= 0 || k.Op == ">=" && cmp >= 0 || k.Op == "=" && cmp == 0 {
			continue
		}
		found := fmt.Sprintf("%s，%s", left, right)
		c.add(at, "relation/"+k.ID, k.Severity, found, k.Zh, k.En)
	}
}

// side sums one side of a check; its place is that of its first field. False if a field of it holds no number.
func (rd *reader) side(r int, terms string) (schemas.Decimal, schemas.Cell, bool) {
	total := schemas.NewDecimal(0, 0)
	var at schemas.Cell
	for i, id := range forms.Terms(terms) {
		f, _ := rd.form.Field(id)
		col := rd.columnOf(f, 0)
		if col < 0 || rd.v.at(r, col) != number {
			return total, at, false
		}
		cell := rd.v.s.At(r, col)
		q, _, ok := readCell(number, &cell)
		if !ok {
			return total, at, false
		}
		if i == 0 {
			at = rd.v.locator(r, col)
		}
		total = total.Add(rd.inFormUnit(q.Value, col, f))
	}
	return total, at, true
}

// total compares a total row with the sum of the rows above it.
func (c *checker) total(rd *reader, r int, sums map[int]*sum) {
	for col := range rd.cols {
		f, s := rd.byCol[col].field, sums[col]
		if f == nil || s == nil || s.missing || f.Kind == forms.Percent || rd.v.at(r, col) != number {
			continue
		}
		cell := rd.v.s.At(r, col)
		q, _, ok := readCell(number, &cell)
		if !ok || q.Value.Round(int32(s.decimals)).Equal(s.value.Round(int32(s.decimals))) {
			continue
		}
		at := rd.v.locator(r, col)
		c.add(at, "total", schemas.Mandatory, rd.shown(r, col), fmt.Sprintf("合计应为%s（以上%d行之和）", s.value, s.rows), fmt.Sprintf("%s, the sum of the %d rows above", s.value, s.rows))
	}
}
