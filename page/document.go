package page

import "github.com/autolfads/autolfads/evaluate"

// Format is the number of this layout of a document: it grows when a reader of the one before
// would misread it.
const Format = 1

// Document is all that the page of a run shows. Lists may be empty (null in JSON), unless it
// is said; a number that is not known is null.
type Document struct {
	Format   int       `json:"format"`  // Format
	Version  string    `json:"version"` // of the program that began the run
	Name     string    `json:"name"`    // of the run folder; "" in the report that a run writes at its end: the data's name stands for it
	Data     Data      `json:"data"`
	Search   string    `json:"search"`      // pbt, paper, random, fixed or replay; "" if not known
	Seed     uint64    `json:"seed,string"` // a string in JSON: browsers count to 2^53 alone
	Commands []Command `json:"commands"`    // to repeat the run and to go on with it
	State    State     `json:"state"`
	Verdict  []string  `json:"verdict"`  // what came of it, or where it stands, in sentences, what matters most first; never empty
	Warnings []Warning `json:"warnings"` // what may be wrong, in words
	Settings []Setting `json:"settings"` // all, sorted by key
	Course   Course    `json:"course"`
	Chosen   *Chosen   `json:"chosen"`         // null: no generation is complete, or none has a score
	Scores   []Score   `json:"scores"`         // none of a run that is not at its end
	Skipped  []string  `json:"skipped_scores"` // why a score is not there, a sentence each
	Figures  []string  `json:"figures"`        // paths in the run folder, with slashes, of figures as files
	Output   string    `json:"output"`         // path in the run folder, with slashes, of the rates; "" of a run that is not at its end
	Sample   *Sample   `json:"sample"`         // trials to look at; null of a run that is not at its end, or of an older version
	Time     *Time     `json:"time"`           // null: not known, and in the report that a run writes at its end
	Notes    []string  `json:"notes"`          // what of the run folder could not be read, or is not shown, a sentence each
}

// Data is what the run is of. Numbers that are 0 are not known: some are only kept when the
// run ends.
type Data struct {
	Name       string   `json:"name"`       // of the data file at the start of the run, without its folder
	SHA256     string   `json:"sha256"`     // of its content, 64 hexadecimal digits; "" if not known
	BinMs      float64  `json:"bin_ms"`     // width of a bin in milliseconds
	Training   int      `json:"training"`   // trials
	Validation int      `json:"validation"` // trials
	Test       int      `json:"test"`       // trials
	Bins       int      `json:"bins"`       // that are read, of a trial
	Forward    int      `json:"forward"`    // bins that are predicted beyond those
	HeldIn     int      `json:"held_in"`    // neurons (or channels) that are read
	Neurons    int      `json:"neurons"`    // that are reconstructed: held-in ones and the others
	Conditions int      `json:"conditions"` // of trials
	Counts     bool     `json:"counts"`     // spike counts; false: other signals, or not known
	Unit       string   `json:"unit"`       // of rates as the sample has them: "spikes/s" where bins have a width, else "spikes/bin", or the signal's; "" if not known
	Facts      []string `json:"facts"`      // further sentences, such as what is missing
}

// Command is a command line, to be typed as it is.
type Command struct {
	What string `json:"what"` // what it does, a few words
	Text string `json:"text"` // the line
}

// State is where the run stands.
type State struct {
	Status      string   `json:"status"`       // starting, running, scoring, killed, stopped, finished or failed; unknown: its files do not say it
	Reason      string   `json:"reason"`       // why it is not running, a sentence; "": it runs, or nothing is said
	Generation  int      `json:"generation"`   // the one under way, or the last one, from 0; -1: none is begun
	Most        int      `json:"most"`         // generations that there can be; 0: not known, or the search has none
	EpochsDone  int      `json:"epochs_done"`  // of all members together
	EpochsMost  int      `json:"epochs_most"`  // that there can be; 0: not known
	SecondsLeft *float64 `json:"seconds_left"` // for the most epochs that there can be, at the pace of the members under way; null: not known, or nothing runs
	Diverged    int      `json:"diverged"`     // how often a member ended a generation without a score
	Copies      int      `json:"copies"`       // how often a member took another's place
}

// Live reports whether the run may still change: the page is then asked again.
func (s *State) Live() bool {
	switch s.Status {
	case "starting", "running", "scoring":
		return true
	}
	return false
}

// Warning is something that may be wrong.
type Warning struct {
	// Kind says what it is of: overfitting, truth, diverged, silent, data, improving (the
	// search was still improving when it stopped), worsening, stopped or other.
	Kind string `json:"kind"`
	Text string `json:"text"` // a sentence or two
}

// Setting is a key of the configuration.
type Setting struct {
	Key     string `json:"key"`     // model.generator_dim
	Value   string `json:"value"`   // as YAML has it
	Default string `json:"default"` // the same of a run that sets nothing
	Changed bool   `json:"changed"` // Value is not Default
}

// Place is a member in a generation: [generation, member], both from 0.
type Place [2]int

// Course is how the search went.
type Course struct {
	Unit        string       `json:"unit"`        // of scores, such as "nats per element"; lower is better
	ScoreOf     string       `json:"score_of"`    // what trials scores are of: "validation trials" or "training trials"
	Population  bool         `json:"population"`  // members copy each other; false: models that train alone, or follow a schedule
	Hyper       []Hyper      `json:"hyper"`       // searched hyper-parameters, sorted by key: Member.Hyper has their values in this order
	Generations []Generation `json:"generations"` // ascending; empty before the first
	Winner      []Place      `json:"winner"`      // ancestry of the chosen model, of the one that began with fresh parameters first, itself last
	Line        *Line        `json:"line"`        // its curves, of more than scores; null: not known
	Thinned     string       `json:"thinned"`     // a sentence that says how curves were thinned; "": they have all epochs
}

// Hyper is a searched hyper-parameter.
type Hyper struct {
	Key   string  `json:"key"`   // train.learning_rate
	Log   bool    `json:"log"`   // to be drawn on a logarithmic axis
	Low   *Number `json:"low"`   // of the range of first draws; null: not known
	High  *Number `json:"high"`  //
	Limit bool    `json:"limit"` // later values stay in the range, too
}

// Generation is what members did between two exchanges. A search without generations, of
// models that train alone, has one, or one for each model that was drawn later.
type Generation struct {
	Generation int      `json:"generation"`
	Finish     bool     `json:"finish"` // it comes after the search: the learning rate falls, nobody copies
	Start      int      `json:"start"`  // where it begins on an axis of epochs: the epochs of the generations before, of one member
	Epochs     int      `json:"epochs"` // the most that one member trains in it
	Members    []Member `json:"members"`
}

// Member is one member in one generation.
type Member struct {
	Member int      `json:"member"`
	State  string   `json:"state"`  // waiting, training, done or diverged
	Parent *Place   `json:"parent"` // whose parameters it began with; null: fresh ones
	Copied bool     `json:"copied"` // the parent is another member, whose place it took; false in a finish, where places are a ranking
	Score  *Number  `json:"score"`  // smoothed validation loss, that of the epoch it came to; null: none yet, or it diverged
	Epoch  int      `json:"epoch"`  // that it came to, or its last one, counted over its life, its ancestors' included; 0: not known
	At     int      `json:"at"`     // the same counted from the generation's beginning: Generation.Start + At is its place on the axis
	Fault  string   `json:"fault"`  // what diverged; "": nothing
	Hyper  []Number `json:"hyper"`  // in force, in the order of Course.Hyper; null: not set

	// Its curve: X is how many epochs of the generation were done, ascending, Y the score
	// then. Both are of the same length, which is 0 while nothing is known.
	X []int    `json:"x"`
	Y []Number `json:"y"`

	trained int // epochs, also those that have no point
}

// Line is the chosen model's curves over its whole line of ancestors. All lists have the same
// length; where a line goes on from an epoch before its generation's last one, what came
// after that is not in it.
type Line struct {
	Epoch        []int    `json:"epoch"`         // over its life, ascending
	Train        []Number `json:"train"`         // reconstruction loss of training trials, Course.Unit
	Valid        []Number `json:"valid"`         // of validation trials; null in all places if there are none
	Score        []Number `json:"score"`         // smoothed
	LearningRate []Number `json:"learning_rate"` // of the optimiser
}

// Chosen is the model that the search has come to.
type Chosen struct {
	Place Place    `json:"place"` // of a mean of weights, that of its best member
	Words string   `json:"words"` // "generation 12, member 7, epoch 340"
	Epoch int      `json:"epoch"` // over its life
	Score *Number  `json:"score"` // of the search
	Final *Number  `json:"final"` // of the final choice, in the same unit; null: there was none
	Hyper []Number `json:"hyper"` // in the order of Course.Hyper; null: not set
	Mean  []Place  `json:"mean"`  // members whose weights were averaged; empty: it is one member
	Among []string `json:"among"` // among which models it was chosen, in sentences
}

// Score is a score of the model and of its rivals, as scores.json has it. Its fields are
// name, value, unit, interval (low, high; 95 %), outputs, per_output, neurons, sd, rivals
// (name, value, interval, difference, note), true_rates and note.
type Score struct {
	evaluate.Score
	Lower bool `json:"lower_is_better"` // such as of losses; else higher is better
}

// Time is where the time went, in seconds.
type Time struct {
	Wall     Number `json:"wall"`     // by the clock, of all processes that drove the search
	Training Number `json:"training"` // of epochs, added up over members
	Epochs   int    `json:"epochs"`   // that were trained
	// Generations are seconds by the clock of each generation.
	Generations []Number `json:"generations"`
}
