package report

import "heshu/schemas"

// advices say what to do about an issue, in Chinese and English.
var advices = map[schemas.IssueCode][2]string{
	schemas.IssueUnreadable:    {"请用 Excel 打开另存为 .xlsx 后重新报送", "open it in Excel, save it as .xlsx and send it again"},
	schemas.IssueEncrypted:     {"请去掉密码后重新报送", "take off the password and send it again"},
	schemas.IssueTruncated:     {"文件不完整，请重新报送", "the file is not whole: send it again"},
	schemas.IssueUnknownType:   {"既不是表格也不是网页，请核对文件", "neither workbook nor page: look at the file"},
	schemas.IssueEmpty:         {"没有内容，请核对文件", "nothing is in it: look at the file"},
	schemas.IssueLimit:         {"超过大小限制：拆分文件，或调整 limits", "over a limit: split it, or change limits"},
	schemas.IssueUnknownForm:   {"按表头读取；可用 heshu form 描述此表", "read by its headers; heshu form describes forms"},
	schemas.IssueUnknownRegion: {"请在 sources 中写明地区", "say the region under sources"},
	schemas.IssueUnknownUnit:   {"请与填报单位核对计量单位", "ask the unit what it counted in"},
	schemas.IssuePicture:       {"表格是图片，请索取电子表格", "the table is a picture: ask for the workbook"},
	schemas.IssueInternal:      {"程序缺陷，请连同文件报告", "a bug of ours: report it with the file"},
}

// Advice says what to do about an issue, "" if there is nothing to say.
func Advice(code string, lang Lang) string {
	a := advices[schemas.IssueCode(code)]
	return pick(lang, a[0], a[1])
}
