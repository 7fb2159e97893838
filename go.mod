module github.com/autolfads/autolfads

go 1.26
