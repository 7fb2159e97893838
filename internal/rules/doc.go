// Package rules holds what must be true of the source as such, and finds where
// it is not. Its tests hold this module to it:
//
//   - a room (package) imports only rooms below it, in the order that
//     ARCHITECTURE.md gives, and each has its place there;
//   - nothing that trains calls a library function whose last bits differ from
//     one machine to another (docs/decisions/005);
//   - what is exported names no type of an internal package, so that other
//     modules can use it;
//   - files and lists of arguments are as short as a reader likes.
//
// The command internal/rooms prints the rooms.
package rules
