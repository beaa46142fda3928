package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"heshu/pipeline/handover"
	"heshu/pipeline/intake"
	"heshu/pipeline/warehouse"
	"heshu/schemas"
	"heshu/schemas/period"
)

// intake turns a configured source into one that intake scans; out is the folder of heshu's own files.
func (s Source) intake(out string) (intake.Source, error) {
	x := intake.Source{Path: s.Path, Include: s.Include, Exclude: s.Exclude, Skip: out, Name: s.Name, Region: schemas.RegionCode(s.Region)}
	if s.Published != "" {
		day, err := schemas.ParseDate(s.Published)
		if err != nil {
			return x, fmt.Errorf("source %s: published: %w", s.Path, err)
		}
		x.Published = day
	}
	if s.Period != "" {
		p, ok := period.Parse(s.Period, schemas.Date{})
		if !ok {
			return x, fmt.Errorf("source %s: period %q is no period", s.Path, s.Period)
		}
		x.Period = p
	}
	return x, nil
}

// batch is how many documents one task reads: what a killed run loses at most.
const batch = 256

// read reads what the warehouse has not read with this code, and notes what has come in again since, task by task. All that the
// raw store holds counts, so that nothing is lost that a killed run had kept, or that has gone from its source.
func (j Job) read(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store, arrived map[schemas.DocumentID]time.Time, begun time.Time) (left int, err error) {
	pending := map[schemas.DocumentID]bool{}
	came := map[schemas.DocumentID][]string{} // of each document that is to be done something about, its series by its names
	var todo []intake.Item
	for x := range store.Items() {
		id := x.Receipt.Document
		at, read := arrived[id]
		if !read {
			pending[id] = true
		}
		if !read || x.Received.After(at) {
			todo, came[id] = append(todo, x), nil
		}
	}
	names := make([][]string, 0, len(todo)) // the series that each came in up to then
	for x := range store.Items() {
		id := x.Receipt.Document
		series, some := came[id]
		if !some {
			continue
		}
		series = append(slices.Clip(series), x.Series)
		if came[id] = series; pending[id] || x.Received.After(arrived[id]) {
			names = append(names, series)
		}
	}
	if len(todo) > 0 {
		w.ReadAhead(ctx)
	}
	count := counter{job: j, all: len(todo)}
	start := 0
	for start < len(todo) {
		end, err := nextTask(ctx, w, todo, names, start)
		if err != nil {
			return 0, err
		}
		some, until := todo[start:end], j.Config.until(begun)
		if j.Config.late(begun) {
			if start > 0 {
				break
			}
			some, until = some[:1], time.Time{} // one document a run at least, or a night that looks for long never gets on
		}
		n, err := j.task(ctx, until, w, run, store, some, pending, &count)
		if err != nil {
			return 0, err
		}
		for _, x := range some[:n] {
			delete(pending, x.Document().ID) // what comes again in another task comes as known
		}
		start += n
	}
	return len(todo) - start, nil
}

// nextTask is where the task that begins at start ends. It holds one document of a series, and documents that come again are read apart from new
// ones and from those of other nights: then what replaces what is the same whether they came in one night or in many. A new document's series is
// its name's as long as nobody has read it; one that came again is in all series that it came in, by its names and by what the warehouse knows.
func nextTask(ctx context.Context, w *warehouse.Warehouse, todo []intake.Item, names [][]string, start int) (int, error) {
	again := func(i int) bool { return len(names[i]) > 1 }
	var known map[schemas.DocumentID][]string
	if again(start) {
		var err error
		if known, err = w.Series(ctx); err != nil {
			return 0, err
		}
	}
	holds := map[string]schemas.DocumentID{} // by series
	for i := start; i < min(start+batch, len(todo)); i++ {
		if again(i) != again(start) || again(i) && !todo[i].Received.Equal(todo[start].Received) {
			return i, nil
		}
		id := todo[i].Document().ID
		for _, series := range slices.Concat(names[i], known[id]) {
			if other, ok := holds[series]; ok && other != id {
				return i, nil
			}
			holds[series] = id
		}
	}
	return min(start+batch, len(todo)), nil
}

// loadFinished brings in the tasks that a run finished and did not get to publish: it was stopped, killed, or failed later.
func (j Job) loadFinished(ctx context.Context, w *warehouse.Warehouse, run warehouse.Run) error {
	finished, err := handover.Finished(j.Config.handoverDir(), j.Code)
	if err != nil {
		return err
	}
	loaded, err := w.Loaded(ctx)
	if err != nil {
		return err
	}
	for _, m := range finished {
		if loaded[m.Task] {
			continue
		}
		if _, err := w.Load(ctx, run, warehouse.Batch{Task: m.Task, Dir: m.Dir}); err != nil {
			return err
		}
	}
	return nil
}

// task reads some documents into hand-over files, as many as can be begun in time, loads them and says how many they are. A finished
// task is not done again.
func (j Job) task(ctx context.Context, until time.Time, w *warehouse.Warehouse, run warehouse.Run, store *intake.Store, items []intake.Item,
	pending map[schemas.DocumentID]bool, count *counter) (int, error) {
	documents, received := make([]schemas.Document, len(items)), make([]string, len(items))
	for i, x := range items {
		documents[i] = x.Document()
		received[i] = x.Received.Format(time.RFC3339Nano) // the same document again is another task
	}
	name := func(n int) handover.Task {
		return handover.NewTask(j.Code, strings.Join(received[:n], " "), documents[:n])
	}
	m, finished, err := handover.Find(j.Config.handoverDir(), name(len(items)))
	if err != nil {
		return 0, err
	}
	n := len(items)
	if !finished {
		if m, n, err = j.extract(ctx, until, name, store, items, pending, count); err != nil || n == 0 {
			return 0, err
		}
	}
	_, err = w.Load(ctx, run, warehouse.Batch{Task: m.Task, Dir: m.Dir})
	return n, err
}

// extract reads documents into hand-over files and says how many. When the run is to stop, or its time is up, the documents in
// hand are finished and kept, so that the next run does not read them again. A zero until is no limit.
func (j Job) extract(ctx context.Context, until time.Time, name func(n int) handover.Task, store *intake.Store, items []intake.Item,
	pending map[schemas.DocumentID]bool, count *counter) (m handover.Manifest, done int, err error) {
	out, err := handover.Create(j.Config.handoverDir(), name(len(items)))
	if err != nil {
		return m, 0, err
	}
	defer out.Abort()
	jobs := j.Config.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	within := ctx
	if !until.IsZero() {
		var cancel context.CancelFunc
		within, cancel = context.WithDeadline(ctx, until)
		defer cancel()
	}
	err = j.Reader.ReadAll(within, len(items), jobs, func(i int) (schemas.Document, error) {
		doc := j.told(items[i])
		b, err := store.Get(doc.ID)
		doc.Bytes = b
		return doc, err
	}, func(i int, r Reading) error {
		e := j.taken(items[i], r)
		e.Known = !pending[e.Document.ID]
		done++
		count.add(items[i].Size)
		return out.Add(e)
	})
	if stopped := within.Err() != nil && errors.Is(err, within.Err()); err != nil && !stopped {
		return m, 0, err
	}
	if done == 0 {
		return m, 0, ctx.Err()
	}
	m, err = out.CommitAs(name(done))
	return m, done, errors.Join(ctx.Err(), err)
}

// taken is the entry of a reading. A large document is read now, and again whenever its observations are asked for: nobody holds them.
func (j Job) taken(item intake.Item, r Reading) handover.Entry {
	var gist handover.Gist
	var said saying
	var stream func(func(schemas.Observation))
	n := len(r.Observations)
	for i := range r.Observations {
		said.take(&r.Observations[i])
	}
	if r.Large {
		doc := r.Document
		r = j.Reader.ReadLarge(doc, func(o schemas.Observation) {
			gist.Take(o)
			said.take(&o)
			n++
		})
		stream = func(use func(schemas.Observation)) { j.Reader.ReadLarge(doc, use) }
	}
	e := j.entry(item, r, &said)
	if r.Err == nil && stream != nil {
		e.Stream, e.Gist = stream, gist
	}
	j.Log.Info("read", "document", r.Document.Name, "observations", n, "issues", len(r.Issues), "unread", r.Unread())
	return e
}

// saying is what the observations of a document say of it as a whole.
type saying struct {
	form  string
	codes []schemas.RegionCode // of observations of a form
	any   bool
	end   schemas.Date // of the latest
}

func (s *saying) take(o *schemas.Observation) {
	if s.form == "" {
		s.form = o.Form
	}
	if o.Form != "" && o.Region != "" && !slices.Contains(s.codes, o.Region) {
		s.codes = append(s.codes, o.Region)
	}
	if s.any = true; s.end.Before(o.Period.End) {
		s.end = o.Period.End
	}
}

// told is a document without its bytes, with the place and time that its name tells where the configuration tells none: the
// last resort of who reads it.
func (j Job) told(item intake.Item) schemas.Document {
	doc := item.Document()
	code, when := named(j.Regions, item)
	doc.Region = cmp.Or(doc.Region, code)
	if doc.Period.End.IsZero() {
		doc.Period = when
	}
	return doc
}

// entry is what the warehouse is told of a document: what the configuration says, where it says nothing what the document
// says, and where that says nothing what its name says.
func (j Job) entry(item intake.Item, r Reading, said *saying) handover.Entry {
	e := handover.Entry{Document: r.Document, Received: item.Received, Size: item.Size, Extraction: r.Extraction, Observations: r.Observations, Issues: append(item.Issues, r.Issues...)}
	e.Document.Bytes = nil
	if r.Err != nil {
		e.Rejected = r.Err.Error()
	} else if len(item.Issues) > 0 {
		e.Rejected = item.Issues[0].Message
	}
	told := e.Document
	e.Document.Region, e.Document.Period = item.Region, item.Period
	j.describe(&e, item, r, said)
	if d := &e.Document; r.Extraction.Kind != schemas.Article && !r.Slip {
		d.Region = cmp.Or(d.Region, told.Region)
		if d.Period.End.IsZero() && !told.Period.End.IsZero() {
			d.Period = schemas.Period{Kind: schemas.AsOf, End: told.Period.End}
		}
	}
	return e
}

// describe fills in what the document says of itself.
func (j Job) describe(e *handover.Entry, item intake.Item, r Reading, said *saying) {
	d := &e.Document
	for _, p := range r.Extraction.Parts {
		if d.Source == "" {
			d.Source = p.Publisher
		}
		if d.Published.IsZero() {
			d.Published = p.Published
		}
	}
	if d.Region == "" {
		d.Region, _ = j.Regions.OfPublisher(d.Source) // unknown publishers have no region
	}
	if r.Slip {
		e.Series = slipSeries + string(d.ID)
	}
	if r.Extraction.Kind != schemas.Workbook || r.Slip {
		return
	}
	if d.Period.End.IsZero() && said.any {
		d.Period = schemas.Period{Kind: schemas.AsOf, End: said.end}
	}
	if d.Region == "" && len(said.codes) > 0 { // of nobody's name: the region that its rows are of or lie in
		d.Region = said.codes[0]
		if len(said.codes) > 1 {
			d.Region = j.Regions.CommonParent(said.codes...)
		}
	}
	if said.form != "" && d.Source != "" {
		e.Series = d.Source + "/" + said.form + "/" + d.Period.End.String()
	}
}
