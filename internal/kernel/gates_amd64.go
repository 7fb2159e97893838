package kernel

// Elementwise assembly works on multiples of 16 elements, whole vectors at
// either level. The rest of a slice goes through a tail: the same code over a
// padded copy, and so the same bits wherever an element lies.

// tail holds up to 16 elements of each of four slices.
type tail [4][16]float32

// whole returns the part of n that needs no tail.
func whole(n int) int { return n &^ 15 }

// load copies x[from:to] into t[i].
func (t *tail) load(i int, x []float32, from, to int) { copy(t[i][:], x[from:to]) }

// store copies t[i] to x[from:to].
func (t *tail) store(i int, x []float32, from, to int) { copy(x[from:to], t[i][:]) }

func gruReset(z, r, h, rh []float32) {
	if active == Portable {
		gruResetPortable(z, r, h, rh)
		return
	}
	n, end := whole(len(h)), len(h)
	gruResetVector(first(z), first(r), first(h), first(rh), n)
	if n == end {
		return
	}
	var t tail
	t.load(0, z, n, end)
	t.load(1, r, n, end)
	t.load(2, h, n, end)
	gruResetVector(&t[0][0], &t[1][0], &t[2][0], &t[3][0], 16)
	t.store(0, z, n, end)
	t.store(1, r, n, end)
	t.store(3, rh, n, end)
}

func gruResetVector(z, r, h, rh *float32, n int) {
	if active == AVX512 {
		gruResetAVX512(z, r, h, rh, n)
	} else {
		gruResetAVX2(z, r, h, rh, n)
	}
}

func gruOutput(n, z, h, out []float32, limit float32) {
	if active == Portable {
		gruOutputPortable(n, z, h, out, limit)
		return
	}
	i, end := whole(len(h)), len(h)
	gruOutputVector(first(n), first(z), first(h), first(out), i, limit)
	if i == end {
		return
	}
	var t tail
	t.load(0, n, i, end)
	t.load(1, z, i, end)
	t.load(2, h, i, end)
	gruOutputVector(&t[0][0], &t[1][0], &t[2][0], &t[3][0], 16, limit)
	t.store(0, n, i, end)
	t.store(3, out, i, end)
}

func gruOutputVector(n, z, h, out *float32, length int, limit float32) {
	if active == AVX512 {
		gruOutputAVX512(n, z, h, out, length, limit)
	} else {
		gruOutputAVX2(n, z, h, out, length, limit)
	}
}

func gruOutputBackward(n, z, h, dh []float32, limit float32) {
	if active == Portable {
		gruOutputBackwardPortable(n, z, h, dh, limit)
		return
	}
	i, end := whole(len(h)), len(h)
	gruOutputBackwardVector(first(n), first(z), first(h), first(dh), i, limit)
	if i == end {
		return
	}
	var t tail
	t.load(0, n, i, end)
	t.load(1, z, i, end)
	t.load(2, h, i, end)
	t.load(3, dh, i, end)
	gruOutputBackwardVector(&t[0][0], &t[1][0], &t[2][0], &t[3][0], 16, limit)
	t.store(0, n, i, end)
	t.store(1, z, i, end)
	t.store(3, dh, i, end)
}

func gruOutputBackwardVector(n, z, h, dh *float32, length int, limit float32) {
	if active == AVX512 {
		gruOutputBackwardAVX512(n, z, h, dh, length, limit)
	} else {
		gruOutputBackwardAVX2(n, z, h, dh, length, limit)
	}
}

func gruResetBackward(r, h, drh, dh []float32) {
	if active == Portable {
		gruResetBackwardPortable(r, h, drh, dh)
		return
	}
	i, end := whole(len(h)), len(h)
	gruResetBackwardVector(first(r), first(h), first(drh), first(dh), i)
	if i == end {
		return
	}
	var t tail
	t.load(0, r, i, end)
	t.load(1, h, i, end)
	t.load(2, drh, i, end)
	t.load(3, dh, i, end)
	gruResetBackwardVector(&t[0][0], &t[1][0], &t[2][0], &t[3][0], 16)
	t.store(0, r, i, end)
	t.store(2, drh, i, end)
	t.store(3, dh, i, end)
}

func gruResetBackwardVector(r, h, drh, dh *float32, length int) {
	if active == AVX512 {
		gruResetBackwardAVX512(r, h, drh, dh, length)
	} else {
		gruResetBackwardAVX2(r, h, drh, dh, length)
	}
}
