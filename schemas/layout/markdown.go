package layout

import (
	"fmt"
	"strings"
)

var groupTitles = map[Group]string{
	Fact:      "Facts · 事实",
	History:   "History · 历史",
	Dimension: "Dimensions · 维度",
}

var typeNames = map[Type]string{
	Text: "VARCHAR", TextList: "VARCHAR[]", Int: "INTEGER", BigInt: "BIGINT", HugeInt: "HUGEINT", Float: "DOUBLE", Bool: "BOOLEAN",
	Decimal: fmt.Sprintf("DECIMAL(%d,%d)", DecimalPrecision, DecimalScale), Day: "DATE", Moment: "TIMESTAMP", Blob: "BLOB",
}

// String is the type's name in SQL.
func (t Type) String() string { return typeNames[t] }

// Markdown describes the published tables: one heading a table, one line a column.
func Markdown() string {
	var b strings.Builder
	group := Group(0)
	for _, t := range Tables() {
		if t.Group == Private {
			continue
		}
		if t.Group != group {
			group = t.Group
			fmt.Fprintf(&b, "## %s\n\n", groupTitles[group])
		}
		fmt.Fprintf(&b, "### %s\n\n%s\n\n%s.\n\n| column | type | 说明 | meaning |\n| --- | --- | --- | --- |\n", t.Name, t.Zh, sentence(t.En))
		for _, c := range t.Columns {
			null := ""
			if c.Null {
				null = ", may be null"
			}
			fmt.Fprintf(&b, "| `%s` | %s%s | %s | %s |\n", c.Name, c.Type, null, cell(c.Zh), cell(c.En))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }
