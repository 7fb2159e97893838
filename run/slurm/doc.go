// Package slurm executes the units of a run on a cluster that SLURM schedules. SLURM decides
// when and where, the shared file system holds the truth, and nothing stands between:
// no open port, no daemon, no process on the nodes but the units.
//
// A [Site] has two modes. In [Array] the process that drives the run, on a login node or
// in a job of its own, submits one array of jobs for each generation; a task executes a unit
// (or several, one after the other), as `autolfads unit` does. In [Steps] that process is part
// of a job, and each unit is a step of it (srun).
//
// What is known of a unit is in its folder alone: it is done when it has its result,
// whatever SLURM says of the task, and it goes on while it gets on. Folders are looked at
// twice a second, by listing them; the queue is asked every 15 seconds, and only while results
// are missing. From its answer follows what there is to do:
//
//	waits, works             nothing; why it waits is told
//	held by SLURM            it is released, a few times
//	held by a person         it is told with what it is released, and waited for
//	asks for what is not     it is told with what to change; after minutes the run stops
//	ended, not there         it is sent again after a while, unless it gets on: at once its result
//	                         could be on the way; a few times without an epoch of progress, then
//	                         the run stops
//	no answer                it is asked again later
//
// A unit that is sent twice, or whose lost task comes back, does no harm: each attempt has a
// folder of its own, the first result stays, and they are the same. So when in doubt a unit is
// sent again.
//
// A submission is on disk before SLURM has it (slurm/g003-001.json: which task executes
// which members, in which folder), and its job has a name that no other run's has. Whoever goes on
// with a run asks for these names before anything is sent, and waits for what is there; or, on this
// machine or in steps, takes back what waits ([Recall]). A copy of the folder has no tasks.
//
// In the run folder:
//
//	slurm/site.json        how the run was executed last: resume does the same
//	slurm/log.txt          what happened, in sentences
//	slurm/g003-001.json    a submission: generation 3, the first
//	slurm/g003-001-7.log   what its task 7 printed; in mode steps g003-m007.log, of member 7
//
// Files of the last two generations stay. docs/cluster.md says how it is used.
package slurm
