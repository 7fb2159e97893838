package gpfa

// Memory returns what Fit holds at most, in bytes, for trials of one length, beside the
// trials it is given: their halves, and for each half that is worked on the posterior
// covariance of all latents and coordinates, its triangle, and means. Infer holds as
// much, and the latents. Trials with gaps, when inferred, take four times the
// covariances.
func Memory(trials, bins, neurons, latents int) int64 {
	rows := func(n, cols int) int64 { return int64(whole(n)) * int64(whole(cols)) }
	coordinates := (bins + 1) / 2
	n := latents * coordinates
	half := rows(trials*coordinates, neurons)
	posterior := rows(trials*coordinates, latents) + rows(latents, latents) + int64(latents)*rows(coordinates, coordinates)
	space := 2*rows(n, n) + int64(whole(n))*narrow + 2*rows(n, trials) + rows(trials*coordinates, latents) + 4*rows(coordinates, coordinates)
	factor := 6 * rows(neurons, neurons) // covariance, scaled, eigenvectors and their work
	return 8 * (2*half + 4*posterior + 2*space + factor + 4*rows(neurons, latents))
}
