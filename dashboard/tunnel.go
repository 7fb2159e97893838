package dashboard

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// Tunnel is the command that makes the page of this machine one of another, where it is typed:
// there it has the same URL. It is "" if the server can be reached without. getenv knows
// the environment: of SSH_CONNECTION it takes how the user came here.
func (s *Server) Tunnel(getenv func(string) string) string {
	if !s.address.loopback {
		return ""
	}
	host, port := thisHost(), ""
	if address, p, ok := sshServer(getenv("SSH_CONNECTION")); ok {
		host, port = address, p
	}
	user := getenv("USER")
	if user == "" || strings.ContainsFunc(user, unlikeHost) || strings.HasPrefix(user, "-") {
		user = "USER"
	}
	if port != "" {
		port = "-p " + port + " "
	}
	return fmt.Sprintf("ssh -L %d:%s:%d %s%s@%s", s.address.port, s.address.listening(), s.address.port, port, user, host)
}

// listening is the host as a tunnel's end names it.
func (a *address) listening() string {
	if strings.Contains(a.host, ":") {
		return "[" + a.host + "]"
	}
	return a.host
}

// sshServer is this machine's address as the ssh client knows it, and its port if that is
// another than ssh's own, of SSH_CONNECTION: "client port server port".
func sshServer(connection string) (host, port string, ok bool) {
	words := strings.Fields(connection)
	if len(words) != 4 {
		return "", "", false
	}
	server, err := netip.ParseAddrPort(net.JoinHostPort(words[2], words[3]))
	if err != nil || server.Addr().Zone() != "" {
		return "", "", false
	}
	if server.Port() != 22 {
		port = fmt.Sprint(server.Port())
	}
	return server.Addr().String(), port, true
}
