package schemas

import (
	"encoding/json"
)

type plainObservation Observation // without its MarshalJSON

// MarshalJSON prints the record of the specification: null where a field does not apply.
func (o Observation) MarshalJSON() ([]byte, error) {
	null := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	at := func(l Locator) *string {
		if l == nil {
			return nil
		}
		s := l.String()
		return &s
	}
	if o.Flags == nil {
		o.Flags = []Flag{}
	}
	// Fields named here shadow those of the same JSON name in the embedded record.
	return json.Marshal(struct {
		plainObservation
		Locator     *string `json:"locator"`
		UnitWritten *string `json:"unit_as_written"`
		RowLabel    *string `json:"row_label"`
		ColumnLabel *string `json:"column_label"`
		Breakdown   *string `json:"breakdown"`
		Action      *string `json:"action"`
		Entity      *string `json:"entity"`
		Region      *string `json:"region_code"`
		RegionAs    *string `json:"region_as_written"`
		PeriodKind  *string `json:"period_kind"`
		PeriodStart Date    `json:"period_start"`
		PeriodEnd   Date    `json:"period_end"`
		Per         *string `json:"per"`
		Form        *string `json:"form"`
		UnitFrom    *string `json:"unit_locator"`
		RegionFrom  *string `json:"region_locator"`
		PeriodFrom  *string `json:"period_locator"`
	}{
		plainObservation(o), at(o.Locator), null(o.UnitWritten), null(o.RowLabel), null(o.ColumnLabel), null(o.Breakdown),
		null(o.Action), null(o.Entity), null(string(o.Region)), null(o.RegionAs), null(o.Period.Kind.String()),
		o.Period.Start, o.Period.End, null(o.Per), null(o.Form), at(o.UnitFrom), at(o.RegionFrom), at(o.PeriodFrom),
	})
}
