package lfads_test

import (
	"fmt"
	"testing"

	"github.com/autolfads/autolfads/lfads"
	"github.com/autolfads/autolfads/lfads/enginetest"
)

func TestEngines(t *testing.T) {
	for _, threads := range []int{1, 3} {
		t.Run(fmt.Sprint(threads, " threads"), func(t *testing.T) { enginetest.Run(t, lfads.Threads(threads)) })
	}
	for _, path := range []lfads.InputPath{lfads.DenseInput, lfads.SparseInput} {
		t.Run(path.String()+" input", func(t *testing.T) {
			enginetest.Run(t, func(m *lfads.Model) lfads.Engine {
				e := lfads.NewCPU(m, 1)
				e.Input = path
				return e
			})
		})
	}
}
