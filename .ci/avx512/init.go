// Command init is the only program, besides the tests, of the small Linux
// guest in which .ci/avx512.sh runs test binaries on an emulated AVX-512
// processor. The kernel starts it as process 1.
//
// The guest's file system is the initramfs that the script packs:
//
//	/init           this program
//	/flags          flags for every test binary, one a line
//	/tests/N/       one folder for each package, in the order given
//	    package     its import path
//	    test        its test binary
//	    testdata/   a copy of its testdata, where it has one
//
// init runs the test binaries one after another, each in its own folder as
// `go test` does, with AUTOLFADS_CPU=avx512 in the environment. What they
// print goes to the first serial port, and after it one last line, "avx512: "
// and the verdict; the kernel and init's own faults go to the second. Then init
// powers the guest off.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// required are the processor flags that the kernels behind
// AUTOLFADS_CPU=avx512 need. The kernel lists them only if it also lets
// programs use the 512-bit registers (XCR0).
var required = []string{"avx512f", "avx512dq", "avx512bw", "avx512vl", "fma"}

func main() {
	if err := run(); err != nil {
		log.Print("init: ", err) // The script prints this port's end when it finds no verdict.
		time.Sleep(time.Second)  // Powering off would drop what the port still holds.
	}
	err := syscall.Reboot(syscall.LINUX_REBOOT_CMD_POWER_OFF)
	log.Fatal("init: power off: ", err) // Process 1 ends: the kernel panics, and the emulator stops.
}

// run mounts what programs expect, runs every package and writes the verdict;
// its error is one for which no verdict could be had.
func run() error {
	for target, fstype := range map[string]string{"/proc": "proc", "/sys": "sysfs", "/dev": "devtmpfs", "/tmp": "tmpfs"} {
		if err := os.MkdirAll(target, 0o755); err != nil {
			return err
		}
		// The kernel may have mounted /dev itself; EBUSY says so.
		if err := syscall.Mount(fstype, target, fstype, 0, ""); err != nil && !errors.Is(err, syscall.EBUSY) {
			return fmt.Errorf("mount %s: %w", target, err)
		}
	}
	if err := checkCPU(); err != nil {
		return err
	}
	port, err := openSerial("/dev/ttyS0")
	if err != nil {
		return err
	}
	verdict := "passed"
	if err := runAll(port); err != nil {
		verdict = "FAILED: " + err.Error()
	}
	if _, err := fmt.Fprintf(port, "avx512: %s\n", verdict); err != nil {
		return err
	}
	return ioctl(port, tcsbrk, 1)
}

// runAll runs every package's tests, also after a failure, and returns an
// error that counts the failed ones.
func runAll(port *os.File) error {
	flags, err := os.ReadFile("/flags")
	if err != nil {
		return err
	}
	dirs, err := filepath.Glob("/tests/*")
	if err != nil {
		return err
	}
	failed := 0
	for _, dir := range dirs {
		if err := runPackage(port, dir, strings.FieldsFunc(string(flags), func(r rune) bool { return r == '\n' })); err != nil {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d packages", failed, len(dirs))
	}
	return nil
}

// checkCPU reports which of the required flags the processor lacks.
func checkCPU() error {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return err
	}
	have := strings.Fields(string(info))
	for _, flag := range required {
		if !slices.Contains(have, flag) {
			return fmt.Errorf("the emulated processor has no %s, or the kernel has not enabled it", flag)
		}
	}
	return nil
}

// runPackage runs the test binary in dir and prints a line like go test's.
// The time is the guest's, which the emulator counts in instructions.
func runPackage(port *os.File, dir string, flags []string) error {
	name, err := os.ReadFile(filepath.Join(dir, "package"))
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(dir, "test"), flags...)
	cmd.Dir = dir
	cmd.Env = []string{"AUTOLFADS_CPU=avx512", "HOME=/tmp", "TMPDIR=/tmp", "PATH=/", "PWD=" + dir}
	cmd.Stdout, cmd.Stderr = port, port
	start := time.Now()
	err = cmd.Run()
	word := "ok  "
	if err != nil {
		fmt.Fprintln(port, err)
		word = "FAIL"
	}
	fmt.Fprintf(port, "%s\t%s\t%.1fs (guest)\n", word, strings.TrimSpace(string(name)), time.Since(start).Seconds())
	return err
}

// tcsbrk with argument 1 waits until the port has sent everything
// (ioctl_tty(2)); package syscall does not name it.
const tcsbrk = 0x5409

// openSerial opens a serial port for plain bytes (no newline translation) at
// the highest standard speed: the emulator makes the guest wait for each byte.
func openSerial(name string) (*os.File, error) {
	port, err := os.OpenFile(name, os.O_WRONLY|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	mode := syscall.Termios{Cflag: syscall.CS8 | syscall.CLOCAL | syscall.B115200}
	return port, ioctl(port, syscall.TCSETS, uintptr(unsafe.Pointer(&mode)))
}

func ioctl(port *os.File, request, arg uintptr) error {
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, port.Fd(), request, arg); errno != 0 {
		return fmt.Errorf("%s: ioctl %#x: %w", port.Name(), request, errno)
	}
	return nil
}
