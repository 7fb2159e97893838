package page

// Sample is a few trials of a run, kept at its end for the page (page/sample.json in the run
// folder), and what is known of all trials but too large to keep: means by condition, the
// space of the factors. Trials are those that the model is judged by, which it has not been
// trained on.
//
// Arrays are of the same trials, bins and neurons, in the order of Trials and Neurons.
type Sample struct {
	Split   string   `json:"split"`   // what the trials are: "validation" or "test"
	Note    string   `json:"note"`    // which of how many trials, neurons and bins are shown, in a sentence
	BinMs   float64  `json:"bin_ms"`  // width of a bin in milliseconds; 0: not known, count bins
	Bins    int      `json:"bins"`    // of each array; those from Read on are predicted, not read
	Read    int      `json:"read"`    // bins that the model reads, at most Bins
	Unit    string   `json:"unit"`    // of Rates and Truth: "spikes/s", "spikes/bin", or the signal's
	Counts  bool     `json:"counts"`  // Spikes are counts; else signals, in Unit
	Neurons []Neuron `json:"neurons"` // those shown
	// Conditions of the data, which Trial.Condition counts; empty: trials have none.
	Conditions []Condition `json:"conditions"`
	Directed   bool        `json:"directed"` // angles are directions of movement; else they only tell conditions apart
	Trials     []Trial     `json:"trials"`   // those shown: 48 at most, of as many conditions as there are

	Spikes  *Array `json:"spikes"`  // [trials, bins, neurons] what was measured: counts per bin, or the signal; missing where nothing was observed
	Rates   *Array `json:"rates"`   // [trials, bins, neurons] inferred
	Truth   *Array `json:"truth"`   // [trials, bins, neurons] true rates; null: unknown
	Factors *Array `json:"factors"` // [trials, bins, factors shown]; null: none
	// FactorsOf is how many factors there are.
	FactorsOf int    `json:"factors_of"`
	Inputs    *Array `json:"inputs"` // [trials, bins, inferred inputs], means of the posterior; null: the model infers none

	Space    *Space    `json:"space"`    // of the factors; null: there are none
	Means    *Means    `json:"means"`    // by condition; null: trials have none, or bins no width
	Behavior *Behavior `json:"behavior"` // null: the data have none, or it could not be decoded
}

// Neuron is a neuron, or a channel of another signal.
type Neuron struct {
	Name   string  `json:"name"`    // its id, or its place in the data file
	HeldIn bool    `json:"held_in"` // the model reads it; else it is only predicted
	Rate   *Number `json:"rate"`    // mean of what was measured over all trials of the split, in Sample.Unit; null: nothing was observed
}

// Condition is a condition of trials.
type Condition struct {
	Name  string  `json:"name"`
	Angle *Number `json:"angle"` // of its colour on a circle of hues, in radians; null: grey
}

// Trial is a trial that is shown.
type Trial struct {
	Trial     int     `json:"trial"`     // its place in the split, from 0
	ID        *int64  `json:"id"`        // of the recording; null: unknown
	Condition int     `json:"condition"` // place in Sample.Conditions; -1: none
	Angle     *Number `json:"angle"`     // as a condition's, of this trial's own movement where trials have no conditions
}

// Space is the principal components of the factors: axes along which the factors of all
// trials of the split vary most.
type Space struct {
	Share  []Number `json:"share"`  // of the variance of all factors that each component has, descending
	Trials *Array   `json:"trials"` // [trials shown, bins, components]
	Means  *Array   `json:"means"`  // [conditions, bins, components], of all trials of the split; missing of conditions without trials; null: trials have no conditions, or so many bins that there is no room
}

// Means are averages over trials by condition (PSTHs).
type Means struct {
	Conditions []int   `json:"conditions"` // places in Sample.Conditions
	Neurons    []int   `json:"neurons"`    // places in Sample.Neurons; those that conditions modulate most first
	Data       *Array  `json:"data"`       // [conditions, bins, neurons] of the data, of all splits, smoothed; in Sample.Unit
	Rates      *Array  `json:"rates"`      // [conditions, bins, neurons] of inferred rates, of the split that is judged
	SmoothMs   float64 `json:"smooth_ms"`  // standard deviation of the Gaussian that smooths Data, in milliseconds
	Trials     []int   `json:"trials"`     // in Data, of each condition
	Note       string  `json:"note"`       // what is shown of how much, a sentence; "": all
}

// Behavior is behaviour of the trials shown, measured and decoded from rates by a regression
// that was learned from training trials.
type Behavior struct {
	Names    []string `json:"names"`    // of the outputs shown, with unit
	Measured *Array   `json:"measured"` // [trials, bins, outputs]
	Decoded  *Array   `json:"decoded"`  // [trials, bins, outputs]; null: it could not be decoded
	// Plane are the two outputs that are coordinates of a plane; empty: there are none such.
	Plane    []int `json:"plane"`
	Velocity bool  `json:"velocity"` // of the plane: they are velocities per second, to be added up to positions
}

// Array is numbers of 8 bits, in row-major order: the last axis runs fastest.
//
// Bytes holds them in base64. A code c below 255 stands for
//
//	Low[f] + c/254 (High[f] - Low[f])
//
// where f is the place on the last axis, or 0 if Low has one element; 255 is a number that is
// missing. Counts have Low 0 and High 254: c itself.
//
// If Sparse, the array is counts, and mostly zeros: bytes are then steps from one event to the
// next in the flat order, beginning at the element 0. A step of 255 goes on by 255
// elements, without an event; a smaller one goes on by so many elements, and there is an
// event more in the element reached. So 0 is another event in the same element. Sparse
// arrays have no missing numbers.
type Array struct {
	Shape  []int    `json:"shape"`
	Low    []Number `json:"low"`
	High   []Number `json:"high"`
	Sparse bool     `json:"sparse,omitempty"`
	Bytes  []byte   `json:"bytes"` // base64 in JSON
}
