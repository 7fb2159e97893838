package ingest

import "github.com/autolfads/autolfads/dataset"

// Source is a kind of file, or of folder, that recordings come in.
type Source interface {
	// Title is what a sentence calls it: "NWB 2", "a folder of phy or Kilosort".
	Title() string
	// Recognise reports whether what stands at a path is this source's, by its
	// content. It reads little, and takes no file for its own that another source
	// reads better: sources are asked in the order of the registry.
	Recognise(c *Candidate) bool
	// Open opens what was recognised. An error says what was found, what was
	// expected and what to do; Open of this package puts the path before it.
	Open(c *Candidate, o Options) (*dataset.Recording, error)
}

// Options are what a user may say of a recording that its file leaves open. The
// zero value says nothing.
type Options struct {
	SampleRate float64 // Hz; of spike times in samples, where no file says it; 0: not said
	AllUnits   bool    // every unit of a sorter's folder, not the good ones alone

	// Progress is told how many bytes of how many are read, where opening reads
	// more than tables; nil: nobody asks. It is called often and must be quick.
	Progress func(read, of int64)
}
