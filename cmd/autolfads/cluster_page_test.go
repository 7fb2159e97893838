package main

import (
	"path/filepath"
	"testing"

	"github.com/autolfads/autolfads/internal/testenv"
)

// The page about clusters shows command lines that the program takes, and so do the words behind
// "--" of those that write scripts.
func TestClusterPageCommandsParse(t *testing.T) {
	page := readText(t, filepath.Join(testenv.Root(), "docs", "cluster.md"))
	n := 0
	for _, b := range blocksOf(page) {
		if b.language == "bash" {
			n += commandsParse(t, commandsOf(b.text)...)
		}
	}
	if n < 7 {
		t.Errorf("the page has %d commands", n)
	}
}
