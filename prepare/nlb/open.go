package nlb

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
)

// Files are the recordings that a source stands for: itself, or the NWB files of a
// folder in order of their names, or those of the only folder in it that has some, as
// DANDI lays data sets out (sub-NAME).
func Files(source string) ([]string, error) {
	info, err := os.Stat(source)
	if err != nil {
		return nil, fmt.Errorf("nlb: %w", err)
	}
	if !info.IsDir() {
		return []string{source}, nil
	}
	if files := nwbIn(source); len(files) > 0 {
		return files, nil
	}
	entries, err := os.ReadDir(source)
	if err != nil {
		return nil, fmt.Errorf("nlb: %w", err)
	}
	var found [][]string
	for _, e := range entries {
		if files := nwbIn(filepath.Join(source, e.Name())); len(files) > 0 {
			found = append(found, files)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("nlb: %s holds no NWB file (*.nwb), nor does a folder in it: give the folder or the file of one data set", source)
	}
	return nil, fmt.Errorf("nlb: %s has NWB files in %d folders, such as %s and %s: give one of these folders", source, len(found), filepath.Dir(found[0][0]), filepath.Dir(found[1][0]))
}

// nwbIn lists the NWB files of a folder, without those whose names begin with a dot.
func nwbIn(folder string) (files []string) {
	entries, err := os.ReadDir(folder) // sorted by name
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".nwb") && !strings.HasPrefix(name, ".") {
			files = append(files, filepath.Join(folder, name))
		}
	}
	return files
}

// Open opens recordings. Those of a data set are parts of one session. Call Close
// when they are no longer needed.
func Open(files []string, o ingest.Options) (all []*dataset.Recording, err error) {
	for _, path := range files {
		r, err := ingest.Open(path, o)
		if err != nil {
			return nil, errors.Join(err, Close(all))
		}
		r.Name = strings.TrimSuffix(filepath.Base(path), ".nwb")
		all = append(all, r)
	}
	return slices.Clip(all), nil
}

// Close closes recordings.
func Close(all []*dataset.Recording) (err error) {
	for _, r := range all {
		err = errors.Join(err, r.Close())
	}
	return err
}
