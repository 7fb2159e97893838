package dashboard

import (
	"net"
	"strconv"
	"strings"
	"testing"
)

func TestKnownHosts(t *testing.T) {
	for _, c := range []struct {
		address        address
		known, unknown string
	}{
		{
			addressOf(at("127.0.0.1"), ""),
			"localhost LOCALHOST localhost:5323 localhost:1 127.0.0.1 127.0.0.1:99 [::1] [::1]:5323",
			"127.0.0.2 0.0.0.0 10.0.0.5 localhost. localhost.localdomain evil.example [::2] [::] ::ffff:127.0.0.1 127.1 2130706433 :5323 localhost:5323:1 localhost@evil.example",
		},
		{addressOf(at("10.0.0.5"), "node7"), "node7 Node7:80 localhost", "10.0.0.6 evil.example node7.example node"},
		{addressOf(at("10.0.0.5"), "10.0.0.5"), "10.0.0.5:5323", "10.0.0.6 node7"},
		{addressOf(at("0.0.0.0"), ""), "10.0.0.6 [fe80::1]:80 " + thisHost(), "evil.example 10.0.0 10.0.0.6.example"},
		{addressOf(at("::"), "::"), "10.0.0.6 " + thisHost(), "evil.example"},
	} {
		for _, host := range strings.Fields(c.known) {
			if !c.address.knows(host) {
				t.Errorf("on %s the host %q is not known", c.address.host, host)
			}
		}
		for _, host := range append(strings.Fields(c.unknown), "", " ", "localhost evil.example", "localhost\x00") {
			if c.address.knows(host) {
				t.Errorf("on %s the host %q is known", c.address.host, host)
			}
		}
	}
}

// at is a listener on an address, as far as it is asked for that.
func at(ip string) net.Listener {
	return listener{addr: &net.TCPAddr{IP: net.ParseIP(ip), Port: DefaultPort}}
}

type listener struct {
	net.Listener
	addr net.Addr
}

func (l listener) Addr() net.Addr { return l.addr }

func TestURL(t *testing.T) {
	for _, c := range []struct{ ip, host, token, want string }{
		{"127.0.0.1", "", "", "http://127.0.0.1:5323/"},
		{"127.0.0.1", "localhost", "", "http://localhost:5323/"},
		{"::1", "::1", "", "http://[::1]:5323/"},
		{"10.0.0.5", "node7", "ABC", "http://node7:5323/?token=ABC"},
		{"0.0.0.0", "", "ABC", "http://" + thisHost() + ":5323/?token=ABC"},
	} {
		a := addressOf(at(c.ip), c.host)
		if got := a.url(c.token); got != c.want {
			t.Errorf("%s, %q: %s, want %s", c.ip, c.host, got, c.want)
		}
	}
}

// The usual port, the next one if that is taken, or the one that is asked for, which must be free.
func TestPorts(t *testing.T) {
	listening := func(where string) (net.Listener, address) {
		t.Helper()
		l, a, err := listen(where)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		return l, a
	}
	_, first := listening("")
	_, second := listening("")
	if first.port == second.port || !first.loopback || !second.loopback {
		t.Errorf("twice the default: %+v and %+v", first, second)
	}
	for _, a := range []address{first, second} { // others may serve on this machine
		if a.port < DefaultPort || a.port > DefaultPort+moreDefaults {
			t.Errorf("port %d is none of the usual ones", a.port)
		}
	}
	_, any := listening("0")
	if any.port == 0 || !any.loopback {
		t.Errorf("any port: %+v", any)
	}
	if _, all := listening("0.0.0.0:0"); all.loopback {
		t.Errorf("all addresses: %+v", all)
	}
	if _, named := listening("localhost:0"); !named.loopback || named.host != "localhost" {
		t.Errorf("localhost: %+v", named)
	}
	for where, want := range map[string]string{
		strconv.Itoa(any.port): "give another HOST:PORT", "a.b": "give HOST:PORT", "127.0.0.1:99999": "give another", "99999": "give another", "no such host:0": "give another",
	} {
		if _, _, err := listen(where); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", where, err, want)
		}
	}
}

func TestTunnel(t *testing.T) {
	s := &Server{address: addressOf(at("127.0.0.1"), "")}
	for _, c := range []struct{ connection, user, want string }{
		{"192.0.2.1 50000 192.0.2.7 22", "ada", "ssh -L 5323:127.0.0.1:5323 ada@192.0.2.7"},
		{"192.0.2.1 50000 192.0.2.7 2222", "ada", "ssh -L 5323:127.0.0.1:5323 -p 2222 ada@192.0.2.7"},
		{"2001:db8::1 50000 2001:db8::7 22", "ada", "ssh -L 5323:127.0.0.1:5323 ada@2001:db8::7"},
		{"", "ada", "ssh -L 5323:127.0.0.1:5323 ada@" + thisHost()},
		{"", "", "ssh -L 5323:127.0.0.1:5323 USER@" + thisHost()},
		// The line is there to be copied into a shell: nothing of it may come from who knows where.
		{"a b $(reboot) 22", "ada", "ssh -L 5323:127.0.0.1:5323 ada@" + thisHost()},
		{"::1 1 fe80::1%;reboot 22", "ada", "ssh -L 5323:127.0.0.1:5323 ada@" + thisHost()},
		{"192.0.2.1 50000 192.0.2.7 22;reboot", "a;reboot", "ssh -L 5323:127.0.0.1:5323 USER@" + thisHost()},
		{"", "-oProxyCommand=reboot", "ssh -L 5323:127.0.0.1:5323 USER@" + thisHost()},
	} {
		got := s.Tunnel(func(name string) string {
			return map[string]string{"SSH_CONNECTION": c.connection, "USER": c.user}[name]
		})
		if got != c.want {
			t.Errorf("%q, %q: %s, want %s", c.connection, c.user, got, c.want)
		}
	}
	s.address = addressOf(at("10.0.0.5"), "node7")
	if got := s.Tunnel(func(string) string { return "" }); got != "" {
		t.Errorf("a server that can be reached: %s", got)
	}
}
