package autolfads

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/autolfads/autolfads/checkpoint"
	"github.com/autolfads/autolfads/infer"
	"github.com/autolfads/autolfads/run"
)

// Inference is a request for rates of a recording from a trained model.
type Inference struct {
	From    string     // run folder, or a checkpoint inside one
	Data    string     // data file with the neurons the model was trained on
	Out     string     // HDF5 file to write; must not exist
	Samples int        // posterior samples; 0: as the run's configuration says
	Seed    *uint64    // nil: the run's
	File    DataConfig // what the data file leaves open; zero: as the run's
	How     How
}

// Infer writes the rates of a recording to a file.
func Infer(ctx context.Context, r Inference) error {
	if err := errors.Join(r.How.check(), newFile(r.Out)); err != nil {
		return err
	}
	dir, path, err := locate(r.From)
	if err != nil {
		return err
	}
	config := DefaultConfig()
	header, err := run.Read(dir, &config)
	if err != nil {
		return err
	}
	if r.Samples != 0 {
		config.Infer.Samples = r.Samples
	}
	if err := config.Infer.Check(); err != nil {
		return err
	}
	config.Data = r.File.Or(config.Data)
	seed := header.Seed
	if r.Seed != nil {
		seed = *r.Seed
	}
	d, err := load(&config, r.Data, &r.How)
	if err != nil {
		return err
	}
	state, err := checkpoint.Read(path)
	if err != nil {
		return err
	}
	result, err := average(ctx, &config, d, state, seed, r.How)
	if err != nil {
		return err
	}
	return infer.Write(r.Out, d, result, infer.Source{
		Version: Version, Run: filepath.Base(path), Data: filepath.Base(r.Data), Samples: config.Infer.Samples, Seed: seed, Kind: config.kind(),
	})
}

// newFile returns an error if no file can be made at path or there is one, so
// that this is known before hours of computing and not after.
func newFile(path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists: give another --out, or remove it", path)
	}
	probe, err := os.CreateTemp(filepath.Dir(path), ".*.tmp")
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // the probe's name says nothing
	}
	if err != nil {
		return fmt.Errorf("%s cannot be written: %w; make its folder, or give another --out", path, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// holdsRun returns an error if dir is no run folder.
func holdsRun(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "run.yaml")); err != nil {
		return fmt.Errorf("%s holds no run (no run.yaml): give the folder that `autolfads run` made, its --out", dir)
	}
	return nil
}

// locate finds the run folder, whose run.yaml says how the model is made, and
// the checkpoint.
func locate(from string) (dir, path string, err error) {
	info, err := os.Stat(from)
	if err != nil {
		return "", "", fmt.Errorf("%w; give a run folder, or a checkpoint inside one", err)
	}
	if info.IsDir() {
		if err := holdsRun(from); err != nil {
			return "", "", err
		}
		path = filepath.Join(from, "best", "checkpoint.safetensors")
		if _, err := os.Stat(path); err != nil {
			return "", "", fmt.Errorf("%s has no trained model yet (no best/checkpoint.safetensors): go on with `autolfads resume %s`", from, from)
		}
		return from, path, nil
	}
	abs, err := filepath.Abs(from)
	if err != nil {
		return "", "", err
	}
	for dir := filepath.Dir(abs); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "run.yaml")); err == nil {
			return dir, from, nil
		}
		if dir == filepath.Dir(dir) || strings.Count(dir, string(filepath.Separator)) < 2 {
			return "", "", fmt.Errorf("%s lies in no run folder: run.yaml, which says how the model is made, must be above it", from)
		}
	}
}
