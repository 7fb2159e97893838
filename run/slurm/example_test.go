package slurm_test

import (
	"fmt"

	"github.com/autolfads/autolfads/run/slurm"
)

// A program of one's own has members trained on a cluster by a site in its
// autolfads.Resources; words are those of --slurm.
func ExampleSite() {
	site := slurm.Site{Threads: 2, Log: func(sentence string) { fmt.Println(sentence) }}
	if err := site.Set("partition=short,time=2:00:00", "members=2"); err != nil {
		fmt.Println(err)
	}
	fmt.Println(site.Options.Words(), site.Members)
	// Output: [partition=short time=2:00:00] 2
}
