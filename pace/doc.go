// Package pace makes a search as long as fits into a time on this machine. It measures,
// before a run begins, how fast models of its configuration train and infer on its data,
// side by side as they will ([Measure]), and computes from that how many generations,
// models or epochs fit ([Speed.Fit]). That number, not the time, becomes part of the
// run's configuration: the run has the same bits on any machine from then on.
package pace
