package settings

import (
	"fmt"
	"reflect"
)

// Difference is a setting that two configurations have otherwise.
type Difference struct{ Key, From, To string }

// Changed returns in what settings two structs of one type, that from and to
// point to, differ; in the order of their keys.
func Changed(from, to any) []Difference {
	var all []Difference
	for _, s := range List(from) {
		a, okA := find(from, s.Key)
		b, okB := find(to, s.Key)
		if okA && okB && !reflect.DeepEqual(a.Interface(), b.Interface()) {
			all = append(all, Difference{s.Key, fmt.Sprint(a.Interface()), fmt.Sprint(b.Interface())})
		}
	}
	return all
}
