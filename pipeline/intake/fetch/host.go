package fetch

import (
	"context"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// host is one server as this run knows it: how many ask it at once, when it may be asked again, what it forbids.
type host struct {
	slots chan struct{}

	mu     sync.Mutex
	next   time.Time // not before
	robots *robotstxt.Group
	asked  sync.Mutex // held while robots.txt is asked for
	failed error      // why robots.txt could not be had; guarded by asked
}

// enter waits for a free slot and for the moment that politeness allows; leave gives the slot back.
func (h *host) enter(ctx context.Context, delay time.Duration) error {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		h.mu.Lock()
		now := time.Now()
		wait := h.next.Sub(now)
		if wait <= 0 {
			h.next = now.Add(delay)
			h.mu.Unlock()
			return nil
		}
		h.mu.Unlock()
		if err := sleep(ctx, wait); err != nil { // another may have gone first, or the server asked for a pause
			h.leave()
			return err
		}
	}
}

func (h *host) leave() { <-h.slots }

// pause puts off every request to the host.
func (h *host) pause(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t := time.Now().Add(d); t.After(h.next) {
		h.next = t
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
