package decode

import (
	"context"
	"runtime"
	"sync"

	"github.com/autolfads/autolfads/internal/parallel"
)

// work is a fit under way: when to stop, and how far it is. Whom to tell is
// the caller's.
type work struct {
	ctx   context.Context
	tell  func(done, total int)
	total float64 // multiply-adds expected
	done  float64
	mu    sync.Mutex

	spaces [most]*space // of each worker
}

// Progress is told how far a fit is, in thousandths.
type Progress func(done, total int)

func newWork(ctx context.Context, tell Progress) *work {
	if tell == nil {
		tell = func(int, int) {}
	}
	return &work{ctx: ctx, tell: tell}
}

// did counts multiply-adds.
func (w *work) did(n float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.done += n
	w.tell(int(1000*min(1, w.done/w.total)), 1000)
}

// most is how many tasks may run at a time: beyond, their copies of a matrix
// would cost more memory than they save time.
const most = 8

func workers() int { return min(runtime.GOMAXPROCS(0), most) }

// parallel calls do(worker, i) for every i below n, on all cores.
func (w *work) parallel(n int, do func(worker, i int)) error {
	return parallel.Do(w.ctx, workers(), n, do)
}
