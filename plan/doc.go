// Package plan says how long a search takes before it begins, on any number of slots: what
// each part of it costs goes in, a schedule comes out. It measures nothing and draws no
// conclusion from a clock, so that the same costs always give the same schedule.
//
// A search is generations, one after the other, of units (a member in a generation) side by
// side. Its [Shape] says how many epochs each unit has; the search itself is asked for it, for
// the rules of its length stand in package pbt alone. A [Site] has slots, each of which trains a
// unit at a time. The next generation is decided when the last unit of this one has ended, so
// that slots wait: this is the barrier's waste.
//
//	unit         Start + Unit + epochs x Epoch(threads) x (1 + Spread z), z standard normal
//	generation   Latency + PerGeneration + members x PerMember + Review
//	             + what it takes to have all units in the slots, each in the first that is free
//	search       all generations, the finish among them
//	whole        Before + search + finalists x Review + Infer + After
//
// With U the sum of the units of a generation and L the longest of them, s slots take at least
// max(U/s, L), and in this order of work at most U/s + L (Graham 1969, with (1 - 1/s) L). So slots
// beyond the members gain nothing, and those that do not divide the members wait: 20 members
// take two rounds on 19 slots as on 10.
//
// How many generations there are a stop rule decides, which knows scores. There is a range then:
// the fewest that the rule allows to the most that are configured ([ShapesOf]). Random numbers
// z follow from a unit's place alone: no schedule depends on another.
package plan
