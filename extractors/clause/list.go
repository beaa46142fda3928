package clause

import "heshu/schemas"

// group lets figures that are listed together share what stands before the first and behind the last of them:
// 帮扶4893户、14128人脱贫; 第一书记47人次、驻村队员185人次.
func (t *text) group(fs []found, gaps [][]token, used []int) {
	for i := range fs {
		fs[i].lead, fs[i].tail = fs[i].before, fs[i].after
	}
	joined := func(i int) bool { // does figure i+1 go on with what figure i began?
		for k, w := range gaps[i+1] {
			if k == used[i+1] && t.runes[w.start] == '中' { // 21户贫困户中20户
				return false
			}
			if k >= used[i+1] && (w.tag == tagVerb || w.tag == tagPreposition || t.runes[w.start] == '与') {
				return false
			}
		}
		return true
	}
	for i := 1; i < len(fs); i++ {
		if joined(i - 1) {
			if fs[i].label.len() == 0 {
				fs[i].lead = span{fs[i-1].lead.start, fs[i].before.end}
				if fs[i].before.len() <= 1 {
					fs[i].lead = fs[i-1].lead
				}
			}
			if fs[i].verb.len() == 0 {
				fs[i].verb = fs[i-1].verb
			}
		}
	}
	for i := len(fs) - 2; i >= 0; i-- {
		if joined(i) {
			fs[i].tail = span{fs[i].after.start, fs[i+1].tail.end}
		}
	}
}

// sharesQualifier tells the next number of a list whose first has the qualifier behind 分别.
func (t *text) sharesQualifier(before, f *found) bool {
	if f.Quantity.Qualifier != schemas.Exact || before.Quantity.Qualifier == schemas.Exact || before.Quantity.Unit != f.Quantity.Unit {
		return false
	}
	switch t.string(span{before.End, f.Start}) {
	case "、", "和", "与", "及":
		lead := t.runes[max(0, before.Start-4):before.CoreStart]
		return before.shared || before.CoreStart > before.Start && anyWord(lead, "分别")
	}
	return false
}

func (f *found) shareQualifier(q schemas.Quantity) {
	v := f.Quantity.Value
	f.shared, f.Quantity.Qualifier, f.Quantity.Low, f.Quantity.High = true, q.Qualifier, schemas.Decimal{}, schemas.Decimal{}
	switch q.Qualifier {
	case schemas.AtLeast:
		f.Quantity.Low = v
	case schemas.AtMost:
		f.Quantity.High = v
	}
}
