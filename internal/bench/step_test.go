package bench

import "testing"

// BenchmarkStep times one training step of each shape, for benchstat.
func BenchmarkStep(b *testing.B) {
	for _, s := range Shapes {
		b.Run(s.Name, func(b *testing.B) {
			m, err := s.Member(1)
			if err != nil {
				b.Fatal(err)
			}
			trials := s.trials()
			step := 0
			for b.Loop() {
				if _, err := m.Step(trials, step); err != nil {
					b.Fatal(err)
				}
				step++
			}
			b.ReportMetric(s.GFLOP()*float64(b.N)/b.Elapsed().Seconds(), "GFLOP/s")
		})
	}
}
