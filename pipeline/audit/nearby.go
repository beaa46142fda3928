package audit

import "heshu/schemas"

// nearby is which regions' findings may be thought of otherwise now, and from which end of period on.
type nearby struct {
	regions Neighbours
	since   map[schemas.RegionCode]schemas.Date
	lifted  map[schemas.RegionCode]schemas.Date // from when on those above a region are marked
	rows    map[cell][]schemas.DocumentID       // documents that speak of a region at a time
	beside  map[sheet][]schemas.RegionCode      // regions that a document speaks of at a time
	done    map[Saying]bool
}

type cell struct {
	region schemas.RegionCode
	end    schemas.Date
}

type sheet struct {
	document schemas.DocumentID
	end      schemas.Date
}

func newNearby(lines []Line, regions Neighbours) *nearby {
	n := &nearby{regions, map[schemas.RegionCode]schemas.Date{}, map[schemas.RegionCode]schemas.Date{}, map[cell][]schemas.DocumentID{}, map[sheet][]schemas.RegionCode{}, map[Saying]bool{}}
	for _, x := range lines {
		n.rows[cell{x.Region, x.End}] = append(n.rows[cell{x.Region, x.End}], x.Document)
		n.beside[sheet{x.Document, x.End}] = append(n.beside[sheet{x.Document, x.End}], x.Region)
	}
	return n
}

// tell marks what a figure has a say in. Named units explain a region's figures of any time.
func (n *nearby) tell(x Saying) {
	x = Saying{Region: x.Region, End: x.End, Entity: x.Entity}
	if n.done[x] {
		return
	}
	n.done[x] = true
	from := x.End
	if x.Entity {
		from = schemas.Date{}
	}
	for _, own := range n.regions.Kin(x.Region) {
		n.mark(own, schemas.Date{})
		n.above(own, from)
	}
	for _, d := range n.rows[cell{x.Region, x.End}] {
		for _, other := range n.beside[sheet{d, x.End}] {
			n.mark(other, from)
			n.above(other, from)
		}
	}
}

// above marks the regions up to two levels above one, with their kin.
func (n *nearby) above(region schemas.RegionCode, from schemas.Date) {
	if before, ok := n.lifted[region]; ok && !from.Before(before) {
		return
	}
	n.lifted[region] = from
	for _, one := range n.regions.Above(region) {
		for _, kin := range n.regions.Kin(one) {
			n.mark(kin, from)
			for _, two := range n.regions.Above(kin) {
				for _, k := range n.regions.Kin(two) {
					n.mark(k, from)
				}
			}
		}
	}
}

func (n *nearby) mark(region schemas.RegionCode, from schemas.Date) {
	if before, ok := n.since[region]; !ok || from.Before(before) {
		n.since[region] = from
	}
}
