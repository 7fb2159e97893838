// Command studies makes tables of docs/results.md that need more than one run of
// autolfads: what is known only to whoever made the data.
//
//	go run ./internal/studies missing
package main
