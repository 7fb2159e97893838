package experiment

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/pbt"
)

// Cell is one way on one split by one seed: what it was asked, what came of it, and by
// what it can be made again. Numbers are finite; what is not known is not there.
type Cell struct {
	Experiment string   `json:"experiment"`
	Way        string   `json:"way"`
	Of         string   `json:"of,omitempty"`    // the way that this is under another name
	Split      int      `json:"split"`           // of Division.Splits, from 0
	Seed       uint64   `json:"seed"`            // of the run
	Seeds      []uint64 `json:"seeds,omitempty"` // whose models an ensemble is of; empty: the cell is of one
	Epochs     int      `json:"epochs"`          // that all models together might train

	Data     DataOf   `json:"data"`
	Settings []string `json:"settings,omitempty"` // KEY=VALUE of this way that were set
	Version  string   `json:"version"`            // of the program
	Command  string   `json:"command"`            // makes the cell again, beside the data file
	Machine  string   `json:"machine"`            // what the system calls the processor

	EpochsUsed  int       `json:"epochs_used"`
	Generations int       `json:"generations"`           // of a search, and one of a finish; of a way of several seeds, how many were trained
	Reason      string    `json:"reason"`                // why the search ended
	Loss        float64   `json:"validation_loss"`       // by which the model was chosen
	Chosen      pbt.Place `json:"chosen"`                // the model
	Kind        string    `json:"kind,omitempty"`        // mean: the model is one of weights; empty: it is a member
	ChosenSeed  *uint64   `json:"chosen_seed,omitempty"` // of a way of several seeds, the best one
	Hyper       pbt.Hyper `json:"hyper,omitempty"`

	Variants []Variant `json:"variants"`
	Time     Time      `json:"time"`
}

// DataOf says which trials of which file a cell is of.
type DataOf struct {
	File   string  `json:"file"` // its name
	SHA256 string  `json:"sha256"`
	Train  int     `json:"train_trials"`
	Valid  int     `json:"validation_trials"`
	Test   int     `json:"test_trials"`
	Places []int64 `json:"test_places"` // the test trials, by their places among training trials and then validation trials of the file
}

// Variant is a manner in which a way's run gives rates, with the scores of these on test
// trials.
type Variant struct {
	Name   string             `json:"name"`
	Scores map[string]float64 `json:"scores,omitempty"`  // by the keys of Measures
	WhyNot string             `json:"why_not,omitempty"` // why there are none
}

// Time is what a cell took, in seconds, beside whatever else the machine did.
type Time struct {
	Search   float64 `json:"search_seconds"`   // by the clock, of all processes that took part
	Training float64 `json:"training_seconds"` // of epochs, added up over models: those that trained side by side count each
	// Processor is what the process took of all cores, for the run and its scores; nil:
	// the run was interrupted and another process did a part.
	Processor *float64 `json:"processor_seconds,omitempty"`
}

// Variant returns the variant of a name; nil: there is none.
func (c *Cell) Variant(name string) *Variant {
	for i := range c.Variants {
		if c.Variants[i].Name == name {
			return &c.Variants[i]
		}
	}
	return nil
}

// scored returns a score of a variant, and whether there is one.
func (c *Cell) scored(variant, measure string) (float64, bool) {
	v := c.Variant(variant)
	if v == nil {
		return 0, false
	}
	value, ok := v.Scores[measure]
	return value, ok
}

// write writes the cell to a file, whole or not at all.
func (c *Cell) write(path string) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	return WriteText(path, ListsInLines(string(text))+"\n")
}

// ListsInLines writes each list of numbers in a text of JSON in one line.
func ListsInLines(text string) string {
	return numbers.ReplaceAllStringFunc(text, func(list string) string { return spaces.ReplaceAllString(list, "") })
}

var (
	numbers = regexp.MustCompile(`\[\s+[-+.\de]+(,\s+[-+.\de]+)*\s+\]`)
	spaces  = regexp.MustCompile(`\s+`)
)

// ReadCell reads a cell; nil if there is no such file.
func ReadCell(path string) (*Cell, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	c := &Cell{}
	if err := json.Unmarshal(text, c); err != nil {
		return nil, fmt.Errorf("%s is no cell of an experiment: %w; remove it, and it is made again", path, err)
	}
	return c, nil
}

// ReadCells reads all cells of a folder, in the order of their files' names.
func ReadCells(dir string) (cells []Cell, err error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(paths, func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) })
	for _, path := range paths {
		c, err := ReadCell(path)
		if err != nil {
			return nil, err
		}
		cells = append(cells, *c)
	}
	return cells, nil
}
