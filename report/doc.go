// Package report draws what a run found.
//
// [SpikesToRates] sets the spikes of one trial beside the rates inferred from
// them and, where they are known, the true ones. [SpikesRatesVelocity] sets
// spikes and rates of several trials above the hand's velocity, measured and
// decoded from the rates. [SearchTrajectories] shows how a population's scores
// and hyper-parameters went, generation by generation.
// [Rasters], [PSTHs] and [Trajectories] set what several methods say of the same trials
// beside the data: rates over single trials' spikes, means by condition, behaviour in its
// plane. [ScoreDots] and [ScoreScatter] show what they are worth, [Subspaces] where
// behaviour is in a model's state. [Evaluation] draws all of these.
// [Recording] shows what was made of a recording before anything is trained.
// [Figures] draws those of a run into its folder.
//
// Counts and rates are one trial each, [bins, neurons], in spikes per bin, as
// dataset.Array.Trial returns them; figures show spikes/s. Rates share one
// colour scale from 0; the brightest half percent may lie beyond it, and then
// its last number says so. NaN (not recorded) is grey, and breaks curves.
//
// A figure is written as PNG or SVG, by the ending of its path. How figures look is
// decided in theme.go. The same data gives the same file.
package report
