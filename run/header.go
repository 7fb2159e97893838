package run

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/internal/regular"
	"github.com/autolfads/autolfads/internal/settings"
)

// Header is what a run was started with, beside its configuration.
type Header struct {
	Version string `yaml:"version"` // of the program: bits are promised within one version
	Bits    string `yaml:"bits"`    // class of the arithmetic: within one, all processors give the same bits
	Seed    uint64 `yaml:"seed"`
	Search  string `yaml:"search"` // pbt, paper, random, fixed or replay
	Data    Data   `yaml:"data"`
	Trials  Trials `yaml:"trials"` // of the data file
	// Replay is what a replay trains; nil: the run is none.
	Replay *Replay `yaml:"replay,omitempty"`
	// Changes are those made since, the oldest first.
	Changes []Change `yaml:"changes,omitempty"`
}

// Trials is what inference from other files must know of the trials that a model
// was trained on.
type Trials struct {
	BinMs        float64 `yaml:"bin_ms"`                          // width of a bin; 0: not known
	ForwardBins  int     `yaml:"forward_bins"`                    // reconstructed behind those read
	Training     int     `yaml:"training,omitempty"`              // trials that models are trained on; 0: not known
	OrderByPlace bool    `yaml:"neuron_order_by_place,omitempty"` // a guess for neurons of equal spikes
	NeuronOrder  []int   `yaml:"neuron_order,omitempty"`          // neuron i of the model is this one of the file; empty: i

	// Neurons that were set aside when the file was loaded, by their places among the
	// SetAsideOf that it has read; empty: none. NeuronOrder and scales are with them.
	SetAside   []int `yaml:"set_aside,flow,omitempty"`
	SetAsideOf int   `yaml:"set_aside_of,omitempty"`

	// What numbers of the file stand for, neuron after neuron: x is x ScaleFactor +
	// ScaleOffset in ScaleUnit; empty: themselves.
	ScaleUnit   string    `yaml:"scale_unit,omitempty"`
	ScaleFactor []float64 `yaml:"scale_factor,flow,omitempty"`
	ScaleOffset []float64 `yaml:"scale_offset,flow,omitempty"`
}

// yamlFile is the layout of run.yaml.
type yamlFile[C any] struct {
	Run    Header `yaml:"run"`
	Config C      `yaml:"config"`
}

// Program is what this process is to a run: it goes on only under the version
// and in the arithmetic that it was started with.
type Program struct {
	Version string // of the program
	Bits    string // class of its arithmetic
}

// opened returns the header of the run in dir and, in config, its configuration,
// for a process that takes part in it. data is where the data file lies now, ""
// where it was; found is the header's Data with that in it.
func opened[C any](dir string, p Program, config *C, data string) (h Header, found Data, err error) {
	if err := checkVersion(dir, p.Version); err != nil {
		return h, found, err
	}
	h, err = Read(dir, config)
	if err == nil {
		err = checkWhole(dir, yamlFile[C]{h, *config})
	}
	if err != nil {
		return h, found, fmt.Errorf("%w; the file was cut short or edited: make it again what the run wrote, or start a new run", err)
	}
	if err := checkBits(dir, h.Bits, p.Bits); err != nil {
		return h, found, err
	}
	found, err = h.Data.find(dir, data)
	return h, found, err
}

// checkBits returns an error if the run in dir, with bits of class was, would go
// on with others.
func checkBits(dir, was, is string) error {
	if was == is {
		return nil
	}
	where := "on a processor with AVX2 and FMA, without AUTOLFADS_CPU=portable"
	if arch, portable := strings.CutPrefix(was, "portable-"); portable {
		where = fmt.Sprintf("with AUTOLFADS_CPU=portable on %s", arch)
	}
	return fmt.Errorf("%s was begun with other arithmetic (%s) than this process has (%s), which rounds otherwise: go on %s, or start a new run",
		dir, was, is, where)
}

// checkVersion looks at the version alone, for another version's run.yaml may
// have other keys.
func checkVersion(dir, version string) error {
	path := filepath.Join(dir, "run.yaml")
	text, err := regular.Read(path, mostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s holds no run: there is no run.yaml", dir)
	}
	if err != nil {
		return err
	}
	var file struct {
		Run struct{ Version string }
	}
	// What cannot be read as YAML, Read says.
	if settings.Glance(text, &file) == nil && file.Run.Version != "" && file.Run.Version != version {
		return fmt.Errorf("%s was written by version %s and this is %s: go on with that version, or start a new run",
			dir, file.Run.Version, version)
	}
	return nil
}

// checkWhole checks that run.yaml is what this program writes for what it reads
// in it: a key that is missing would get its default in silence.
func checkWhole(dir string, file any) error {
	path := filepath.Join(dir, "run.yaml")
	text, err := regular.Read(path, mostBytes)
	if err != nil {
		return err
	}
	want, err := settings.Encode(file)
	if err == nil && !bytes.Equal(text, want) {
		err = fmt.Errorf("%s lacks settings or has them otherwise", path)
	}
	return err
}

// Read returns the header and, in config, the configuration of the run in dir.
func Read[C any](dir string, config *C) (Header, error) {
	path := filepath.Join(dir, "run.yaml")
	text, err := regular.Read(path, mostBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return Header{}, fmt.Errorf("%s holds no run: there is no run.yaml", dir)
	}
	if err != nil {
		return Header{}, err
	}
	var h Header
	if err = settings.DecodeOwn(text, "run", &h); err == nil {
		err = settings.DecodeOwn(text, "config", config)
	}
	if err != nil {
		return Header{}, fmt.Errorf("%s: %w", path, err)
	}
	return h, nil
}

// Exists returns an error if dir is no run folder.
func Exists(dir string) error {
	_, err := os.Stat(filepath.Join(dir, "run.yaml"))
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%s cannot be read: %w; ask its owner for leave", dir, err)
	}
	if err != nil {
		return fmt.Errorf("%s holds no run (no run.yaml): give the folder that `autolfads run` made, its --out", dir)
	}
	return nil
}
