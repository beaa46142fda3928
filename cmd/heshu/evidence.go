package main

import (
	"io"

	"heshu/pipeline"
	"heshu/pipeline/report"
	"heshu/schemas"
)

// writeEvidencePage prints a document as a page with every figure in place.
func (a *app) writeEvidencePage(w io.Writer, r pipeline.Reading) error {
	names, err := a.names("")
	if err != nil {
		return err
	}
	return report.EvidenceHTML(w, report.Evidential{Name: r.Document.Name, Source: r.Document.Source, Extraction: r.Extraction, Observations: r.Observations,
		Issues: r.Issues, Names: names}, report.Lang(a.lang))
}

// names turns codes into words of the language that people are spoken to in; office is the folder of an office's own data.
func (a *app) names(office string) (report.Names, error) {
	ref, err := loadReference(office)
	if err != nil {
		return report.Names{}, err
	}
	zh := report.Lang(a.lang) == report.Zh
	return report.Names{
		Indicator: func(code schemas.IndicatorCode) string {
			i, ok := ref.catalog.Indicator(code)
			switch {
			case !ok:
				return string(code)
			case zh:
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
	}, nil
}
