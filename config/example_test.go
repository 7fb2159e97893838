package config_test

import (
	"fmt"

	"github.com/autolfads/autolfads/config"
)

// A setting goes by its key, by the name that people know from elsewhere, and with
// the hyper-parameters of a search in force.
func Example() {
	c := config.Default()
	if err := c.Set("gen_dim", "64"); err != nil {
		fmt.Println(err)
	}
	key, err := c.Key("gen_dim")
	fmt.Println(key, c.Model.GeneratorDim, err)

	member, err := c.With(map[string]float64{"train.learning_rate": .002})
	fmt.Println(member.Train.LearningRate, c.Train.LearningRate, err)

	if err := c.Set("pbt.space.gen_dim", "{low: 32, high: 128, scale: log, limits: true}"); err != nil {
		fmt.Println(err)
	}
	_, err = c.Decide(config.PBT, 1)
	fmt.Println(err)
	// Output:
	// model.generator_dim 64 <nil>
	// 0.002 0.004 <nil>
	// pbt.space: model.generator_dim cannot be searched by a population (members copy each other's parameters, and it says how many there are): give --search random, or take it out of the space
}
