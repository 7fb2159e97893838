// Package likelihoodtest holds a likelihood to the contract of package
// likelihood: what every member of the family owes, those of other modules too.
//
//	func TestMine(t *testing.T) { likelihoodtest.Run(t, "mine") }
//
// The name must be registered. What the likelihood computes is compared with
// itself: gradients with differences of its loss, its mean with that of the
// density that its loss describes. Whether that density is the one its author
// meant, only numbers from elsewhere can tell.
package likelihoodtest
