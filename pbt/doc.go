// Package pbt decides how hyper-parameters are searched: population-based
// training (Jaderberg et al. 2017) as AutoLFADS uses it (Keshtkaran, Sedler et
// al. 2022), and its plain relatives, random search and a single model.
//
// A population is a set of models ("members", numbered from 0) that train side by
// side, each with its own hyper-parameters. After a generation (a number of
// epochs) all are compared by their validation score, lower being better:
//
//   - exploit: a member that loses a tournament against one other member takes
//     over that one's parameters, optimiser moments, score and hyper-parameters
//     (pbt.exploit names other ways, an open family: [Exploit]);
//   - explore: what was copied is perturbed, each searched hyper-parameter by
//     its own random factor, exp(+-U(ln(1 + .002 w), ln(1 + w))).
//
// So good values spread, and because they change while parameters are kept,
// the population finds schedules and not merely values.
//
// Beyond the paper, by setting: generations of at least so many optimiser steps ([Auto]), which
// come to their best epoch (Config.BestEpoch), a stop rule in standard errors of the gain, a
// finish with a falling learning rate, and the models among which a fair final choice is made
// ([Final]). [Replay] trains a line again.
//
// The package is pure: no disk, no clock, no model. A [Search] is given the
// history of completed generations and says what comes next; given the same
// history it always says the same, since random numbers are functions of the
// seed, the member and the generation (package rng). That is what lets
// a run be resumed by replaying what is on disk. For the same reason nothing
// here calls math.Exp or math.Log, whose last bits vary between machines.
package pbt
