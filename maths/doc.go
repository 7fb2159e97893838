// Package maths holds the functions of training in double precision, with the
// same bits on every amd64.
//
// Those of package math are assembly on one architecture and Go on another, and
// where they are Go a compiler may fuse their multiply-adds at one GOAMD64 level
// and not at another: a member trained on one machine would differ in its last
// bits from the same member on the next (docs/decisions/005). Here every product
// is rounded before it is added, which Go promises for an explicit conversion:
// float64(a*b) + c.
//
// testdata/tables.csv holds values computed with 50 digits, testdata/bits.json a
// checksum of each function's bits. What a new function owes is a row in both.
package maths
