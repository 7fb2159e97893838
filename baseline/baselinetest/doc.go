// Package baselinetest holds a baseline to the contract of package baseline: what
// every member of the family owes, those of other modules too.
//
//	func TestMine(t *testing.T) { baselinetest.Run(t, "mine") }
//
// The name must be registered. Small sessions of all layouts are fitted and
// estimated: the method may learn from training trials alone, may not look at what it
// is to predict, and must give rates. How good they are only scores on data can tell.
package baselinetest
