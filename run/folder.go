package run

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/autolfads/autolfads/internal/durable"
	"github.com/autolfads/autolfads/internal/settings"
)

// Header is what a run was started with, beside its configuration.
type Header struct {
	Version string `yaml:"version"` // of the program: bits are promised within one version
	Bits    string `yaml:"bits"`    // class of the arithmetic: within one, all processors give the same bits
	Seed    uint64 `yaml:"seed"`
	Search  string `yaml:"search"` // pbt, random or fixed
	Data    Data   `yaml:"data"`
	Trials  Trials `yaml:"trials"` // of the data file
	// Changes are those made since, the oldest first.
	Changes []Change `yaml:"changes,omitempty"`
}

// Trials is what inference from other files must know of the trials that a model
// was trained on.
type Trials struct {
	BinMs        float64 `yaml:"bin_ms"`                          // width of a bin; 0: not known
	ForwardBins  int     `yaml:"forward_bins"`                    // reconstructed behind those read
	OrderByPlace bool    `yaml:"neuron_order_by_place,omitempty"` // a guess for neurons of equal spikes
	NeuronOrder  []int   `yaml:"neuron_order,omitempty"`          // neuron i of the model is this one of the file; empty: i
}

// Folder is a run on disk, held by this process.
type Folder struct {
	Dir    string
	Header Header
	lock   *lock

	unsaved int // changes, of the last in the header
}

// yamlFile is the layout of run.yaml.
type yamlFile[C any] struct {
	Run    Header `yaml:"run"`
	Config C      `yaml:"config"`
}

// Create begins a new run in the folder dir, which must not exist or be empty.
func Create[C any](dir string, h Header, config C) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	h.Data = h.Data.seenFrom(dir)
	f := &Folder{Dir: dir, Header: h}
	if err := f.refuseUsed(); err != nil {
		return nil, err
	}
	if err := f.hold(); err != nil {
		return nil, err
	}
	text, err := settings.Encode(yamlFile[C]{h, config})
	if err == nil {
		err = f.refuseUsed() // again, now that no other process can begin here
	}
	if err == nil {
		err = f.write("run.yaml", text)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// refuseUsed reports an error if the folder holds anything but what a new run
// that was killed in its first moments may leave.
func (f *Folder) refuseUsed() error {
	if _, err := os.Stat(f.path("run.yaml")); err == nil {
		return fmt.Errorf("%s already holds a run: go on with `autolfads resume %s`, or choose another folder", f.Dir, f.Dir)
	}
	entries, err := os.ReadDir(f.Dir)
	for _, e := range entries {
		if e.Name() != "lock" && !durable.IsTemp(e.Name()) {
			return fmt.Errorf("%s is not empty (it holds %s): choose another folder", f.Dir, e.Name())
		}
	}
	return err
}

// Open takes up the run in the folder dir to go on with it, and reads its
// configuration. data is where the run's data file lies now, "" where it was;
// what is new about that is in the header, and on disk after Save. Open refuses
// a folder of another version, one whose data file has changed, and one that
// another process drives.
func Open[C any](dir, version string, config *C, data string) (*Folder, error) {
	if err := checkVersion(dir, version); err != nil {
		return nil, err
	}
	h, err := Read(dir, config)
	if err == nil {
		err = checkWhole(dir, yamlFile[C]{h, *config})
	}
	if err != nil {
		return nil, fmt.Errorf("%w; the file was cut short or edited: make it again what the run wrote, or start a new run", err)
	}
	found, err := h.Data.find(dir, data)
	if err != nil {
		return nil, err
	}
	f := &Folder{Dir: dir, Header: h}
	if err := f.hold(); err != nil {
		return f, err
	}
	if found == h.Data {
		return f, nil
	}
	f.Header.Data = found
	if found.Path == h.Data.Path {
		return f, nil
	}
	if err := f.Change("data.path", h.Data.Path, found.Path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// checkVersion looks at the version alone, for another version's run.yaml may
// have other keys.
func checkVersion(dir, version string) error {
	path := filepath.Join(dir, "run.yaml")
	text, err := os.ReadFile(path)
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
	text, err := os.ReadFile(path)
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
	text, err := os.ReadFile(path)
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

// hold locks the folder and clears what killed writers left.
func (f *Folder) hold() (err error) {
	if f.lock, err = acquire(f.path("lock")); err != nil {
		return fmt.Errorf("%s: %w", f.Dir, err)
	}
	// What is in generations goes when those are complete: till then a worker
	// may be at it.
	for _, dir := range []string{"", "best", "outputs", "figures"} {
		if err := durable.Sweep(f.path(dir)); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return nil
}

// Close frees the folder.
func (f *Folder) Close() error { return f.lock.release() }

func (f *Folder) path(name string) string { return filepath.Join(f.Dir, name) }

// write puts a file into the folder, whole or not at all.
func (f *Folder) write(name string, text []byte) error {
	return durable.WriteFile(f.path(name), func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

func (f *Folder) writeJSON(name string, v any) error {
	text, err := marshal(v)
	if err != nil {
		return err
	}
	return f.write(name, text)
}

// readJSON reads a file of the run folder that may not be there yet.
func (f *Folder) readJSON(name string, v any) error {
	path := f.path(name)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return decodeJSON(path, text, v)
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}
