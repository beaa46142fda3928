package pipeline

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"heshu/pipeline/report"
	"heshu/schemas"
)

// Reader reads one document at a time: extraction, then normalisation. Both are pure.
type Reader struct {
	Extract func(schemas.Document) (schemas.Extraction, error)
	Observe func(schemas.Document, schemas.Extraction) ([]schemas.Observation, []schemas.Issue)
	Texts   func(schemas.Document) (func(part int, at schemas.Locator) (string, bool), error) // what stands where

	// Large, unless nil, tells the documents that ReadAll hands on unread, because nobody wants to hold all that is in them:
	// ReadLarge reads them by Stream.
	Large func(schemas.Document) bool
	// The extraction that Stream gives holds no figures; the issues are those of the meaning.
	Stream func(schemas.Document, func(schemas.Observation)) (schemas.Extraction, []schemas.Issue, error)
}

// Reading is all that came out of one document. Err means that nothing could be read; it is among the issues too.
type Reading struct {
	Document     schemas.Document
	Extraction   schemas.Extraction
	Observations []schemas.Observation
	Issues       []schemas.Issue // of extraction and normalisation
	Err          error
	Large        bool // the document is still to be read, by ReadLarge
	Slip         bool // a return slip that came back
}

// coder is an error that knows its issue code.
type coder interface{ IssueCode() schemas.IssueCode }

// Read reads a document. A bug of ours that panics costs this document only.
func (r Reader) Read(doc schemas.Document) (out Reading) {
	out.Document = doc
	defer out.rescue()
	if out.Slip = report.IsSlip(doc.Bytes); out.Slip { // it holds replies, no figures
		out.Extraction.Kind = schemas.Workbook
		return out
	}
	var err error
	if out.Extraction, err = r.Extract(doc); err != nil {
		out.unread(err, out.Extraction.Issues)
		return out
	}
	var issues []schemas.Issue
	out.Observations, issues = r.Observe(doc, out.Extraction)
	out.Issues = append(append([]schemas.Issue(nil), out.Extraction.Issues...), issues...)
	return out
}

// ReadLarge is Read that hands each observation to use as it is found and keeps none of them, nor their figures.
func (r Reader) ReadLarge(doc schemas.Document, use func(schemas.Observation)) (out Reading) {
	out.Document = doc
	defer out.rescue()
	var issues []schemas.Issue
	var err error
	if out.Extraction, issues, err = r.Stream(doc, use); err != nil {
		out.unread(err, out.Extraction.Issues)
		return out
	}
	out.Issues = append(append([]schemas.Issue(nil), out.Extraction.Issues...), issues...)
	return out
}

// unread notes why the document could not be read.
func (out *Reading) unread(err error, issues []schemas.Issue) {
	code := schemas.IssueUnreadable
	var c coder
	if errors.As(err, &c) {
		code = c.IssueCode()
	}
	out.Err = err
	out.Issues = append(issues, schemas.Issue{Part: -1, Code: code, Message: err.Error()})
}

// rescue turns a panic into an issue of the document.
func (out *Reading) rescue() {
	if p := recover(); p != nil {
		*out = Reading{Document: out.Document, Err: fmt.Errorf("internal: %v", p)}
		out.Issues = []schemas.Issue{{Part: -1, Code: schemas.IssueInternal, Message: fmt.Sprintf("%v: %s", p, firstLines(debug.Stack()))}}
	}
}

// firstLines keeps as much of a stack as tells where it was.
func firstLines(stack []byte) string {
	const limit = 1200
	if len(stack) > limit {
		stack = stack[:limit]
	}
	return string(stack)
}

// Unread reports whether the document, or a part of it, could not be read.
func (r Reading) Unread() bool {
	for _, i := range r.Issues {
		switch i.Code {
		case schemas.IssueUnreadable, schemas.IssueEncrypted, schemas.IssueTruncated, schemas.IssueUnknownType, schemas.IssueEmpty,
			schemas.IssueLimit, schemas.IssueDigitsLost, schemas.IssuePicture, schemas.IssueInternal:
			return true
		}
	}
	return r.Err != nil
}

// ReadAll reads documents, jobs at once, and hands the readings to use in the order of the documents. At most
// twice jobs readings are held in memory. Load fetches the bytes of the i-th document. When ctx ends no further document
// is begun; those in hand are finished and handed over, and ctx's error is returned.
func (r Reader) ReadAll(ctx context.Context, n, jobs int, load func(i int) (schemas.Document, error), use func(i int, out Reading) error) error {
	jobs = max(jobs, 1)
	group, failed := errgroup.WithContext(context.WithoutCancel(ctx)) // ends with the first error, not with ctx
	ready := make([]chan Reading, n)
	for i := range ready {
		ready[i] = make(chan Reading, 1)
	}
	ahead := make(chan struct{}, 2*jobs)
	next := make(chan int)
	begun := make(chan int, 1) // how many documents were begun
	group.Go(func() error {
		i := 0
		defer func() { close(next); begun <- i; close(begun) }()
		for ; i < n && ctx.Err() == nil; i++ {
			select {
			case ahead <- struct{}{}:
			case <-ctx.Done():
				return nil
			case <-failed.Done():
				return nil
			}
			select {
			case next <- i:
			case <-ctx.Done():
				return nil
			case <-failed.Done():
				return nil
			}
		}
		return nil
	})
	for range jobs {
		group.Go(func() error {
			for i := range next {
				doc, err := load(i)
				if err != nil {
					return err
				}
				if r.Large != nil && r.Large(doc) && !report.IsSlip(doc.Bytes) {
					ready[i] <- Reading{Document: doc, Large: true}
					continue
				}
				ready[i] <- r.Read(doc)
			}
			return nil
		})
	}
	group.Go(func() error { return inOrder(failed, n, ready, begun, ahead, use) })
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// inOrder hands over readings in the order of their documents, up to the last that was begun.
func inOrder(failed context.Context, n int, ready []chan Reading, begun <-chan int, ahead <-chan struct{}, use func(i int, out Reading) error) error {
	for i := 0; i < n; {
		select {
		case out := <-ready[i]:
			if err := use(i, out); err != nil {
				return err
			}
			<-ahead
			i++
		case last, ok := <-begun:
			if !ok {
				begun = nil
			} else {
				n = last
			}
		case <-failed.Done():
			return failed.Err()
		}
	}
	return nil
}
