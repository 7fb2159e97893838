package outputs

import (
	"errors"
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// File is what a program said of a dataset's trials, brought into the dataset's order
// of trials and neurons and on its scale.
type File struct {
	Path   string
	Layout Layout
	Run    string   // what made the rates, as the file says: a model, a method; "": it does not say
	Chosen string   // settings of a method, as the file says them; "": it does not say
	Models []string // whose mean the rates are; nil: they are of one model
	// AllTrials says that the model was trained on the validation trials, too, as the file says.
	AllTrials bool
	Counts    bool // rates are expected counts of spikes per bin; else means of other data

	// What the file has of each split; nil: nothing. Numbers are finite, but for parts of
	// rates that the file lacks, as forward bins: they are NaN, and Notes tell of them.
	Train, Valid, Test *Estimates

	Notes []string // what was found and gone on with, a sentence each
}

// Layout is a convention for the names of arrays in a file of rates.
type Layout string

// Layouts that Read knows.
const (
	OfAutoLFADS  Layout = "autolfads"
	OfLFADSTorch Layout = "lfads-torch"
	OfNLB        Layout = "Neural Latents Benchmark"
)

// Read reads rates of a dataset's trials, that this program or another one wrote, from a
// file of named arrays (package tree: HDF5, NumPy, MATLAB) of one of these layouts, where
// S is train, valid or test:
//
//	autolfads, lfads-torch     S_output_params, S_factors, S_inds; neurons as in the data file
//	Neural Latents Benchmark   E_rates_heldin, E_rates_heldout, ..._forward; E is train or eval
//
// Rates are expected data per bin, or per second if the array's attribute unit says so
// (Hz); what this program wrote is in the recording's unit, all else on the scale of the
// data file, unless the unit says otherwise. Trials go by S_inds where the data have ids,
// else by place. Training trials of a submission are those that train and validate;
// eval trials are the test split, or, where that has another number, those that validate.
//
// Of an ensemble the mean is read, without factors, which are one model's; that model's
// own rates are in the group single ([GroupSingle]).
//
// Whatever split the file has is read. What does not fit the data, or is not finite, is
// an error of one sentence. At most what is returned is held, and a block of trials.
func Read(path string, d *dataset.Dataset) (*File, error) { return ReadGroup(path, "", d) }

// ReadGroup is Read of the arrays in a group of the file; "", or of a file that has rates at
// its top and no such group: at its top, or in the only group that fits the data.
func ReadGroup(path, group string, d *dataset.Dataset) (*File, error) {
	f, err := tree.Open(path)
	if err != nil {
		return nil, fmt.Errorf("outputs: %w", err)
	}
	defer f.Close()
	r := &reader{file: &File{Path: path}, d: d, splits: wantedOf(d)}
	if err := r.read(f.Root(), group); err != nil {
		return nil, fmt.Errorf("outputs: %s: %w", path, err)
	}
	return r.file, nil
}

// reader reads one file.
type reader struct {
	file   *File
	d      *dataset.Dataset
	splits []*wanted
}

func (r *reader) read(root tree.Group, group string) error {
	g, err := r.enter(root, group)
	if err != nil {
		return err
	}
	pieces, err := r.plan(g)
	if err != nil {
		return err
	}
	for _, p := range pieces {
		if err := p.copy(); err != nil {
			return err
		}
	}
	return r.finish(g)
}

// plan says what of a group goes where, by its shapes alone.
func (r *reader) plan(g tree.Group) ([]*piece, error) {
	if isSubmission(g) {
		return r.submission(g)
	}
	return r.posteriors(g)
}

// finish checks the numbers of each split.
func (r *reader) finish(g tree.Group) error {
	r.file.Run, r.file.Chosen = madeBy(g)
	r.file.AllTrials = ofAllTrials(g)
	r.file.Models = ensembleOf(g)
	none := true
	for _, s := range r.splits {
		if s.is == nil {
			continue
		}
		none = false
		if err := r.check(s); err != nil {
			return err
		}
		*r.file.of(s.name) = s.is
	}
	if none {
		return errors.New("it has rates of no split that the data have: are they of other data?")
	}
	return nil
}

// of is where a file keeps a split.
func (f *File) of(split string) **Estimates {
	switch split {
	case "train":
		return &f.Train
	case "valid":
		return &f.Valid
	}
	return &f.Test
}

func (r *reader) note(format string, values ...any) {
	r.file.Notes = append(r.file.Notes, fmt.Sprintf(format, values...))
}
