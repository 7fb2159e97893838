package testenv

import (
	"os"
	"testing"
)

// NLBPython is a Python with nlb_tools 0.0.4 and scikit-learn, as .ci/requirements-nlb.txt
// makes; without one the test is skipped, or fails if nothing may be skipped.
func NLBPython(t testing.TB) string {
	t.Helper()
	python := os.Getenv("AUTOLFADS_NLB_PYTHON")
	if python == "" {
		Missing(t, "AUTOLFADS_NLB_PYTHON is not set: a Python 3.11 with .ci/requirements-nlb.txt and nlb-tools==0.0.4")
	}
	return python
}
