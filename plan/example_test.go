package plan_test

import (
	"fmt"
	"time"

	"github.com/autolfads/autolfads/plan"
)

// Five generations of 20 members, on 8 slots: three rounds each, of which the last leaves half
// the slots waiting. Ten slots take two rounds.
func Example() {
	units := make([]int, 20)
	for i := range units {
		units[i] = 25
	}
	shape := plan.Shape{Parts: []plan.Part{{Units: units, Times: 5}}}
	cost := plan.Cost{Epoch: 2 * time.Second, Blocks: 2}
	for _, slots := range []int{8, 10, 20} {
		s := plan.Of(&shape, &cost, plan.Site{Slots: slots, Threads: 1})
		fmt.Printf("%2d slots: %s, %.0f %% waiting\n", slots, s.Search, 100*s.Waiting())
	}
	// Output:
	//  8 slots: 12m30s, 17 % waiting
	// 10 slots: 8m20s, 0 % waiting
	// 20 slots: 4m10s, 0 % waiting
}
