package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"

	"github.com/autolfads/autolfads/outputs"
	"github.com/autolfads/autolfads/prepare"
)

// infoOutputs says what is in a file of rates; false: it is another kind of file, of which
// its own reader says what it is or why it cannot be read.
func infoOutputs(path string, asJSON bool) (is bool, err error) {
	all, err := outputs.Describe(path)
	if err != nil {
		return false, nil
	}
	next := prepare.Command("autolfads", "evaluate", prepare.Typed(path), "--data", cmp.Or(all[0].Data, "DATA.h5"))
	if asJSON {
		return true, json.NewEncoder(os.Stdout).Encode(map[string]any{"rates": all, "next": next})
	}
	for i, d := range all {
		if i > 0 {
			fmt.Println()
		}
		fmt.Print(d)
	}
	printNext(next)
	return true, nil
}
