package hdf5

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// share does n pieces of work on as many processors as there are, in each with a
// room of its own that is used again for the next piece. After an error no piece
// is begun.
func share[Room any](n uint64, work func(room *Room, i uint64) error) error {
	workers := min(n, uint64(runtime.GOMAXPROCS(0)))
	if workers < 2 {
		var room Room
		for i := range n {
			if err := work(&room, i); err != nil {
				return err
			}
		}
		return nil
	}
	var next atomic.Uint64
	var failure error
	var once sync.Once
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			var room Room
			for i := next.Add(1) - 1; i < n; i = next.Add(1) - 1 {
				if err := work(&room, i); err != nil {
					once.Do(func() { failure = err })
					next.Store(n)
				}
			}
		})
	}
	running.Wait()
	return failure
}
