#!/usr/bin/env bash
# Makes golden.json beside it: what nlb_tools score of the tensors that the tests make.
# AUTOLFADS_NLB_PYTHON is a Python that has .ci/requirements-nlb.txt and nlb-tools 0.0.4.
set -euo pipefail
cd "$(dirname "$0")/.."
AUTOLFADS_REQUIRE=1 AUTOLFADS_UPDATE=1 go test -run 'TestNLBToolsAgree' -count 1 .
