// Package guard keeps a fault in one thing, a score or a figure, from costing
// the rest of a run.
package guard

import "fmt"

// Call calls do and makes an error of its panic.
func Call(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v (a fault of this program: please report it)", p)
		}
	}()
	return do()
}
