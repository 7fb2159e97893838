// Package registry keeps the members of an open family by the name that a
// configuration gives them.
//
// A family (likelihoods, priors of inferred inputs, augmentations, ways to
// exploit) is a package: its interface says what a member owes, each member is a
// file, a list names those that come with the program, and a suite of tests
// holds every one of them to the contract. Programs that import this module may
// register more before a run starts.
package registry

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Family holds members by name. Its methods may be called by several goroutines.
type Family[T any] struct {
	what string // the configuration key that names a member, such as model.likelihood

	mu      sync.RWMutex
	names   []string // in the order of registration
	members map[string]T
}

// Entry is a member with its name.
type Entry[T any] struct {
	Name   string
	Member T
}

// New returns a family whose members a configuration key names.
func New[T any](key string, entries ...Entry[T]) *Family[T] {
	f := &Family[T]{what: key, members: map[string]T{}}
	for _, e := range entries {
		f.Register(e.Name, e.Member)
	}
	return f
}

// Register adds a member. It panics if the name is empty or taken: that is a
// programmer's fault.
func (f *Family[T]) Register(name string, member T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, taken := f.members[name]; taken || name == "" {
		panic(fmt.Sprintf("%s: the name %q is empty or taken", f.what, name))
	}
	f.names = append(f.names, name)
	f.members[name] = member
}

// Get returns the member called name. The error names the key and the known
// members.
func (f *Family[T]) Get(name string) (T, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	member, known := f.members[name]
	if !known && len(f.names) == 0 {
		return member, fmt.Errorf("%s is %q: this program has nothing that it may name; docs/extending.md says how to add a member", f.what, name)
	}
	if !known {
		return member, fmt.Errorf("%s is %q: known are %s", f.what, name, Listed(f.names))
	}
	return member, nil
}

// Names returns the names of all members, in the order of registration.
func (f *Family[T]) Names() []string {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return slices.Clone(f.names)
}

// Listed joins names as a sentence does: "a, b and c".
func Listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
