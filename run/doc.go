// Package run keeps a search on disk and drives it, so that it can be killed
// at any moment and goes on with the same bits.
//
// The work is cut into units: one member in one generation. What a unit has to
// do is in its unit.json, written before it starts; what came of it is in its
// result.json, published once, by link, and the only truth. Everything decided
// (package pbt) follows from the results alone; so to resume is to replay the
// results on disk and to execute the units that have none.
//
// A run folder:
//
//	run.yaml                 version, seed, search, data path and checksum, changes since, the full configuration
//	state.json               generation, status, best member; written last, for readers: no decision rests on it
//	lock                     held by the one process that drives the run (flock), with its host and process id
//	generations/012/member-007/
//	    unit.json            hyper-parameters, parent, epochs
//	    attempts/001/        one attempt to execute the unit; a later one goes on from its newest whole checkpoint
//	        epoch-000105.safetensors   the member (package checkpoint), at ends of epochs, at least every 60 s
//	        best-000098.safetensors    the epoch with the best smoothed score, where that is what a unit comes to
//	        metrics.jsonl              one line per epoch
//	        error.txt                  what went wrong, if something did
//	    result.json          score, the checkpoint's path and SHA-256
//	hyperparameters.csv      generation, member, and each hyper-parameter in force
//	scores.csv               generation, member, epoch, score, what diverged
//	exploits.csv             generation, member, parent, and old and new value of each hyper-parameter
//	metrics.jsonl            the epochs of all members, in the order of generations and members
//	events.out.tfevents.*    the same epochs for TensorBoard as they end, a file for each generation
//	timing.json              where the time went: training, units under way, all of it
//	best/                    checkpoint.safetensors of the best member-generation, best.json: which one it is
//	outputs/                 inferred rates
//	slurm/                   of a run whose units a cluster executed: what was sent, what was printed (run/slurm)
//
// Checkpoints of the last two generations and of the best member stay; older
// ones go. Nothing in the CSV files and in best/ depends on the clock, on the
// number of workers or on interruptions.
//
// Where units run is an [Executor]'s business: run/local has goroutines, run/slurm tasks of a
// cluster. How a unit trains is a [Worker]'s: [Training] makes one from anything that can
// train an epoch.
package run
