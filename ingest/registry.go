package ingest

import "github.com/autolfads/autolfads/internal/registry"

// family holds the sources: a line each, asked in this order. What is narrow
// comes before what is wide: an NWB file is a file of named arrays, too.
var family = registry.New("source",
	registry.Entry[Source]{Name: "nwb", Member: nwb{}},
	registry.Entry[Source]{Name: "arrays", Member: namedArrays{}},
	registry.Entry[Source]{Name: "sorter", Member: sorter{}},
	registry.Entry[Source]{Name: "alf", Member: alf{}},
	registry.Entry[Source]{Name: "signals", Member: signalArrays{}},
	registry.Entry[Source]{Name: "csv", Member: csv{}},
)

// Register adds a source, asked behind those there are. It is for programs that
// import this module, before they open anything. It panics if the name is taken.
func Register(name string, s Source) { family.Register(name, s) }

// Names returns the names of all sources, in the order in which they are asked.
func Names() []string { return family.Names() }

// Get returns the source called name. The error lists those known.
func Get(name string) (Source, error) { return family.Get(name) }
