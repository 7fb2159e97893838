package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/autolfads/autolfads"
)

// settings returns what a row sets, by key, and the entries of pbt.space that
// it changes.
func (c combination) settings() (set, space map[string]string) {
	set, space = map[string]string{}, map[string]string{}
	byDefault := autolfads.DefaultConfig().PBT.Space
	for _, f := range allFactors() {
		value := c[f.name]
		_, inSpace := byDefault[f.name]
		switch {
		case !strings.Contains(f.name, "."):
		case value == idle && inSpace && !c.is("search", "fixed"):
			space[f.name] = "null"
		case value == idle:
		case value == searched && f.space != "":
			space[f.name] = f.space
		case value == searched:
		default:
			set[f.name] = value
			if inSpace && !c.is("search", "fixed") {
				space[f.name] = "null"
			}
		}
	}
	maps.Copy(set, c.openSettings())
	return set, space
}

// openSettings are the settings for what the data file leaves open.
func (c combination) openSettings() map[string]string {
	set := map[string]string{}
	if c.is("bin width", "setting") {
		set["data.bin_ms"] = strconv.Itoa(binWidthMs)
	}
	if c.is("truth", "count") {
		set["data.truth_unit"] = "count"
	}
	if c.is("axes", "trials,neurons,bins") {
		set["data.axes"] = c["axes"]
	}
	return set
}

// openFlags are the flags for the rest that it leaves open.
func (c combination) openFlags() []string {
	var flags []string
	if c.is("bin width", "flag") {
		flags = append(flags, "--bin-ms", strconv.Itoa(binWidthMs))
	}
	if c.is("truth", "hz") {
		flags = append(flags, "--truth-unit", "hz")
	}
	if c.is("axes", "trials,bins,neurons") || c.is("axes", "neurons,bins,trials") {
		flags = append(flags, "--axes", c["axes"])
	}
	if c.is("held-in neurons lie", "first, and differ") {
		flags = append(flags, "--encod-differs")
	}
	if c.is("missing", "none, and refused") {
		flags = append(flags, "--missing", "refuse")
	}
	return flags
}

// infoArgs are the arguments of info, with all that changes what it says.
func (c combination) infoArgs(data string) []string {
	args := append([]string{"info", data, "--set", "model.likelihood=" + c["model.likelihood"]}, c.openFlags()...)
	for key, value := range c.openSettings() {
		args = append(args, "--set", key+"="+value)
	}
	return args
}

// run returns the arguments of a row's run. dir is where a file of settings
// goes, if the row has one.
func (c combination) run(dir, data, out string) ([]string, error) {
	args := []string{"run", data, "--out", out, "--search", c["search"], "--seed", c["seed"]}
	args = append(args, c.openFlags()...)
	if !c.is("preset", "none") { // a row names every setting that it uses: what a preset says of them gives way
		args = append(args, "--preset", c["preset"])
	}
	set, space := c.settings()
	if c.is("settings", "file") {
		config := filepath.Join(dir, "settings.yaml")
		args = append(args, "--config", config)
		if err := os.WriteFile(config, []byte(c.asYAML(set)), 0o644); err != nil {
			return nil, err
		}
		set = nil
	}
	for _, key := range slices.Sorted(maps.Keys(set)) {
		args = append(args, "--set", c.name(key)+"="+set[key])
	}
	for _, key := range slices.Sorted(maps.Keys(space)) {
		args = append(args, "--set", "pbt.space."+key+"="+space[key])
	}
	return append(args, c.flawedSettings()...), nil
}

// name is what a row calls a setting.
func (c combination) name(key string) string {
	known := settingAt(key).Known
	if c.is("names", "our own") || len(known) == 0 || slices.Contains(known, ambiguous) {
		return key
	}
	return known[0]
}

// ambiguous is a name that two settings have.
const ambiguous = "num_samples"

// asYAML writes settings in groups, or with names known elsewhere flat.
func (c combination) asYAML(set map[string]string) string {
	var b strings.Builder
	last := ""
	for _, key := range slices.Sorted(maps.Keys(set)) {
		if c.is("names", "known elsewhere") {
			fmt.Fprintf(&b, "%s: %s\n", c.name(key), set[key])
			continue
		}
		group, name, _ := strings.Cut(key, ".")
		if group != last {
			fmt.Fprintf(&b, "%s:\n", group)
			last = group
		}
		fmt.Fprintf(&b, "  %s: %s\n", name, set[key])
	}
	return b.String()
}

// how are the flags that change nothing in the result.
func (c combination) how() []string {
	args := []string{"--workers", c["workers"], "--threads", c["threads"]}
	if c.is("progress", "json") {
		args = append(args, "--json")
	}
	return args
}
