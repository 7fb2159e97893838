package ingest

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/autolfads/autolfads/dataset"
)

// sorter reads the folders that spike sorters write and phy curates: spikes in
// arrays of NumPy, what is known of clusters in tables of text, the sample rate in
// params.py.
type sorter struct{}

// Title implements Source.
func (sorter) Title() string { return "a folder of phy or Kilosort" }

// Files of such folders.
const (
	timesFile     = "spike_times.npy"
	secondsFile   = "spike_times_sec.npy" // of the same spikes, by some pipelines
	clustersFile  = "spike_clusters.npy"
	templatesFile = "spike_templates.npy"
	paramsFile    = "params.py"
)

// Recognise implements Source: a folder with spike times, or one of its files.
func (sorter) Recognise(c *Candidate) bool {
	if !c.IsDir && slices.Contains([]string{timesFile, clustersFile, templatesFile, paramsFile, "cluster_info.tsv", "cluster_group.tsv"}, filepath.Base(c.Path)) {
		folder, err := Look(filepath.Dir(c.Path))
		return err == nil && folder.Has(timesFile) && folder.Has(clustersFile)
	}
	return c.IsDir && (c.Has(timesFile) || c.Has(secondsFile))
}

// Open implements Source.
func (sorter) Open(c *Candidate, o Options) (*dataset.Recording, error) {
	r := &dataset.Recording{}
	s := &sorted{folder: c, options: o, recording: r}
	if !c.IsDir {
		folder, err := Look(filepath.Dir(c.Path))
		if err != nil {
			return nil, err
		}
		s.note("%s is one file of a sorter's folder, which is read", filepath.Base(c.Path))
		c, s.folder = folder, folder
	}
	r.Name = baseName(c.Path)
	if err := s.labels(); err != nil {
		return nil, err
	}
	if err := s.spikes(); err != nil {
		return nil, err
	}
	for _, t := range s.tables {
		if err := addKnown(&r.Units, t); err != nil {
			return nil, err
		}
	}
	for _, path := range besideIn(c) {
		if strings.HasPrefix(filepath.Base(path), "cluster_") {
			continue
		}
		if err := addTable(r, path, o); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// sorted is a folder that is being read.
type sorted struct {
	folder    *Candidate
	options   Options
	recording *dataset.Recording
	tables    []*dataset.Table // what is known of clusters, a row each
	groups    map[string]string
	from      string // the file that the groups are from; "": there is none
}

func (s *sorted) path(name string) string { return filepath.Join(s.folder.Path, name) }

func (s *sorted) note(format string, args ...any) {
	s.recording.Notes = append(s.recording.Notes, fmt.Sprintf(format, args...))
}

// labelFiles have the groups of clusters: those of a curator before the sorter's.
var labelFiles = []string{"cluster_group.tsv", "cluster_groups.csv", "cluster_group.csv", "cluster_info.tsv", "cluster_KSLabel.tsv"}

// labels reads the tables of clusters. The first of labelFiles that gives any
// cluster a group gives all of them.
func (s *sorted) labels() error {
	names := slices.Clone(labelFiles)
	for _, name := range s.folder.Entries {
		if strings.HasPrefix(name, "cluster_") && (strings.HasSuffix(name, ".tsv") || strings.HasSuffix(name, ".csv")) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if !s.folder.Has(name) {
			continue
		}
		t, err := loadTable(s.path(name))
		if err != nil {
			return err
		}
		key := among(headingsOf(t), unitNames)
		if key < 0 {
			return fmt.Errorf("%s: its columns are called %s; expected cluster_id among them", name, columnNames(t))
		}
		if _, err := rowsByUnit(t, t.Columns[key]); err != nil {
			return err
		}
		s.tables = append(s.tables, t)
		if s.from == "" && slices.Contains(labelFiles, name) {
			s.takeGroups(name, t, key)
		}
	}
	return nil
}

// takeGroups takes the groups of a table, if there are any. A column called group
// goes before the sorter's own KSLabel.
func (s *sorted) takeGroups(name string, t *dataset.Table, key int) {
	for _, column := range []string{"group", "KSLabel"} {
		c := t.Column(column)
		if c == nil || c.Words == nil {
			continue
		}
		groups := map[string]string{}
		for i, label := range c.Words {
			if label = strings.ToLower(label); label != "" && label != "unsorted" {
				groups[unitID(t.Columns[key], i)] = label
			}
		}
		if len(groups) > 0 {
			s.groups, s.from = groups, name
			return
		}
	}
}

// good are the clusters that become units, of all that have spikes.
func (s *sorted) good(ids []string) (good []string, err error) {
	if s.options.AllUnits || s.from == "" {
		if s.from == "" {
			s.note("no file gives clusters a group (%s): all %d are units", strings.Join(labelFiles, ", "), len(ids))
		}
		return ids, nil
	}
	counts := map[string]int{}
	for _, id := range ids {
		group := s.groups[id]
		if group == "" {
			group = "without a group"
		}
		if counts[group]++; group == "good" {
			good = append(good, id)
		}
	}
	told := toldCounts(counts)
	if len(good) == 0 {
		return nil, fmt.Errorf("none of %d clusters is good by %s (%s): --all-units takes them all", len(ids), s.from, told)
	}
	if len(good) < len(ids) {
		s.note("%d of %d clusters are units: those that are good by %s (%s)", len(good), len(ids), s.from, told)
	}
	return good, nil
}

// toldCounts lists groups with how many clusters they have.
func toldCounts(counts map[string]int) string {
	var all []string
	for group, n := range counts {
		all = append(all, fmt.Sprintf("%.20s %d", strings.Join(strings.Fields(group), " "), n))
	}
	slices.Sort(all)
	return someOf(all)
}

// sampleRate is how many samples make a second: what the user says, or else
// params.py.
func (s *sorted) sampleRate() (float64, error) {
	said := s.options.SampleRate
	if !s.folder.Has(paramsFile) {
		if said > 0 {
			return said, nil
		}
		return 0, errors.New("there is no params.py with the sample_rate of its spike times: give --sample-rate")
	}
	p, err := readParams(s.path(paramsFile))
	if err != nil {
		return 0, err
	}
	s.recording.Attributes = append(s.recording.Attributes, p.attributes...)
	rate, err := p.sampleRate()
	switch {
	case said > 0 && err == nil && said != rate:
		s.note("the sample rate is %g Hz, as asked; params.py says %g", said, rate)
		return said, nil
	case said > 0:
		return said, nil
	}
	return rate, err
}
