package fetch

import (
	"context"
	"fmt"
	"testing"

	"heshu/pipeline/intake/warc"
	"heshu/schemas/wording"
)

// TestFailuresAreToldInChinese: why an address was not had is told in words of its own, whatever stands around the reason.
func TestFailuresAreToldInChinese(t *testing.T) {
	t.Parallel()
	rest := wording.Address("a reason that nothing gives").Zh
	seen := map[string]error{}
	for _, err := range []error{ErrForbidden, ErrRedirects, ErrType, ErrPrivate, ErrNotKept, errNoRobots, warc.ErrTooLarge, context.DeadlineExceeded,
		StatusError{403}, StatusError{404}, StatusError{410}, StatusError{429}, StatusError{503}} {
		zh := wording.Address(fmt.Sprintf("http://x.example/a: %v", err)).Zh
		if zh == rest || zh == "" {
			t.Errorf("%v has no words", err)
		}
		if other := seen[zh]; other != nil {
			t.Errorf("%v and %v are both told as %q", err, other, zh)
		}
		seen[zh] = err
	}
}
