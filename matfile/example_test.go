package matfile_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/autolfads/autolfads/matfile"
)

// packed returns a file of this package's tests.
func packed(name string) []byte {
	f, err := os.Open("testdata/" + name + ".mat.gz")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		log.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		log.Fatal(err)
	}
	return b
}

func Example() {
	b := packed("packed")
	f, err := matfile.NewReader(bytes.NewReader(b), int64(len(b))) // or Open, of a path
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	fmt.Println(f.Header())

	trials, err := f.Array("trials")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(trials, trials.Fields())
	for trial, err := range trials.All() {
		if err != nil {
			log.Fatal(err)
		}
		result, err := trial.Field("result")
		if err != nil {
			log.Fatal(err)
		}
		text, err := result.Text()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(result.Path(), text)
	}

	_, err = f.Array("trial")
	fmt.Println(err != nil)
	// Output:
	// MATLAB 5.0 MAT-file, Platform: test
	// 1x3 struct [start result spikes]
	// trials(1).result R
	// trials(2).result F
	// trials(3).result A
	// true
}

// ExampleArray_Float64Blocks finds the largest value of a matrix that need not fit into
// memory.
func ExampleArray_Float64Blocks() {
	b := packed("level73")
	f, err := matfile.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		log.Fatal(err)
	}
	counts, err := f.Array("counts")
	if err != nil {
		log.Fatal(err)
	}
	largest := 0.0
	for block, err := range counts.Float64Blocks() {
		if err != nil {
			log.Fatal(err)
		}
		for _, v := range block {
			largest = max(largest, v)
		}
	}
	fmt.Println(counts, largest)
	// Output: 6x4 double 153
}
