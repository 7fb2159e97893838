package dataset

import (
	"slices"
	"strings"
)

// namesOfOthers are keys of models of several sessions, which are told of: who has
// them may take them for used.
var namesOfOthers = []string{"readin_weight", "readout_bias", "alignment_matrix_cxf", "alignment_bias_c"}

// findUnread lists the keys that no field holds, and tells of those of models of
// several sessions.
func (l *loader) findUnread(d *Dataset) {
	var others []string
	for _, key := range l.group.Keys() {
		if l.isRead(key) {
			continue
		}
		d.Unread = append(d.Unread, key)
		if slices.ContainsFunc(namesOfOthers, func(name string) bool { return strings.HasSuffix(key, name) }) {
			others = append(others, key)
		}
	}
	if len(others) > 0 {
		l.notes = append(l.notes, strings.Join(others, ", ")+": of a model of several sessions, not used; the session is trained on its own")
	}
}

// isRead reports whether Load has a field for a key.
func (l *loader) isRead(key string) bool {
	if key == keyConversion || key == attrBinWidth || key == keyStep && l.stepRead || key == l.layout.whole || slices.Contains(l.taken, key) {
		return true
	}
	if l.hasScale() && (key == keyFactor || key == keyOffset) {
		return true
	}
	for _, read := range l.layout.beside {
		if key == read {
			return true
		}
	}
	if l.layout.beside != nil {
		return false
	}
	return l.layout.isRead(key)
}

// isRead reports whether a key is a split's and of what Load reads of splits.
func (l *layout) isRead(key string) bool {
	words, suffixes := splitNames, []string{
		l.encod, l.recon, suffixAside, suffixExternal, suffixTruth, suffixLatents, suffixBehavior, suffixTrialIDs, suffixStarts, suffixMask, suffixConditionLists,
	}
	if l.benchmark {
		words = benchmarkWords
		suffixes = append(suffixes, l.encod+suffixForward, l.recon+suffixForward)
	}
	for _, split := range words {
		if key == prefixLabels+split {
			return true
		}
		if suffix, ok := strings.CutPrefix(key, split); ok && slices.Contains(append(suffixes, suffixesCondition...), suffix) {
			return true
		}
	}
	return false
}
