package pipeline

// Account is the ledger of one part: what was seen and what became of it, in numeric tokens.
type Account struct{ Part, Numbers, Figures, Issues, Exclusions int }

// Balanced reports whether every number is accounted for.
func (a Account) Balanced() bool { return a.Numbers == a.Figures+a.Issues+a.Exclusions }

// Balance gives the ledger of every part. Page furniture (part -1) is listed by exclusions only.
func (r Reading) Balance() []Account {
	list := make([]Account, len(r.Extraction.Parts))
	at := map[int]*Account{}
	for i, p := range r.Extraction.Parts {
		list[i] = Account{Part: p.Index, Numbers: p.Numbers}
		at[p.Index] = &list[i]
	}
	for _, f := range r.Extraction.Figures {
		if a := at[f.Part]; a != nil {
			a.Figures += f.Numbers
		}
	}
	for _, i := range r.Issues {
		if a := at[i.Part]; a != nil {
			a.Issues += i.Numbers
		}
	}
	for _, x := range r.Extraction.Exclusions {
		if a := at[x.Part]; a != nil {
			a.Exclusions += x.Numbers
		}
	}
	return list
}
