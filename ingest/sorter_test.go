package ingest_test

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/ingest"
	"github.com/autolfads/autolfads/ingest/ingesttest"
)

const paramsText = "dat_path = r'C:\\data\\x.bin'\nn_channels_dat = 385\ndtype = 'int16'\noffset = 0\nsample_rate = 30000.\nhp_filtered = False\n"

func TestSorter(t *testing.T) {
	ingesttest.Run(t, ingesttest.Case{
		Source: "sorter",
		Write:  storeSorter,
		Holds:  silent,
		Files:  []string{"spike_times.npy", "spike_clusters.npy", "params.py", "cluster_group.tsv", "trials.csv"},
	})
}

// storeSorter stores spikes as phy does, with one cluster more, of noise.
func storeSorter(t testing.TB, dir string, r *dataset.Recording) string {
	var samples []uint64
	var clusters []int32
	for _, s := range spikesOf(t, r) {
		cluster, err := strconv.Atoi(s.id)
		if err != nil {
			t.Fatal(err)
		}
		samples = append(samples, uint64(math.Round(s.at*ingesttest.SampleRate)), 77)
		clusters = append(clusters, int32(cluster), 99)
	}
	storeSpikes(t, dir, samples, clusters)
	store(t, filepath.Join(dir, "cluster_group.tsv"), "cluster_id\tgroup\n3\tgood\n4\tgood\n12\tgood\n20\tgood\n99\tnoise\n7\tgood\n")
	storeBeside(t, dir, r)
	return dir
}

func storeSpikes(t testing.TB, dir string, samples []uint64, clusters []int32) {
	store(t, filepath.Join(dir, "spike_times.npy"), npyText("<u8", fmt.Sprintf("(%d, 1)", len(samples)), samples))
	store(t, filepath.Join(dir, "spike_clusters.npy"), npyText("<i4", fmt.Sprintf("(%d,)", len(clusters)), clusters))
	store(t, filepath.Join(dir, "params.py"), paramsText)
}

// three is a folder of three clusters: 5 with two spikes, 1 and 12 with one each.
func three(t testing.TB, more map[string]string) string {
	dir := t.TempDir()
	storeSpikes(t, dir, []uint64{15000, 3000, 30000, 60000}, []int32{5, 12, 5, 1})
	for name, text := range more {
		store(t, filepath.Join(dir, name), text)
	}
	return dir
}

func TestSorterGroups(t *testing.T) {
	const info = "cluster_id\tKSLabel\tamp\tch\tdepth\tfr\tgroup\n1\tgood\t7.5\t3\t60.0\t1.0\tgood\n5\tmua\t8\t4\t80.0\t2.0\tmua\n12\tgood\t9\t5\t100.0\t1.0\t\n"
	const label = "cluster_id\tKSLabel\n1\tgood\n5\tgood\n12\tmua\n"
	for name, c := range map[string]struct {
		files map[string]string
		units string
		note  string
	}{
		"none":       {nil, "1 5 12", "no file gives clusters a group"},
		"phy":        {map[string]string{"cluster_group.tsv": "cluster_id\tgroup\n5\tgood\n1\tmua\n12\tnoise\n", "cluster_KSLabel.tsv": label}, "5", "1 of 3 clusters are units: those that are good by cluster_group.tsv (good 1, mua 1, noise 1)"},
		"old phy":    {map[string]string{"cluster_groups.csv": "cluster_id\tgroup\n5\tgood\n"}, "5", "without a group 2"},
		"info":       {map[string]string{"cluster_info.tsv": info, "cluster_KSLabel.tsv": label}, "1", "by cluster_info.tsv"},
		"info of id": {map[string]string{"cluster_info.tsv": strings.Replace(info, "cluster_id", "id", 1)}, "1", "by cluster_info.tsv"},
		"kilosort":   {map[string]string{"cluster_KSLabel.tsv": label}, "1 5", "by cluster_KSLabel.tsv"},
		"in group":   {map[string]string{"cluster_group.tsv": label}, "1 5", "by cluster_group.tsv"},
		"uncurated":  {map[string]string{"cluster_info.tsv": "id\tKSLabel\tgroup\n1\tgood\t\n5\tmua\t\n12\tgood\t\n"}, "1 12", "by cluster_info.tsv"},
		"unsorted":   {map[string]string{"cluster_group.tsv": "cluster_id\tgroup\n1\tunsorted\n5\tunsorted\n12\tunsorted\n"}, "1 5 12", "no file gives"},
	} {
		r := opened(t, three(t, c.files), ingest.Options{})
		if got := strings.Join(r.Units.IDs, " "); got != c.units {
			t.Errorf("%s: units %s, want %s", name, got, c.units)
		}
		if notes := strings.Join(r.Notes, "; "); !strings.Contains(notes, c.note) {
			t.Errorf("%s: %s; want %q", name, notes, c.note)
		}
	}
	dir := three(t, map[string]string{"cluster_info.tsv": info, "cluster_ContamPct.tsv": "cluster_id\tContamPct\n12\t100.0\n1\t3.5\n", "metrics.csv": "cluster_id,snr\n1,2\n5,3\n12,4\n"})
	r := opened(t, dir, ingest.Options{AllUnits: true})
	if got := told(t, r); got != "1[2]5[0.5 1]12[0.1]" {
		t.Errorf("all units: %s", got)
	}
	for column, want := range map[string]string{"depth": "[60 80 100]", "ContamPct": "[3.5 NaN 100]", "snr": "[2 3 4]"} {
		if got := toldNumbers(r.Units.Columns.Numbers(column)); got != want {
			t.Errorf("column %s: %s, want %s", column, got, want)
		}
	}
	if c := r.Units.Columns.Column("group"); c == nil || c.Words[1] != "mua" || c.Words[2] != "" {
		t.Errorf("column group: %v", c)
	}
	if len(r.Attributes) != 6 || r.Attributes[4] != (dataset.Attribute{Name: "sample_rate", Value: "30000."}) {
		t.Errorf("attributes %v", r.Attributes)
	}
}

func TestSorterParams(t *testing.T) {
	for line, want := range map[string]string{
		"sample_rate = 30000.0":                                 "5[0.5 1]",
		"sample_rate=3e4 # Hz":                                  "5[0.5 1]",
		"sample_rate = 30_000":                                  "5[0.5 1]",
		"sample_rate = 1\nsample_rate=3e4":                      "5[0.5 1]",
		"\r\nsample_rate = 15000\r\n":                           "5[1 2]",
		"sample_rate = 30 * 1000":                               "sample_rate = 30 * 1000; expected a number",
		"sample_rate = float('30000')":                          "expected a number",
		"sample_rate = __import__('os').system('touch /tmp/x')": "expected a number",
		"sample_rate = 0":                                       "expected samples per second",
		"sample_rate = -3e4":                                    "expected a number",
		"sample_rate = 1e999":                                   "expected samples per second",
		"sample_rate = nan":                                     "expected a number",
		"sample_rates = 3e4":                                    "no line sample_rate = NUMBER",
		"# sample_rate = 3e4":                                   "no line sample_rate",
		"sample_rate == 3e4":                                    "no line sample_rate",
	} {
		dir := three(t, map[string]string{"params.py": line, "cluster_group.tsv": "cluster_id\tgroup\n5\tgood\n"})
		if strings.HasPrefix(want, "5[") {
			if got := told(t, opened(t, dir, ingest.Options{})); got != want {
				t.Errorf("%q: %s, want %s", line, got, want)
			}
			continue
		}
		refused(t, dir, ingest.Options{}, want)
		if got := told(t, opened(t, dir, ingest.Options{SampleRate: 30000})); got != "5[0.5 1]" {
			t.Errorf("%q, but told the rate: %s", line, got)
		}
	}
	dir := three(t, nil)
	if notes := strings.Join(opened(t, dir, ingest.Options{SampleRate: 15000}).Notes, "; "); !strings.Contains(notes, "as asked; params.py says 30000") {
		t.Errorf("notes %s", notes)
	}
}

func TestSorterRefused(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		says  string
	}{
		"lengths":   {map[string]string{"spike_clusters.npy": npyText("<i4", "(3,)", []int32{1, 2, 3})}, "spike_times.npy has 4 spikes and spike_clusters.npy has 3"},
		"matrix":    {map[string]string{"spike_times.npy": npyText("<i4", "(2, 2)", []int32{1, 2, 3, 4})}, "spike_times.npy has shape [2 2]; expected a number for each spike"},
		"words":     {map[string]string{"spike_clusters.npy": npyText("|S1", "(4,)", []byte("abcd"))}, "S1 cannot be read as numbers"},
		"fractions": {map[string]string{"spike_clusters.npy": npyText("<f4", "(4,)", []float32{1, 2, 2.5, 3})}, "a value is 2.5, not a whole number"},
		"objects":   {map[string]string{"spike_clusters.npy": npyText("|O", "(4,)", []byte("abcd"))}, "np.array(x.tolist(), dtype=float)"},
		"not numpy": {map[string]string{"spike_times.npy": "hello, this is text"}, "not a NumPy file"},
		"empty":     {map[string]string{"spike_times.npy": npyText("<u8", "(0,)", []uint64{}), "spike_clusters.npy": npyText("<i4", "(0,)", []int32{})}, "no spikes"},
		"no good":   {map[string]string{"cluster_group.tsv": "cluster_id\tgroup\n1\tmua\n5\tmua\n12\tnoise\n"}, "none of 3 clusters is good by cluster_group.tsv (mua 2, noise 1): --all-units"},
		"no id":     {map[string]string{"cluster_group.tsv": "a\tgroup\n1\tgood\n"}, "expected cluster_id"},
		"twice":     {map[string]string{"cluster_group.tsv": "cluster_id\tgroup\n1\tgood\n1\tmua\n"}, `two rows for unit "1"`},
	} {
		t.Run(name, func(t *testing.T) { refused(t, three(t, c.files), ingest.Options{}, c.says) })
	}
	dir := t.TempDir()
	store(t, filepath.Join(dir, "spike_times.npy"), npyText("<u8", "(1,)", []uint64{1}))
	refused(t, dir, ingest.Options{}, "spike_clusters.npy")
	store(t, filepath.Join(dir, "spike_templates.npy"), npyText("<u4", "(1,1)", []uint32{8}))
	refused(t, dir, ingest.Options{}, "there is no params.py")
	r := opened(t, dir, ingest.Options{SampleRate: 2})
	if got := told(t, r); got != "8[0.5]" || !strings.Contains(r.Notes[0], "units are the templates") {
		t.Errorf("templates: %s, %q", got, r.Notes)
	}
}

func TestSorterSeconds(t *testing.T) {
	dir := three(t, map[string]string{"spike_times.npy": npyText("<f8", "(1, 4)", []float64{.5, .25, 1, 2})})
	r := opened(t, dir, ingest.Options{})
	if got := told(t, r); got != "1[2]5[0.5 1]12[0.25]" || !strings.Contains(strings.Join(r.Notes, ""), "taken for seconds") {
		t.Errorf("%s, %q", got, r.Notes)
	}
	dir = t.TempDir()
	store(t, filepath.Join(dir, "spike_times_sec.npy"), npyText("<f8", "(2,)", []float64{.5, 1}))
	store(t, filepath.Join(dir, "spike_clusters.npy"), npyText("<i4", "(2,)", []int32{5, 5}))
	if got := told(t, opened(t, dir, ingest.Options{})); got != "5[0.5 1]" {
		t.Errorf("seconds: %s", got)
	}
}

// A file of a folder leads to the folder.
func TestSorterByFile(t *testing.T) {
	dir := three(t, map[string]string{"cluster_info.tsv": "cluster_id\tgroup\n5\tgood\n"})
	for _, name := range []string{"spike_times.npy", "params.py", "cluster_info.tsv"} {
		r := opened(t, filepath.Join(dir, name), ingest.Options{})
		if got := told(t, r); got != "5[0.5 1]" || r.Format != "sorter" || !strings.Contains(r.Notes[0], name+" is one file of a sorter's folder") {
			t.Errorf("%s: %s, %q", name, got, r.Notes)
		}
	}
}

// A long file of a folder is no signal.
func TestSorterByLongFile(t *testing.T) {
	const n = 5000
	dir := three(t, map[string]string{
		"cluster_info.tsv":   "cluster_id\tgroup\n5\tgood\n",
		"spike_times.npy":    npyText("<i8", fmt.Sprintf("(%d,)", n), make([]int64, n)),
		"spike_clusters.npy": npyText("<i4", fmt.Sprintf("(%d,)", n), slices.Repeat([]int32{5}, n)),
	})
	if r := opened(t, filepath.Join(dir, "spike_times.npy"), ingest.Options{}); r.Format != "sorter" || r.Units.Total() != n {
		t.Errorf("it is read as %s, %d spikes", r.Format, r.Units.Total())
	}
}
