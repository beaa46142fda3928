package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/intake"
	"heshu/schemas"
	"heshu/schemas/region"
)

// TestNoDocumentIsBegunWhenARunIsToStop stops a task of twenty documents while the first ones are read, by a signal and by its time:
// those in hand are kept, no other is begun.
func TestNoDocumentIsBegunWhenARunIsToStop(t *testing.T) {
	t.Parallel()
	const jobs, all = 2, 20
	for _, how := range []string{"signal", "time"} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var until time.Time
		var begun atomic.Int32
		j := Job{Config: Config{Out: t.TempDir(), Jobs: jobs}, Regions: region.Load(), Log: slog.New(slog.DiscardHandler), Code: "c"}
		if how == "time" {
			until = time.Now().Add(200 * time.Millisecond)
		}
		j.Reader.Extract = func(schemas.Document) (schemas.Extraction, error) {
			begun.Add(1)
			if how == "signal" {
				cancel()
			} else {
				time.Sleep(time.Until(until.Add(50 * time.Millisecond))) // no further one can be begun in time
			}
			return schemas.Extraction{Kind: schemas.Article}, nil
		}
		j.Reader.Observe = func(schemas.Document, schemas.Extraction) ([]schemas.Observation, []schemas.Issue) { return nil, nil }
		store, items := twenty(t, j, all)
		name := func(n int) handover.Task { return handover.NewTask(j.Code, fmt.Sprint(n), nil) }
		m, done, err := j.extract(ctx, until, name, store, items, map[schemas.DocumentID]bool{}, &counter{job: j, all: all})
		if stopped := errors.Is(err, context.Canceled); stopped != (how == "signal") || err != nil && !stopped {
			t.Errorf("%s: %v", how, err)
		}
		if done != int(begun.Load()) || done > 2*jobs {
			t.Errorf("%s: %d documents are kept, %d were begun, of %d at once", how, done, begun.Load(), jobs)
		}
		if done > 0 && (m.Documents != done || m.Task != name(done).ID) {
			t.Errorf("%s: the task is %s of %d documents, want that of %d", how, m.Task, m.Documents, done)
		}
	}
}

// twenty keeps documents in a store.
func twenty(t *testing.T, j Job, n int) (*intake.Store, []intake.Item) {
	t.Helper()
	store, err := intake.OpenStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		name := fmt.Sprintf("%d.html", i)
		if _, err := store.Put(intake.Receipt{Series: name, Name: name, Received: j.Now}, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Flush(); err != nil {
		t.Fatal(err)
	}
	return store, slices.Collect(store.Items())
}
