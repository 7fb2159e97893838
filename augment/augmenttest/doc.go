// Package augmenttest holds an augmentation to the contract of package augment:
// what every member of the family owes, those of other modules too.
//
//	func TestMine(t *testing.T) { augmenttest.Run(t, "mine") }
//
// The name must be registered. The suite's own tests plant faults that it finds.
package augmenttest
