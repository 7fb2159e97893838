package hdf5

// unLZF decompresses LZF: a byte below 32 begins a literal run, any other a
// reference to at most 8 KiB before.
func (b *chunkBuffer) unLZF(size uint64) error {
	in, out := b.turn(size)
	out = out[:0]
	for len(in) > 0 {
		control := int(in[0])
		if in = in[1:]; control < 32 {
			n := control + 1
			if n > len(in) || uint64(len(out)+n) > size {
				return corrupt("lzf: a run leaves the chunk")
			}
			out, in = append(out, in[:n]...), in[n:]
			continue
		}
		n := control>>5 + 2
		if n == 9 && len(in) > 0 {
			n, in = n+int(in[0]), in[1:]
		}
		if len(in) == 0 {
			return corrupt("lzf: a chunk ends early")
		}
		from := len(out) - (control&31)<<8 - int(in[0]) - 1
		in = in[1:]
		if from < 0 || uint64(len(out)+n) > size {
			return corrupt("lzf: a reference leaves the chunk")
		}
		for range n {
			out = append(out, out[from])
			from++
		}
	}
	b.data = out
	return nil
}
