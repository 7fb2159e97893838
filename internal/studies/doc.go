// Command studies makes tables of docs/results.md and docs/performance.md that need
// more than one run of autolfads: what is known only to whoever made the data, and
// comparisons with other programs.
//
//	go run ./internal/studies missing
//	go run ./internal/studies reading --gzip
//	go run ./internal/studies preparing
//	go run ./internal/studies gpfa DATA.h5
package main
