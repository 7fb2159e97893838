package kernel

import "runtime"

// table is one implementation of this package, a row in the list of tables: what
// it is called, which bits it gives and its functions. The public functions
// check shapes, call the row in use and see to what it leaves (tail.go). A row's
// function computes what the public function of its name says, reads and writes
// nothing beyond the shapes that this states, and keeps no slice (noescape.go).
// Some have more arguments than six: see Outer.
type table struct {
	name string // what AUTOLFADS_CPU takes
	bits string // the class of rows that give the same bits
	runs bool   // whether this CPU has what the row needs

	// vectors is whether the row takes whole vectors alone. Functions over
	// elements then get a multiple of 16 of them (or none), functions over blocks
	// no block of one trial.
	vectors bool

	// Products, of blocks of any width. Those of gemm may be empty; of its bias and
	// start at least one is nil. transpose writes 8 rows of src, stride apart, as
	// columns: element (r, c) becomes dst[c*distance+r], for c < columns, a multiple
	// of 8.
	gemm      func(c []float32, a *Packed, b []float32, w int, bias, start []float32)
	outer     func(c []float32, ldc int, a []float32, rows, aStride int, bt []float32, cols, steps, w int)
	panels    func(c []float64, ldc int, a, b []float64, steps int)
	transpose func(dst []float32, distance int, src []float32, stride, columns int)
	addRows   func(dst []float32, ld int, to []int32, panels []float32, rows int, from []int32, factor []float32)

	// Functions over elements. All slices have one length, but for x of addSteps.
	// sumSquares adds x*x of the elements with index i mod 16 to sums[i].
	gruReset          func(z, r, h, rh []float32)
	gruOutput         func(n, z, h, out []float32, limit float32)
	gruOutputBackward func(n, z, h, dh []float32, limit float32)
	gruResetBackward  func(r, h, drh, dh []float32)
	addSteps          func(dst, x []float32, steps, stride int)
	exp               func(dst, x []float32)
	log               func(dst, x []float32)
	adam              func(p, m, v, grad []float32, s *AdamStep)
	sumSquares        func(x []float32, sums *[16]float64)

	// Functions over blocks, of at least one feature.
	dropoutMask func(keep []uint8, k0, k1 []uint32, bin, features, w int, threshold uint32)
	normals     func(dst []float32, k0, k1 []uint32, bin, features, w int)
	drop        func(dst, x []float32, keep []uint8, scale float32, w int)
	poisson     func(grad, o, y []float32, pass []uint8, scale, loss []float32, w int)
	gamma       pairFunction
	gaussian    pairFunction

	// peak runs loops of multiply-adds on registers and returns how many
	// operations one loop is. It is nil where there is no such loop.
	peak func(loops int) (flop int)
}

// tables lists the rows of this architecture, the best first. Assembled ones
// come from tables_GOARCH.go; portable Go, which runs everywhere, is the last.
var tables = append(assembled(), &portable)

// active is the row in use.
var active = atStart()

// portable is the row that defines what the others compute.
var portable = table{
	name: string(Portable),
	bits: "portable-" + runtime.GOARCH,
	runs: true,

	gemm:      gemmPortable,
	outer:     outerPortable,
	panels:    panelsPortable,
	transpose: transposePortable,
	addRows:   addRowsPortable,

	gruReset:          gruResetPortable,
	gruOutput:         gruOutputPortable,
	gruOutputBackward: gruOutputBackwardPortable,
	gruResetBackward:  gruResetBackwardPortable,
	addSteps:          addStepsPortable,
	exp:               expPortable,
	log:               logPortable,
	adam:              adamPortable,
	sumSquares:        sumSquaresPortable,

	dropoutMask: dropoutMaskPortable,
	normals:     normalsPortable,
	drop:        dropPortable,
	poisson:     poissonPortable,
	gamma:       gammaPortable,
	gaussian:    gaussianPortable,
}
