package kernel

func gruResetPortable(z, r, h, rh []float32) {
	z, r, rh = z[:len(h)], r[:len(h)], rh[:len(h)]
	for i := range h {
		z[i] = sigmoid(z[i])
		r[i] = sigmoid(r[i])
		rh[i] = r[i] * h[i]
	}
}

func gruOutputPortable(n, z, h, out []float32, limit float32) {
	n, z, out = n[:len(h)], z[:len(h)], out[:len(h)]
	for i := range h {
		n[i] = tanh(n[i])
		out[i] = clamp(n[i]+float32(z[i]*(h[i]-n[i])), limit)
	}
}

func gruOutputBackwardPortable(n, z, h, dh []float32, limit float32) {
	n, z, dh = n[:len(h)], z[:len(h)], dh[:len(h)]
	for i := range h {
		d := h[i] - n[i]
		pre := n[i] + float32(z[i]*d)
		g := dh[i]
		if pre > limit || pre < -limit {
			g = 0
		}
		dh[i] = g * z[i]
		keep := 1 - z[i]
		n2 := float32(n[i] * n[i])
		n[i] = float32(g*keep) * (1 - n2)
		z[i] = float32(dh[i]*d) * keep
	}
}

func gruResetBackwardPortable(r, h, drh, dh []float32) {
	r, drh, dh = r[:len(h)], drh[:len(h)], dh[:len(h)]
	for i := range h {
		t := float32(drh[i] * r[i])
		dh[i] += t
		drh[i] = r[i] * h[i]
		r[i] = float32(t*h[i]) * (1 - r[i])
	}
}

// clamp limits x to [-limit, limit]; a NaN stays a NaN.
func clamp(x, limit float32) float32 {
	if x > limit {
		return limit
	}
	if x < -limit {
		return -limit
	}
	return x
}

func addStepsPortable(dst, x []float32, steps, stride int) {
	for s := range steps {
		row := x[s*stride:][:len(dst)]
		for i := range dst {
			dst[i] += row[i]
		}
	}
}
