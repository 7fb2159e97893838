package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// sourceFiles are where the recording of each source lies.
var sourceFiles = map[string]string{
	"nwb": "session.nwb", "npz": "session.npz", "csv": "spikes.csv", "phy": "sorted", "mat": "session.mat",
	"reaching": "indy.mat", "muscles": "muscles.npz",
}

// unpackSources brings all sources into a folder.
func unpackSources(t *testing.T, dir string) {
	t.Helper()
	packed := filepath.Join("testdata", "sources")
	err := filepath.WalkDir(packed, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(packed, path)
		if err != nil || d.IsDir() {
			return os.MkdirAll(filepath.Join(dir, name), 0o777)
		}
		testenv.Gunzip(t, path, filepath.Join(dir, strings.TrimSuffix(name, ".gz")))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	testenv.Gunzip(t, filepath.Join("..", "..", "prepare", "testdata", "reaching", "indy.mat.gz"), filepath.Join(dir, "indy.mat"))
}

// sourceIn is the recording of a row.
func (c combination) sourceIn(dir string) string {
	if c.is("observed", "in intervals") {
		return filepath.Join(dir, "observed.nwb")
	}
	return filepath.Join(dir, sourceFiles[c["source"]])
}

// streams are the names of one to decode and of one to tell the model.
func (c combination) streams() (hand, force string) {
	switch c["source"] {
	case "csv":
		return "spikes_behavior", "force"
	case "reaching":
		return "cursor_pos", "target_pos"
	}
	return "hand", "force"
}

// trialArgs are the flags by which a row makes trials.
func (c combination) trialArgs() (args []string) {
	table := c.flags()
	for _, f := range sourceFactors() {
		args = append(args, table[f.name][c[f.name]]...)
	}
	return args
}

// flags are those that stand for the values of factors.
func (c combination) flags() map[string]map[string][]string {
	words := strings.Fields
	hand, force := c.streams()
	id, quoted := c.ids()
	held := id[2]
	if channel := map[string]string{"nwb": "d", "csv": "d", "phy": "d", "reaching": "M1 003"}[c["source"]]; c.is("join", "channel") {
		held = channel
	}
	signal := func(kind string) []string { return words("--signal emg --signal-kind " + kind) }
	return map[string]map[string][]string{
		"windows": {
			"aligned": words("--align go_time --window=-50..150"), "from start": words("--align go_delay --align-from-start --window=0..200"),
			"chopped": words("--chop-ms 200"), "chopped by half": words("--chop-ms 200 --overlap-ms 100"), "chopped side by side": words("--chop-ms 200 --overlap-ms 0"),
			"chopped in rows": words("--chop-ms 200 --trials trials"),
		},
		"bin":    {"20": words("--bin-ms 20"), "25": words("--bin-ms 25"), "50": words("--bin-ms 50")},
		"signal": {"emg": signal("emg"), "lfp": signal("lfp"), "calcium": signal("calcium"), "raw": signal("raw")},
		"scale":  {"std": words("--scale std"), "max": words("--scale max"), "quantile": words("--scale quantile")},
		"behaviour": {
			"stream": {"--behavior", hand}, "feature": {"--behavior", hand + "[1]"}, "velocity": {"--behavior", "velocity(" + hand + ")"},
			"held": {"--behavior", "held(" + hand + ")"}, "column": {"--behavior", "trials.speed"}, "two": {"--behavior", hand, "--behavior", "trials.speed"},
		},
		"lag":         {"100": words("--lag-ms 100"), "-40": words("--lag-ms=-40")},
		"external":    {"stream": {"--external", force}},
		"set aside":   {"one": words("--set-aside 1"), "share": words("--set-aside .2")},
		"held out":    {"share": words("--hold-out .3"), "units": {"--hold-out-units", held}},
		"forward":     {"100": words("--forward-ms 100")},
		"split":       {"share": words("--valid-share .3"), "blocks": words("--split-blocks 6"), "column": words("--split-column split"), "by condition": words("--split-by-condition")},
		"test share":  {".2": words("--test-share .2")},
		"shared time": {"dropped": words("--drop-shared")},
		"where":       {"one": {"--where", "speed > 1.1"}, "two": {"--where", "speed > 1.05", "--where", `side in ["left", "right"] && row != 3`}},
		"units":       {"condition": {"--units", "id != " + quoted}, "only": {"--only-units", strings.Join(id, ",")}, "without": {"--without-units", id[1]}, "rate": words("--min-rate-hz 6")},
		"join":        {"channel": words("--join-units channel")},
		"correlated":  {"dropped": words("--drop-correlated .2")},
		"condition":   {"side": words("--condition side")},
	}
}

// ids are four units or channels that the recording has, and the second as conditions
// have it.
func (c combination) ids() (ids []string, second string) {
	switch {
	case !c.is("signal", "none"):
		return []string{"emg 0", "emg 1", "emg 2", "emg 3"}, `"emg 1"`
	case c.is("source", "reaching"):
		return []string{"M1 001/1", "M1 001/0", "M1 002/1", "M1 003/2"}, `"M1 001/0"`
	}
	return []string{"2", "3", "7", "8"}, "3"
}
