package main

import "github.com/autolfads/autolfads"

// resourceFlags say with what a run is executed; nothing in them changes its
// result.
type resourceFlags struct {
	Workers int  `help:"Members trained at a time; 0: one a core." default:"0"`
	Threads int  `help:"Threads of one member; 0: cores that no member needs." default:"0"`
	JSON    bool `name:"json" help:"Progress and result as JSON lines."`
}

// resources returns what the flags say, with progress shown by p. Members train
// on the cores of this machine; siteFlags say otherwise.
func (f *resourceFlags) resources(p *progress) autolfads.Resources {
	r := autolfads.Resources{
		Workers: f.Workers, Threads: f.Threads,
		Observer: autolfads.Observer{Note: p.note, Read: p.read, Prepared: p.prepared, Event: p.event, Inferred: p.inferred, Scored: p.scored},
	}
	adjust(&r)
	return r
}

// adjust is what tests of small runs, which are this program with another
// adjust, change of the resources.
var adjust = func(*autolfads.Resources) {}
