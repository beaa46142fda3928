package warehouse

import (
	"context"
	"slices"
)

// ahead is rows of documents that are read while others are loaded: there is a processor for it. What is loaded meanwhile is read anew.
type ahead[T any] struct {
	stop context.CancelFunc
	done chan struct{} // closed when list and err are there
	list []T
	err  error
}

func readAhead[T any](ctx context.Context, read func(context.Context) ([]T, error)) *ahead[T] {
	ctx, stop := context.WithCancel(ctx)
	a := &ahead[T]{stop: stop, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		a.list, a.err = read(ctx)
	}()
	return a
}

// wait waits for what was read.
func (a *ahead[T]) wait() ([]T, error) {
	<-a.done
	a.stop() // frees it
	return a.list, a.err
}

// without waits for what was read and leaves out that of the documents touched since.
func (a *ahead[T]) without(touched map[string]bool, document func(T) string) ([]T, error) {
	list, err := a.wait()
	return slices.DeleteFunc(list, func(x T) bool { return touched[document(x)] }), err
}

// drop ends the reading early: nobody wants it any more. a may be nil.
func (a *ahead[T]) drop() {
	if a != nil {
		a.stop()
		<-a.done
	}
}
