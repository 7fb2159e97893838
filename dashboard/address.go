package dashboard

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
)

// DefaultPort is the port if none is said: LFAD on the keys of a telephone.
const DefaultPort = 5323

// moreDefaults are how many ports behind the default one are tried before any.
const moreDefaults = 20

// address is where a server can be reached.
type address struct {
	host     string // in the URL
	port     int
	loopback bool            // nobody on another machine can reach it
	names    map[string]bool // hosts that a request may name, in small letters
	anyIP    bool            // and any address
}

// listen opens a port.
func listen(where string) (net.Listener, address, error) {
	if where == "" {
		l, err := listenDefault()
		if err != nil {
			return nil, address{}, fmt.Errorf("no port of loopback is free: %w", err)
		}
		return l, addressOf(l, ""), nil
	}
	if port, err := strconv.Atoi(where); err == nil {
		where = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	}
	host, _, err := net.SplitHostPort(where)
	if err != nil {
		return nil, address{}, fmt.Errorf("%q is no address to listen on: give HOST:PORT, or a port of this machine alone", where)
	}
	l, err := net.Listen("tcp", where)
	if err != nil {
		return nil, address{}, fmt.Errorf("%w: give another HOST:PORT; with port 0 it takes any that is free", err)
	}
	return l, addressOf(l, host), nil
}

// listenDefault opens the default port of loopback, the next that is free, or any.
func listenDefault() (net.Listener, error) {
	for port := DefaultPort; port <= DefaultPort+moreDefaults; port++ {
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return l, nil
		}
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// addressOf says how a listener can be reached that was opened on a host, "" for the
// default or all addresses.
func addressOf(l net.Listener, host string) address {
	a := address{host: host, names: map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}}
	at := l.Addr().(*net.TCPAddr)
	a.port, a.loopback = at.Port, at.IP.IsLoopback()
	if at.IP.IsUnspecified() {
		a.host, a.anyIP = thisHost(), true
	}
	if a.host == "" {
		a.host = at.IP.String()
	}
	a.names[strings.ToLower(a.host)] = true
	return a
}

// thisHost is the name of this machine.
func thisHost() string {
	name, err := os.Hostname()
	if err != nil || strings.ContainsFunc(name, unlikeHost) {
		return "localhost"
	}
	return name
}

// unlikeHost reports letters that no name of a host or of a user has, but a shell or a URL might take
// for something else.
func unlikeHost(r rune) bool {
	return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._", r)
}

// url is where the page is.
func (a *address) url(token string) string {
	u := url.URL{Scheme: "http", Host: net.JoinHostPort(a.host, strconv.Itoa(a.port)), Path: "/"}
	if token != "" {
		u.RawQuery = url.Values{"token": {token}}.Encode()
	}
	return u.String()
}

// knows reports whether a request may name this host, as its Host header has it. Another
// name may be a stranger's that leads here; an address leads nowhere else. The port is not
// looked at, for a tunnel has its own.
func (a *address) knows(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
	if a.names[host] {
		return true
	}
	_, err := netip.ParseAddr(host)
	return a.anyIP && err == nil
}
