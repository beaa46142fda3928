package pipeline

import (
	"context"
	"fmt"

	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
)

// TextAt returns the text at a locator of a document's part, read from the document's original bytes.
type TextAt func(document schemas.DocumentID, part int, at schemas.Locator) (string, bool)

// Evidence looks into the raw store. Names are those of the documents, by which some kinds are told. One document is held open
// at a time: ask for one after the other.
func (r Reader) Evidence(store *intake.Store, documents []warehouse.Document) TextAt {
	names := map[schemas.DocumentID]string{}
	for _, d := range documents {
		names[d.ID] = d.Name
	}
	var open schemas.DocumentID
	var texts func(part int, at schemas.Locator) (string, bool)
	return func(id schemas.DocumentID, part int, at schemas.Locator) (string, bool) {
		if id != open {
			open, texts = id, nil
			if b, err := store.Get(id); err == nil {
				doc := schemas.NewDocument(names[id], b)
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
	documents, err := w.Names(ctx)
	if err != nil {
		return err
	}
	looked, bad, err := w.Verify(ctx, warehouse.Sample{Size: j.Config.Sample, Seed: run.ID}, j.Reader.Evidence(store, documents))
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
