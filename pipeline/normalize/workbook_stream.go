package normalize

import "heshu/schemas"

// Stream gives the figures of one workbook their meaning as its extractor finds them, for workbooks of millions of cells, whose
// figures nobody wants to hold all at once. The observations are those of Observe. It is for one goroutine.
type Stream struct {
	n       *Normalizer
	doc     schemas.Document
	use     func(schemas.Observation, []schemas.Issue)
	grid    *gridPage
	source  string           // of the part being read, where the document names none
	held    []schemas.Figure // the part's first figures: the places of its rows have to be seen together
	settled bool             // they have been seen
}

// Stream returns a stream over a workbook's figures that hands each observation to use, with the issues met on the way.
func (n *Normalizer) Stream(doc schemas.Document, use func(schemas.Observation, []schemas.Issue)) *Stream {
	return &Stream{n: n, doc: doc, use: use, grid: n.openGrid(doc, schemas.Extraction{})}
}

// Part begins a part of the workbook; its figures follow.
func (s *Stream) Part(p schemas.Part) {
	s.Close()
	s.source, s.held, s.settled = p.Publisher, nil, false
	s.grid.sentOn(p.Published)
}

// Figure takes the next figure of the part.
func (s *Stream) Figure(f schemas.Figure) {
	if s.settled {
		s.observe(&f)
		return
	}
	if s.held = append(s.held, f); len(s.held) == lookPlaces {
		s.Close()
	}
}

// Close hands on what is still held.
func (s *Stream) Close() {
	if s.settled {
		return
	}
	s.grid.figures, s.settled = s.held, true
	for i := range s.held {
		s.observe(&s.held[i])
	}
}

func (s *Stream) observe(f *schemas.Figure) {
	o := s.n.begin(s.doc, schemas.Workbook, f, observationID(s.doc.ID, placeOf(f), 0)) // a cell holds one figure
	if o.Source == "" {
		o.Source = s.source
	}
	issues := s.grid.observe(f, &o)
	s.use(o, issues)
}
