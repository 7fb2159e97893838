package dashboard

import (
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// handler answers requests that the guard lets through.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.servePage)
	mux.HandleFunc("GET /runs.json", s.serveRuns)
	mux.HandleFunc("GET /run/{name}/document.json", s.serveDocument)
	mux.HandleFunc("GET /events", s.serveEvents)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		protect(w.Header())
		if s.admit(w, r) {
			mux.ServeHTTP(w, r)
		}
	})
}

// protect sets the headers of every answer. What is not the page itself shows nothing and runs nothing.
func protect(h http.Header) {
	setPolicy(h, "default-src 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer") // the first URL has the token
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-cache") // kept, but asked for again, by ETag
}

// setPolicy sets the content security policy; in no case may another page have this one in a frame.
func setPolicy(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
}

// admit reports whether a request is to be answered, and refuses it otherwise. What it refuses
// may be anybody's: it says nothing of runs.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) bool {
	switch {
	case !s.address.knows(r.Host):
		refuse(w, http.StatusMisdirectedRequest, "This server does not go by that name. It answers at the address that it printed; another name can be given by --listen NAME:PORT.")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "Only GET and HEAD are answered: nothing can be changed here.")
	case len(r.RequestURI) > longestURL:
		refuse(w, http.StatusRequestURITooLong, fmt.Sprintf("The URL has more than %d bytes.", longestURL))
	case r.ContentLength != 0:
		refuse(w, http.StatusRequestEntityTooLarge, "Requests have no content here.")
	case s.token == "":
		return true
	default:
		return s.admitByToken(w, r)
	}
	return false
}

// admitByToken looks for the token: in a cookie; in the header Authorization, where programs that are no
// browser put it; or in the URL of the page. From there it goes into the cookie, and the browser to a URL
// without, each time, so that it stands neither in the address bar nor in a history.
//
// The cookie is Lax: Strict would not be sent with the request behind the redirect when the URL was
// clicked in another site's page, such as mail. All that Lax lets other sites do is open the page.
func (s *Server) admitByToken(w http.ResponseWriter, r *http.Request) bool {
	c, err := r.Cookie(s.cookie())
	known := err == nil && s.isToken(c.Value)
	if query := r.URL.Query(); r.URL.Path == "/" && query.Has("token") && (known || s.isToken(query.Get("token"))) {
		http.SetCookie(w, &http.Cookie{Name: s.cookie(), Value: s.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		w.Header().Set("Cache-Control", "no-store")
		query.Del("token")
		http.Redirect(w, r, (&url.URL{Path: "/", RawQuery: query.Encode()}).String(), http.StatusSeeOther)
		return false
	}
	if token, given := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); known || given && s.isToken(token) {
		return true
	}
	refuse(w, http.StatusUnauthorized, "The token is missing or is another one: open the URL that the program printed, with its ?token= part.")
	return false
}

// cookie is the name of the cookie: another one of each server, for browsers give the cookies of a host
// to all its ports, and behind each may be a tunnel to another machine.
func (s *Server) cookie() string { return "autolfads-" + checksum([]byte(s.token)) }

// isToken compares in a time that does not tell how much is right.
func (s *Server) isToken(text string) bool {
	return subtle.ConstantTimeCompare([]byte(text), []byte(s.token)) == 1
}

// refuse answers with a sentence, and ends the connection: what else comes on it is not read.
func refuse(w http.ResponseWriter, code int, sentence string) {
	w.Header().Set("Connection", "close")
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, sentence, code)
}
