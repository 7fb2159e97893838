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
	for _, key := range Keys(from) {
		a, errA := find(from, key)
		b, errB := find(to, key)
		if errA == nil && errB == nil && !reflect.DeepEqual(a.Interface(), b.Interface()) {
			all = append(all, Difference{key, fmt.Sprint(a.Interface()), fmt.Sprint(b.Interface())})
		}
	}
	return all
}
