package ingest

import (
	"fmt"
	"slices"
	"strconv"
)

// uniqueIDs gives those of several units with one id different ones, and adds a note
// of it to some.
func uniqueIDs(ids, notes []string) (unique, noted []string) {
	taken := make(map[string]bool, len(ids))
	for _, id := range ids {
		taken[id] = true
	}
	if len(taken) == len(ids) {
		return ids, notes
	}
	unique = slices.Clone(ids)
	seen := make(map[string]int, len(ids))
	var twice []string
	for i, id := range ids {
		if seen[id]++; seen[id] == 1 {
			continue
		}
		if seen[id] == 2 {
			twice = append(twice, id)
		}
		for k := seen[id]; taken[unique[i]]; k++ {
			unique[i] = id + "_" + strconv.Itoa(k)
		}
		taken[unique[i]] = true
	}
	return unique, append(notes, oneLine(fmt.Sprintf("several units have the id %s: the second of one is called %s_2, and so on", someOf(twice), twice[0])))
}
