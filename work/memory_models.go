package work

import (
	"fmt"

	"github.com/autolfads/autolfads/config"
	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/internal/memory"
)

// CheckModelsMemory returns an error if comparing so many models of a search will not
// fit in the memory that this process may still use: all that is inferred of one and
// its scores, and the factors of all.
func CheckModelsMemory(c config.Config, d *dataset.Dataset, models int) error {
	available, limit, known := memory.Available()
	if !known {
		return nil
	}
	need := modelsMemory(c, d, models)
	if need <= available {
		return nil
	}
	return fmt.Errorf("comparing %d models needs %s of memory and %s are %s: free some, or compare them on a machine with more",
		models, size(need), size(available), limit)
}

// modelsMemory is what is held at most.
func modelsMemory(c config.Config, d *dataset.Dataset, models int) int64 {
	p := memoryPlan{config: c, data: d}
	trials := int64(d.Train.Trials() + d.Valid.Trials())
	factors := 4 * trials * int64(d.Train.Recon.Bins) * int64(c.Model.Factors)
	return p.scoring() + int64(models)*factors
}
