// Package ingesttest holds a source of recordings to the contract of package
// ingest: what every member of the family owes, those of other modules too.
//
//	func TestMine(t *testing.T) {
//		ingesttest.Run(t, ingesttest.Case{Source: "mine", Write: writeMine})
//	}
//
// Write stores Sample, or what the format can hold of it, as users of the format
// store it. The source must recognise it and give the same Recording, spike for
// spike; survive what damage the suite does to the file; and read the same from
// several goroutines.
package ingesttest
