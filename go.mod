module github.com/autolfads/autolfads

go 1.26.0

require golang.org/x/sys v0.49.0

require github.com/klauspost/compress v1.20.3

require gonum.org/v1/gonum v0.17.0

require github.com/alecthomas/kong v1.17.0 // indirect
go 1.26

require github.com/goccy/go-yaml v1.19.2
