package checkpoint

// State is one member of a population, or one single model, between two
// epochs: everything that training needs to go on.
type State struct {
	Names  []string // tensors, in the order in which they lie in Params
	Shapes [][]int

	Params []float32 // parameters of all tensors, one after the other
	AdamM  []float32 // first moments of the optimiser
	AdamV  []float32 // second moments

	Epoch int     // completed epochs, over the member's life
	Step  int     // optimiser steps, over the member's life
	Score float64 // smoothed validation reconstruction loss; NaN before the first epoch

	Schedule Schedule // of single models

	Hyper map[string]float64 // hyper-parameters in force, by configuration key
}

// Schedule is the state of the learning-rate schedule and of early stopping,
// which only single models use: in a population PBT is the schedule.
type Schedule struct {
	LearningRate float64 // in force; 0: the configured one
	Best         float64 // best smoothed score so far; NaN: none
	BestEpoch    int     // completed epochs when it was reached
	Waited       int     // epochs since the score improved or the rate was cut
}
