package pipeline

import (
	"context"
	"slices"
	"sort"
	"strings"

	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/region"
	"heshu/schemas/wording"
)

// clerk tells whose returns a release's documents are, and what is asked about them.
type clerk struct {
	places places
	units  []Unit                                   // all of the configuration, the longest name first
	came   map[schemas.Date][]warehouse.Document    // by the end of their period
	asked  map[asking][]warehouse.CurrentFinding    // open ones that the unit has to answer
	issues map[schemas.DocumentID]schemas.IssueCode // why a document cannot be read: the issue's code
	from   map[label]string                         // what sender has found
}

// label is what a document says of its sender: its source and its name.
type label struct{ source, name string }

// asking is what findings are asked about: a unit's return of a period that ends on a day.
type asking struct {
	unit string
	end  schemas.Date
}

func newClerk(ctx context.Context, c Config, regions *region.Table, r *warehouse.Reader, failed []warehouse.CurrentFinding) (clerk, error) {
	k := clerk{places{regions}, nil, map[schemas.Date][]warehouse.Document{}, map[asking][]warehouse.CurrentFinding{}, map[schemas.DocumentID]schemas.IssueCode{}, map[label]string{}}
	for _, ret := range c.Returns {
		k.units = append(k.units, ret.Units...)
	}
	slices.SortStableFunc(k.units, func(a, b Unit) int { return len(b.Name) - len(a.Name) })
	documents, err := r.Returns(ctx)
	if err != nil {
		return k, err
	}
	for _, d := range documents {
		if !strings.HasPrefix(d.Series, slipSeries) {
			k.came[d.Period.End] = append(k.came[d.Period.End], d)
		}
	}
	for _, f := range failed {
		about := len(f.Inputs) > 0 || f.Indicator != "" // not that the return itself is late or missing
		if f.Severity >= schemas.Verify && about {
			a := asking{f.Unit, f.Period.End}
			k.asked[a] = append(k.asked[a], f)
		}
	}
	return k, each(ctx, r, `SELECT document_id, arg_max(code, ordinal) FROM issue JOIN document d USING (document_id) WHERE d.reason IS NOT NULL GROUP BY document_id`, func(v []any) {
		k.issues[schemas.DocumentID(v[0].(string))] = schemas.IssueCode(v[1].(string))
	})
}

// advice is what is the matter and what to ask of who sent a document that cannot be read, in Chinese.
func (k clerk) advice(d warehouse.Document) string {
	kind, known := wording.Of(k.issues[d.ID])
	if !known {
		return "请核对后重新报送"
	}
	return kind.Says.Zh + "。" + kind.Do.Zh
}

// sender is the unit that a document is from: the one it names, else the one that its own name or a folder of it names, ""
// if neither names one.
func (k clerk) sender(d warehouse.Document) string {
	of := label{d.Source, d.Name}
	from, known := k.from[of]
	if !known {
		from = k.find(of)
		k.from[of] = from
	}
	return from
}

func (k clerk) find(of label) string {
	for _, u := range k.units {
		if u.Name == of.source {
			return u.Name
		}
	}
	from, at := "", -1
	for _, u := range k.units {
		if i := strings.LastIndex(of.name, u.Name); u.Name != "" && i > at { // the nearest to the file, of two that begin there the longer
			from, at = u.Name, i
		}
	}
	return from
}

// answers reports whether a document is a unit's: from it, or from nobody that the configuration knows and of its region, or
// of one that went into it.
func (k clerk) answers(d warehouse.Document, u Unit, t Term) bool {
	if from := k.sender(d); from != "" {
		return from == u.Name
	}
	if u.Region == "" || d.Region == "" {
		return false
	}
	return d.Region == u.Region || slices.Contains(k.places.Predecessors(u.Region, t.End), d.Region)
}

// answering lists the documents that answer for a unit and a term, the first to come first. One that cannot be read may be on
// any form.
func (k clerk) answering(ret Returning, u Unit, t Term) []warehouse.Document {
	var list []warehouse.Document
	for _, d := range k.came[t.End] {
		if (ret.Form == "" || strings.EqualFold(ret.Form, d.Form) || d.Rejected != "") && k.answers(d, u, t) {
			list = append(list, d)
		}
	}
	sort.SliceStable(list, func(i, j int) bool {
		a, _ := arrivedOn(list[i])
		b, _ := arrivedOn(list[j])
		if a != b {
			return a.Before(b)
		}
		return list[i].Received.Before(list[j].Received)
	})
	return list
}

// newest is the last of a unit's documents that was taken in; of those of one night, one that can be read.
func newest(came []warehouse.Document) warehouse.Document {
	return slices.MaxFunc(came, func(a, b warehouse.Document) int {
		switch {
		case !a.Received.Equal(b.Received):
			return a.Received.Compare(b.Received)
		case (a.Rejected == "") != (b.Rejected == ""):
			if a.Rejected == "" {
				return 1
			}
			return -1
		}
		x, _ := arrivedOn(a)
		y, _ := arrivedOn(b)
		return x.Compare(y)
	})
}
