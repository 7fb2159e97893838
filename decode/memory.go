package decode

// Memory returns what Ridge, LeastSquares and Linear.Score hold at most, in
// bytes, for so many bins with outputs, beside the arrays they are given. A fit
// whose penalty is lost in rounding holds four more matrices for a while.
func Memory(bins, inputs, outputs int) int64 {
	const views = 2 * 24 * 9 / 4 // slices of a row's inputs and outputs; a list that grows is copied to one a quarter longer
	n, p, q, workers := int64(bins), int64(inputs), int64(outputs), int64(workers())
	size, matrices := p+q+1, folds+1+workers // grams, their sum, a copy for each worker
	if n < p {
		size, matrices = n+q, 2+max(workers, 5) // or the eigenvectors of one
	}
	size += panel - 1
	alphas := int64(len(Alphas))
	columns := alphas*q + panel - 1
	fit := matrices*size*size + block*size + 2*workers*narrow*size + alphas*min(n, p)*q +
		columns*p + workers*panel*p + n/chunk*columns // a prediction's weights, inputs of 12 rows, sums of chunks
	score := 2 * n * q
	return n*views + 8*max(fit, score)
}

// PoissonMemory returns what PoissonRegression holds at most, in bytes, for so many
// bins in which any output was recorded, beside the arrays it is given: mostly the
// curvature of outputs for which the common one is too far off.
func PoissonMemory(bins, inputs, outputs int) int64 {
	const views = 2 * 24 * 9 / 4
	n, p, q, workers := int64(bins), int64(whole(inputs+1)), int64(whole(outputs)), int64(workers())
	courses := q * p * (2*remembered + 10)
	sums := (slabs+1)*p*q + workers*(p*panel+block*panel+block*q)
	curvatures := q*p*p + workers*(2*block+2*narrow)*p
	return n*views + 8*(3*p*p+courses+sums+curvatures)
}
