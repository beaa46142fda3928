package export_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"heshu/pipeline/export"
)

// structure is the part of an SDMX-JSON structure message that the tests look at.
type structure struct {
	Meta struct{ ID, Prepared, Schema string }
	Data struct {
		Codelists []struct {
			ID    string
			Codes []struct {
				ID    string
				Names map[string]string
			}
		}
		ConceptSchemes []struct{ Concepts []struct{ ID string } }
		DataStructures []struct {
			ID, AgencyID, Version   string
			DataStructureComponents struct {
				DimensionList struct {
					Dimensions    []sdmxComponent
					TimeDimension sdmxComponent
				}
				MeasureList   struct{ Measures []sdmxComponent }
				AttributeList struct{ Attributes []sdmxComponent }
			}
		}
		Dataflows []struct{ ID, AgencyID, Version, Structure string }
	}
}

type sdmxComponent struct {
	ID, ConceptIdentity, Usage string
	LocalRepresentation        struct{ Enumeration string }
}

func readSDMX(t *testing.T) (structure, [][]string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	write(t, dir, export.SDMX)
	var s structure
	b, err := os.ReadFile(filepath.Join(dir, "sdmx", "structure.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "sdmx", "heshu.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return s, records
}

// TestSDMXColumnsAreThoseOfTheStructure holds the message against the rules of the SDMX-CSV 2.0 field guide: the three first
// columns, then the components in the order of the structure, dimensions first.
func TestSDMXColumnsAreThoseOfTheStructure(t *testing.T) {
	t.Parallel()
	s, records := readSDMX(t)
	dsd := s.Data.DataStructures[0]
	c := dsd.DataStructureComponents
	all := append(append([]sdmxComponent(nil), c.DimensionList.Dimensions...), c.DimensionList.TimeDimension)
	dimensions := len(all)
	all = append(append(all, c.MeasureList.Measures...), c.AttributeList.Attributes...)
	want := []string{"STRUCTURE", "STRUCTURE_ID", "ACTION"}
	for _, x := range all {
		want = append(want, x.ID)
	}
	if !slices.Equal(records[0], want) {
		t.Errorf("columns\n%v, want\n%v", records[0], want)
	}
	flow := s.Data.Dataflows[0]
	if !strings.HasSuffix(flow.Structure, "="+dsd.AgencyID+":"+dsd.ID+"("+dsd.Version+")") {
		t.Errorf("the dataflow is of %s", flow.Structure)
	}
	keys := map[string]bool{}
	for _, r := range records[1:] {
		if r[0] != "dataflow" || r[1] != flow.AgencyID+":"+flow.ID+"("+flow.Version+")" || r[2] != "I" {
			t.Errorf("row begins %v", r[:3])
		}
		key := strings.Join(r[3:3+dimensions], ".")
		if keys[key] || slices.Contains(r[3:3+dimensions], "") {
			t.Errorf("key %s is there twice or has a gap", key)
		}
		keys[key] = true
	}
	if len(keys) != len(figures)-1 {
		t.Errorf("%d keys, want all figures but the one without a period", len(keys))
	}
}

func TestSDMXCodesAreInTheirLists(t *testing.T) {
	t.Parallel()
	s, records := readSDMX(t)
	codes := map[string]map[string]bool{}
	id := regexp.MustCompile(`^[A-Za-z0-9_@$-]+$`)
	for _, l := range s.Data.Codelists {
		codes[l.ID] = map[string]bool{}
		for _, x := range l.Codes {
			codes[l.ID][x.ID] = true
			if !id.MatchString(x.ID) || x.Names["zh"] == "" {
				t.Errorf("%s: code %q, named %v", l.ID, x.ID, x.Names)
			}
		}
	}
	concepts := map[string]bool{}
	for _, x := range s.Data.ConceptSchemes[0].Concepts {
		concepts[x.ID] = true
	}
	c := s.Data.DataStructures[0].DataStructureComponents
	coded := 0
	for i, x := range append(append(append(append([]sdmxComponent(nil), c.DimensionList.Dimensions...), c.DimensionList.TimeDimension), c.MeasureList.Measures...), c.AttributeList.Attributes...) {
		if !concepts[x.ID] || !strings.HasSuffix(x.ConceptIdentity, "."+x.ID) {
			t.Errorf("%s is of no concept: %s", x.ID, x.ConceptIdentity)
		}
		_, list, ok := strings.Cut(x.LocalRepresentation.Enumeration, "=HESHU:")
		if !ok {
			continue
		}
		coded++
		list = strings.TrimSuffix(list, "(1.0)")
		for _, r := range records[1:] {
			if v := r[i+3]; v != "" && !codes[list][v] {
				t.Errorf("%s is %q, which %s lacks", x.ID, v, list)
			}
		}
	}
	if coded < 8 || codes["CL_AREA"]["990103"] {
		t.Errorf("%d coded components; areas %v, want those of the data alone", coded, codes["CL_AREA"])
	}
}

func TestSDMXPeriodsAndValues(t *testing.T) {
	t.Parallel()
	_, records := readSDMX(t)
	column := func(name string) int { return slices.Index(records[0], name) }
	got := map[string]string{}
	for _, r := range records[1:] {
		got[r[column("OBSERVATION")]] = strings.Join([]string{r[column("FREQ")], r[column("TIME_PERIOD")], r[column("OBS_VALUE")], r[column("VALUE_LOW")], r[column("BREAKDOWN")]}, " ")
	}
	for id, want := range map[string]string{
		"obs-0": "M 2018-06 12 12 _T",
		"obs-1": "M 2018-06 1234567890123456.25 1234567890123456.25 _T",
		"obs-3": "M 2018-06 3 3 市级",
		"obs-4": "Q 2018-Q2 -5 -5 _T",
		"obs-5": "S 2018-S1  100 _T",
		"obs-6": "_O 2018-02-01/P150D 7 7 _T",
		"obs-7": "_T 2018-06-30 9 9 _T",
	} {
		if got[id] != want {
			t.Errorf("%s is %q, want %q", id, got[id], want)
		}
	}
}
