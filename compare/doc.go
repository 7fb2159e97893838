// Package compare sets the models of a search beside each other, to say which to
// believe: the search chooses by one number, and models whose numbers are not told from
// each other's may differ in what their factors do beside.
//
// [Models] infers every model of a run that has a checkpoint anew, from few posterior
// samples, scores it (package evaluate), and compares factors (evaluate/factors). Of a
// population, all models may descend from one: relatives' factors are decoded well from
// each other's whatever they do, so each model is also told by strangers, those whose
// line began elsewhere.
//
// By intervals of differences over the same draws of validation trials, a model is worse
// than the chosen one, or better, or not told from it. Among the last, yardsticks that
// training never saw (cross-decoding, few-shot co-smoothing) say whose factors do least
// beside. [Comparison.InWords] says all this in sentences.
package compare
