// Package workbook owns the way from a workbook's cells to figures: it finds the tables on each sheet and says, in the
// source's own words, under which row and column headings every number stands.
//
// It gives no meaning: no unit is converted, no label renamed. Every numeric cell ends as a figure, an issue or a named
// exclusion. The cell model is read by the package's child read.
package workbook
