module github.com/autolfads/autolfads

go 1.26.0

require (
	github.com/alecthomas/kong v1.17.0
	github.com/goccy/go-yaml v1.19.2
	github.com/klauspost/compress v1.20.3
	golang.org/x/sys v0.49.0
	gonum.org/v1/gonum v0.17.0
)
