package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// trialPreset are flags that say how trials are made of a set of recordings that is
// known. A flag that is typed goes first.
type trialPreset struct {
	name, about string
	flags       []presetValue
}

// presetValue is a flag of a preset, and the reason for it.
type presetValue struct {
	flag, value, reason string
	not                 []string // typed flags beside which it is not meant
}

// ofTrials are typed for windows about events, in the place of a continuous recording's.
var ofTrials = []string{"trials", "align", "window"}

// trialPresets are all there are, beside those of the Neural Latents Benchmark, which
// are no flags.
var trialPresets = []trialPreset{{
	"reaching", "the primate reaching set (indy and loco, Zenodo 583331), as continuous recordings", []presetValue{
		{"bin-ms", "5", "as the Neural Latents Benchmark has the same recordings (mc_rtt)", nil},
		{"chop-ms", "600", "reaches follow each other without trials: windows of LFADS on continuous data", ofTrials},
		{"overlap-ms", "200", "of these windows", append([]string{"chop-ms"}, ofTrials...)},
		{"units", "unit > 0", "sorted units alone: unit 0 of a channel is what was not sorted; --join-units channel takes all threshold crossings of a channel for one", []string{"join-units", "only-units"}},
		{"min-rate-hz", "0.1", "most cells of channels x units are empty or nearly so", nil},
		{"behavior", "velocity(cursor_pos)", "in mm/s, low-passed; finger_pos is in cm in the order z, -x, -y", nil},
		{"lag-ms", "140", "by which mc_rtt has movement behind spikes", []string{"behavior"}},
	},
}}

// trialPresetOf returns a preset of trials; nil: there is none of that name.
func trialPresetOf(name string) *trialPreset {
	i := slices.IndexFunc(trialPresets, func(p trialPreset) bool { return p.name == name })
	if i < 0 {
		return nil
	}
	return &trialPresets[i]
}

// trialPresetNames are the names of all.
func trialPresetNames() (names []string) {
	for _, p := range trialPresets {
		names = append(names, p.name)
	}
	return names
}

// String is the flags that the preset stands for.
func (p *trialPreset) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: flags of prepare and run, where others are not typed.\n", p.about)
	for _, f := range p.flags {
		fmt.Fprintf(&b, "--%s '%s'  # %s\n", f.flag, f.value, f.reason)
	}
	return b.String()
}

// resolvePreset is the value that a preset of trials has for a flag that is not typed;
// nil: it has none. It is a resolver of kong's, for the commands that make trials.
func resolvePreset(k *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if command := k.Selected(); command == nil || !slices.Contains([]string{"prepare", "run", "plan"}, command.Name) {
		return nil, nil
	}
	typed := map[string]*kong.Flag{}
	for _, p := range k.Path {
		if p.Flag != nil {
			typed[p.Flag.Name] = p.Flag
		}
	}
	name := ""
	if f := typed["preset"]; f != nil {
		name, _ = k.FlagValue(f).(string)
	}
	for _, one := range strings.Split(name, ",") {
		p := trialPresetOf(one)
		if p == nil {
			continue
		}
		i := slices.IndexFunc(p.flags, func(v presetValue) bool { return v.flag == flag.Name })
		if i >= 0 && !slices.ContainsFunc(p.flags[i].not, func(other string) bool { return typed[other] != nil }) {
			return p.flags[i].value, nil
		}
	}
	return nil, nil
}

// byPreset adds to an error of a recording that flags may be a preset's, not typed ones.
func byPreset(err error, preset string) error {
	if preset == "" {
		return err
	}
	return fmt.Errorf("%w (--preset %s stands for flags, which `autolfads presets %s` shows)", err, preset, preset)
}
