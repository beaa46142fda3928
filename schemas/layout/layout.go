// Package layout owns the columns of every table: name, type and explanation in Chinese and English.
//
// The warehouse's tables, their comments, the hand-over files and docs/schema.md all follow from this one list.
package layout

// Version numbers the columns of the hand-over files. It changes whenever a column does.
const Version = 1

// Type is the type of a column.
type Type uint8

// The types; the zero value is unset.
const (
	Text     Type = iota + 1 // valid UTF-8 without NUL
	TextList                 // list of Text, never null, perhaps empty
	Int                      // 32 bits
	BigInt                   // 64 bits
	HugeInt                  // 128 bits, in private tables only
	Float                    // only for what is no figure: confidence, similarity
	Bool
	Decimal // exact, DecimalPrecision digits, DecimalScale of them after the point
	Day     // a day of the Gregorian calendar
	Moment  // an instant in UTC, microseconds
	Blob
)

// DecimalPrecision and DecimalScale bound every value: 28 digits before the point, 10 after it.
const (
	DecimalPrecision = 38
	DecimalScale     = 10
)

// Group says what a table is for; docs are ordered by it.
type Group uint8

// The groups; the zero value is unset.
const (
	Fact      Group = iota + 1 // what documents say
	History                    // what was done, when, why
	Dimension                  // codes and what they mean
	Private                    // the loader's own book-keeping, not published
)

// Column is one column of a table.
type Column struct {
	Name   string
	Type   Type
	Null   bool // may be null: it does not apply
	Loaded bool // set by the warehouse, absent from the hand-over file
	Clock  bool // depends on when or how often the program ran: no part of the content's hash
	Zh, En string
}

// Table is one table of the warehouse.
type Table struct {
	Name     string
	Group    Group
	Handover bool // written by tasks as a file of its own
	Content  bool // part of the content's hash
	Zh, En   string
	Columns  []Column
}

// Tables lists all tables in the order in which they are created and documented.
func Tables() []Table {
	var list []Table
	for _, group := range [][]Table{facts(), history(), dimensions(), private()} {
		list = append(list, group...)
	}
	return list
}

// Find returns the table of that name, false if there is none.
func Find(name string) (Table, bool) {
	for _, t := range Tables() {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

// HandoverColumns lists the columns that a task writes, in order.
func (t Table) HandoverColumns() []Column {
	var list []Column
	for _, c := range t.Columns {
		if !c.Loaded {
			list = append(list, c)
		}
	}
	return list
}

// Names lists the names of columns.
func Names(columns []Column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	return names
}
