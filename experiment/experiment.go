package experiment

import "context"

// Experiment is a comparison that can be made again. The command has a subcommand for
// each, whose flags fill its fields.
type Experiment interface {
	Name() string // of the subcommand, and of the folder of its cells under docs/results
	// Run makes the cells that are missing. When ctx ends it stops as a run does, and the
	// next call goes on from there.
	Run(ctx context.Context) error
}
