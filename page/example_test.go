package page_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/autolfads/autolfads/page"
)

// A document, here one that is stored, as page.Read would return that of a run folder: rates of
// the trials shown, and the page.
func Example() {
	text, err := os.ReadFile("testdata/document.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	var d page.Document
	if err := json.Unmarshal(text, &d); err != nil {
		fmt.Println(err)
		return
	}
	rates, err := d.Sample.Rates.Values()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("rates of shape %v, the first %.1f %s\n", d.Sample.Rates.Shape, rates[0], d.Sample.Unit)
	fmt.Println("the winner's ancestry:", d.Course.Winner)
	if err := page.Write(io.Discard, &d); err != nil {
		fmt.Println(err)
	}
	// Output:
	// rates of shape [4 20 5], the first 20.0 spikes/s
	// the winner's ancestry: [[0 0] [1 1] [2 1]]
}
