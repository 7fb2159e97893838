package kernel

import (
	"syscall"
	"testing"
	"unsafe"
)

// fence returns memory that is followed by a page nobody may touch: a kernel
// that reads or writes past a slice taken from it dies.
func fence(t testing.TB) []float32 {
	const size = 1 << 20
	page := syscall.Getpagesize()
	m, err := syscall.Mmap(-1, 0, size+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mprotect(m[size:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	return unsafe.Slice((*float32)(unsafe.Pointer(&m[0])), size/4)
}
