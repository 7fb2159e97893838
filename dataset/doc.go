// Package dataset holds binned spikes: trials x bins x neurons, their splits,
// and what is known beside them (behaviour, conditions, true rates).
package dataset
