// Package settings reads and changes configuration structs by key.
//
// A key is the path of yaml tags, joined by dots: "train.kl_ic_scale" is the
// field tagged kl_ic_scale inside the field tagged train. A field's other tags
// say what else there is to know of it:
//
//	known:"kl_co_scale"  the names it has in other programs; Key understands them
//	search:"..."         that hyper-parameter search may draw it (List passes it on)
//
// Everything is strict: an unknown key is an error that names what may have
// been meant. Reflection in this program lives here and nowhere else.
package settings
