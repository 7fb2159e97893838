package ingest

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// alf reads folders of the ALF convention (Open Neurophysiology Environment), in
// which the International Brain Laboratory and others share recordings: a file for
// each attribute of an object, spikes.times.npy, spikes.clusters.npy,
// trials.intervals.npy, all in seconds.
type alf struct{}

// Title implements Source.
func (alf) Title() string { return "a folder of ALF files (spikes.times.npy, ...)" }

// alfName is a file's name: _namespace_object.attribute.anything.npy.
type alfName struct{ file, object, attribute string }

// parseALF returns false for what is no array of the convention.
func parseALF(file string) (alfName, bool) {
	base, ok := strings.CutSuffix(file, ".npy")
	parts := strings.Split(base, ".")
	if !ok || len(parts) < 2 {
		return alfName{}, false
	}
	object := parts[0]
	if strings.HasPrefix(object, "_") {
		if _, object, ok = strings.Cut(object[1:], "_"); !ok {
			return alfName{}, false
		}
	}
	return alfName{file, object, strings.TrimLeft(parts[1], "_")}, object != "" && parts[1] != ""
}

// alfFolder is a folder with its arrays.
type alfFolder struct {
	path  string
	names []alfName
}

func newALF(c *Candidate) *alfFolder {
	f := &alfFolder{path: c.Path}
	for _, entry := range c.Entries {
		if n, ok := parseALF(entry); ok {
			f.names = append(f.names, n)
		}
	}
	return f
}

// file returns the file of an attribute; "": there is none.
func (f *alfFolder) file(object, attribute string) string {
	for _, n := range f.names {
		if n.object == object && n.attribute == attribute {
			return n.file
		}
	}
	return ""
}

func (f *alfFolder) hasSpikes() bool {
	return f.file("spikes", "times") != "" && f.file("spikes", "clusters") != ""
}

// Recognise implements Source: the folder of the spikes or a file of them, or the
// session's, with alf/ in it.
func (alf) Recognise(c *Candidate) bool {
	if !c.IsDir {
		folder := folderOf(c)
		return folder != nil && newALF(folder).hasSpikes()
	}
	return newALF(c).hasSpikes() || len(probesOf(c)) > 0
}

// folderOf is the folder of a file that is an array of spikes; nil: it is another.
func folderOf(c *Candidate) *Candidate {
	n, ok := parseALF(filepath.Base(c.Path))
	if !ok || n.object != "spikes" {
		return nil
	}
	folder, err := Look(filepath.Dir(c.Path))
	if err != nil {
		return nil
	}
	return folder
}

// probeFolders are where, from a session's folder, from alf or from a probe's,
// spikes are.
var probeFolders = []string{"alf", "alf/*", "alf/*/*", "probe*", "probe*/*", "pykilosort", "iblsorter"}

// probesOf lists the folders of a session that have spikes.
func probesOf(c *Candidate) (paths []string) {
	for _, pattern := range probeFolders {
		found, _ := filepath.Glob(filepath.Join(escaped(c.Path), pattern))
		for _, path := range found {
			if inner, err := Look(path); err == nil && inner.IsDir && newALF(inner).hasSpikes() {
				paths = append(paths, path)
			}
		}
	}
	return paths
}

// escaped takes from a path what Glob would read as a pattern.
func escaped(path string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// Open implements Source.
func (alf) Open(c *Candidate, o Options) (*dataset.Recording, error) {
	if !c.IsDir {
		c = folderOf(c)
	}
	folder := newALF(c)
	if !folder.hasSpikes() {
		probes := probesOf(c)
		if len(probes) != 1 {
			return nil, fmt.Errorf("it has spikes of several probes: open one of %s", someOf(probes))
		}
		inner, err := Look(probes[0])
		if err != nil {
			return nil, err
		}
		folder = newALF(inner)
	}
	r := &dataset.Recording{Name: baseName(c.Path)}
	a := &alfReader{recording: r, options: o}
	r.Closer = &a.open
	err := a.units(folder)
	folders := []string{folder.path}
	if above := sessionOf(folder.path); above != "" {
		folders = append(folders, above)
	}
	for _, path := range folders {
		if err != nil {
			break
		}
		err = a.beside(path)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// sessionOf is the folder above a probe's, or above a sorter's in it, that has what
// all probes share: alf; "": there is none.
func sessionOf(path string) string {
	for range 2 {
		if path = filepath.Dir(path); filepath.Base(path) == "alf" {
			return path
		}
	}
	return ""
}

// alfReader makes a recording of a folder.
type alfReader struct {
	recording *dataset.Recording
	options   Options
	open      closers
}

// closers are files that stay open for streams.
type closers []*tree.File

// Close implements io.Closer.
func (c *closers) Close() (err error) {
	for _, f := range *c {
		err = errors.Join(err, f.Close())
	}
	return err
}

func (a *alfReader) note(format string, args ...any) {
	a.recording.Notes = append(a.recording.Notes, fmt.Sprintf(format, args...))
}

// phyGroups are what numbers of clusters._phy_annotation mean.
var phyGroups = []string{"noise", "mua", "good", "unsorted"}

// units reads spikes. All clusters are units, unless a curator's annotation says
// which are good.
func (a *alfReader) units(f *alfFolder) error {
	s := &sorted{folder: &Candidate{Path: f.path, IsDir: true}, options: a.options, recording: a.recording, from: "all"}
	s.options.AllUnits = true
	if file := f.file("clusters", "phy_annotation"); file != "" && !a.options.AllUnits {
		groups, err := s.openVector(file)
		if err != nil {
			return err
		}
		defer groups.close()
		numbers, err := groups.Int64s()
		if err != nil {
			return err
		}
		s.groups, s.from, s.options.AllUnits = map[string]string{}, file, false
		for i, n := range numbers {
			s.groups[fmt.Sprint(i)] = phyGroups[min(max(n, 0), int64(len(phyGroups)-1))]
		}
	}
	times, err := s.openVector(f.file("spikes", "times"))
	if err != nil {
		return err
	}
	defer times.close()
	clusters, err := s.openVector(f.file("spikes", "clusters"))
	if err != nil {
		return err
	}
	defer clusters.close()
	if times.n != clusters.n {
		return fmt.Errorf("%s has %d spikes and %s has %d: they are not of one sorting, copy both again", times.file, times.n, clusters.file, clusters.n)
	}
	return s.fill(times, clusters, 1)
}

// objectsOfUnits are those that say nothing of the session.
var objectsOfUnits = []string{"spikes", "clusters", "channels", "templates", "waveforms"}

// beside reads trials, events and signals of a folder.
func (a *alfReader) beside(path string) error {
	c, err := Look(path)
	if err != nil {
		return err
	}
	f := newALF(c)
	done := slices.Clone(objectsOfUnits)
	for _, n := range f.names {
		if slices.Contains(done, n.object) {
			continue
		}
		done = append(done, n.object)
		if err := a.object(f, n.object); err != nil {
			return err
		}
	}
	if c.Has("trials.csv") {
		return addTable(a.recording, filepath.Join(path, "trials.csv"), a.options)
	}
	for _, entry := range c.Entries {
		if strings.HasSuffix(entry, ".pqt") && strings.Contains(entry, "trials") {
			a.note("%s is a Parquet table, which is not read: store its columns as %s in the same folder", entry, "trials.csv, or as trials.NAME.npy,")
		}
	}
	return nil
}
