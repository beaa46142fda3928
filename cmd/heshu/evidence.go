package main

import (
	"io"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
)

// writeEvidencePage prints a document as a page with every figure in place.
func writeEvidencePage(w io.Writer, r pipeline.Reading, lang string) error {
	ref, err := loadReference("")
	if err != nil {
		return err
	}
	zh := report.Lang(lang) == report.Zh
	names := report.Names{
		Indicator: func(code schemas.IndicatorCode) string {
			i, _ := ref.catalog.Indicator(code)
			if zh {
				return i.Zh
			}
			return i.En
		},
		Region: func(code schemas.RegionCode, at schemas.Date) string {
			if x, ok := ref.regions.Region(code, at); ok {
				return x.Name
			}
			return string(code)
		},
		Unit: func(code schemas.UnitCode) string {
			if zh {
				return schemas.Unit(code).Zh
			}
			return schemas.Unit(code).En
		},
	}
	return report.EvidenceHTML(w, report.Evidential{Name: r.Document.Name, Source: r.Document.Source, Extraction: r.Extraction, Observations: r.Observations, Issues: r.Issues, Names: names}, report.Lang(lang))
}
