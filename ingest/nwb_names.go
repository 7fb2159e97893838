package ingest

import "strings"

// shortNames are the shortest ends of paths that tell them apart: hand_vel, or
// behavior/hand_vel and acquisition/hand_vel where there are two.
func shortNames(groups []*nwbGroup) []string {
	shared := map[string]int{} // how many paths end so
	for _, g := range groups {
		for end := g.path; end != ""; {
			shared[end]++
			_, end, _ = strings.Cut(end, "/")
		}
	}
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = g.path
		for end := g.path; end != ""; {
			if shared[end] == 1 {
				names[i] = end
			}
			_, end, _ = strings.Cut(end, "/")
		}
	}
	return names
}
