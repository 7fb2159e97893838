#!/usr/bin/env bash
# Makes the golden files beside it: small recordings in the form of the benchmark's,
# and what nlb_tools make of them. PYTHON is one that has .ci/requirements-nlb.txt.
set -euo pipefail
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}
make() { # NAME FORM DATASET BIN_MS PHASE WORD ...
  local name=$1 form=$2 data=$3 bin=$4 phase=$5 work
  shift 5
  work=$(mktemp -d)
  $PYTHON -W ignore simulate.py "$work" "$form" 5 few "$@"
  $PYTHON judge.py "$work" "$data" "$bin" "$phase" "$work/$name.h5"
  mkdir -p "golden/$name"
  for f in "$work"/*.nwb "$work/$name.h5"; do gzip -9 -n -c "$f" >"golden/$name/$(basename "$f").gz"; done
  rm -r "$work"
}
make maze maze mc_maze_small 5 val gaps units edges conversion late
make maze20 maze mc_maze 20 test gaps test
make rtt rtt mc_rtt 5 val units edges
make area2 area2 area2_bump 20 val gaps lacking stray
make dmfc dmfc dmfc_rsg 5 val gaps
