package dataset

import (
	"slices"
	"strings"

	"github.com/autolfads/autolfads/tree"
)

// withTargets is tensors of the benchmark at the top of a file, with those of a group
// beside them that what a model predicts is compared with: behaviour and forward bins
// of eval trials, conditions. What stands at the top goes first.
type withTargets struct {
	tree.Group
	targets tree.Group
	name    string // of the group
}

// Keys are those at the top without the group, and behind them those that only the
// group has.
func (g *withTargets) Keys() []string {
	keys := slices.DeleteFunc(slices.Clone(g.Group.Keys()), func(key string) bool { return key == g.name })
	for _, key := range g.targets.Keys() {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// Has implements tree.Group.
func (g *withTargets) Has(path string) bool { return g.Group.Has(path) || g.targets.Has(path) }

// Open implements tree.Group.
func (g *withTargets) Open(path string) (tree.Node, error) {
	if !g.Group.Has(path) && g.targets.Has(path) {
		return g.targets.Open(path)
	}
	return g.Group.Open(path)
}

// addTargets has tensors at the top go with those of the only group of targets, if
// there is one.
func (l *loader) addTargets() error {
	of := benchmarkLayout()
	if !of.anySplit(l.group) {
		return nil
	}
	names := slices.DeleteFunc(slices.Clone(l.group.Keys()), func(key string) bool { return !l.holdsTargets(key, of) })
	if len(names) != 1 {
		return nil
	}
	targets, err := tree.GroupAt(l.group, names[0])
	if err != nil {
		return err
	}
	l.group, l.groupName = &withTargets{l.group, targets, names[0]}, names[0]
	return nil
}

// holdsTargets reports whether a key is a group of targets: what is held out of eval
// trials, without what is read of any.
func (l *loader) holdsTargets(key string, of *layout) bool {
	g, err := tree.GroupAt(l.group, key)
	if err != nil || of.anySplit(g) {
		return false
	}
	return slices.ContainsFunc(g.Keys(), func(k string) bool { return strings.HasPrefix(k, "eval"+of.recon) })
}
