package kernel

import "unsafe"

// The compiler can't see what a function of a row does with its arguments, and
// would move to the heap whatever these point to: the padded copies of a tail
// above all, an allocation for each tail of a small layer, which doubles the time
// of its kernel. Rows keep nothing: they hand slices to nothing but functions that
// return before they do (no goroutine, no memory of the heap). So the arguments
// of every call through a row are hidden here from escape analysis.

// noescape returns p by way of a number, into which no pointer is seen to flow, as
// strings.Builder and the runtime do. Between the two there is no call, and so no
// place where the stack could move; what comes back is a pointer like any other.
func noescape[T any](p *T) *T {
	address := uintptr(unsafe.Pointer(p))
	return *(**T)(unsafe.Pointer(&address))
}

// hide returns x, and head x[:n], hidden alike.
func hide[T any](x []T) []T { return head(x, len(x)) }

func head[T any](x []T, n int) []T {
	return unsafe.Slice(noescape(unsafe.SliceData(x[:n])), n)
}
