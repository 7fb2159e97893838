package baseline

import "github.com/autolfads/autolfads/internal/registry"

// family holds the methods, with their default settings: a line each.
var family = registry.New("the baseline",
	registry.Entry[Method]{Name: "smooth", Member: Smoothing{}},
	registry.Entry[Method]{Name: "gpfa", Member: GPFA{}},
	registry.Entry[Method]{Name: "psth", Member: ConditionMean{}},
)

// Register adds a method under a name. It is for programs that import this module,
// before they ask for names. It panics if the name is taken.
func Register(name string, m Method) { family.Register(name, m) }

// New returns the method called name, with its default settings. The error lists
// those known.
func New(name string) (Method, error) { return family.Get(name) }

// Names returns the names of all methods.
func Names() []string { return family.Names() }
