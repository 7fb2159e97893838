package executortest

import (
	"os"
	"time"
)

// Version is the program that runs of the suite's units name in their headers.
const Version = version

// Late makes a unit late that trains with Worker(faults): so long takes each of its epochs.
func Late(faults string, generation, member int, epoch time.Duration) error {
	return os.WriteFile(late.file(faults, generation, member), []byte(epoch.String()), 0o600)
}
