// Package parallel carries out many small tasks on all cores.
package parallel

import (
	"context"
	"sync"
	"sync/atomic"
)

// Do calls do(worker, i) for every i below n, in up to workers goroutines, and
// returns when all are done, or early with ctx's error. Which worker takes which
// task depends on the moment: tasks must not depend on each other, and what they
// leave must not depend on the worker. A panic of do is one of Do.
func Do(ctx context.Context, workers, n int, do func(worker, i int)) error {
	var next atomic.Int64
	var fault atomic.Value
	loop := func(worker int) {
		defer func() {
			if p := recover(); p != nil {
				fault.CompareAndSwap(nil, panicked{p})
				next.Store(int64(n))
			}
		}()
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			do(worker, i)
		}
	}
	var all sync.WaitGroup
	for worker := 1; worker < min(workers, n); worker++ {
		all.Go(func() { loop(worker) })
	}
	loop(0)
	all.Wait()
	if p, ok := fault.Load().(panicked); ok {
		panic(p.value)
	}
	return ctx.Err()
}

// panicked holds what a task panicked with: an atomic.Value wants one type.
type panicked struct{ value any }
