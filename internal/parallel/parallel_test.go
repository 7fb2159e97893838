package parallel

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

func TestEachTaskOnce(t *testing.T) {
	for _, workers := range []int{0, 1, 3, 50} {
		var times [40]atomic.Int64
		if err := Do(t.Context(), workers, len(times), func(worker, i int) {
			if worker < 0 || worker >= max(workers, 1) {
				t.Errorf("worker %d of %d", worker, workers)
			}
			times[i].Add(1)
		}); err != nil {
			t.Fatal(err)
		}
		for i := range times {
			if n := times[i].Load(); n != 1 {
				t.Errorf("%d workers: task %d is done %d times", workers, i, n)
			}
		}
	}
}

func TestEndsEarly(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var done atomic.Int64
	err := Do(ctx, 2, 1000, func(int, int) {
		cancel()
		done.Add(1)
	})
	if !errors.Is(err, context.Canceled) || done.Load() > 2 {
		t.Errorf("%v after %d tasks", err, done.Load())
	}
}

// Whichever worker it happens in, a fault is the caller's to recover from.
func TestPanicIsTheCallers(t *testing.T) {
	for _, at := range []int{0, 1, 7} {
		func() {
			defer func() {
				if p := recover(); p != "fault" {
					t.Errorf("recovered %v", p)
				}
			}()
			Do(t.Context(), 4, 8, func(_, i int) {
				if i == at {
					panic("fault")
				}
			})
			t.Error("no panic")
		}()
	}
}
