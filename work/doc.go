// Package work does one unit of work, a member in a generation, wherever it is
// done: by the process that drives a run, by one that joined it on another
// machine, and, when the search is over, by inference, which brings a member
// back from its checkpoint.
//
// It puts together what the rooms below know of a member: its configuration is
// the run's with the unit's or the checkpoint's hyper-parameters in force
// ([config.Config.With]); package train makes and trains it; package run takes
// it epoch by epoch to the unit's result. What all that needs of memory it says
// before the start.
package work
