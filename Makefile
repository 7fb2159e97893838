# Every target is a plain go command that can be typed as well.
.PHONY: build test check browser slurm soak mutants combinations extensions generate bench fmt

build: ## bin/autolfads
	go build -o bin/autolfads ./cmd/autolfads

test: ## what a newcomer runs
	go test ./...

check: ## everything that CI runs
	.ci/run

browser: ## report and dashboard, tried in a browser (Debian, as root)
	.ci/browser.sh

slurm: ## what needs a SLURM, on one that it starts and stops (Debian, as root)
	.ci/slurm.sh

soak: ## 1,000 kills of small runs at random instants
	AUTOLFADS_SOAK_KILLS=1000 go test -count=1 -v -timeout 60m -run 'TestKilled' ./cmd/autolfads

mutants: ## 20,000 damaged files of each format, read by this program and by h5py, NumPy or SciPy
	AUTOLFADS_MUTANTS=20000 go test -count=1 -v -timeout 60m -run TestMutants ./hdf5 ./npy ./matfile

N ?= 1000
combinations: ## N random combinations of settings and data, N of sources and ways from them, and N of rates that are judged; AUTOLFADS_SEED=... gives the same ones again
	AUTOLFADS_COMBINATIONS=$(N) go test -count=1 -v -timeout 4h -run 'TestRandom(Source|Rates)?Combinations' ./cmd/autolfads

extensions: ## what docs/extending.md promises, tried on a copy of the source
	AUTOLFADS_EXTENSIONS=1 go test -count=1 -v ./internal/extensions

generate: ## rewrite the kernels' assembly
	go generate ./internal/kernel

bench: ## training steps against this machine's peak; leave the machine alone meanwhile
	go run ./cmd/autolfads bench

fmt:
	go tool -modfile=tools/go.mod gofumpt -w .
