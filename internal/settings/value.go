package settings

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// isScalar reports whether a setting of type t is one number or word.
func isScalar(t reflect.Type) bool {
	v := reflect.Zero(t)
	return v.CanInt() || v.CanUint() || v.CanFloat() || t.Kind() == reflect.Bool || t.Kind() == reflect.String
}

// scalar sets v, the setting at key, from text.
func scalar(v reflect.Value, key, text string) error {
	if own, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := own.UnmarshalText([]byte(text)); err != nil {
			return fmt.Errorf("%s is %s: %w", key, shown(text), err)
		}
		return nil
	}
	if parse(v, text) {
		return nil
	}
	return fmt.Errorf("%s is %s: want %s%s", key, shown(text), wanted(v.Type()), hint(text))
}

// parse sets v from text, if that says such a value. Whole numbers may be
// written as others are, 64.0 or 1e3.
func parse(v reflect.Value, text string) bool {
	var err error
	switch {
	case v.CanFloat():
		var x float64
		x, err = strconv.ParseFloat(text, v.Type().Bits())
		v.SetFloat(x)
	case v.CanInt():
		var n int64
		n, err = strconv.ParseInt(decimal(text), 10, v.Type().Bits())
		if x, isFloat := strconv.ParseFloat(text, 64); err != nil && isFloat == nil && x == math.Trunc(x) && math.Abs(x) < 1<<53 {
			n, err = int64(x), nil
		}
		v.SetInt(n)
	case v.CanUint():
		var n uint64
		n, err = strconv.ParseUint(decimal(text), 10, v.Type().Bits())
		v.SetUint(n)
	case v.Kind() == reflect.Bool:
		var b bool
		b, err = strconv.ParseBool(text)
		v.SetBool(b)
	default:
		v.SetString(text)
	}
	return err == nil
}

// wanted says what a setting of type t should be.
func wanted(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch v := reflect.Zero(t); {
	case v.CanInt() || v.CanUint():
		return "a whole number, for example 10"
	case v.CanFloat():
		return "a number, for example 0.5"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.String:
		return "a word"
	case t.Kind() == reflect.Slice:
		return "a list"
	}
	return "a group of settings below it"
}

// hint says what a number that is none may have wrong.
func hint(text string) string {
	if _, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64); err == nil && strings.Contains(text, ",") {
		return ", with a decimal point and no comma"
	}
	return ""
}

// shown is a value as an error shows it: numbers bare, words in quotes.
func shown(text string) string {
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	if text == "" {
		return "empty"
	}
	return strconv.Quote(text)
}

// decimal removes the underscores that may part thousands. Leading zeros are
// those of a shell's loop and no octal number.
func decimal(digits string) string { return strings.ReplaceAll(digits, "_", "") }
