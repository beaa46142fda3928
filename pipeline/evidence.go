package pipeline

import (
	"context"
	"fmt"

	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// Evidence reads the text at a locator from the document's original bytes in the raw store. One document is held open at a time.
func (r Reader) Evidence(store *intake.Store) warehouse.TextAt {
	var open schemas.DocumentID
	var texts func(part int, at schemas.Locator) (string, bool)
	return func(doc schemas.Document, part int, at schemas.Locator) (string, bool) {
		if doc.ID != open {
			open, texts = doc.ID, nil
			if b, err := store.Get(doc.ID); err == nil {
				doc := schemas.NewDocument(doc.Name, b) // some kinds are told by the name
				if found, err := r.Texts(doc); err == nil {
					texts = found
				}
			}
		}
		if texts == nil {
			return "", false
		}
		return texts(part, at)
	}
}

// sample looks up the evidence of some observations, others every night, before they are published.
func (j Job) sample(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store, out *Outcome) error {
	if j.Config.Sample < 0 {
		return nil
	}
	looked, bad, err := w.Verify(ctx, warehouse.Sample{Size: j.Config.Sample, Seed: run.ID}, j.Reader.Evidence(store))
	if err != nil {
		return fmt.Errorf("look up evidence: %w", err)
	}
	for _, m := range bad {
		j.Log.Error("evidence does not resolve", "observation", m.Observation, "document", m.Document, "locator", m.Locator, "quote", m.Quote, "found", m.Found)
	}
	j.Log.Info("looked up evidence", "observations", looked, "unresolved", len(bad))
	out.Looked, out.Unresolved = looked, len(bad)
	return nil
}
