#!/usr/bin/env bash
# The tests that need a SLURM, on one that it starts on this machine (as root, on Debian) and stops
# again, whatever happens. Flags of go test may follow, for example -run TestSlurmNode.
set -euo pipefail
cd "$(dirname "$0")/.."

[ "$(id -u)" = 0 ] || { echo "slurm: only root can start it" >&2 && exit 2; }
need() { command -v "$@" >/dev/null; }
if ! { need slurmctld && need slurmd && need sbatch && need munged && need slurmdbd && need mariadbd && need my_print_defaults; }; then
  apt-get update -qq
  # In this run level no service starts by itself: the tests' daemons are theirs.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends slurm-wlm munge slurmdbd mariadb-server-core mariadb-client-core >/dev/null
fi

work=$(mktemp -d)
chmod 755 "$work"
export AUTOLFADS_SLURM=$work/slurm SLURM_CONF=$work/slurm/slurm.conf AUTOLFADS_REQUIRE=1

# stop leaves nothing behind: no daemon, and no process of a test that was cut short, which
# inherited the name of the folder.
stop() {
  .ci/slurm/cluster "$AUTOLFADS_SLURM" stop || true
  for environment in $(grep -lzFx "AUTOLFADS_SLURM=$AUTOLFADS_SLURM" /proc/[0-9]*/environ 2>/dev/null); do
    pid=$(basename "$(dirname "$environment")")
    kill -9 "$pid" 2>/dev/null || true
  done
  rm -rf --one-file-system "$work"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

.ci/slurm/cluster "$AUTOLFADS_SLURM" start
# One package after the other: some tests break what all stand on.
go test -count=1 -p 1 -parallel 20 -v -timeout 10m -run '^TestSlurm' "$@" ./internal/slurmtest ./cmd/autolfads
