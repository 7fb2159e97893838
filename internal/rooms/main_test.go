package main

import (
	"os"

	"github.com/autolfads/autolfads/internal/rules"
)

var house = []rules.Room{
	{Name: "cmd/tool", Imports: []string{"attic", "cellar"}},
	{Name: "attic", Imports: []string{"cellar"}},
	{Name: "cellar"},
}

func Example_plain() {
	plain(os.Stdout, house)
	// Output:
	// floor 2
	//   cmd/tool -> attic, cellar
	// floor 1
	//   attic -> cellar
	// floor 0
	//   cellar
}

func Example_graph() {
	graph(os.Stdout, house)
	// Output:
	// flowchart TD
	//   subgraph floor2 [floor 2]
	//     room_cmd_tool["cmd/tool"]
	//   end
	//   subgraph floor1 [floor 1]
	//     room_attic["attic"]
	//   end
	//   subgraph floor0 [floor 0]
	//     room_cellar["cellar"]
	//   end
	//   room_cmd_tool --> room_attic
	//   room_cmd_tool --> room_cellar
	//   room_attic --> room_cellar
}
