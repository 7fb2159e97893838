package dashboard

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// send sends bytes as they are and returns the status and the body that come back.
func send(t *testing.T, s *Server, request string) (code int, body string) {
	t.Helper()
	c, err := net.Dial("tcp", s.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(longest)); err != nil {
		t.Fatal(err)
	}
	go io.WriteString(c, request) // a server that refuses need not read all
	method, _, _ := strings.Cut(request, " ")
	answer, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%.80q: %v", request, err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// No way of writing a path leads out of the list of runs, and none is a path on disk.
func TestPathsLeadNowhere(t *testing.T) {
	dir := t.TempDir()
	const secret = "nobody must see this"
	for _, path := range []string{"secret/document.json", "document.json", "runs/results/secret.json"} {
		write(t, filepath.Join(dir, path), secret)
	}
	begin(t, filepath.Join(dir, "secret")) // a run, but not of the folder that is served
	begin(t, filepath.Join(dir, "runs", "results"))
	s := serve(t, Options{}, filepath.Join(dir, "runs"))
	for _, path := range []string{
		"/run/../document.json", "/run/%2e%2e/document.json", "/run/..%2f..%2fsecret/document.json", "/run/%2e%2e%2fsecret/document.json",
		"/run/..%5csecret/document.json", "/run/..\\secret/document.json", "/run/" + url.PathEscape(filepath.Join(dir, "secret")) + "/document.json",
		"/run//" + dir + "/secret/document.json", "/run/results%00/document.json", "/run/results/../../secret/document.json", "/run/results/secret.json",
		"/run/results/%2e%2e/secret.json", "/run/%252e%252e/document.json", "/run/./document.json", "/run/%2e/document.json", "/run/secret/document.json",
		"/run/results/document.json/..", "/secret/document.json", "/..%2fdocument.json", "/document.json", "/runs.json/", "/run/", "/favicon.ico", "/.%2e/document.json",
		"/run/c:%5c/document.json", "/run/%c0%ae%c0%ae/document.json", "/run/" + strings.Repeat("a", 300) + "/document.json", "//etc/passwd", "/run/RESULTS/document.json",
	} {
		code, body := send(t, s, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n")
		if strings.Contains(body, secret) || code < 300 {
			t.Errorf("%s: %d %q", path, code, body)
		}
	}
	if code, body := send(t, s, "GET /run/results/document.json HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n"); code != http.StatusOK || !strings.Contains(body, "running") {
		t.Errorf("the run itself: %d %q", code, body)
	}
}

func TestRequestsAreRefused(t *testing.T) {
	s := serve(t, Options{}, begin(t, filepath.Join(t.TempDir(), "results")))
	const end = " HTTP/1.1\r\nHost: localhost\r\n"
	for _, c := range []struct {
		name, request string
		code          int
	}{
		{"nothing wrong", "GET /" + end + "\r\n", http.StatusOK},
		{"only the head", "HEAD /runs.json" + end + "Connection: close\r\n\r\n", http.StatusOK},
		{"another name", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", http.StatusMisdirectedRequest},
		{"another name with the port", fmt.Sprintf("GET / HTTP/1.1\r\nHost: evil.example:%d\r\n\r\n", s.address.port), http.StatusMisdirectedRequest},
		{"a name that begins so", "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", http.StatusMisdirectedRequest},
		{"a name in the URL", "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", http.StatusMisdirectedRequest},
		{"another address", "GET / HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n", http.StatusMisdirectedRequest},
		{"no name", "GET / HTTP/1.0\r\n\r\n", http.StatusMisdirectedRequest},
		{"two names", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", http.StatusBadRequest},
		{"POST", "POST /" + end + "Content-Length: 0\r\n\r\n", http.StatusMethodNotAllowed},
		{"DELETE", "DELETE /run/results/document.json" + end + "\r\n", http.StatusMethodNotAllowed},
		{"OPTIONS", "OPTIONS *" + end + "\r\n", http.StatusMethodNotAllowed},
		{"CONNECT", "CONNECT localhost:22" + end + "\r\n", http.StatusMethodNotAllowed},
		{"a word", "LOOK /" + end + "\r\n", http.StatusMethodNotAllowed},
		{"content", "GET /" + end + "Content-Length: 3\r\n\r\nabc", http.StatusRequestEntityTooLarge},
		{"content of any length", "GET /" + end + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", http.StatusRequestEntityTooLarge},
		{"a long URL", "GET /" + strings.Repeat("a", longestURL) + end + "\r\n", http.StatusRequestURITooLong},
		{"a very long URL", "GET /" + strings.Repeat("a", 1<<20) + end + "\r\n", http.StatusRequestHeaderFieldsTooLarge},
		{"long headers", "GET /" + end + "A: " + strings.Repeat("a", 1<<20) + "\r\n\r\n", http.StatusRequestHeaderFieldsTooLarge},
		{"many headers", "GET /" + end + strings.Repeat("A: a\r\n", 1<<16) + "\r\n", http.StatusRequestHeaderFieldsTooLarge},
		{"no HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", http.StatusBadRequest},
	} {
		code, body := send(t, s, c.request)
		if code != c.code {
			t.Errorf("%s: %d, want %d; %.200q", c.name, code, c.code, body)
		}
		if code >= 300 && strings.Contains(body, "results") {
			t.Errorf("%s: what is refused tells of runs: %q", c.name, body)
		}
	}
}

// What a browser must know to keep other sites out stands on every answer, refused or not.
func TestHeaders(t *testing.T) {
	s := serve(t, Options{}, begin(t, filepath.Join(t.TempDir(), "results")))
	for _, path := range []string{"/", "/runs.json", "/run/results/document.json", "/nothing"} {
		answer, _ := get(t, s, path)
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "",
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		policy := answer.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if cache := answer.Header.Get("Cache-Control"); !strings.Contains(cache, "no-") || strings.Contains(cache, "public") {
			t.Errorf("%s: Cache-Control %q", path, cache)
		}
	}
}

// A token is asked for on every address but loopback, and where it is told to.
func TestToken(t *testing.T) {
	dir := begin(t, filepath.Join(t.TempDir(), "results"))
	for name, o := range map[string]Options{"all addresses": {Listen: "0.0.0.0:0"}, "loopback": {Token: true}} {
		s := serve(t, o, dir)
		u, err := url.Parse(s.URL())
		if err != nil {
			t.Fatal(err)
		}
		token := u.Query().Get("token")
		if len(token) < 26 { // 5 bits a letter: 128 bits
			t.Fatalf("%s: the URL is %s", name, s.URL())
		}
		s.address.host = "127.0.0.1"
		for _, path := range []string{
			"/", "/runs.json", "/events", "/run/results/document.json", "/nothing", "/?token=", "/?token=" + token[1:], "/?token=" + token + "A",
			"/runs.json?token=" + token, "/?token=" + strings.ToLower(token),
		} {
			if answer, body := get(t, s, path); answer.StatusCode != http.StatusUnauthorized || len(answer.Cookies()) > 0 {
				t.Errorf("%s, %s: %s, %q", name, path, answer.Status, body)
			}
		}
		if answer, _ := get(t, s, "/runs.json", "Cookie", s.cookie()+"=guess"); answer.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: a wrong cookie: %s", name, answer.Status)
		}
		answer, _ := get(t, s, "/?token="+token)
		if answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/" || len(answer.Cookies()) != 1 {
			t.Fatalf("%s: the first request: %s, %v", name, answer.Status, answer.Header)
		}
		cookie := answer.Cookies()[0]
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
			t.Errorf("%s: cookie %v", name, cookie)
		}
		for _, path := range []string{"/", "/runs.json", "/run/results/document.json"} {
			if answer, _ := get(t, s, path, "Cookie", cookie.Name+"="+cookie.Value); answer.StatusCode != http.StatusOK {
				t.Errorf("%s, %s with the cookie: %s", name, path, answer.Status)
			}
		}
	}
	if s := serve(t, Options{}, dir); strings.Contains(s.URL(), "token") {
		t.Errorf("loopback: %s", s.URL())
	}
}

// However often a URL with a token is opened, by whoever has the cookie already, it does not stay in the
// address bar; which run is shown stays.
func TestTokenLeavesTheURL(t *testing.T) {
	s := serve(t, Options{Token: true}, begin(t, filepath.Join(t.TempDir(), "results")))
	with := []string{"Cookie", s.cookie() + "=" + s.token}
	for path, want := range map[string]string{
		"/?token=" + s.token: "/", "/?run=results&token=" + s.token: "/?run=results", "/?token=of-another-start": "/",
		"/?token=" + s.token + "&run=%2F%2Fevil.example": "/?run=%2F%2Fevil.example",
	} {
		if answer, _ := get(t, s, path, with...); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != want {
			t.Errorf("%s: %s, to %q, want %q", path, answer.Status, answer.Header.Get("Location"), want)
		}
	}
}

// A program that is no browser gives the token in a header, which no page of another site can.
func TestTokenOfPrograms(t *testing.T) {
	s := serve(t, Options{Token: true}, begin(t, filepath.Join(t.TempDir(), "results")))
	for value, want := range map[string]int{
		"Bearer " + s.token: http.StatusOK, "Bearer ": http.StatusUnauthorized, "Bearer " + s.token + "A": http.StatusUnauthorized, s.token: http.StatusUnauthorized, "": http.StatusUnauthorized,
	} {
		for _, path := range []string{"/runs.json", "/run/results/document.json"} {
			if answer, _ := get(t, s, path, "Authorization", value); answer.StatusCode != want {
				t.Errorf("%s of %q: %s, want %d", path, value, answer.Status, want)
			}
		}
	}
}

// A request that does not come to its end does not keep its connection; one that has ended before does not either.
func TestSlowRequests(t *testing.T) {
	l := quick(&toy{})
	l.request, l.idle = 50*time.Millisecond, 50*time.Millisecond
	s := serve(t, Options{limits: l}, begin(t, filepath.Join(t.TempDir(), "results")))
	for name, first := range map[string]string{
		"nothing": "", "half a line": "GET / HT", "no end of headers": "GET / HTTP/1.1\r\nHost: localhost\r\n", "answered and silent": "GET /runs.json HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"content that does not come": "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			c, err := net.Dial("tcp", s.listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			if _, err := io.WriteString(c, first); err != nil {
				t.Fatal(err)
			}
			if err := c.SetReadDeadline(time.Now().Add(longest)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, c); err != nil && strings.Contains(err.Error(), "timeout") {
				t.Errorf("the connection is still open after %v", longest)
			}
		})
	}
}

// Letters that come one at a time are given up just so: the time is for all of a request.
func TestDrippingRequest(t *testing.T) {
	l := quick(&toy{})
	l.request = 50 * time.Millisecond
	s := serve(t, Options{limits: l}, t.TempDir())
	c, err := net.Dial("tcp", s.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for began := time.Now(); time.Since(began) < longest; time.Sleep(5 * time.Millisecond) {
		if _, err := io.WriteString(c, "G"); err != nil {
			return // closed by the server
		}
	}
	t.Errorf("letters are still taken after %v", longest)
}

func TestTooManyConnections(t *testing.T) {
	const most, all = 5, 20
	l := quick(&toy{})
	l.connections = most
	s := serve(t, Options{limits: l}, begin(t, filepath.Join(t.TempDir(), "results")))
	closed := make(chan net.Conn, all)
	open := map[net.Conn]bool{}
	for range all {
		c, err := net.Dial("tcp", s.listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		open[c] = true
		go func() {
			_, _ = c.Read(make([]byte, 1)) // nothing comes: it returns when the connection ends
			closed <- c
		}()
	}
	for len(open) > most {
		select {
		case c := <-closed:
			delete(open, c)
		case <-time.After(longest):
			t.Fatalf("%d connections are open, want %d", len(open), most)
		}
	}
	await(t, "as many counted as are open", func() bool { return s.connections.open.Load() == most })
	for c := range open {
		c.Close()
	}
	await(t, "none counted", func() bool { return s.connections.open.Load() == 0 })
	if answer, _ := get(t, s, "/runs.json"); answer.StatusCode != http.StatusOK {
		t.Errorf("after the flood: %s", answer.Status)
	}
}
