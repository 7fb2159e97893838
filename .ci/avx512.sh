#!/bin/sh
# Run the tests of Go packages with AUTOLFADS_CPU=avx512, on any amd64 machine.
#
#   .ci/avx512.sh [-FLAG[=VALUE]...] PACKAGE...
#   .ci/avx512.sh -run=TestDot -v ./kernel
#
# On a processor with AVX-512 this is `go test`. On any other, the packages' test
# binaries run in a small Linux guest under Bochs, which emulates such a
# processor: a Debian kernel, .ci/avx512/init.go as process 1, the binaries and
# their testdata folders, nothing else. So there
#   - tests see no other file, no other program and no network;
#   - flags are those of a test binary without its "-test." (-run, -skip, -v,
#     -short), not of the go command;
#   - some 50 million instructions pass in a second, 2 million of those that
#     calculate with 512 bits: choose tests that do little, none of speed;
#   - the start takes about 20 seconds: give all packages in one call.
#
# Exit status: 0 all passed; 1 a test failed or did not compile; 2 the guest
# could not run them.
#
# The emulator's packages (apt-get, Debian 12) need root the first time.
#   AUTOLFADS_CACHE            folder for the guest's kernel; ~/.cache/autolfads
#   AUTOLFADS_AVX512_TIMEOUT   seconds the guest may run; 1800
set -eu

packages="bochs bochs-term isolinux syslinux-common xorriso cpio"
here=$(cd "$(dirname "$0")" && pwd)
cache=${AUTOLFADS_CACHE:-$HOME/.cache/autolfads}/avx512
limit=${AUTOLFADS_AVX512_TIMEOUT:-1800}
work="" guest="" printer=""

die() { echo "avx512: $*" >&2; exit 2; }

has_avx512() {
	for flag in avx512f avx512dq avx512bw avx512vl; do
		grep -qw "$flag" /proc/cpuinfo || return 1
	done
}

# Debian's emulator and boot tools, and a kernel taken from its package without
# installing it.
prepare() {
	# shellcheck disable=SC2086 # one word a package
	if ! dpkg -s $packages >/dev/null 2>&1; then
		apt-get update -q >/dev/null
		DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $packages >/dev/null
	fi
	mkdir -p "$cache"
	exec 9>"$cache/lock"
	flock 9 # One guest at a time: each keeps a core busy.
	[ -e "$cache/vmlinuz" ] && return
	image=$(apt-cache depends linux-image-cloud-amd64 | awk '/Depends: linux-image/ { print $2 }')
	[ -n "$image" ] || die "no kernel package found; run apt-get update"
	mkdir "$work/kernel"
	(cd "$work/kernel" && apt-get -q -o APT::Sandbox::User=root download "$image" >/dev/null)
	dpkg-deb -x "$work"/kernel/*.deb "$work/kernel"
	mv "$work"/kernel/boot/vmlinuz-* "$cache/vmlinuz"
}

# pack_tests [-FLAG...] PACKAGE...: the guest's file system, $work/root.
pack_tests() {
	export CGO_ENABLED=0 GOOS=linux GOARCH=amd64 # The guest has no C library.
	mkdir -p "$work/root/tests"
	go build -ldflags=-s -o "$work/root/init" "$here/avx512/init.go"
	: >"$work/root/flags"
	while [ $# -gt 0 ]; do
		case $1 in
		-*) echo "-test.${1#-}" >>"$work/root/flags"; shift ;;
		*) break ;;
		esac
	done
	go list -f '{{.ImportPath}} {{.Dir}}' "$@" >"$work/list"
	n=100 # Three digits keep the order.
	while read -r package dir; do
		n=$((n + 1))
		pack_package "$package" "$dir" "$work/root/tests/$n"
	done <"$work/list"
}

# pack_package IMPORT-PATH FOLDER DESTINATION; nothing for a package without tests.
pack_package() {
	mkdir "$3"
	go test -c -ldflags=-s -o "$3/test" "$1"
	if [ ! -e "$3/test" ]; then
		rmdir "$3"
		return
	fi
	echo "$1" >"$3/package"
	[ ! -d "$2/testdata" ] || cp -rL "$2/testdata" "$3/testdata"
}

# The guest's boot disc, $work/boot.iso. The kernel's command line:
#   clearcpuid   Bochs 2.7 gives a wrong size for the compacted XSAVE area, for
#                which the kernel would turn AVX off; so it shall use the plain one.
#                And it lacks the registers that aperfmperf promises.
#   tsc...       the clock counts instructions, see ips in write_config.
#   reboot=t     after a panic, a triple fault, which ends the emulator.
#   the others   shorten the start.
pack_disc() {
	mkdir "$work/disc"
	(cd "$work/root" && find . | cpio --quiet -o -H newc) >"$work/disc/initrd"
	cp "$cache/vmlinuz" /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 "$work/disc"
	cat >"$work/disc/isolinux.cfg" <<-EOF
		default guest
		label guest
		kernel vmlinuz
		append initrd=initrd console=ttyS1,115200 quiet panic=-1 reboot=t clearcpuid=xsavec,xsaves,aperfmperf tsc=reliable tsc_early_khz=50000 nokaslr nosmp mitigations=off audit=0 cryptomgr.notests
	EOF
	xorriso -as mkisofs -quiet -o "$work/boot.iso" -b isolinux.bin -c boot.cat \
		-no-emul-boot -boot-load-size 4 -boot-info-table "$work/disc" 2>/dev/null
}

# The emulated machine. ips is how many instructions make a second of the guest's
# time; near the real rate, and not more, so that the kernel's waits stay short.
write_config() {
	cat >"$work/bochsrc" <<-EOF
		config_interface: textconfig
		display_library: term
		cpu: model=corei7_skylake_x, ips=50000000, reset_on_triple_fault=0
		clock: sync=none
		memory: guest=1024, host=1024
		romimage: file=/usr/share/bochs/BIOS-bochs-latest
		vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
		ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
		ata0-master: type=cdrom, path=$work/boot.iso, status=inserted
		boot: cdrom
		com1: enabled=1, mode=file, dev=$work/output
		com2: enabled=1, mode=file, dev=$work/kernel.log
		panic: action=fatal
		error: action=ignore
		log: $work/bochs.log
	EOF
	printf 'continue\nquit\n' >"$work/commands" # Debian's Bochs starts in its debugger.
}

# Bochs' screen wants a terminal, which script gives it; the tests' output comes
# through the first serial port.
run_guest() {
	: >"$work/output"
	TERM=xterm timeout -k 10 "$limit" script -qc "exec bochs -f $work/bochsrc -rc $work/commands" \
		/dev/null </dev/null >"$work/screen" 2>&1 &
	guest=$!
	tail -n +1 -f --pid=$guest "$work/output" &
	printer=$!
	wait $guest || true # Bochs ends with 1 at a power-off too.
	guest=""
	wait $printer
	printer=""
	verdict=$(tail -n 1 "$work/output")
	case $verdict in
	"avx512: passed") return 0 ;;
	"avx512: FAILED"*) return 1 ;;
	esac
	tail -n 40 "$work/kernel.log" "$work/bochs.log" >&2 || true
	die "the guest gave no verdict (it may run $limit s, AUTOLFADS_AVX512_TIMEOUT)"
}

clean_up() {
	for process in $guest $printer; do
		kill "$process" 2>/dev/null || true
	done
	[ -z "$work" ] || rm -rf "$work"
}

[ $# -gt 0 ] || die "usage: $0 [-FLAG[=VALUE]...] PACKAGE..."
if has_avx512; then
	AUTOLFADS_CPU=avx512 exec go test -count=1 "$@"
fi
work=$(mktemp -d)
trap clean_up EXIT
trap 'exit 2' INT TERM
prepare
pack_tests "$@"
pack_disc
write_config
run_guest
