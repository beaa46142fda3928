package period

import (
	_ "embed"
	"fmt"
	"strings"

	"heshu/schemas"
)

//go:embed events.csv
var eventsCSV string

// event is something that time is counted from (党的十八大以来) or told by (“十三五”期间).
type event struct {
	text       []rune
	start, end schemas.Date
	plan       bool
}

var events = mustEvents(eventsCSV)

// mustEvents reads our own table; a fault in it is a bug.
func mustEvents(csv string) []event {
	var list []event
	for n, line := range strings.Split(strings.TrimSpace(csv), "\n") {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "words,") {
			continue
		}
		f := strings.Split(line, ",")
		if len(f) != 4 {
			panic(fmt.Sprintf("events.csv:%d: want 4 fields", n+1))
		}
		start, err1 := schemas.ParseDate(f[1])
		end, err2 := schemas.ParseDate(f[2])
		if err1 != nil || err2 != nil {
			panic(fmt.Sprintf("events.csv:%d: bad date", n+1))
		}
		list = append(list, event{[]rune(f[0]), start, end, f[3] == "plan"})
	}
	return list
}

// in gives the dates of an event; at an edge of it the state of that day.
func (ev event) in(e Expr, _ frame) (dates, bool) {
	switch e.Edge {
	case AtStart:
		return dates{ev.start, ev.start, schemas.AsOf}, true
	case AtEnd:
		return dates{ev.end, ev.end, schemas.AsOf}, true
	}
	return dates{ev.start, ev.end, schemas.RangePeriod}, true
}
