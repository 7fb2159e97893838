package autolfads

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/evaluate"
	"github.com/autolfads/autolfads/likelihood"
	"github.com/autolfads/autolfads/run"
)

// sources is what an evaluation is of.
type sources struct {
	files  []RatesFile
	data   string
	config Config   // of the first run folder; the default without one
	run    bool     // whether config is a run's
	score  *float64 // by which the model was chosen; nil: the first file is no run of these data
}

// sources finds the files and the data that belong to them.
func (e *Evaluation) sources() (*sources, error) {
	if len(e.Files) == 0 {
		return nil, errors.New("no file with rates is given")
	}
	if err := errors.Join(checkDraws(e.Draws), checkFewShot(e.FewShot)); err != nil {
		return nil, err
	}
	s := &sources{data: e.Data, config: DefaultConfig()}
	for _, path := range e.Files {
		file := RatesFile{Path: path}
		if err := s.find(&file); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(s.files, func(f RatesFile) bool { return filepath.Clean(f.Path) == filepath.Clean(file.Path) }) {
			return nil, fmt.Errorf("%s is given twice: a file beside itself tells nothing", file.Path)
		}
		s.files = append(s.files, file)
	}
	if s.data == "" {
		return nil, fmt.Errorf("%s does not say which data its rates are of: give them with --data", e.Files[0])
	}
	s.name()
	s.config.Data = e.File.Or(s.config.Data)
	return s, nil
}

// find says where the rates of a file, or of a run, lie.
func (s *sources) find(file *RatesFile) error {
	switch info, err := os.Stat(file.Path); {
	case err != nil:
		return fmt.Errorf("rates are to be in %s: %w", file.Path, errors.Unwrap(err))
	case run.Exists(file.Path) == nil:
		return s.addRun(file.Path, file)
	case info.IsDir():
		return fmt.Errorf("%s is a folder and no run's: give the folder of a run, or a file with rates", file.Path)
	}
	return nil
}

// addRun takes the outputs of a run, and from the first run its data.
func (s *sources) addRun(dir string, file *RatesFile) error {
	config := DefaultConfig()
	header, err := run.Read(dir, &config)
	if err != nil {
		return err
	}
	if file.Path, err = outputOf(dir); err != nil {
		return err
	}
	if s.run {
		return nil
	}
	s.config, s.run = config, true
	if s.data != "" {
		return nil
	}
	data, err := header.Data.Find(dir)
	if err != nil {
		return fmt.Errorf("%w; or say with --data where it is", err)
	}
	s.data = data.Path
	if len(s.files) > 0 {
		return nil
	}
	best, err := run.Files{Dir: dir}.Best()
	if best != nil {
		loss := best.Final()
		s.score = &loss
	}
	return err
}

// outputOf returns the file of rates of a run that has ended.
func outputOf(dir string) (string, error) {
	entries, err := os.ReadDir(filepath.Join(dir, "outputs"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	var found []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".h5" {
			found = append(found, filepath.Join(dir, "outputs", e.Name()))
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("%s has %d files in outputs/, where a run that has ended has one: go on with `autolfads resume %s`, or give the file", dir, len(found), dir)
	}
	return found[0], nil
}

// name calls the files by as much of their paths as tells them apart, and from the
// rival that scoring makes.
func (s *sources) name() {
	for parts := 1; parts < 10; parts++ {
		var names []string
		for i := range s.files {
			name := lastParts(s.files[i].Path, parts)
			if name == evaluate.Smoothing {
				name += " (file)"
			}
			s.files[i].Name = name
			names = append(names, name)
		}
		slices.Sort(names)
		if len(slices.Compact(names)) == len(s.files) {
			return
		}
	}
}

// lastParts returns the last parts of a path without its ending; of a run's file,
// its folder is the last.
func lastParts(path string, n int) string {
	path = strings.TrimSuffix(path, filepath.Ext(path))
	if dir := filepath.Dir(path); filepath.Base(dir) == "outputs" && run.Exists(filepath.Dir(dir)) == nil {
		path = filepath.Dir(dir)
	}
	parts := strings.Split(filepath.ToSlash(path), "/")
	return strings.Join(parts[max(0, len(parts)-n):], "/")
}

// likelihood is that of the run, or else Poisson for counts and squared error for
// other data, of whose likelihood a file of rates says nothing.
func (s *sources) likelihood(d *dataset.Dataset) (likelihood.Likelihood, string, error) {
	if s.run {
		l, err := s.config.Model.NewLikelihood()
		return l, s.config.Model.Likelihood, err
	}
	if err := d.Check(likelihood.Poisson{}); err == nil {
		return likelihood.Poisson{}, "poisson", nil
	}
	return likelihood.MSE{}, "mse", d.Check(likelihood.MSE{})
}
