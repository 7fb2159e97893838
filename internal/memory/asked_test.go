package memory

import "testing"

// What SLURM says of a node, or of each CPU, and nothing of what cannot be meant.
func TestAsked(t *testing.T) {
	for _, c := range []struct {
		node, cpu, cpus string
		want            int64
	}{
		{"512", "", "2", 512 << 20},
		{"512", "100", "8", 512 << 20},
		{"", "300", "4", 1200 << 20},
		{"0", "", "4", 0}, // all of the node's
		{"0", "300", "4", 1200 << 20},
		{"", "300", "", 0},
		{"", "300", "0", 0},
		{"", "300", "-4", 0},
		{"", "", "4", 0},
		{"-512", "", "", 0},
		{"4G", "", "", 0},
		{"9223372036854775807", "", "", 0},
		{"", "1073741824", "9223372036854775807", 0},
		{"1073741824", "", "", 1 << 50},
	} {
		env := map[string]string{"SLURM_MEM_PER_NODE": c.node, "SLURM_MEM_PER_CPU": c.cpu, "SLURM_CPUS_ON_NODE": c.cpus}
		got, ok := asked(func(name string) string { return env[name] })
		if ok != (c.want > 0) || ok && got != c.want {
			t.Errorf("%v: %d bytes (%v), want %d", env, got, ok, c.want)
		}
	}
}
