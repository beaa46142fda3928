package pipeline

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"time"

	"heshu/pipeline/report"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/calendar"
	"heshu/schemas/forms"
	"heshu/schemas/region"
)

// Term is one reporting period as people name it: 2018-07, 2018-Q3, 2018.
type Term struct {
	Name       string
	First, End schemas.Date
}

var termForm = regexp.MustCompile(`^(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?$`)

// ParseTerm reads the name of a month, quarter or year.
func ParseTerm(s string) (Term, error) {
	m := termForm.FindStringSubmatch(s)
	if m == nil {
		return Term{}, fmt.Errorf("period %q: want 2018-07, 2018-Q3 or 2018", s)
	}
	year, err := strconv.Atoi(m[1])
	if err != nil {
		return Term{}, err
	}
	first, months := schemas.NewDate(year, time.January, 1), 12
	switch {
	case m[2] != "":
		n, _ := strconv.Atoi(m[2]) // two digits, as the pattern says
		first, months = schemas.NewDate(year, time.Month(n), 1), 1
	case m[3] != "":
		n, _ := strconv.Atoi(m[3]) // one digit
		first, months = schemas.NewDate(year, time.Month(3*n-2), 1), 3
	}
	return Term{s, first, first.AddDate(0, months, -1)}, nil
}

// terms lists the periods of a return from its first to its last.
func (r Returning) terms(today schemas.Date) ([]Term, error) {
	months := map[string]int{"": 1, "month": 1, "quarter": 3, "year": 12}[r.Every]
	first, err := month(r.First, today)
	if err != nil {
		return nil, fmt.Errorf("config: returns: first: %w", err)
	}
	last, err := month(r.Last, today)
	if err != nil {
		return nil, fmt.Errorf("config: returns: last: %w", err)
	}
	var list []Term
	begin := schemas.NewDate(first.Year(), (first.Month()-1)/time.Month(months)*time.Month(months)+1, 1)
	for m := begin; !last.Before(m); m = m.AddDate(0, months, 0) {
		name := m.String()[:7]
		switch months {
		case 3:
			name = fmt.Sprintf("%d-Q%d", m.Year(), int(m.Month()+2)/3)
		case 12:
			name = fmt.Sprint(m.Year())
		}
		list = append(list, Term{name, m, m.AddDate(0, months, -1)})
	}
	return list, nil
}

// due is the last working day of a term; false outside the calendar's years.
func (t Term) due() (schemas.Date, bool) { return calendar.LastWorkday(t.End.Year(), t.End.Month()) }

// Standings tells how every unit stands with its returns, those within one term or all ("" names none), in the order of the
// configuration. Names give the names of forms, regions what became of places.
func Standings(ctx context.Context, c Config, r *warehouse.Reader, names *forms.Set, regions *region.Table, term string, today schemas.Date) ([]report.Standing, error) {
	failed, err := r.Failed(ctx)
	if err != nil {
		return nil, err
	}
	return standings(ctx, c, r, failed, names, regions, term, today)
}

// standings is Standings by these findings that failed: they tell what is to be corrected of what came.
func standings(ctx context.Context, c Config, r *warehouse.Reader, failed []warehouse.CurrentFinding, names *forms.Set, regions *region.Table, term string, today schemas.Date) ([]report.Standing, error) {
	who, err := newClerk(ctx, c, regions, r, failed)
	if err != nil {
		return nil, err
	}
	within := Term{}
	if term != "" {
		if within, err = ParseTerm(term); err != nil {
			return nil, err
		}
	}
	var list []report.Standing
	for _, ret := range c.Returns {
		terms, err := ret.terms(today)
		if err != nil {
			return nil, err
		}
		title := ret.Form
		if f, ok := names.Get(ret.Form); ok {
			title = f.Name
		}
		for _, t := range terms {
			if term != "" && (t.First.Before(within.First) || within.End.Before(t.End)) {
				continue
			}
			for _, u := range ret.Units {
				s := report.Standing{Unit: u.Name, Region: u.Region, Form: ret.Form, FormName: title, Period: t.Name, Notes: []string{}, Today: today}
				who.stand(&s, t, u, who.answering(ret, u, t))
				list = append(list, s)
			}
		}
	}
	return list, nil
}

// arrivedOn is the day a return came: the one it names itself, else the one on which it was taken in.
func arrivedOn(d warehouse.Document) (schemas.Date, string) {
	if !d.Published.IsZero() {
		return d.Published, "form"
	}
	return schemas.DateOf(d.Received.Local()), "receipt"
}

// stand works out one unit's standing.
func (k clerk) stand(s *report.Standing, t Term, u Unit, came []warehouse.Document) {
	due, known := t.due()
	if known {
		s.Due = &due
	}
	late := func(day schemas.Date) {
		if n, ok := calendar.WorkdaysBetween(due, day); ok && known {
			s.Late = &n
		}
	}
	if len(came) == 0 {
		late(s.Today)
		switch {
		case !known:
			s.State = report.Unknown
		case !due.Before(s.Today):
			s.State = report.NotDue
			s.Late = nil
		default:
			s.State = report.Missing
		}
		return
	}
	first, from := arrivedOn(came[0])
	standing := newest(came)
	last, _ := arrivedOn(standing)
	s.Received, s.Latest, s.DateFrom, s.Document = &first, &last, from, standing.Name
	late(first)
	s.State = report.Accepted
	if standing.Rejected != "" {
		s.State, s.Notes = report.Returned, []string{fmt.Sprintf("文件“%s”无法读取：%s", path.Base(standing.Name), k.advice(standing))}
		return
	}
	for _, f := range k.asked[asking{u.Name, t.End}] {
		note := f.MessageZh
		if f.ActionZh != "" {
			note += "。" + f.ActionZh
		}
		s.Notes = append(s.Notes, note)
		if f.Severity == schemas.Mandatory {
			s.State = report.Returned
		} else if s.State == report.Accepted {
			s.State = report.Received
		}
	}
}
