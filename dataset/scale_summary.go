package dataset

import (
	"cmp"
	"fmt"
	"slices"
)

// ScaleSummary is what there is to know about a [Scale] at a glance.
type ScaleSummary struct {
	Unit        string  `json:"unit"` // "": not known
	LeastFactor float64 `json:"least_factor"`
	MostFactor  float64 `json:"most_factor"`
	LeastOffset float64 `json:"least_offset"` // in Unit
	MostOffset  float64 `json:"most_offset"`
}

func (s *Scale) summary() *ScaleSummary {
	if s.channels() == 0 {
		return nil
	}
	sum := &ScaleSummary{Unit: s.Unit, LeastFactor: slices.Min(s.Factor), MostFactor: slices.Max(s.Factor)}
	if s.Offset != nil {
		sum.LeastOffset, sum.MostOffset = slices.Min(s.Offset), slices.Max(s.Offset)
	}
	return sum
}

// String says what a number stands for.
func (s *ScaleSummary) String() string {
	unit := cmp.Or(s.Unit, "the recording's unit")
	if s.LeastFactor == 1 && s.MostFactor == 1 && s.LeastOffset == 0 && s.MostOffset == 0 {
		return "none: numbers are in " + unit
	}
	text := "a number of 1 is " + span(s.LeastFactor, s.MostFactor) + " " + unit
	if s.LeastOffset != 0 || s.MostOffset != 0 {
		text += ", 0 is " + span(s.LeastOffset, s.MostOffset) + " " + unit
	}
	return text + "; outputs of run and infer are in " + unit
}

// span writes two numbers, the same once.
func span(least, most float64) string {
	if least == most {
		return fmt.Sprintf("%.4g", least)
	}
	return fmt.Sprintf("%.4g to %.4g", least, most)
}
