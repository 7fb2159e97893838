// Command rooms prints the packages of this module as rooms on floors, with
// what each imports of the others: how the house stands, beside the order that
// ARCHITECTURE.md asks for. Run it at the root of the repository:
//
//	go run ./internal/rooms
//	go run ./internal/rooms --mermaid > rooms.mmd
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/autolfads/autolfads/internal/rules"
)

func main() {
	mermaid := flag.Bool("mermaid", false, "print a Mermaid graph")
	flag.Parse()
	rooms, err := rules.Rooms(".")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	print := plain
	if *mermaid {
		print = graph
	}
	print(os.Stdout, rooms)
}

// plain prints floors, the highest first, each room with what it imports.
func plain(w io.Writer, rooms []rules.Room) {
	eachFloor(rooms, func(floor int, on []rules.Room) {
		fmt.Fprintf(w, "floor %d\n", floor)
		for _, r := range on {
			line := "  " + r.Name
			if len(r.Imports) > 0 {
				line += " -> " + strings.Join(r.Imports, ", ")
			}
			fmt.Fprintln(w, line)
		}
	})
}

// graph prints a Mermaid flowchart: floors are subgraphs, imports are arrows.
func graph(w io.Writer, rooms []rules.Room) {
	fmt.Fprintln(w, "flowchart TD")
	eachFloor(rooms, func(floor int, on []rules.Room) {
		fmt.Fprintf(w, "  subgraph floor%d [floor %d]\n", floor, floor)
		for _, r := range on {
			fmt.Fprintf(w, "    %s[%q]\n", node(r.Name), r.Name)
		}
		fmt.Fprintln(w, "  end")
	})
	for _, r := range rooms {
		for _, below := range r.Imports {
			fmt.Fprintf(w, "  %s --> %s\n", node(r.Name), node(below))
		}
	}
}

// node is a name that Mermaid takes for a node's; "end" is a word of its own.
func node(name string) string { return "room_" + strings.ReplaceAll(name, "/", "_") }

func eachFloor(rooms []rules.Room, each func(floor int, on []rules.Room)) {
	floors := rules.Floors(rooms)
	top := 0
	for _, f := range floors {
		top = max(top, f)
	}
	for floor := top; floor >= 0; floor-- {
		var on []rules.Room
		for _, r := range rooms {
			if floors[r.Name] == floor {
				on = append(on, r)
			}
		}
		each(floor, on)
	}
}
