//go:build !amd64

package kernel

// assembled returns no row: there is no assembly for this architecture.
func assembled() []*table { return nil }
