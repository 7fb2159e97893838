package npy_test

import (
	"fmt"
	"log"

	"github.com/autolfads/autolfads/npy"
)

func Example() {
	f, err := npy.Open("testdata/files/structured.npz")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	events, err := f.Array("events")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(events.Shape(), events.Type())
	times, err := events.Field("time")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(times.Float64s())
	// Output:
	// [5] struct{unit int32, time float64, group U4, good bool}
	// [0.5 0.25 1 2 NaN] <nil>
}
