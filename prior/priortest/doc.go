// Package priortest holds a prior of inferred inputs to the contract of package
// prior: what every member of the family owes, those of other modules too.
//
//	func TestMine(t *testing.T) { priortest.Run(t, "mine") }
//
// The name must be registered. Gradients are compared with differences of the
// divergence itself. Whether that is the divergence its author meant, only numbers
// from elsewhere can tell.
package priortest
