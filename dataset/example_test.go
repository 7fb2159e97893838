package dataset_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/autolfads/autolfads/dataset"
)

// Two neurons, the second held out, over four bins of 10 ms: written, read
// again, and described.
func Example() {
	folder, err := os.MkdirTemp("", "dataset")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)

	split := func(trials int) *dataset.Split {
		s := &dataset.Split{Encod: dataset.NewArray(trials, 4, 1), Recon: dataset.NewArray(trials, 4, 2)}
		for trial := range trials {
			s.Encod.Bin(trial, 1)[0] = 1 // one spike in the second bin
			s.Recon.Bin(trial, 1)[0] = 1
		}
		return s
	}
	d := &dataset.Dataset{BinWidth: 10 * time.Millisecond, Train: split(3), Valid: split(1)}
	path := filepath.Join(folder, "example.h5")
	if err := d.Write(path); err != nil {
		log.Fatal(err)
	}

	again, err := dataset.Load(path, dataset.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(again.Summary())
	// Output:
	// data set     example
	// trials       3 train, 1 valid
	// bins         4 of 10ms
	// neurons      1 held in + 1 held out
	// mean rate    12.5 Hz, 0.125 spikes per bin
	// empty bins   87.5 %
	// also         nothing
	// truth        none
}
