package normalize

import "heshu/schemas"

// Stream gives the figures of one workbook their meaning one by one, as its extractor finds them: for workbooks of millions of
// cells, whose figures nobody wants to hold all at once. It is for one goroutine.
type Stream struct {
	n        *Normalizer
	doc      schemas.Document
	grid     *gridPage
	ordinals map[string]int
}

// Stream returns a stream over a workbook's figures. What needs all figures at once, such as the region that the places of all
// rows share, it does without.
func (n *Normalizer) Stream(doc schemas.Document) *Stream {
	return &Stream{n: n, doc: doc, grid: n.openGrid(doc, schemas.Extraction{}), ordinals: map[string]int{}}
}

// Observe gives one figure of a workbook its observation, with the issues met on the way.
func (s *Stream) Observe(f *schemas.Figure) (schemas.Observation, []schemas.Issue) {
	clear(s.ordinals) // a cell holds one figure
	o := s.n.begin(s.doc, schemas.Extraction{Kind: schemas.Workbook}, f, s.ordinals)
	if f.Grid == nil {
		return o, nil
	}
	return o, s.grid.observe(f, &o)
}
