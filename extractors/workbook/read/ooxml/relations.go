package ooxml

import (
	"path"
	"strings"

	"heshu/extractors/workbook/read/pack"
	"heshu/extractors/workbook/read/xmlscan"
)

// relation is what one part says of another.
type relation struct{ id, kind, target string }

// relations returns the relations of a part, targets as part names; none if the list is missing.
func (r *reader) relations(of string) ([]relation, error) {
	dir, file := path.Split(of)
	name := dir + "_rels/" + file + ".rels"
	if !r.Has(name) {
		return nil, nil
	}
	var out []relation
	err := r.Each(name, func(s *xmlscan.Scanner) error {
		if string(s.Name()) != "Relationship" || string(s.Attr("TargetMode")) == "External" {
			return nil
		}
		t := strings.ReplaceAll(string(s.Attr("Target")), `\`, "/")
		if !strings.HasPrefix(t, "/") {
			t = dir + t
		}
		if len(out) < 100_000 {
			out = append(out, relation{string(s.Attr("Id")), path.Base(string(s.Attr("Type"))), pack.Name(t)})
		}
		return nil
	})
	return out, err
}
