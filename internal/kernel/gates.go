package kernel

// GRUReset turns preactivations into gates, in place: z = sigmoid(z),
// r = sigmoid(r), rh = r * h. All slices have the length of h.
func GRUReset(z, r, h, rh []float32) {
	checkLengths("GRUReset", len(h), len(z), len(r), len(rh))
	n, end := whole(len(h)), len(h)
	active.gruReset(head(z, n), head(r, n), head(h, n), head(rh, n))
	if n < end {
		gruResetTail(z[n:end], r[n:end], h[n:end], rh[n:end])
	}
}

// GRUOutput computes n = tanh(n) in place and the next state
// out = clip(n + z (h - n), -limit, limit).
func GRUOutput(n, z, h, out []float32, limit float32) {
	checkLengths("GRUOutput", len(h), len(n), len(z), len(out))
	i, end := whole(len(h)), len(h)
	active.gruOutput(head(n, i), head(z, i), head(h, i), head(out, i), limit)
	if i < end {
		gruOutputTail(n[i:end], z[i:end], h[i:end], out[i:end], limit)
	}
}

// GRUOutputBackward takes dh, the gradient at the output of GRUOutput, and the
// saved gates. In place, n becomes the gradient at the candidate's
// preactivation, z that at the update gate's, and dh the part that flows
// straight to the previous state h: dh * z. The gradient passes where
// |n + z (h - n)| <= limit.
func GRUOutputBackward(n, z, h, dh []float32, limit float32) {
	checkLengths("GRUOutputBackward", len(h), len(n), len(z), len(dh))
	i, end := whole(len(h)), len(h)
	active.gruOutputBackward(head(n, i), head(z, i), head(h, i), head(dh, i), limit)
	if i < end {
		gruOutputBackwardTail(n[i:end], z[i:end], h[i:end], dh[i:end], limit)
	}
}

// GRUResetBackward takes drh, the gradient at r * h. In place, r becomes the
// gradient at the reset gate's preactivation; dh += drh * r; and drh becomes
// r * h, which the gradient of the candidate's weights reads.
func GRUResetBackward(r, h, drh, dh []float32) {
	checkLengths("GRUResetBackward", len(h), len(r), len(drh), len(dh))
	n, end := whole(len(h)), len(h)
	active.gruResetBackward(head(r, n), head(h, n), head(drh, n), head(dh, n))
	if n < end {
		gruResetBackwardTail(r[n:end], h[n:end], drh[n:end], dh[n:end])
	}
}
