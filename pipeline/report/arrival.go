package report

import "fmt"

// Arrival is how a document stands to what was known before the night.
type Arrival uint8

// The arrivals; the zero value is unset.
const (
	New       Arrival = iota + 1 // 新: under a name that nothing came in under before
	Changed                      // 有变: other bytes than before under its name
	Unchanged                    // 无变化: the same bytes
	Earlier                      // 早先收到: its source does not hold it any more, or holds another version
)

var arrivalNames = [...][3]string{{"", "", ""}, {"new", "新", "new"}, {"changed", "有变", "changed"}, {"unchanged", "无变化", "unchanged"}, {"earlier", "早先收到", "earlier"}}

// String is the arrival's code.
func (a Arrival) String() string { return arrivalNames[min(int(a), len(arrivalNames)-1)][0] }

// MarshalText prints the arrival's code.
func (a Arrival) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// In is the arrival's name for people.
func (a Arrival) In(lang Lang) string {
	names := arrivalNames[min(int(a), len(arrivalNames)-1)]
	return pick(lang, names[1], names[2])
}

// Tally counts what the sources held tonight.
type Tally struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Vanished  int `json:"vanished"` // names that came in before and are not there any more
}

// Summary is the line below the headline: what came in, what is new, what broke, who has not reported. Every number that is not 0
// has its list below.
func Summary(n Night, lang Lang) string {
	w := n.Waiting()
	line := fmt.Sprintf(pick(lang, "今晚材料：新 %d，有变 %d，无变化 %d，已不在原处 %d；读取问题 %d；待处理 %d（今晚新增 %d）；今晚解决 %d；逾期未报 %d",
		"Documents tonight: %d new, %d changed, %d unchanged, %d no longer there; %d reading issues; %d findings open (%d new tonight); %d resolved tonight; %d returns overdue"),
		n.Arrived.New, n.Arrived.Changed, n.Arrived.Unchanged, n.Arrived.Vanished, n.Issues(), w.Open, w.Fresh, w.Resolved, len(n.Missing))
	if n.Unread > 0 {
		line += fmt.Sprintf(pick(lang, "；尚有 %d 份材料未读，未报和无法核实可能只是因此", "; %d documents are not read yet: returns may be missing and checks unverified for this alone"), n.Unread)
	}
	return line
}

// Broken are the documents with issues.
func (n Night) Broken() []Document {
	var list []Document
	for _, d := range n.Documents {
		if len(d.Issues) > 0 {
			list = append(list, d)
		}
	}
	return list
}
