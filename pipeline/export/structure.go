package export

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
)

// Identities of the structure. Two-part versions may change in place (SDMX 3.0): code lists grow with the releases.
const (
	agency           = "HESHU"
	structureVersion = "1.0"
	conceptScheme    = "CS_HESHU"
	dataflowID       = "DF_HESHU"
	dsdID            = "DSD_HESHU"
)

// codeList is where the codes of a list and their names come from: code, Chinese, English.
type codeList struct {
	id, zh, en string
	sql        string
	fixed      [][3]string
}

var notApplicable = [3]string{"_Z", "不适用", "Not applicable"}

var codeLists = []codeList{
	{"CL_INDICATOR", "指标", "Indicators", `SELECT indicator, label_zh, label_en FROM indicator`, nil},
	{"CL_AREA", "行政区划", "Areas", `SELECT region_code, arg_max(name, coalesce(valid_to, DATE '9999-12-31')), NULL FROM region GROUP BY region_code`, nil},
	{"CL_FREQ", "时期类型", "Kinds of periods", "", [][3]string{{"A", "年", "Annual"}, {"S", "半年", "Half-yearly"}, {"Q", "季", "Quarterly"}, {"M", "月", "Monthly"},
		{"D", "日", "Daily"}, {"_T", "截至该日", "Up to that day"}, {"_O", "其他起止", "Another span"}}},
	{"CL_STATISTIC", "口径", "Statistics", `SELECT code, label_zh, label_en FROM code WHERE list = 'measure'`, [][3]string{notApplicable}},
	{"CL_PROGRAMME", "帮扶行动", "Programme actions", `SELECT code, label_zh, label_en FROM code WHERE list = 'action'`, [][3]string{notApplicable}},
	{"CL_PER", "每什么", "Per what", `SELECT unit, label_zh, label_en FROM unit`, [][3]string{notApplicable}},
	{"CL_UNIT", "单位", "Units", `SELECT unit, label_zh, label_en FROM unit`, nil},
	{"CL_OBS_STATUS", "状态", "Observation status", `SELECT code, label_zh, label_en FROM code WHERE list = 'CL_OBS_STATUS'`, nil},
	{"CL_UNIT_MULT", "十的幂", "Unit multipliers", `SELECT code, label_zh, label_en FROM code WHERE list = 'CL_UNIT_MULT'`, nil},
	{"CL_QUALIFIER", "限定", "Qualifiers", `SELECT code, label_zh, label_en FROM code WHERE list = 'qualifier'`, nil},
}

// object is one JSON object; its members are written sorted by name.
type object = map[string]any

// sdmxStructure writes the structure message: concepts, code lists, the data structure and the dataflow.
func (e *exporter) sdmxStructure(ctx context.Context, used map[string]map[string]bool) error {
	var lists []object
	for _, l := range codeLists {
		codes, err := e.codes(ctx, l, used[l.id])
		if err != nil {
			return fmt.Errorf("code list %s: %w", l.id, err)
		}
		lists = append(lists, with(maintainable(l.id, l.zh, l.en), "codes", codes))
	}
	var concepts []object
	for _, c := range components {
		concepts = append(concepts, named(c.id, c.zh, c.en))
	}
	message := struct { // in this order: readers look at the beginning
		Meta object `json:"meta"`
		Data object `json:"data"`
	}{
		object{
			"schema":           "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json",
			"id":               "heshu-" + e.options.Release,
			"test":             false,
			"prepared":         e.options.Made.UTC().Format("2006-01-02T15:04:05Z"),
			"contentLanguages": []string{"zh", "en"},
			"sender":           object{"id": agency},
		},
		object{
			"agencySchemes": []object{with(with(named("AGENCIES", "机构", "Agencies"), "agencyID", "SDMX"), "agencies", []object{named(agency, "核数", "Heshu")})},
			"codelists":     lists, "conceptSchemes": []object{with(maintainable(conceptScheme, "概念", "Concepts"), "concepts", concepts)},
			"dataStructures": []object{with(maintainable(dsdID, "数字", "Figures"), "dataStructureComponents", dataStructure())},
			"dataflows":      []object{with(maintainable(dataflowID, "数字", "Figures"), "structure", urn("datastructure.DataStructure", dsdID))},
		},
	}
	b, err := json.MarshalIndent(message, "", "  ")
	if err != nil {
		return err
	}
	_, err = e.write("sdmx/structure.json", append(b, '\n'), 0)
	return err
}

// dataStructure says what every column is.
func dataStructure() object {
	var dimensions, measures, attributes []object
	var time object
	for _, c := range components {
		o := object{"id": c.id, "conceptIdentity": urn("conceptscheme.Concept", conceptScheme) + "." + c.id}
		local := object{"format": object{"dataType": c.format}}
		if c.list != "" {
			local = object{"enumeration": urn("codelist.Codelist", c.list)}
		}
		o["localRepresentation"] = local
		switch c.role {
		case dimension:
			o["position"] = len(dimensions)
			dimensions = append(dimensions, o)
		case timeDimension:
			time = o
		case measure:
			measures = append(measures, o)
		case attribute:
			o["usage"] = "optional"
			if c.id == "OBS_STATUS" {
				o["usage"] = "mandatory"
			}
			o["attributeRelationship"] = object{"observation": object{}}
			attributes = append(attributes, o)
		}
	}
	return object{
		"dimensionList": object{"id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time},
		"measureList":   object{"id": "MeasureDescriptor", "measures": measures},
		"attributeList": object{"id": "AttributeDescriptor", "attributes": attributes},
	}
}

// codes reads a code list. The areas are those that the data names; a code that nothing explains is its own name.
func (e *exporter) codes(ctx context.Context, l codeList, used map[string]bool) ([]object, error) {
	names := map[string][2]string{}
	for _, f := range l.fixed {
		names[f[0]] = [2]string{f[1], f[2]}
	}
	if l.sql != "" {
		err := e.each(ctx, l.sql, func(v []any) error {
			if code := str(v[0]); l.id != "CL_AREA" || used[code] {
				names[code] = [2]string{str(v[1]), str(v[2])}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for code := range used {
		if _, ok := names[code]; !ok {
			names[code] = [2]string{code, code}
		}
	}
	list := make([]string, 0, len(names))
	for code := range names {
		list = append(list, code)
	}
	sort.Strings(list)
	codes := make([]object, len(list))
	for i, code := range list {
		codes[i] = named(code, names[code][0], names[code][1])
	}
	return codes, nil
}

// named is an object with its id and names, the Chinese one first; a language without a name is left out.
func named(id, zh, en string) object {
	names := object{"zh": zh}
	if en != "" {
		names["en"] = en
	}
	return object{"id": id, "name": zh, "names": names}
}

func maintainable(id, zh, en string) object {
	return with(with(named(id, zh, en), "agencyID", agency), "version", structureVersion)
}

func with(o object, key string, value any) object {
	o[key] = value
	return o
}

func urn(class, id string) string {
	return "urn:sdmx:org.sdmx.infomodel." + class + "=" + agency + ":" + id + "(" + structureVersion + ")"
}

func structureID(id string) string { return agency + ":" + id + "(" + structureVersion + ")" }
