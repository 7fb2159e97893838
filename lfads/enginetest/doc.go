// Package enginetest holds an engine to the contract of [lfads.Engine]: what
// whatever computes a model owes, on this machine's cores or on another processor.
//
//	func TestMine(t *testing.T) { enginetest.Run(t, mine) }
//
// The truth is the engine of package lfads, which is itself compared with a naive
// model in double precision and with a reference implementation's numbers.
package enginetest
