package slurm

import (
	"context"
	"errors"
)

// Leave is the cause of a context that ends because the process that drives a run has to go,
// and not because the run is to stop: its time is over, or its machine is shut down. Arrays
// stay in the queue then: their tasks go on to their results, and whoever drives the run next
// finds them. Steps end with the job that they are of, and so are asked to save.
type Leave struct{ Why error }

// Error implements error.
func (l Leave) Error() string { return l.Why.Error() }

// Unwrap returns why.
func (l Leave) Unwrap() error { return l.Why }

// Is makes it the error of a context that was cancelled.
func (l Leave) Is(target error) bool { return target == context.Canceled }

// leaves reports whether an error is that of a process that has to go.
func leaves(err error) bool { return errors.As(err, new(Leave)) }
