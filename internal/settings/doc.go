// Package settings reads and changes configuration structs by key.
//
// A key is the path of yaml tags, joined by dots: "train.kl_ic_scale" is the
// field tagged kl_ic_scale inside the field tagged train. Everything is
// strict: an unknown key is an error that names the nearest known one.
// Reflection in this program lives here and nowhere else.
package settings
