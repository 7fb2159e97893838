package dashboard

import (
	"net"
	"net/http"
	"sync/atomic"
)

// counter closes connections that are too many.
type counter struct {
	most int
	open atomic.Int64
}

// state is told of every change of a connection's state.
func (c *counter) state(conn net.Conn, s http.ConnState) {
	switch s {
	case http.StateNew:
		if c.open.Add(1) > int64(c.most) {
			conn.Close()
		}
	case http.StateClosed, http.StateHijacked:
		c.open.Add(-1)
	}
}
