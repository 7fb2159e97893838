package dashboard_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/autolfads/autolfads/dashboard"
)

// A program serves the page of its runs for as long as it likes.
func Example() {
	server, err := dashboard.Listen(dashboard.Options{Listen: "0"}, "results")
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx) }()

	answer, err := http.Get(server.URL() + "runs.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	answer.Body.Close()
	fmt.Println(answer.Status)

	stop()
	fmt.Println(<-ended)
	// Output:
	// 200 OK
	// <nil>
}
