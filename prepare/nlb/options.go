package nlb

import (
	"fmt"
	"strings"
)

// Phases of the benchmark: which trials are evaluated.
const (
	Val  = "val"  // those of split val; train trains
	Test = "test" // those of split test; train and val train
)

// Options say what is prepared.
type Options struct {
	Preset string `json:"preset"` // a data set of Names
	BinMs  int    `json:"bin_ms"` // 5 or 20
	Eval   string `json:"eval"`   // Val or Test; "": Val

	// Progress is told how many units of how many are counted; nil: nobody asks.
	Progress func(done, of int64) `json:"-"`
}

// check returns an error for options that cannot be meant, and completes them.
func (o *Options) check() error {
	if o.Eval == "" {
		o.Eval = Val
	}
	switch {
	case find(o.Preset) == nil:
		return fmt.Errorf("there is no data set %s in the benchmark: it has %s (--preset nlb/...)", o.Preset, strings.Join(Names(), ", "))
	case o.BinMs != 5 && o.BinMs != 20:
		return fmt.Errorf("bins of %d ms: the benchmark has bins of 5 and of 20 ms (--bin-ms 5)", o.BinMs)
	case o.Eval != Val && o.Eval != Test:
		return fmt.Errorf("trials of split %s are evaluated: the benchmark evaluates %s or %s (--eval)", o.Eval, Val, Test)
	}
	return nil
}

// trains are the splits whose trials train.
func (o *Options) trains() []string {
	if o.Eval == Test {
		return []string{"train", Val}
	}
	return []string{"train"}
}

// group is where targets stand in the file.
func (o *Options) group() string {
	if o.BinMs == 20 {
		return o.Preset + "_20"
	}
	return o.Preset
}
