package pipeline

import (
	"path"
	"slices"
	"strings"

	"heshu/pipeline/intake"
	"heshu/schemas"
	"heshu/schemas/hanzi"
	"heshu/schemas/period"
	"heshu/schemas/region"
)

// pageEnds are the names of what is published, not submitted: what their folders are called says nothing of what they tell.
var pageEnds = []string{".htm", ".html", ".shtml", ".xhtml", ".mht", ".mhtml", ".txt", ".xml", ".json"}

// named is what a submission's own name and its folders say of it, the nearest first: 淮阳县/2018年6月/月报.xlsx. It counts
// where neither the configuration, nor the form's hidden identity, nor what is written on the form says otherwise. A period needs
// its year: the day on which a file came in is no year.
func named(t *region.Table, x intake.Item) (code schemas.RegionCode, when schemas.Period) {
	if strings.Contains(x.Name, "://") || slices.Contains(pageEnds, strings.ToLower(path.Ext(x.Name))) {
		return "", schemas.Period{}
	}
	for _, element := range strings.Split(strings.TrimSuffix(x.Name, path.Ext(x.Name)), "/") { // the outer lends the inner its province and year
		text := hanzi.Fold([]rune(element)).Runes
		if p, ok := namedPeriod(string(text), when); ok {
			when = p
		}
		if c, ok := namedRegion(t, text, region.Context{At: when.End, Within: within(code)}); ok {
			code = c
		}
	}
	return code, when
}

func within(code schemas.RegionCode) []schemas.RegionCode {
	if code == "" {
		return nil
	}
	return []schemas.RegionCode{code}
}

// namedRegion is the one region that an element speaks of, by name or six digits; none where it names several.
func namedRegion(t *region.Table, text []rune, c region.Context) (schemas.RegionCode, bool) {
	var found schemas.RegionCode
	for _, m := range t.Scan(text) {
		code, ok := t.Resolve(m, c)
		if !ok || found != "" && found != code {
			return "", false
		}
		found = code
	}
	if found != "" {
		return found, true
	}
	for _, digits := range strings.FieldsFunc(string(text), func(r rune) bool { return r < '0' || r > '9' }) {
		if len(digits) == 6 {
			if r, ok := t.Region(schemas.RegionCode(digits), c.At); ok {
				return r.Code, true
			}
		}
	}
	return "", false
}

// namedPeriod is the time that an element tells; near is what its folders told.
func namedPeriod(s string, near schemas.Period) (schemas.Period, bool) {
	var found schemas.Period
	for _, e := range period.ScanName(s) {
		if e.Base || e.Kind == period.Duration || e.Kind == period.Recurring || e.Kind == period.Clock || !e.Whole() && near.Kind == 0 {
			continue
		}
		if p, ok := e.ResolveIn(near.End, near); ok && p.Kind != 0 {
			if found = p; near.Kind == 0 || e.Whole() {
				near = p
			}
		}
	}
	return found, found.Kind != 0
}
