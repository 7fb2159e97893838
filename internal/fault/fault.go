// Package fault is where tests break the program: the hooks that its file
// system and its optimiser call. The program never sets one, and no option
// does; a test that wants a full disk at the 100th write, or a NaN in a
// gradient, does.
package fault

// File, if not nil, is called before each change of the file system that the
// program makes through package durable, and in the middle of each write. op is
// create, write, truncate, chmod, sync, rename, link, remove or mkdir. Its error
// becomes that of the change, which is then not made.
var File func(op, path string) error

// Step, if not nil, is called with the loss and the gradient of each optimiser
// step of a member (its number and generation), before the step is taken. epoch
// and batch count from 0. It returns the loss to go on with, and may change the
// gradient.
var Step func(member, generation, epoch, batch int, loss float64, grad []float32) float64

// Valid, if not nil, is called with the validation loss of each epoch (from 0),
// and returns the one to go on with.
var Valid func(member, generation, epoch int, loss float64) float64

// InStep says that a gradient was computed, and returns the loss.
func InStep(member, generation, epoch, batch int, loss float64, grad []float32) float64 {
	if Step == nil {
		return loss
	}
	return Step(member, generation, epoch, batch, loss, grad)
}

// InValid says that a validation loss was computed, and returns it.
func InValid(member, generation, epoch int, loss float64) float64 {
	if Valid == nil {
		return loss
	}
	return Valid(member, generation, epoch, loss)
}

// Before says that a change of the file system comes now.
func Before(op, path string) error {
	if File == nil {
		return nil
	}
	return File(op, path)
}

// Write writes p with write: in two parts, so that a fault leaves half of it,
// if there is a hook.
func Write(path string, p []byte, write func(p []byte, from int) (int, error)) (int, error) {
	if File == nil {
		return write(p, 0)
	}
	half := len(p) / 2
	n, err := write(p[:half], 0)
	if err == nil {
		err = File("write", path)
	}
	if err != nil {
		return n, err
	}
	m, err := write(p[half:], half)
	return n + m, err
}
