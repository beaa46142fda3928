package report

import (
	"fmt"
	"strings"

	"heshu/schemas"
	"heshu/schemas/wording"
)

// IssueLine is one issue with its place and what to do, in both languages.
type IssueLine struct {
	Place     string `json:"place"` // the locator, "" where it is a part or the document as a whole
	PlaceZh   string `json:"place_zh"`
	PlaceEn   string `json:"place_en"`
	Code      string `json:"code"`
	Message   string `json:"message"` // as recorded: English
	MessageZh string `json:"message_zh"`
	Zh        string `json:"advice_zh"`
	En        string `json:"advice_en"`
}

// NewIssueLine words an issue; sheet is the name of its part, "" where the part is an article.
func NewIssueLine(i schemas.Issue, sheet string) IssueLine {
	kind, _ := wording.Of(i.Code)
	says, place := wording.Issue(i.Code, i.Message), placeWords(i.Part, sheet, i.Locator)
	line := IssueLine{PlaceZh: place.Zh, PlaceEn: place.En, Code: string(i.Code), Message: says.En, MessageZh: says.Zh, Zh: kind.Do.Zh, En: kind.Do.En}
	if i.Locator != nil {
		line.Place = i.Locator.String()
	}
	return line
}

// Says is what is the matter.
func (i IssueLine) Says(lang Lang) string { return pick(lang, i.MessageZh, i.Message) }

// Where is the place in words.
func (i IssueLine) Where(lang Lang) string { return pick(lang, i.PlaceZh, i.PlaceEn) }

// Advice is what to do about it, "" if there is nothing to say.
func (i IssueLine) Advice(lang Lang) string { return pick(lang, i.Zh, i.En) }

// Name is the kind of trouble in words.
func (i IssueLine) Name(lang Lang) string {
	kind, _ := wording.Of(schemas.IssueCode(i.Code))
	return pick(lang, kind.Name.Zh, kind.Name.En)
}

// Line tells the issue of a document in one line: place, kind, what is the matter.
func (i IssueLine) Line(document string, lang Lang) string {
	return fmt.Sprintf(pick(lang, "%s %s：%s：%s", "%s, %s: %s: %s"), document, i.Where(lang), i.Name(lang), i.Says(lang))
}

// sheetless is the name of the sheet of a file that has none: text with commas.
const sheetless = "None"

// placeWords says where in a document an issue is.
func placeWords(part int, sheet string, at schemas.Locator) wording.Words {
	article := wording.Words{}
	if part > 0 {
		article = wording.Words{Zh: fmt.Sprintf("第 %d 篇", part+1), En: fmt.Sprintf("article %d, ", part+1)}
	}
	switch at := at.(type) {
	case schemas.Cell:
		cell := fmt.Sprintf("%s%d", schemas.ColumnName(at.Column), at.Row)
		if at.Sheet == sheetless {
			return wording.Words{Zh: "单元格 " + cell, En: "cell " + cell}
		}
		return wording.Words{Zh: "工作表「" + at.Sheet + "」单元格 " + cell, En: fmt.Sprintf("sheet %q, cell %s", at.Sheet, cell)}
	case schemas.TextSpan:
		return wording.Words{Zh: article.Zh + fmt.Sprintf("第 %d 至 %d 字", at.Start+1, at.End), En: article.En + fmt.Sprintf("characters %d to %d", at.Start+1, at.End)}
	}
	switch {
	case part < 0 || sheet == sheetless:
		return wording.Words{Zh: "整份材料", En: "as a whole"}
	case sheet != "":
		return wording.Words{Zh: "工作表「" + sheet + "」", En: fmt.Sprintf("sheet %q", sheet)}
	}
	return wording.Words{Zh: fmt.Sprintf("第 %d 篇", part+1), En: fmt.Sprintf("article %d", part+1)}
}

// spot is a place in a document for people: a stretch of a text in words, a cell by its address.
func spot(locator string, lang Lang) string {
	at, err := schemas.ParseLocator(locator)
	if _, ok := at.(schemas.TextSpan); err != nil || !ok {
		return locator
	}
	w := placeWords(0, "", at)
	return pick(lang, w.Zh, w.En)
}

// stands names a document and the place in it.
func stands(document, locator string, lang Lang) string {
	return strings.TrimSpace(document + " " + spot(locator, lang))
}

// Trouble is an address that could not be had.
type Trouble struct {
	Address string `json:"address"`
	Why     string `json:"why"` // English
	WhyZh   string `json:"why_zh"`
}

// NewTrouble words why an address could not be had.
func NewTrouble(address, why string) Trouble {
	w := wording.Address(why)
	return Trouble{address, w.En, w.Zh}
}

// Says is why the address could not be had.
func (t Trouble) Says(lang Lang) string { return pick(lang, t.WhyZh, t.Why) }
