package period

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"heshu/schemas"
)

var (
	//go:embed festivals.csv
	festivalsCSV string
	//go:embed moving.csv
	movingCSV string
	//go:embed holidays.csv
	holidaysCSV string
)

// festival is a day of the year with a name; its holiday may be longer.
type festival struct {
	words, holiday string
	name           string // of its dates in moving.csv, "" if it stands still
	month, day     int
	bare           bool // a date without 期间
}

// yearly tells one year's date or holiday by its name.
type yearly struct {
	year int
	name string
}

var (
	festivals = mustFestivals(festivalsCSV)
	moving    = mustDates(movingCSV, func(f []string) (int, string, string, string) {
		y, _ := strconv.Atoi(f[1][:4])
		return y, f[0], f[1], f[1]
	})
	holidays = mustDates(holidaysCSV, func(f []string) (int, string, string, string) {
		y, _ := strconv.Atoi(f[0])
		return y, f[1], f[2], f[3]
	})
)

// rows gives the fields of our own tables, without remarks and the heading.
func rows(csv string) [][]string {
	var out [][]string
	for line := range strings.Lines(csv) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.Split(strings.TrimRight(line, "\n"), ","))
		}
	}
	return out[1:]
}

// mustDates reads a table of first and last days; a fault in it is a bug.
func mustDates(csv string, pick func([]string) (year int, name, first, last string)) map[yearly]dates {
	out := map[yearly]dates{}
	for _, f := range rows(csv) {
		y, name, first, last := pick(f)
		a, err1 := schemas.ParseDate(first)
		b, err2 := schemas.ParseDate(last)
		if err1 != nil || err2 != nil || y == 0 {
			panic(fmt.Sprintf("dates of festivals: bad line %q", f))
		}
		out[yearly{y, name}] = dates{a, b, schemas.RangePeriod}
	}
	return out
}

func mustFestivals(csv string) []festival {
	var out []festival
	for _, f := range rows(csv) {
		fest := festival{words: f[0], holiday: f[1], bare: f[3] == "bare"}
		if f[2] == "moving" {
			fest.name = strings.TrimSuffix(f[1], "节") + "节"
		} else if _, err := fmt.Sscanf(f[2], "%d-%d", &fest.month, &fest.day); err != nil {
			panic(fmt.Sprintf("festivals.csv: bad line %q", f))
		}
		out = append(out, fest)
	}
	return out
}

// in gives the day of a festival in a year, or its holiday if whole; false where the date is not known.
func (f festival) in(y int, whole bool) (dates, bool) {
	if h, ok := holidays[yearly{y, f.holiday}]; whole && ok {
		if f.holiday == "春节" && strings.HasPrefix(f.words, "元旦") {
			h.start = schemas.NewDate(y, 1, 1)
		}
		return h, true
	}
	d := schemas.NewDate(y, 1, 1).AddDate(0, f.month-1, f.day-1)
	if f.name != "" {
		m, ok := moving[yearly{y, f.name}]
		if !ok {
			return dates{}, false
		}
		d = m.start
	}
	return dates{d, d, schemas.Day}, true
}

// festive reads a festival of the year in pt: 春节期间, 国庆节; its eve is a state of the day.
func (p parser) festive(w word, pt point, j int) (point, int, bool) {
	pt.unit, pt.lo = festivalDay, w.n
	if k, ok := p.has(j, "期间", "假期", "长假期间", "长假", "小长假期间", "小长假", "假日期间", "假日", "放假期间"); ok {
		pt.hi = 1
		return pt, k, true
	}
	if k, ok := p.has(j, "前夕", "来临之际", "到来之际"); ok {
		pt.edge = AtStart
		return pt, k, true
	}
	return pt, j, festivals[w.n].bare
}
