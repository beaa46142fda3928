package rules

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestBuiltinRulesLoadSorted(t *testing.T) {
	t.Parallel()
	list, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(list); i++ {
		if list[i-1].ID >= list[i].ID {
			t.Errorf("%s stands before %s", list[i-1].ID, list[i].ID)
		}
	}
}

func TestAnOfficeReplacesARuleById(t *testing.T) {
	t.Parallel()
	list, err := Load(fstest.MapFS{"own.yaml": {Data: []byte("- {id: share-in-range, version: 2, kind: domain, severity: hint, zh: 甲, en: a}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.ID == "share-in-range" && r.Version != 2 {
			t.Errorf("share-in-range is version %d, want the office's 2", r.Version)
		}
	}
}

func TestABadRuleNamesItsFile(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"- {id: x}\n", "- {id: x, version: 1, kind: guess, severity: hint, zh: 甲, en: a}\n", "- {id: x, colour: red}\n"} {
		if _, err := Load(fstest.MapFS{"own.yaml": {Data: []byte(text)}}); err == nil || !strings.Contains(err.Error(), "own.yaml") {
			t.Errorf("Load(%q) error = %v, want one that names own.yaml", text, err)
		}
	}
}
