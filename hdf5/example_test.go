package hdf5_test

import (
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/hdf5"
)

func Example() {
	folder, err := os.MkdirTemp("", "hdf5")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	name := filepath.Join(folder, "rates.h5")

	w, err := hdf5.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	defer w.Abort() // does nothing after Close
	rates := []float32{1, 2, 3, 4, 5, 6}
	w.Write("session/rates", rates, []int{2, 3}, hdf5.Gzip(4))
	w.SetAttr("session/rates", "units", "Hz")
	if err := w.Close(); err != nil { // the first error of all calls
		log.Fatal(err)
	}

	f, err := hdf5.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	d, err := f.Root().Dataset("session/rates")
	if err != nil {
		log.Fatal(err)
	}
	units, err := d.Attr("units")
	if err != nil {
		log.Fatal(err)
	}
	text, err := units.Strings()
	if err != nil {
		log.Fatal(err)
	}
	column, err := d.Slab([]int{0, 1}, []int{2, 1})
	if err != nil {
		log.Fatal(err)
	}
	values, err := column.Float64s()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(d.Shape(), d.Type(), text[0], values)

	_, err = f.Root().Dataset("session/factors")
	fmt.Println(errors.Is(err, hdf5.ErrNotFound))
	// Output:
	// [2 3] float32 Hz [2 5]
	// true
}

// ExampleDataset_Float32Rows finds the largest count of a recording without
// holding it in memory.
func ExampleDataset_Float32Rows() {
	folder, err := os.MkdirTemp("", "hdf5")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	name := filepath.Join(folder, "counts.h5")
	w, err := hdf5.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	w.Write("counts", []int16{0, 2, 1, 7, 0, 3}, []int{3, 2}) // trials x neurons
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}

	f, err := hdf5.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	d, err := f.Root().Dataset("counts")
	if err != nil {
		log.Fatal(err)
	}
	largest, trials := float32(0), 0
	for block, err := range d.Float32Rows() { // trials after trials, all their neurons
		if err != nil {
			log.Fatal(err)
		}
		trials += len(block) / d.Shape()[1]
		for _, count := range block {
			largest = max(largest, count)
		}
	}
	fmt.Println(trials, largest)
	// Output: 3 7
}
