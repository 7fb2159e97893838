package outputs

import (
	"fmt"

	"github.com/autolfads/autolfads/dataset"
	"github.com/autolfads/autolfads/tree"
)

// hasRates reports whether a group has rates in a layout that Read knows.
func hasRates(g tree.Group) bool { return hasPosteriors(g) || isSubmission(g) }

// enter goes into the group of the name given, or stays at the top if there are rates and
// no such group, or goes into the only group whose rates fit the data.
func (r *reader) enter(root tree.Group, name string) (tree.Group, error) {
	if name != "" && (root.Has(name) || !hasRates(root)) {
		g, err := tree.GroupAt(root, name)
		if err == nil && !hasRates(g) {
			err = fmt.Errorf("%s: %s", noRates, keysOf(g))
		}
		if err != nil {
			return nil, fmt.Errorf("group %s (--group): %w", name, err)
		}
		return g, nil
	}
	if hasRates(root) {
		return root, nil
	}
	names := groupsOf(root)
	switch len(names) {
	case 0:
		return nil, fmt.Errorf("%s: %s", noRates, keysOf(root))
	case 1:
		return tree.GroupAt(root, names[0])
	}
	return r.fitting(root, names)
}

// groupsOf are the groups that have rates.
func groupsOf(root tree.Group) (names []string) {
	for _, key := range root.Keys() {
		if g, err := tree.GroupAt(root, key); err == nil && hasRates(g) {
			names = append(names, key)
		}
	}
	return names
}

// fitting returns the only one of several groups whose rates have the shapes of the data.
func (r *reader) fitting(root tree.Group, names []string) (tree.Group, error) {
	var fit []string
	var why error
	for _, name := range names {
		g, err := tree.GroupAt(root, name)
		if err == nil {
			_, err = (&reader{file: &File{}, d: r.d, splits: wantedOf(r.d)}).plan(g)
		}
		if err == nil {
			fit = append(fit, name)
		} else if why == nil {
			why = fmt.Errorf("%s: %w", name, err)
		}
	}
	switch len(fit) {
	case 0:
		return nil, fmt.Errorf("rates of none of its groups (%s) fit the data; %w", few(names), why)
	case 1:
		r.note("of its groups (%s), rates of %s fit the data: they are meant", few(names), fit[0])
		return tree.GroupAt(root, fit[0])
	}
	return nil, fmt.Errorf("rates of several groups fit the data, %s: say which with --group %s", few(fit), fit[0])
}

const noRates = "it has no rates (S_output_params of train, valid or test, as autolfads and lfads-torch write them, or train_rates_heldin, eval_rates_heldout and so on, as the Neural Latents Benchmark takes them)"

// keysOf says what a group has instead.
func keysOf(g tree.Group) string {
	if dataset.HasLayout(g) {
		return "it is a file of spikes, which goes with --data"
	}
	return "it has " + printable(few(g.Keys()))
}
